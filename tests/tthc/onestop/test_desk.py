"""The desk of an agency: lists, who has what, whose place one acts in, and who only looks on."""

import io
import re
from datetime import date

import pytest
from people import COMMUNE, OTHER, PASSWORD, PDF
from small_desk import hire

from tthc.accounts.model import OVERSEER
from tthc.agencies.data import shipped
from tthc.dossiers.listing import PAGE

pytestmark = pytest.mark.database

DESK = f"/motcua/{COMMUNE}"
CENTRE = "trung-tam-phuc-vu-hanh-chinh-cong"


def numbers(page):
    return re.findall(r'<th scope="row"><a href="[^"]+/ho-so/(hs\d+)"', page.html)


def link(page, rel):
    found = re.search(rf'href="([^"]+)" rel="{rel}"', page.html)
    return found[1].replace("&amp;", "&") if found else None


def test_d12_1c_lists_are_narrowed_and_paged_by_their_address(province, kernel):
    for number in range(PAGE + 3):
        kernel.hand_in(number, name="Nguyễn Thị Hoa" if number % 2 else "Lò Văn Đức", phone="0988000111")
    accepted = kernel.accept(90, name="Quàng Thị Ín", citizen_number="014188001234", phone="0912345678")
    desk, url = province.staff("motcua"), f"{DESK}/hop/tat-ca"
    first = desk.get(url)
    assert numbers(first) == [f"hs{n:03}" for n in (90, *range(PAGE - 1))]  # its first step is due first
    second = desk.get(link(first, "next"))
    assert numbers(second) == [f"hs{n:03}" for n in range(PAGE - 1, PAGE + 3)]
    assert link(second, "next") is None
    assert numbers(desk.get(link(second, "prev"))) == numbers(first)
    assert desk.get(f"{url}?sau=W10").status == desk.get(f"{url}?xep=moi&sau=W10").status == 404
    assert desk.get(f"{link(first, 'next')}&xep=moi").status == 404
    assert numbers(desk.get(f"{url}?xep=moi"))[0] == "hs090"
    for query, expected in (
        ("q=quang in", ["hs090"]),
        ("q=014188001234", ["hs090"]),
        ("q=0912345678", ["hs090"]),
        (f"q={accepted.code}", ["hs090"]),
        ("q=--", []),
        ("q=khong co ai", []),
        ("buoc=Phân công", ["hs090"]),
        ("kenh=counter", []),
        ("han=qua-han", []),
        ("han=hom-nay", ["hs090"]),
        ("han=sap-den-han", ["hs090"]),
        ("han=cho-nguoi-nop", []),
        ("tt=9.000001&buoc=Phân công", ["hs090"]),
        ("tt=2.000815", []),
        ("lv=ho-tich", []),
        ("lv=thu-nghiem&buoc=Phân công", ["hs090"]),
        ("tu=2026-11-24", []),
        ("den=2026-11-22", []),
        ("tu=2026-11-23&den=2026-11-23&q=in", ["hs090"]),
        ("ai=toi", []),
    ):
        assert numbers(desk.get(f"{url}?{query}")) == expected, query
    assert len(numbers(desk.get(f"{url}?ai=chua"))) == PAGE
    assert len(numbers(desk.get(f"{url}?tu=hom qua"))) == PAGE  # said, and left out
    assert "Không đọc được ngày bắt đầu “hom qua”" in desk.get(f"{url}?tu=hom qua").text
    assert "Không có lựa chọn “la”" in desk.get(f"{url}?han=la").text
    row = desk.get(f"{url}?q=quang in").text
    for said in ("hôm nay", "Trực tuyến", "Phân công", "chưa ai nhận", "giờ làm việc", "1 hồ sơ."):
        assert said in row, said
    province.clock.advance(days=3)
    late = desk.get(f"{DESK}/hop/qua-han?q=quang in").text
    assert "quá hạn 3 ngày" in late and "làm việc" in late and "3 ngày, Trực tuyến" in late
    assert "18 hồ sơ" in desk.get(f"{DESK}/hop/truc-tuyen").text


