"""The administered calendar (calendar.md 3.1–3.4): seen, tried, confirmed, followed by the dossiers under way."""

from datetime import date

import pytest

from definitions import calendars as shipped

PLACE = "/quan-tri/lich"
TET = "01/01/2027 | nghỉ lễ | Tết Dương lịch\n05/02/2027 - 11/02/2027 | nghỉ lễ | Tết Nguyên đán\n"
SENT = {
    "off": TET + "04/01/2027 | hoán đổi | 09/01/2027\n",
    "source": "Thông báo 123/TB-BNV",
    "confirmed": "1",
    "reason": "Thông báo của Bộ Nội vụ",
    "rev": "0",
}


@pytest.fixture
def admin(visit):
    one = visit("quantri")
    one.get(f"{PLACE}/nam/2027/sua")
    return one


def test_a_year_is_seen_as_months_and_says_whether_it_is_confirmed(admin):
    page = admin.get(f"{PLACE}/nam/2026/").text
    assert "Tháng 12" in page
    assert "nghỉ Ngày Văn hóa Việt Nam" in page
    assert "Đã xác nhận" in page
    assert "Chưa xác nhận" in admin.get(f"{PLACE}/nam/2027/").text
    assert admin.get(f"{PLACE}/nam/1890/").status_code == 404


def test_a_year_is_tried_before_it_is_saved_and_the_seed_stays(admin, services):
    seed = shipped.shipped()
    before = services.calendars.fingerprint()
    assert before == shipped.fingerprint()
    shown = admin.post(f"{PLACE}/nam/2027/sua", **SENT)
    assert "không làm thay đổi ngày hẹn" in shown.text
    assert "làm bù cho Thứ Hai 04/01/2027" in shown.text
    assert services.calendars.revision() == 0, "nothing is saved by looking"
    page = admin.post(f"{PLACE}/nam/2027/sua", **SENT, seen="1")
    assert "Đã lưu lịch năm 2027" in page.text
    calendar = services.calendar("so-tu-phap")
    assert calendar.confirmed(2027)
    assert calendar.is_working_day(date(2027, 1, 9))
    assert not calendar.is_working_day(date(2027, 1, 4))
    assert calendar.is_working_day(date(2026, 12, 31)) == seed.is_working_day(date(2026, 12, 31))
    assert shipped.shipped().is_working_day(date(2027, 1, 4))
    assert services.calendars.fingerprint() != before
    act = services.acts.find(target="Năm 2027").rows[0]
    assert (act.what, act.reason) == ("calendar.year", SENT["reason"])
    assert "04/01/2027 | hoán đổi | 09/01/2027" in act.after["off"]
    stale = admin.post(f"{PLACE}/nam/2027/sua", **SENT, seen="1")
    assert stale.status_code == 422
    assert "vừa được sửa ở nơi khác" in stale.text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"off": "hôm nào đó"}, "Dòng 1"),
        ({"off": "04/01/2027 | hoán đổi | 06/01/2027"}, "vốn là ngày làm việc"),
        ({"off": TET + TET}, "đã được khai báo"),
        ({"source": ""}, "Ghi văn bản làm căn cứ"),
        ({"reason": ""}, "Ghi lý do"),
    ],
)
def test_what_cannot_be_is_refused_and_stays_typed(admin, services, change, said):
    page = admin.post(f"{PLACE}/nam/2027/sua", **SENT | change, seen="1")
    assert page.status_code == 422
    assert said in page.text
    assert services.calendars.revision() == 0


def test_an_agency_has_hours_of_its_own(admin, services):
    from tthc.agencies.data import shipped as agencies

    services.agencies.add_missing(agencies()[:8])
    sent = {
        "agency": "so-tu-phap",
        "hours": "07:00-11:30, 13:30-17:00\n07:30-11:30 | 16/04-15/10 | 7",
        "reason": "Quyết định 5/QĐ-STP",
        "rev": "0",
    }
    assert "Lưu giờ này" in admin.post(f"{PLACE}/gio", **sent).text
    admin.post(f"{PLACE}/gio", **sent, seen="1")
    day = date(2026, 11, 23)
    own = [f"{a:%H:%M}-{b:%H:%M}" for a, b in services.calendar("so-tu-phap").sessions(day)]
    others = [f"{a:%H:%M}-{b:%H:%M}" for a, b in services.calendar("so-noi-vu").sessions(day)]
    assert own == ["07:00-11:30", "13:30-17:00"]
    assert others == ["07:30-11:30", "13:30-17:30"]
    wrong = admin.post(f"{PLACE}/gio", **sent | {"hours": "07:00-11:30 | lúc rảnh", "rev": "1"})
    assert "sau giờ ghi mùa" in wrong.text
    assert "07:00-11:30" in admin.get(f"{PLACE}/").text


def test_only_administrators_change_the_calendar(visit):
    for who in ("soan", "duyet", "motcua"):
        assert visit(who).get(f"{PLACE}/").status_code == 403
