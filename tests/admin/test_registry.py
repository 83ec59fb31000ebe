"""The catalogue and what is registered under it, as officers and reviewers work with it (Đ5.3, Đ7.3, Đ9.3a, Đ21)."""

import csv
import io
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader

from definitions.lifecycle import LifecycleError, State
from definitions.shipped import shipped
from tthc.agencies.data import shipped as shipped_agencies
from tthc.registry.model import Decision
from tthc.registry.store import RegistryStore

ADMIN = "/quan-tri"
CODE = "9.000001"
NAME = "Cấp thẻ bạn đọc thư viện xã"
TEXT = (Path(__file__).parent / "thu_muc.yaml").read_text(encoding="utf-8")
ONLINE = "2.000181"
DECISION = {"decision_number": "12/QĐ-UBND", "decision_issuer": "Chủ tịch Ủy ban nhân dân tỉnh Sơn La"}
WRITERS_ONLY = ("danh-muc/them", "danh-muc/nhap-bang", "phieu-dang-ky/them")
READ = (
    "danh-muc/",
    "muc-do/",
    "muc-do/?theo=co-quan",
    "phieu-dang-ky/",
    "lo-trinh/",
    "cong-bo/",
    "cong-bo/thong-bao",
)


def boxes(name, day):
    return {f"{name}.d": str(day.day), f"{name}.m": str(day.month), f"{name}.y": str(day.year)}


DAY = boxes("decision_day", date(2026, 11, 20))


def words(answer):
    assert answer.mimetype == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.data)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def sheet(answer):
    assert answer.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


@pytest.fixture
def officer(visit):
    made = visit("soan")
    made.get(f"{ADMIN}/lo-trinh/")
    return made


@pytest.fixture
def reviewer(visit):
    made = visit("duyet")
    made.get(f"{ADMIN}/cong-bo/")
    return made


@pytest.fixture
def province(services):
    some = {"phuong-to-hieu", "so-y-te"}
    services.agencies.add_missing(agency for agency in shipped_agencies() if agency.id in some)
    return services


def enter(officer, *lines, act="write", start=date(2026, 11, 1), **more):
    form = {**DECISION, **DAY, **boxes("start", start), "table": "\n".join(lines), "act": act, **more}
    return officer.post(f"{ADMIN}/danh-muc/nhap-bang", **form)


def draft(services, clock, text=TEXT, code=CODE):
    by = services.accounts.get("soan").key
    return services.definitions.save_draft(code, text, by, clock.now()).version


def online_draft(services, clock):
    """A new version of a shipped service of level 3 or 4."""
    text = next(text for name, text in shipped() if name.startswith(ONLINE))
    return draft(services, clock, text + "\n# soạn lại\n", ONLINE)


def slip_of(officer, services):
    officer.post(f"{ADMIN}/phieu-dang-ky/them", **DECISION, **DAY, note="Đợt 1")
    slip = services.registry.store.slips()[0]
    return slip, f"{ADMIN}/phieu-dang-ky/{slip.id}"


def put(officer, place, version=None, **form):
    given = {} if version is None else {"version": f"{version.procedure}/{version.id}"}
    return officer.post(f"{place}/them-thu-tuc", **given, **form)


def test_writers_write_reviewers_and_administrators_read(visit):
    for who in ("soan", "duyet", "quantri"):
        assert {url: visit(who).get(f"{ADMIN}/{url}").status_code for url in READ} == dict.fromkeys(READ, 200)
    for url in READ:
        assert visit("motcua").get(f"{ADMIN}/{url}").status_code == 403
    for url in WRITERS_ONLY:
        assert visit("soan").get(f"{ADMIN}/{url}").status_code == 200
        assert visit("duyet").get(f"{ADMIN}/{url}").status_code == 403
        assert visit("quantri").get(f"{ADMIN}/{url}").status_code == 403
    for who, url in (("soan", "cong-bo/them"), ("quantri", "cong-bo/them"), ("duyet", "lo-trinh/them")):
        someone = visit(who)
        someone.get(f"{ADMIN}/cong-bo/thong-bao")
        assert someone.post(f"{ADMIN}/{url}").status_code == 403
    side = visit("quantri").get(f"{ADMIN}/").text
    assert "Danh mục và đăng ký" in side and "Mức độ cung cấp" in side