def test_d13_2_work_is_taken_and_given_one_or_many_at_once(province, kernel):
    hire(province, "motcua2", "Vì Thị Lệ", "tiep_nhan")
    for number in range(3):
        kernel.hand_in(number)
    desk, other, head = (province.staff(who) for who in ("motcua", "motcua2", "truongphong"))
    page = desk.get(f"{DESK}/hop/chua-ai-nhan")
    ticks = re.findall(r'name="chosen" value="([^"]+)"', page.html)
    assert numbers(page) == ["hs000", "hs001", "hs002"] and len(ticks) == 3
    stale = other.get(f"{DESK}/hop/chua-ai-nhan")
    page = desk.submit(page, "/da-chon", {"chosen": ticks[:2], "act": "nhan"})
    assert page.status == 200 and "Đã làm 2 trên 2 hồ sơ" in page.text
    assert numbers(page) == ["hs002"]
    page = other.submit(stale, "/da-chon", {"chosen": [*ticks, "hs999:intake:1"], "act": "nhan"})
    assert page.status == 409 and "Đã làm 1 trên 4 hồ sơ" in page.text
    assert "tải lại trang" in page.text and "không tìm thấy trong cơ quan này" in page.text
    assert other.submit(stale, "/da-chon", {"act": "nhan"}).status == 409
    assert other.submit(stale, "/da-chon", {"chosen": ticks, "act": "xoa"}).status == 400
    assert "Lò Thị Hạnh" in other.get(f"{DESK}/hop/tat-ca").text
    page = other.get(f"{DESK}/ho-so/hs000")
    assert not page.has_form("/viec/intake/nhan")
    refused = other.submit(page, "/tiep-nhan", {"checked": ["hop_dong"]})
    assert refused.status == 409 and "Lò Thị Hạnh đã nhận việc tiếp nhận hồ sơ này" in refused.text

    page = desk.get(f"{DESK}/ho-so/hs000")
    assert desk.submit(page, "/viec/intake/tra-lai").status == 409
    assert "trả lại việc" in desk.submit(page, "/viec/intake/tra-lai", {"reason": "Đi họp"}).text
    page = desk.submit(desk.get(f"{DESK}/ho-so/hs000"), "/viec/intake/nhan")
    assert "Lò Thị Hạnh nhận việc" in page.text

    assert head.get(f"{DESK}/hop/truc-tuyen").status == 404  # the online inbox is reception's
    page = head.get(f"{DESK}/hop/tat-ca")
    ticks = re.findall(r'name="chosen" value="([^"]+)"', page.html)
    to = kernel.account("motcua2").key
    page = head.submit(page, "/da-chon", {"chosen": ticks, "act": "giao", "assignee": to, "reason": ""})
    assert page.status == 409 and "Ghi lý do giao lại" in page.text
    page = head.submit(
        page, "/da-chon", {"chosen": ticks, "act": "giao", "assignee": to, "reason": "Chia lại việc"}
    )
    assert "Đã làm 3 trên 3 hồ sơ" in page.text
    assert {t.assignee for n in range(3) for t in kernel.s.repository.get(f"hs{n:03}").tasks} == {to}


def test_lists_are_kept_under_a_name(province, kernel):
    desk, colleague = province.staff("motcua"), province.staff("chuyenvien")
    kernel.hand_in(1)
    page = desk.get(f"{DESK}/hop/truc-tuyen?kenh=online&xep=moi&sau=")
    assert desk.submit(page, "/danh-sach/luu/truc-tuyen", {"name": "  "}).status == 409
    page = desk.submit(page, "/danh-sach/luu/truc-tuyen", {"name": "Trong ngày"})
    assert numbers(page) == ["hs001"] and "Trong ngày" in page.text
    assert f"{DESK}/hop/truc-tuyen?kenh=online&amp;xep=moi" in desk.get(f"{DESK}/hop/tat-ca").html
    assert "Trong ngày" not in colleague.get(f"{DESK}/hop/tat-ca").text
    page = desk.get(f"{DESK}/danh-sach")
    page = desk.submit(page, "/doi-ten", {"name": "Đến hạn trong ngày", "shared": "1"})
    assert "Đến hạn trong ngày (Lò Thị Hạnh)" in colleague.get(f"{DESK}/hop/tat-ca").text
    assert not colleague.get(f"{DESK}/danh-sach").has_form("/xoa")
    (saved,) = kernel.s.saved_views.of(kernel.account("motcua").key, COMMUNE)
    token = dict(colleague.get(f"{DESK}/danh-sach").form("/dang-xuat").fields)["csrf_token"]
    for act in ("doi-ten", "xoa"):
        page = colleague.get(f"{DESK}/danh-sach")
        page.forms[0].action, page.forms[0].fields = (
            f"{DESK}/danh-sach/{saved.id}/{act}",
            [("csrf_token", token)],
        )
        assert colleague.submit(page, f"/{act}", {"name": "Của tôi"}).status == 409
    assert "Đến hạn trong ngày" not in province.staff("khac-motcua").get(f"/motcua/{OTHER}/hop/tat-ca").text
    assert "Chưa lưu danh sách nào" in desk.submit(desk.get(f"{DESK}/danh-sach"), "/xoa").text


