"""Number books at the administration's desk."""

from datetime import date

import pytest
from date_boxes import boxes

from tthc.agencies.data import shipped as shipped_agencies

PLACE = "/quan-tri/so"
FORM = {
    "agency": "so-tu-phap",
    "kind": "di",
    "name": "Sổ đăng ký văn bản đi",
    "year": "2026",
    "pattern": "{so}/STP-VP",
    "digits": "2",
    "next": "15",
    "reason": "Nối tiếp sổ giấy",
}


@pytest.fixture
def admin(visit, services):
    services.agencies.add_missing(shipped_agencies()[:8])
    one = visit("quantri")
    one.get(f"{PLACE}/them")
    return one


def test_d14_2_a_book_is_opened_changed_and_written_down(admin, services, clock):
    assert "Đã mở Sổ đăng ký" in admin.post(f"{PLACE}/them", **FORM).text
    page = admin.get(f"{PLACE}/").text
    assert "15/STP-VP" in page
    drawn = services.books.draw("so-tu-phap", "di", clock.now().date(), key="v1", by="Pha", at=clock.now())
    assert drawn.text == "15/STP-VP"
    place = f"{PLACE}/so/so-tu-phap:2026:di/"
    assert "15/STP-VP" in admin.get(place).text
    start = boxes("start", date(2026, 12, 1))
    back = admin.post(place, **FORM | {"next": "3", "rev": "0"}, **start)
    assert "chỉ tăng" in back.text
    admin.post(place, **FORM | {"pattern": "{so}/TB-STP", "next": "20", "rev": "0"}, **start)
    book = services.books.get("so-tu-phap:2026:di")
    assert [p.text for p in book.patterns] == ["{so}/STP-VP", "{so}/TB-STP"]
    assert [a.what for a in services.acts.find(target=book.id).rows] == ["book.changed", "book.added"]
    stale = admin.post(place, **FORM | {"next": "30", "rev": "0"}, **start)
    assert "ở nơi khác" in stale.text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"pattern": "STP"}, "đúng một chỗ {so}"),
        ({"pattern": "{so}/{ten}"}, "Không có chỗ ghi {ten}"),
        ({"year": "năm nay"}, "Năm"),
        ({"agency": "khac"}, "Chọn cơ quan"),
        ({"reason": ""}, "Ghi lý do"),
    ],
)
def test_what_is_wrong_is_said(admin, services, change, said):
    page = admin.post(f"{PLACE}/them", **FORM | change)
    assert page.status_code == 422
    assert said in page.text
    assert services.books.all() == ()


def test_d11_1_the_pattern_of_codes_is_set_from_a_day_that_is_to_come(admin, services):
    sent = {"order": "province_first", "digits": "4", "reason": "QĐ 20/2020/QĐ-TTg"}
    late = admin.post(f"{PLACE}/ma-so-ho-so", **sent, **boxes("start", date(2026, 11, 23)))
    assert late.status_code == 422
    assert "từ ngày mai" in late.text
    page = admin.post(f"{PLACE}/ma-so-ho-so", **sent, **boxes("start", date(2027, 1, 1)))
    assert "H52.14-270101-0001" in page.text
    assert services.acts.find(target="codes").rows[0].reason == "QĐ 20/2020/QĐ-TTg"


def test_only_administrators_keep_books(visit):
    for who in ("soan", "duyet", "motcua"):
        assert visit(who).get(f"{PLACE}/").status_code == 403
