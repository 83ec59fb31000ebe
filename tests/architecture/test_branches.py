"""docs/branches.md is true: written anew it is the same, and a browser walks every way through the one-stop shop."""

from scripts import branches as written
from scripts import requirements_map


def test_the_page_is_up_to_date():
    assert written.TARGET.read_text(encoding="utf-8") == written.page(), (
        "run: .venv/bin/python -m scripts.branches"
    )


def test_every_way_is_walked_in_a_browser():
    walked = written.walked("tests/browser")
    assert [name for name in written.ways() if not walked.get(name)] == []


def test_a_mark_names_a_way_there_is():
    assert sorted(set(written.walked()) - set(written.ways())) == []


def test_every_way_stands_on_a_clause_that_is_asked_for():
    known = {*requirements_map.asked(), *requirements_map.collect()}
    assert sorted({way.clause for way in written.ways().values()} - known) == []