def test_d13_deputies_and_leaves_are_said_seen_and_end_by_themselves(province, kernel):
    s = kernel.s
    hire(province, "chuyenvien2", "Mùa A Chu", "tham_dinh")
    hire(province, "pho", "Lò Văn Bình")
    hire(province, "quantri-cq", "Cà Thị Bích", roles=("quan_tri_co_quan",))
    given, decided = kernel.examined(1), kernel.before_the_leader(2)
    away, cover, admin = (province.staff(who) for who in ("chuyenvien", "chuyenvien2", "quantri-cq"))
    assert numbers(cover.get(f"{DESK}/hop/cho-toi")) == []

    page = away.get(f"{DESK}/vang-mat")
    period = {"start": "2026-11-23", "until": "2026-11-24", "reason": "Nghỉ phép"}
    clerk, second = (kernel.account(who).key for who in ("vanthu", "chuyenvien2"))
    for wrong, said in (
        ({"cover": clerk}, "đồng nghiệp giữ cùng chức năng"),
        ({"cover": second, "until": "2026-11-22"}, "Ngày cuối phải từ ngày đầu"),
        ({"cover": second, "start": "2026-11-19", "until": "2026-11-20"}, "đã qua"),
        ({"cover": second, "until": "mai"}, "Nhập ngày cuối"),
        ({"cover": second, "reason": " "}, "Ghi lý do vắng"),
    ):
        refused = away.submit(page, "/vang-mat", period | wrong)
        assert refused.status == 422 and said in refused.text, refused.text
    assert s.absences.of(kernel.account("chuyenvien").key, COMMUNE) == ()
    page = away.submit(page, "/vang-mat", period | {"cover": second})
    assert "Đang vắng" in page.text and "Mùa A Chu làm thay" in page.text
    refused = away.submit(page, "/vang-mat", period | {"cover": second})
    assert refused.status == 422 and "Đã báo vắng" in refused.text
    assert "Làm thay Hoàng Thu Trang" in cover.get(f"{DESK}/").text
    assert numbers(cover.get(f"{DESK}/hop/cho-toi")) == ["hs001"]
    page = cover.get(f"{DESK}/ho-so/hs001")
    page = cover.submit(page, "/trinh", {"file": (io.BytesIO(PDF), "du-thao.pdf")})
    assert "Mùa A Chu (làm thay Hoàng Thu Trang)" in page.text
    third = kernel.examined(3)
    province.clock.advance(days=2)  # Wednesday: the leave is over, nobody had to end it
    assert numbers(cover.get(f"{DESK}/hop/cho-toi")) == []
    assert cover.get(f"{DESK}/ho-so/{third.id}").has_form("/trinh") is False
    assert "Đã kết thúc" in away.get(f"{DESK}/vang-mat").text

    page = admin.get("/quan-tri/thay-mat-vang-mat/them")
    leader, deputy = kernel.account("chutich").key, kernel.account("pho").key
    typed = {
        "deputy": deputy,
        "whom": leader,
        "capacity": "KT.",
        "title": "Chủ tịch",
        "functions": ["phe_duyet"],
        **{f"start.{k}": v for k, v in (("d", "25"), ("m", "11"), ("y", "2026"))},
        **{f"until.{k}": v for k, v in (("d", "26"), ("m", "11"), ("y", "2026"))},
        "decision": "QĐ 12/QĐ-UBND ngày 20/11/2026",
    }
    for wrong, said in (
        ({"decision": ""}, "Ghi số, ngày của quyết định"),
        ({"functions": ["phe_duyet", "van_thu"]}, "Chỉ giao được chức năng mà Nguyễn Đức Minh đang giữ"),
        ({"whom": deputy}, "khác với người thay mặt"),
        ({"deputy": kernel.account("khac-motcua").key}, "Chọn cán bộ của cơ quan"),
    ):
        refused = admin.submit(page, "/them", typed | wrong)
        assert refused.status == 422 and said in refused.text, refused.text
    page = admin.submit(page, "/them", typed)
    assert "KT. Chủ tịch Nguyễn Đức Minh" in page.text and "Đang hiệu lực" in page.text
    visitor = province.staff("pho")
    page = visitor.get(f"{DESK}/ho-so/{decided.id}")
    page = visitor.submit(page, "/duyet")
    assert "Lò Văn Bình (KT. Chủ tịch Nguyễn Đức Minh)" in page.text
    assert "KT. Chủ tịch Nguyễn Đức Minh" in visitor.get("/tai-khoan").text
    entry = s.repository.get(decided.id).history[-1]
    assert (entry.actor.id, entry.actor.acting.decision) == (deputy, "QĐ 12/QĐ-UBND ngày 20/11/2026")
    province.clock.advance(days=2)
    assert visitor.get(f"{DESK}/").status == 403
    assert given.id == "hs001"


