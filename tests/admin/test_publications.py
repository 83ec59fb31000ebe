"""The roadmap, the published list and the notice (Đ21.3, Đ21.4, Đ21.5)."""

from datetime import date, timedelta

from registered import ADMIN, DAY, DECISION, ONLINE, boxes, enter, sheet, words

from tthc.registry.model import Decision


def test_d21_3_the_roadmap_says_how_each_goal_stands(officer, reviewer, province, clock):
    province.registry.add_demonstration(clock.now())
    enter(officer, "9.000002\tĐổi thẻ bạn đọc\tThư viện\txã")
    today = clock.now().date()
    goals = ((ONLINE, "2", today), ("9.000002", "3", today + timedelta(days=10)))
    for code, level, day in goals:
        page = officer.post(
            f"{ADMIN}/lo-trinh/them",
            code=code,
            level=level,
            agency="so-y-te",
            note="KH 5",
            **boxes("day", day),
        )
        assert "Đã thêm vào lộ trình" in page.text
    page = reviewer.get(f"{ADMIN}/lo-trinh/").text
    assert "Đã đạt" in page and "Sắp đến hạn" in page and "Sở Y tế" in page
    assert "Thêm vào lộ trình" not in page
    rows = {row["Mã thủ tục"]: row for row in sheet(reviewer.get(f"{ADMIN}/lo-trinh/lo-trinh.csv"))}
    assert rows["9.000002"]["Tình trạng"] == "Sắp đến hạn" and rows["9.000002"]["Mức độ hiện tại"] == "0"
    said = words(reviewer.client.get(f"{ADMIN}/lo-trinh/lo-trinh.pdf"))
    assert "LỘ TRÌNH" in said and "2 thủ tục trong lộ trình, 1 thủ tục đã đạt" in said
    clock.advance(days=11)
    assert "Đổi thẻ bạn đọc" in reviewer.get(f"{ADMIN}/lo-trinh/?tinh_trang=qua_han").text
    officer.get(f"{ADMIN}/lo-trinh/")
    twice = officer.post(f"{ADMIN}/lo-trinh/them", code="9.000002", level="3", **boxes("day", today))
    assert twice.status_code == 422 and "Lộ trình đã có thủ tục này" in twice.text
    goal = next(goal for goal in province.registry.store.goals() if goal.code == "9.000002")
    officer.get(f"{ADMIN}/lo-trinh/")
    page = officer.post(f"{ADMIN}/lo-trinh/{goal.id}/rut", reason="")
    assert page.status_code == 422 and "Ghi lý do" in page.text
    assert "Đã rút" in officer.post(f"{ADMIN}/lo-trinh/{goal.id}/rut", reason="Dừng theo QĐ 9").text
    assert officer.post(f"{ADMIN}/lo-trinh/{goal.id}/rut", reason="Lần nữa").status_code == 404
    assert len(province.registry.aims(clock.now().date())) == 1
    page = officer.post(f"{ADMIN}/lo-trinh/them", code="", level="", note="giữ lại")
    assert page.status_code == 422 and 'value="giữ lại"' in page.text


def test_d21_5_a_published_list_stays_as_it_was_on_its_day(reviewer, province, clock):
    day = boxes("day", clock.now().date())
    page = reviewer.post(f"{ADMIN}/cong-bo/them", title="", **DECISION, **DAY, **day)
    assert "Danh mục không đổi nữa" in page.text
    (made,) = province.registry.store.publications()
    assert made.decision == Decision("12/QĐ-UBND", date(2026, 11, 20), DECISION["decision_issuer"])
    assert ONLINE in {row.code for row in made.rows}
    version = province.definitions.versions(ONLINE)[0]
    province.definitions.abolish(
        ONLINE,
        version.id,
        "duyet",
        clock.now(),
        last_day=clock.now().date() - timedelta(days=1),
        decision="QĐ 13",
    )
    assert ONLINE in reviewer.get(f"{ADMIN}/cong-bo/danh-muc/{made.id}").text
    answer = reviewer.client.get(f"{ADMIN}/cong-bo/danh-muc/{made.id}.pdf")
    said = words(answer)
    for told in (
        "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH SƠN LA",
        "DANH MỤC",
        "Kèm theo Quyết định số 12/QĐ-UBND ngày 20/11/2026",
        ONLINE,
        f"Danh mục có {len(made.rows)} thủ tục, theo tình trạng ngày 23/11/2026",
    ):
        assert told in said
    for wrong in (
        {**DECISION, **DAY, **boxes("day", clock.now().date() + timedelta(days=1))},
        {**DECISION, **DAY, **boxes("day", date(1990, 1, 1))},
        {**DAY, **day},
        {**DECISION, **DAY, **day},
    ):
        assert reviewer.post(f"{ADMIN}/cong-bo/them", **wrong).status_code == 422
    assert len(province.registry.store.publications()) == 1


def test_d21_4_a_published_version_leads_to_its_notice(reviewer, province):
    version = province.definitions.versions(ONLINE)[0]
    page = reviewer.get(f"{ADMIN}/ban-cau-hinh/{ONLINE}/{version.id}/").text
    assert f'href="/quan-tri/cong-bo/thong-bao?chon={ONLINE}"' in page
    assert f'value="{ONLINE}" checked' in reviewer.get(f"{ADMIN}/cong-bo/thong-bao?chon={ONLINE}").text


def test_d21_4_the_notice_names_the_chosen_services_of_level_3_and_4(reviewer, province, clock):
    page = reviewer.get(f"{ADMIN}/cong-bo/thong-bao").text
    low = [d for d in province.definitions.list_published(clock.now().date()) if d.service_level < 3]
    assert ONLINE in page and low and all(f'value="{d.procedure}"' not in page for d in low)
    answer = reviewer.post(
        f"{ADMIN}/cong-bo/thong-bao.pdf",
        code=[ONLINE, low[0].procedure],
        number="07",
        **boxes("day", date(2026, 12, 5)),
    )
    said = words(answer)
    for told in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "THÔNG BÁO",
        "Số: 07/TB",
        "Sơn La, ngày 05 tháng 12 năm 2026",
        "Thông tư số 32/2017/TT-BTTTT",
        "01 dịch vụ công trực tuyến",
        ONLINE,
        "Cấp xã",
    ):
        assert told in said
    assert low[0].procedure not in said
    page = reviewer.post(f"{ADMIN}/cong-bo/thong-bao.pdf", number="07")
    assert page.status_code == 422 and "Chọn ít nhất một dịch vụ" in page.text and 'value="07"' in page.text