def test_a_table_is_looked_at_before_anything_is_written(officer, services):
    page = enter(officer, f"{CODE}\t{NAME}\tThư viện\txã", act="preview")
    assert page.status_code == 200
    assert "Ghi 1 dòng vào danh mục" in page.text
    assert services.registry.store.entries() == ()
    page = enter(officer, f"{CODE}\t{NAME}\tThư viện\txã", "9.1\tĐổi thẻ\tThư viện\txã")
    assert page.status_code == 422
    assert "Mã thủ tục có dạng" in page.text and "1 dòng cần sửa" in page.text
    assert f"{CODE}\t{NAME}" in page.text and 'value="12/QĐ-UBND"' in page.text
    assert services.registry.store.entries() == ()
    page = enter(officer, f"{CODE}\t{NAME}\tThư viện\txã", "9.000002\tĐổi thẻ\tThư viện\txã")
    assert "Đã ghi 2 dòng" in page.text
    assert [entry.code for entry in services.registry.store.entries()] == [CODE, "9.000002"]
    assert enter(officer, f"{CODE}\t{NAME}\tThư viện\txã").status_code == 422


def test_a_csv_file_is_read_and_a_table_without_its_decision_is_refused(officer, services):
    page = enter(
        officer,
        file=(io.BytesIO("\ufeffmã;tên;lĩnh vực;cấp\n9.000002;Đổi thẻ;Thư viện;xã".encode()), "a.csv"),
    )
    assert "Đã ghi 1 dòng" in page.text
    page = enter(officer, file=(io.BytesIO("mã;tên\n9.000003;Đổi".encode("utf-16")), "a.csv"))
    assert page.status_code == 422 and "UTF-8" in page.text
    page = enter(officer, f"{CODE}\t{NAME}\tThư viện\txã", decision_number="")
    assert page.status_code == 422 and "Ghi số quyết định" in page.text
    assert len(services.registry.store.entries()) == 1


def test_d24_3_a_change_is_a_new_row_and_the_old_one_stays(officer, services):
    enter(officer, f"{CODE}\t{NAME}\tThư viện\txã")
    begun = officer.get(f"{ADMIN}/danh-muc/them?ma={CODE}").text
    assert NAME in begun
    page = officer.post(
        f"{ADMIN}/danh-muc/them",
        code=CODE,
        kind="sua_doi",
        name="Cấp thẻ bạn đọc",
        sector="Thư viện",
        levels="xa",
        **DECISION,
        **DAY,
        **boxes("start", date(2026, 12, 1)),
    )
    assert "Đã ghi vào danh mục" in page.text
    assert "Sắp có hiệu lực" in page.text and "Đang có hiệu lực" in page.text
    rows = services.registry.store.entries(CODE)
    assert [row.name for row in rows] == [NAME, "Cấp thẻ bạn đọc"]
    assert services.registry.official(CODE, date(2026, 11, 30)).name == NAME
    assert services.registry.official(CODE, date(2026, 12, 1)).name == "Cấp thẻ bạn đọc"
    page = officer.post(
        f"{ADMIN}/danh-muc/them",
        code=CODE,
        kind="bai_bo",
        **DECISION,
        **DAY,
        **boxes("start", date(2027, 1, 1)),
    )
    assert "Bãi bỏ" in page.text
    assert services.registry.catalogue(date(2027, 1, 1)) == ()
    services.definitions.seed([("thu_muc.yaml", TEXT)], services.clock.now())
    ended = services.registry.mismatches(date(2027, 1, 1)).ended
    assert [definition.procedure for definition in ended] == [CODE]
    assert services.registry.mismatches(date(2026, 12, 31)).ended == ()
    page = officer.post(f"{ADMIN}/danh-muc/them", code=CODE, kind="moi", name="Thẻ", **DECISION, **DAY)
    assert page.status_code == 422 and 'value="9.000001"' in page.text


def test_two_people_entering_the_same_row_do_not_both_succeed(officer, services, clock):
    enter(officer, f"{CODE}\t{NAME}\tThư viện\txã")
    (row,) = services.registry.store.entries()
    store: RegistryStore = services.registry.store
    with pytest.raises(ValueError, match="đã có dòng bắt đầu từ ngày đó"):
        store.enter(row.decision, [replace(row, id="")], "khac", clock.now())
    assert len(store.entries()) == 1