def test_d2_7_d3_2_seconded_officials_and_those_who_watch_over_all(province, kernel):
    s = kernel.s
    s.agencies.add_missing(a for a in shipped() if a.id == CENTRE)
    seconded = kernel.account("motcua")
    s.accounts.sit(seconded.key, CENTRE)
    hire(province, "giamsat", "Đỗ Thị Vân", agency=CENTRE, roles=(OVERSEER,))
    here, there = kernel.hand_in(1), kernel.hand_in(2, agency=OTHER)
    desk = province.visitor()
    page = desk.sign_in("motcua", PASSWORD)
    assert page.url == f"{DESK}/" and "Việc hôm nay" in page.text  # A's workspace, wherever one sits
    assert "Được cử đến làm việc tại Trung tâm Phục vụ hành chính công" in desk.get("/tai-khoan").text
    assert desk.get(f"{DESK}/ho-so/{here.id}").has_form("/tiep-nhan")
    assert desk.get(f"{DESK}/ho-so/{there.id}").status == 404
    assert desk.get(f"/motcua/{OTHER}/").status == desk.get("/motcua/tthcc/").status == 403
    assert desk.get("/motcua/khong-co/").status == 404
    assert desk.get("/giam-sat").status == 403
    s.accounts.grant(seconded.key, OTHER, ["tiep_nhan"], date(2026, 11, 23))
    assert desk.get(f"/motcua/{OTHER}/ho-so/{there.id}").has_form("/tiep-nhan")
    province.clock.advance(days=2, hours=1)
    assert desk.get(f"/motcua/{OTHER}/").status == 403

    watcher = province.visitor()
    page = watcher.sign_in("giamsat", PASSWORD)
    assert page.url == "/giam-sat", page.text
    assert page.text.count("1 đang giải quyết 1 quá hạn") == 2, page.text
    assert "Lò Thị Hạnh" in page.text  # who was seconded to the centre
    for slug, dossier in ((COMMUNE, here), (OTHER, there)):
        assert "đang giải quyết" in watcher.get(f"/motcua/{slug}/").text
        assert numbers(watcher.get(f"/motcua/{slug}/hop/tat-ca")) == [dossier.id]
        page = watcher.get(f"/motcua/{slug}/ho-so/{dossier.id}")
        assert page.status == 200 and not page.has_form("/tiep-nhan")
        token = dict(page.form("/dang-xuat").fields)["csrf_token"]
        page.forms[0].action = f"/motcua/{slug}/ho-so/{dossier.id}/tu-choi"
        page.forms[0].fields = [("csrf_token", token), ("reason", "Thử"), ("command_id", "0" * 32)]
        assert watcher.submit(page, "/tu-choi").status == 403
        assert s.reads.of(dossier.id)[0]["by"] == kernel.account("giamsat").key
    assert watcher.get(f"{DESK}/tiep-nhan").status == watcher.get(f"{DESK}/vang-mat").status == 403
    assert watcher.get(f"{DESK}/hop/cho-toi").status == 404
    assert s.repository.get(here.id).version == here.version


def test_d25_1_heads_see_the_agencys_work_and_everybody_their_own(province, kernel):
    kernel.examined(1)
    kernel.examined(2)
    kernel.hand_in(3)
    head, desk = province.staff("truongphong"), province.staff("motcua")
    page = province.staff("chuyenvien").get(f"{DESK}/")
    assert numbers(page) == ["hs001", "hs002"]
    assert "2 Đã giao cho tôi" in page.text and "Cơ quan:" not in page.text
    assert (
        "Cơ quan: 3 đang giải quyết , 0 quá hạn , 0 đến hạn hôm nay , 1 chưa ai nhận"
        in head.get(f"{DESK}/").text
    )
    assert "1 Chưa ai nhận" in desk.get(f"{DESK}/").text
    examiner = kernel.account("chuyenvien").key
    assert numbers(head.get(f"{DESK}/hop/tat-ca?ai={examiner}")) == ["hs001", "hs002"]
    province.clock.advance(days=2)
    late = head.get(f"{DESK}/hop/qua-han?ai={examiner}")
    assert numbers(late) == ["hs001", "hs002"] and "Hoàng Thu Trang" in late.text
