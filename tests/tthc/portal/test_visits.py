"""Pages opened are counted by day and kind, and of nobody."""

from datetime import date

import pytest
from pymongo.errors import PyMongoError

from tthc.web import visits

pytestmark = pytest.mark.database
TODAY = date(2026, 11, 23)


def counted(province):
    found = visits.days(province.services.database, TODAY, TODAY)
    return {kind: n for kind, n in found[0].pages.items() if n} if found else {}


def test_each_page_of_the_portal_counts_once_for_its_kind(province):
    visitor = province.visitor()
    for address in (
        "/",
        "/thu-tuc",
        "/thu-tuc?q=khai+sinh",
        "/tra-cuu",
        "/khong-co",
        "/dang-nhap",
        "/static/js/main.js",
    ):
        visitor.get(address)
    assert counted(province) == {"home": 1, "find": 2, "follow": 1}


def test_programs_and_parts_that_scripts_fetch_do_not_count(province):
    client = province.app.test_client()
    client.get("/", headers={"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"})
    client.get("/", headers={"User-Agent": "curl/8.0"})
    client.get("/", headers={"Sec-Fetch-Mode": "cors"})
    client.head("/")
    assert counted(province) == {}


def test_nothing_but_numbers_is_kept(province):
    province.visitor().get("/")
    (row,) = province.services.database[visits.COLLECTION].find()
    assert row == {"_id": "2026-11-23", "home": 1}


def test_a_count_that_cannot_be_written_is_no_reason_not_to_show_a_page(province, monkeypatch, caplog):
    def broken(*_args):
        raise PyMongoError("gone")

    monkeypatch.setattr(visits, "raise_count", broken)
    assert province.visitor().get("/").status == 200
    assert "a visit was not counted" in caplog.text


def test_the_figures_tell_them_and_give_them_as_open_data(province):
    client = province.app.test_client()
    client.get("/thu-tuc")
    client.get("/")
    assert "Lượt mở trang của Cổng" in client.get("/so-lieu").get_data(as_text=True)
    data = client.get("/so-lieu/luot-xem.json").get_json()
    assert data["rows"] == [
        {
            "day": "2026-11-23",
            "home": 1,
            "find": 1,
            "apply": 0,
            "follow": 0,
            "say": 0,
            "figures": 1,
            "total": 3,
        }
    ]
    lines = client.get("/so-lieu/luot-xem.csv").get_data(as_text=True)
    assert "2026-11-23" in lines and "Trang chủ" in lines
