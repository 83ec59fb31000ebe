"""Agencies at the administration's desk: added, changed from a day, merged (Đ1.2, Đ3.2, Đ17.1)."""

from datetime import date

import pytest
from date_boxes import boxes

from tthc.agencies.data import shipped as shipped_agencies

PLACE = "/quan-tri/co-quan"
FORM = {
    "name": "Ủy ban nhân dân xã Mường Thử",
    "level": "xa",
    "area": "huyen",
    "identifier": "H52.20.99",
    "address": "Bản Thử, xã Mường Thử",
    "hotline": "0212 3856 123",
    "email": "muongthu@sonla.example.vn",
    "reason": "Nghị quyết 1681/NQ-UBTVQH15",
}


@pytest.fixture
def admin(visit, services):
    services.agencies.add_missing(shipped_agencies()[:40])
    one = visit("quantri")
    one.get(f"{PLACE}/them")
    return one


@pytest.fixture
def communes(admin, services):
    """Two communes of before, and the one that takes over from 1/7/2026."""
    for name in ("xa-a", "xa-b"):
        admin.post(f"{PLACE}/them", **FORM | {"id": name, "slug": name, "name": f"Xã {name}"})
    start = boxes("valid_from", date(2026, 7, 1))
    admin.post(f"{PLACE}/them", **FORM | {"id": "xa-moi", "slug": "xa-moi", "name": "Xã Mới"}, **start)
    return [services.agencies.get(name) for name in ("xa-a", "xa-b", "xa-moi")]


def acts(services, target):
    return [(act.what, act.reason) for act in services.acts.find(target=target).rows]


def test_d17_1_an_agency_is_added_with_the_contacts_that_must_be_public(admin, services):
    for name, said in (
        ("hotline", "Nhập đường dây nóng"),
        ("address", "Nhập địa chỉ"),
        ("email", "Nhập thư điện tử"),
    ):
        page = admin.post(f"{PLACE}/them", **FORM | {"id": "xa-thu", "slug": "xa-thu", name: ""})
        assert page.status_code == 422
        assert said in page.text
        assert "Ủy ban nhân dân xã Mường Thử" in page.text, "what was typed stays"
    page = admin.post(f"{PLACE}/them", **FORM | {"id": "xa-thu", "slug": "xa-thu"})
    assert "Đã thêm Ủy ban nhân dân xã Mường Thử" in page.text
    made = services.agencies.get("xa-thu")
    assert (made.identifier, made.contacts.hotline) == ("H52.20.99", "0212 3856 123")
    assert acts(services, "xa-thu") == [("agency.added", FORM["reason"])]


def test_d17_1_an_agency_without_a_hotline_is_flagged(admin):
    page = admin.get(f"{PLACE}/so-tu-phap/").text
    assert "Còn thiếu" in page
    assert "đường dây nóng" in page


def test_d3_2_a_taken_address_is_refused(admin, services):
    page = admin.post(f"{PLACE}/them", **FORM | {"id": "khac", "slug": "sotuphap"})
    assert page.status_code == 422
    assert "đã thuộc cơ quan khác" in page.text
    assert services.agencies.get("khac") is None


@pytest.mark.usefixtures("communes")
def test_d1_2_a_change_is_dated_and_written_down(admin, services, clock):
    edit = admin.get(f"{PLACE}/xa-a/sua").text
    assert 'name="rev" value="0"' in edit
    sent = FORM | {"name": "Xã A đổi tên", "units": "tu-phap | Tư pháp - Hộ tịch", "rev": "0"}
    page = admin.post(f"{PLACE}/xa-a/sua", **sent, **boxes("on", date(2027, 1, 1)))
    assert "áp dụng từ ngày 01/01/2027" in page.text
    assert services.agencies.get("xa-a").name == "Xã xa-a"
    clock.advance(days=60)
    assert services.agencies.get("xa-a").name == "Xã A đổi tên"
    act = services.acts.find(target="xa-a").rows[0]
    assert (act.before["name"], act.after["name"]) == ("Xã xa-a", "Xã A đổi tên")
    assert act.name == "Cán bộ quantri"
    stale = admin.post(f"{PLACE}/xa-a/sua", **sent, **boxes("on", date(2027, 2, 1)))
    assert stale.status_code in {200, 422}  # the same values again change nothing
    again = admin.post(f"{PLACE}/xa-a/sua", **sent | {"name": "Khác"}, **boxes("on", date(2027, 2, 1)))
    assert "vừa được sửa ở nơi khác" in again.text
    gone = admin.post(
        f"{PLACE}/xa-a/sua", **sent | {"units": "", "rev": "1"}, **boxes("on", date(2027, 2, 1))
    )
    assert "Giữ lại mã phòng tu-phap" in gone.text


@pytest.mark.usefixtures("communes")
def test_d1_2_a_merger_is_shown_before_it_is_done(admin, services):
    sent = {
        "kind": "merge",
        "predecessors": ["xa-a", "xa-b"],
        "successors": "xa-moi",
        "note": "Nghị quyết 1681/NQ-UBTVQH15",
        **boxes("on", date(2026, 7, 1)),
    }
    page = admin.post(f"{PLACE}/xa-a/ke-thua", **sent | {"note": ""})
    assert page.status_code == 422
    shown = admin.post(f"{PLACE}/xa-a/ke-thua", **sent)
    assert "tự chuyển sang Xã Mới" in shown.text
    assert 'value="xa-b"' in shown.text
    assert services.agencies.get("xa-a").successors == ()
    done = admin.post(f"{PLACE}/xa-a/ke-thua", **sent, seen="1")
    assert "Xã Mới nhận việc" in done.text
    assert services.agencies.get("xa-b").valid_to == date(2026, 6, 30)
    assert services.agencies.predecessors("xa-moi") == {"xa-a", "xa-b"}
    assert acts(services, "xa-b")[0] == ("agency.merge", "Nghị quyết 1681/NQ-UBTVQH15")
    assert "Kế thừa từ" in admin.get(f"{PLACE}/xa-moi/").text


@pytest.mark.usefixtures("communes")
def test_d1_2_an_agency_ends_on_a_day_and_may_go_on(admin, services):
    page = admin.post(f"{PLACE}/xa-a/ket-thuc", reason="", rev="0", **boxes("last_day", date(2026, 1, 1)))
    assert page.status_code == 422
    admin.post(f"{PLACE}/xa-a/ket-thuc", reason="Giải thể", rev="0", **boxes("last_day", date(2026, 1, 1)))
    assert services.agencies.get("xa-a").valid_to == date(2026, 1, 1)
    admin.post(f"{PLACE}/xa-a/ket-thuc", reason="Nhầm", rev="1")
    assert services.agencies.get("xa-a").valid_to is None


def test_only_administrators_change_agencies(visit, admin):
    for who in ("soan", "duyet", "motcua"):
        for path in ("them", "so-tu-phap/", "so-tu-phap/sua", "so-tu-phap/ke-thua", "so-tu-phap/ho-so"):
            assert visit(who).get(f"{PLACE}/{path}").status_code == 403
    assert admin.get(f"{PLACE}/khong-co/").status_code == 404