def test_d7_3_a_name_unlike_the_catalogues_is_told_and_blocks_registration(officer, services, written):
    assert "khác danh mục" not in officer.get(written + "/").text
    enter(officer, f"{CODE}\tCấp thẻ thư viện cấp xã\tThư viện\txã")
    page = officer.get(written + "/").text
    assert "Tên thủ tục khác danh mục đã công bố" in page
    assert "Cấp thẻ thư viện cấp xã" in page and "12/QĐ-UBND ngày 20/11/2026" in page
    page = officer.post(written + "/dang-ky")
    assert page.status_code == 422
    assert "ghi đúng: “Cấp thẻ thư viện cấp xã”" in page.text
    assert services.definitions.versions(CODE)[-1].state is State.DRAFT
    officer.post(
        f"{ADMIN}/danh-muc/them",
        code=CODE,
        kind="sua_doi",
        name=NAME,
        sector="Thư viện",
        levels="xa",
        **DECISION,
        **DAY,
        **boxes("start", date(2026, 11, 23)),
    )
    assert "khác danh mục" not in officer.get(written + "/").text
    assert "Đã đăng ký thẩm định" in officer.post(written + "/dang-ky").text


def test_d9_1b_the_same_procedure_under_another_form_of_its_code_is_refused(officer, province, clock):
    local = f"{CODE}.000.00.00.H52"
    province.definitions.seed([("thu_muc.yaml", TEXT)], clock.now())
    version = draft(province, clock, TEXT.replace(f'"{CODE}"', f'"{local}"'), local)
    place = f"{ADMIN}/ban-cau-hinh/{local}/{version.id}"
    page = officer.post(place + "/dang-ky")
    assert page.status_code == 422
    assert f"bản cấu hình mang mã {CODE}" in page.text and "Đ9.1b" in page.text


def test_the_catalogue_of_the_demonstration_comes_from_the_definitions(province, clock, reviewer):
    assert province.registry.add_demonstration(clock.now()) == len(shipped())
    assert province.registry.add_demonstration(clock.now()) == 0
    assert province.registry.mismatches(clock.now().date()).unknown == ()
    today = clock.now().date()
    names = {d.procedure: d.name for d in province.definitions.list_published(today)}
    assert {entry.code: entry.name for entry in province.registry.catalogue(today)} == names
    assert "dữ liệu trình diễn" in reviewer.get(f"{ADMIN}/danh-muc/?q={ONLINE}").text


def test_d9_3a_the_page_of_coverage_shows_what_is_below_level_2(officer, reviewer, province, clock):
    province.registry.add_demonstration(clock.now())
    before = reviewer.get(f"{ADMIN}/muc-do/").text
    total = len(shipped())
    enter(officer, "9.000002\tĐổi thẻ bạn đọc\tThư viện\txã")
    page = reviewer.get(f"{ADMIN}/muc-do/").text
    assert page != before
    whole = province.registry.coverage(clock.now().date(), str).whole
    assert whole.total == total + 1
    assert f"{whole.total - len(whole.short)}/{whole.total} thủ tục từ mức độ 2 trở lên" in page
    assert "Đổi thẻ bạn đọc" in reviewer.get(f"{ADMIN}/muc-do/toan-tinh/tat-ca?muc=0").text
    assert "Đổi thẻ bạn đọc" in reviewer.get(f"{ADMIN}/muc-do/linh-vuc/thu-vien").text
    assert "Đổi thẻ bạn đọc" in reviewer.get(f"{ADMIN}/muc-do/co-quan/phuong-to-hieu").text
    assert reviewer.get(f"{ADMIN}/muc-do/co-quan/khong-co").status_code == 404
    rows = sheet(reviewer.get(f"{ADMIN}/muc-do/muc-do.csv"))
    library = next(row for row in rows if row["Lĩnh vực"] == "Thư viện")
    assert (library["Số thủ tục"], library["Chưa cung cấp"], library["Tỷ lệ từ mức độ 2 (%)"]) == (
        "1",
        "1",
        "0",
    )
    assert rows[-1]["Lĩnh vực"] == "Toàn tỉnh" and rows[-1]["Số thủ tục"] == str(total + 1)
    here = sheet(reviewer.get(f"{ADMIN}/muc-do/co-quan/phuong-to-hieu/thu-tuc.csv"))
    assert {row["Mã thủ tục"]: row["Mức độ"] for row in here}["9.000002"] == "0"


