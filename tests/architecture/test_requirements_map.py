"""docs/requirements.md is true: written anew it is the same, each clause asked for has its tests, each screen is there."""

from pathlib import Path

import pytest
from people import make_province

from scripts import requirements_map as written


def test_a_tests_name_says_its_clauses():
    assert written.clauses("test_d10_2a_words") == ["Đ10.2a"]
    assert written.clauses("test_d13_3dd_words") == ["Đ13.3đ"]
    assert written.clauses("test_d8_1_words_and") == ["Đ8.1"]
    assert written.clauses("test_d13_d14_1b_words") == ["Đ13", "Đ14.1b"]


def test_the_page_is_up_to_date():
    assert written.TARGET.read_text(encoding="utf-8") == written.page(), (
        "run: .venv/bin/python -m scripts.requirements_map"
    )


def test_every_clause_asked_for_is_proved():
    proved = written.collect()
    assert [name for name in written.asked() if not proved.get(name)] == []


@pytest.mark.database
def test_every_screen_named_is_an_address_of_the_application(
    mongo_uri, mongo_database, clock, tmp_path: Path
):
    app = make_province(mongo_uri, mongo_database, clock, tmp_path).app
    addresses = {rule.rule.rstrip("/") for rule in app.url_map.iter_rules()}
    named = {address for clause in written.asked().values() for address in clause.screens.values()}
    assert sorted(named - addresses) == []
