from dataclasses import replace
from datetime import date

import pytest

from definitions.model import OfferedBy
from tthc.agencies.binding import bind
from tthc.agencies.data import shipped
from tthc.agencies.directory import AgencyError, Directory

pytestmark = pytest.mark.database


@pytest.fixture
def directory(mongo_database):
    bind(mongo_database)
    directory = Directory()
    directory.ensure_indexes()
    return directory


def test_what_is_kept_comes_back_the_same(directory):
    district = next(a for a in shipped() if a.id == "huyen-mai-son")
    directory.save(district)
    assert directory.get("huyen-mai-son") == district
    assert directory.by_slug("maison") == district
    assert directory.by_slug("khong-co") is None
    assert directory.get("khong-co") is None
    assert directory.facts("huyen-mai-son") == district.facts()
    with pytest.raises(AgencyError, match="khong-co"):
        directory.facts("khong-co")


def test_adding_the_shipped_agencies_twice_adds_them_once_and_keeps_changes(directory):
    assert directory.add_missing(shipped()) == len(shipped())
    renamed = replace(directory.get("so-y-te"), note="Đã xác minh")
    directory.save(renamed)
    assert directory.add_missing(shipped()) == 0
    assert directory.get("so-y-te").note == "Đã xác minh"
    assert set(directory.all()) == {*shipped()} - {replace(renamed, note="")} | {renamed}
    on = date(2026, 11, 23)
    assert len(directory.offering(OfferedBy(level="xa"), on)) == 75
    assert all(a.exists(on) for a in directory.active(on))


def test_a_taken_address_is_refused_with_a_sentence(directory):
    first, second = shipped()[:2]
    directory.save(first)
    with pytest.raises(AgencyError, match="đã thuộc cơ quan khác"):
        directory.save(replace(second, slug=first.slug))


def test_a_malformed_identifier_is_refused(directory):
    with pytest.raises(AgencyError, match="identifier"):
        directory.save(replace(shipped()[0], identifier="H5"))


def test_documents_follow_to_the_next_database_without_closing_the_client(directory, mongo_client):
    directory.save(shipped()[0])
    other = mongo_client["other_directory"]
    bind(other)
    assert directory.all() == ()
    assert mongo_client.admin.command("ping")["ok"] == 1
    mongo_client.drop_database("other_directory")