def test_a_cell_that_a_spreadsheet_would_run_is_only_text(officer, reviewer):
    enter(officer, "9.000002\tĐổi thẻ\t=1+1\txã")
    rows = sheet(reviewer.get(f"{ADMIN}/muc-do/muc-do.csv"))
    assert rows[0]["Lĩnh vực"] == "'=1+1"


def test_d9_3a_a_slip_registers_all_its_versions_or_none(officer, reviewer, services, clock):
    good, online = draft(services, clock), online_draft(services, clock)
    slip, place = slip_of(officer, services)
    level = services.definitions.by_hash(online.hash).service_level
    assert put(officer, place, online, level="2").status_code == 200
    assert put(officer, place, good, level="2").status_code == 200
    assert put(officer, place, code="9.000002", level="1").status_code == 200
    page = officer.post(f"{place}/gui")
    assert page.status_code == 422
    assert f"Phiếu đăng ký mức độ 2 nhưng bản cấu hình ghi mức độ {level}" in page.text
    assert services.definitions.version(CODE, good.id).state is State.DRAFT
    assert services.registry.store.slip(slip.id).draft
    put(officer, place, online, level=str(level))
    page = officer.post(f"{place}/gui")
    assert "Đã gửi phiếu" in page.text
    assert page.text.count("Chờ thẩm định") == 2 and "Đã ghi nhận" in page.text
    sent = services.definitions.version(CODE, good.id)
    assert sent.state is State.REGISTERED
    assert f"{sent.due:%d/%m/%Y %H:%M}" == "27/11/2026 08:00"
    assert "Chờ thẩm định" in reviewer.get(place).text
    assert put(officer, place, code="9.000003", level="1").status_code == 422
    clock.advance(hours=1)
    by = services.accounts.get("duyet").key
    services.definitions.send_back(CODE, good.id, by, clock.now(), "Sai phí.")
    services.definitions.approve(ONLINE, online.id, by, clock.now())
    page = reviewer.get(place).text
    assert "Trả lại" in page and "Đạt" in page
    said = words(reviewer.client.get(f"{place}/phieu.pdf"))
    for told in ("PHIẾU ĐĂNG KÝ", "12/QĐ-UBND ngày 20/11/2026", CODE, ONLINE, "Trả lại", "Đợt 1"):
        assert told in said


def test_d9_3a_level_3_without_a_definition_is_refused(officer, services):
    slip, place = slip_of(officer, services)
    page = put(officer, place, code="9.000002", level="3")
    assert page.status_code == 422
    assert "phải kèm bản cấu hình có biểu mẫu và quy trình" in page.text
    assert 'value="9.000002"' in page.text
    assert services.registry.store.slip(slip.id).rows == ()
    assert officer.post(f"{place}/gui").status_code == 422


def test_a_version_that_fails_its_own_gate_is_told_at_its_row(officer, services, clock):
    bad = draft(services, clock, TEXT.replace('"20000"', '"15000"'))
    _, place = slip_of(officer, services)
    put(officer, place, bad, level="2")
    page = officer.post(f"{place}/gui")
    assert page.status_code == 422
    assert "mong đợi 20.000, thực tế 15.000" in page.text
    officer.post(f"{place}/bo-thu-tuc", code=CODE)
    assert "Chưa có thủ tục nào" in officer.get(place).text


