"""The public's figures agree with the reports', say what they count, and tell of nobody."""

import csv
import io
import json
from dataclasses import replace

import pytest
from people import COMMUNE, OTHER
from reported import NOW

from tthc.measures import periods
from tthc.measures.form_06a import Row06a
from tthc.measures.public import COUNTS, NAMES, RATE, SHOWN, figure
from tthc.portal import figures_routes
from tthc.reports.figures import Figures
from tthc.reports.open_data import FRESH, KEPT, public

pytestmark = pytest.mark.database

NOVEMBER = periods.period("thang", 2026, 11)


@pytest.fixture(scope="module")
def visitor(reported):
    reported.services.registry.add_demonstration(NOW)
    return reported.visitor()


def test_d25_1_the_public_counts_what_the_reports_count(reported):
    s = reported.services
    s.database[KEPT].delete_many({})
    found = public(s, NOVEMBER)
    rows = Figures(s.lives, s.database).of(NOVEMBER, s.clock.now()).rows
    assert found.whole.solved == sum(row.solved for row in rows) == 4
    assert (found.whole.accepted, found.whole.online, found.whole.open, found.whole.overdue) == (5, 2, 4, 2)
    assert (found.whole.solved_in_time, found.whole.late, found.whole.rate) == (3, 1, 75.0)
    for name in SHOWN:
        assert sum(getattr(each, name) for each in found.sectors) == getattr(found.whole, name)
        assert sum(getattr(each, name) for each in found.agencies) == getattr(found.whole, name)
    assert public(s, NOVEMBER, COMMUNE).whole == found.whole
    assert public(s, NOVEMBER, "so-tu-phap").whole.solved == 0


def test_the_running_period_is_counted_once_in_a_while(reported, monkeypatch):
    s = reported.services
    s.database[KEPT].delete_many({})
    first = public(s, NOVEMBER)

    def never(*_args):
        raise AssertionError("counted again")

    with monkeypatch.context() as patched:
        patched.setattr(Figures, "of", never)
        assert public(s, NOVEMBER) == first
    reported.clock.set(NOW + FRESH)
    assert public(s, NOVEMBER).at == NOW + FRESH
    reported.clock.set(NOW)


def test_the_share_on_time_is_whole_only_of_all_and_none_of_nothing():
    assert figure(Row06a("a", "A")).rate is None
    assert figure(Row06a("a", "A", solved=3000, on_time=2999, late=1)).rate == 99.9
    assert figure(Row06a("a", "A", solved=3, early=2, on_time=1)).rate == 100
    assert set(COUNTS) == set(NAMES) == {*SHOWN, RATE}


def test_d7_2a_the_figures_are_seen_and_taken_along_without_signing_in(visitor):
    page = visitor.get("/so-lieu?ky=2026-thang-11")
    assert page.status == 200 and "75 %" in page.text and "phường Tô Hiệu" in page.text
    of_one = visitor.get(f"/so-lieu?ky=2026-thang-11&co-quan={OTHER}")
    files = [link for link in of_one.links if "/linh-vuc." in link]
    assert len(files) == 2 and all(f"co-quan={OTHER}" in link for link in files)  # what the page shows
    assert json.loads(visitor.get(files[1]).data)["rows"][-1]["solved"] == 0
    told = json.loads(visitor.get("/so-lieu/co-quan.json?ky=2026-thang-11").data)
    names = [column["name"] for column in told["columns"]]
    assert names == ["id", "name", *SHOWN, RATE] and told["period"] == "Tháng 11 năm 2026"
    assert told["rows"][0]["id"] == COMMUNE and told["rows"][-1]["name"] == "Tổng số"
    rows = list(
        csv.reader(
            io.StringIO(visitor.get("/so-lieu/linh-vuc.csv?ky=2026-thang-11").data.decode("utf-8-sig"))
        )
    )
    assert rows[0][1:3] == ["Lĩnh vực", "Tiếp nhận trong kỳ"] and rows[-1][-1] == "75.0"
    for address in (
        "/so-lieu/co-quan.xml",
        "/so-lieu/nguoi-nop.csv",
        "/so-lieu/co-quan.csv?ky=sai",
        "/so-lieu?co-quan=la",
    ):
        assert visitor.get(address).status == 404
    wrong = visitor.get("/so-lieu?ky=20260101-20260103")
    assert wrong.status == 200 and "Chọn một trong các kỳ" in wrong.text
    assert "Kỳ này chưa tới" in visitor.get("/so-lieu?ky=2027-nam").text


def test_d7_2a_levels_are_told_by_sector_and_agency(visitor):
    page = visitor.get("/so-lieu/muc-do")
    assert "12 thủ tục" in page.text and "Hộ tịch" in page.text
    told = json.loads(visitor.get("/so-lieu/muc-do-linh-vuc.json").data)
    whole = told["rows"][-1]
    assert whole["total"] == sum(row["total"] for row in told["rows"][:-1]) == 12
    assert sum(whole[f"level_{level}"] for level in range(5)) == 12
    assert len(json.loads(visitor.get("/so-lieu/muc-do-co-quan.json").data)["rows"]) > 2


def test_a_page_of_figures_stays_light_however_many_agencies_there_are(reported, visitor, monkeypatch):
    monkeypatch.setattr(figures_routes, "SHOWN_AGENCIES", 1)
    s = reported.services
    found = public(s, NOVEMBER)
    other = replace(found.agencies[0], id=OTHER, name="Ủy ban nhân dân phường Khác")
    both = replace(found, agencies=(*found.agencies, other), levels={COMMUNE: "xa", OTHER: "xa"})
    monkeypatch.setattr(figures_routes, "public", lambda *_args: both)
    page = visitor.get("/so-lieu?ky=2026-thang-11")
    following = next(link for link in page.links if "tu=" in link)
    assert "phường Khác" not in page.text
    after = visitor.get(following.partition("#")[0])
    further = [link for link in after.links if "tu=" in link and "lang=" not in link]
    assert "phường Khác" in after.text and not further


def test_no_name_of_a_person_is_in_the_open_data(reported, visitor):
    people = {
        row["applicant"]["name"]
        for row in reported.services.database["dossiers"].find()
        if row.get("applicant")
    }
    files = [
        visitor.get(f"/so-lieu/{report}.{kind}?ky=2026-thang-11").data.decode()
        for report in ("linh-vuc", "co-quan")
        for kind in ("csv", "json")
    ]
    assert people
    assert not [name for name in people for text in files if name in text]