def test_a_row_that_fails_on_the_way_is_told_and_can_be_sent_again(officer, services, clock, monkeypatch):
    good, online = draft(services, clock), online_draft(services, clock)
    level = services.definitions.by_hash(online.hash).service_level
    slip, place = slip_of(officer, services)
    put(officer, place, good, level="2")
    put(officer, place, online, level=str(level))
    register = type(services.definitions).register

    def busy(store, procedure, *rest, **more):
        if procedure == ONLINE:
            raise LifecycleError("Nhiều người đang cùng sửa thủ tục này.")
        return register(store, procedure, *rest, **more)

    with monkeypatch.context() as patched:
        patched.setattr(type(services.definitions), "register", busy)
        page = officer.post(f"{place}/gui")
    assert "còn 1 thủ tục chưa gửi được" in page.text
    assert "Nhiều người đang cùng sửa" in page.text and "Gửi lại những thủ tục còn thiếu" in page.text
    assert services.definitions.version(CODE, good.id).state is State.REGISTERED
    page = officer.post(f"{place}/gui")
    assert "Đã gửi phiếu." in page.text
    assert services.registry.store.slip(slip.id).unsent == ()
    assert services.definitions.version(ONLINE, online.id).state is State.REGISTERED


def test_a_slip_made_twice_is_one(officer, services):
    slip_of(officer, services)
    slip_of(officer, services)
    assert len(services.registry.store.slips()) == 1


def test_two_people_changing_one_slip_do_not_lose_a_row(officer, services):
    slip, place = slip_of(officer, services)
    put(officer, place, code="9.000002", level="2")
    with pytest.raises(ValueError, match="vừa được người khác sửa"):
        services.registry.store.save_slip(slip)
    assert len(services.registry.store.slip(slip.id).rows) == 1


def test_d9_3a_a_slip_begins_with_what_the_decision_entered(officer, services, clock):
    good = draft(services, clock)
    enter(officer, f"{CODE}\t{NAME}\tThư viện\txã", "9.000002\tĐổi thẻ\tThư viện\txã")
    (batch,) = services.registry.store.batches()
    assert 'value="12/QĐ-UBND"' in officer.get(f"{ADMIN}/phieu-dang-ky/them?quyet_dinh={batch.id}").text
    page = officer.post(f"{ADMIN}/phieu-dang-ky/them", quyet_dinh=batch.id, **DECISION, **DAY)
    assert NAME in page.text and "Đổi thẻ" in page.text
    rows = services.registry.store.slips()[0].rows
    assert [(row.code, row.level, row.version) for row in rows] == [(CODE, 2, good.id), ("9.000002", 2, "")]


def test_d5_3_levels_3_and_4_need_the_consent_where_the_installation_asks_for_it(
    visit, officer, services, clock, monkeypatch
):
    monkeypatch.setattr(services.registry, "consent_wanted", True)
    online = online_draft(services, clock)
    level = str(services.definitions.by_hash(online.hash).service_level)
    version = f"{ADMIN}/ban-cau-hinh/{ONLINE}/{online.id}"
    page = officer.post(version + "/dang-ky")
    assert page.status_code == 422 and "văn bản chấp thuận" in page.text
    _, place = slip_of(officer, services)
    put(officer, place, online, level=level)
    page = officer.post(f"{place}/gui")
    assert page.status_code == 422 and "Thiếu số, ngày văn bản chấp thuận" in page.text
    page = put(officer, place, online, level=level, consent_number="55/UBND-KSTT")
    assert page.status_code == 422 and "Ngày văn bản chấp thuận" in page.text
    put(
        officer,
        place,
        online,
        level=level,
        consent_number="55/UBND-KSTT",
        **boxes("consent_day", date(2026, 11, 2)),
    )
    assert "Đã gửi phiếu" in officer.post(f"{place}/gui").text
    assert "55/UBND-KSTT, 02/11/2026" in visit("duyet").get(version + "/").text


def test_d5_3_nothing_of_level_3_is_published_without_the_consent(services, clock, reviewer, monkeypatch):
    online = online_draft(services, clock)
    writer, by = services.accounts.get("soan").key, services.accounts.get("duyet").key
    services.definitions.register(ONLINE, online.id, writer, clock.now(), services.calendar(""))
    services.definitions.approve(ONLINE, online.id, by, clock.now())
    monkeypatch.setattr(services.registry, "consent_wanted", True)
    place = f"{ADMIN}/ban-cau-hinh/{ONLINE}/{online.id}"
    page = reviewer.post(place + "/cong-bo", **boxes("start", date(2026, 11, 23)))
    assert page.status_code == 422 and "Đ5.3" in page.text
    monkeypatch.setattr(services.registry, "consent_wanted", False)
    assert "Đã công bố" in reviewer.post(place + "/cong-bo", **boxes("start", date(2026, 11, 23))).text


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
