"""Sáp nhập, chia, đổi tên as plain values (Đ1.2)."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tthc.agencies.binding import bind
from tthc.agencies.directory import AgencyError, Directory
from tthc.agencies.model import Agency, Contacts, Level, Successor
from tthc.agencies.succession import SuccessionError, certain_pairs, ended, plan, predecessors

DAY = date(2025, 7, 1)
NOTE = "Nghị quyết 1681/NQ-UBTVQH15"


def commune(name, **changes):
    base = Agency(name, name, f"Xã {name}", Level.XA, "huyen", "H52.20.01")
    return replace(base, **changes)


A, B = commune("a"), commune("b")
NEW, OTHER = commune("c", valid_from=DAY), commune("d", valid_from=DAY)


def test_d1_2_two_communes_are_merged_into_one():
    found = plan("merge", (A, B), (NEW,), DAY, NOTE)
    assert found.certain
    left = [ended(agency, found) for agency in found.predecessors]
    assert [a.valid_to for a in left] == [date(2025, 6, 30)] * 2
    assert not left[0].exists(DAY)
    assert left[0].successors == (Successor("c", DAY, True, NOTE),)
    assert ended(left[0], found) == left[0]
    assert certain_pairs((*left, NEW), DAY) == ((left[0], NEW, NOTE), (left[1], NEW, NOTE))
    assert certain_pairs((*left, NEW), date(2025, 6, 30)) == ()
    assert predecessors("c", (*left, NEW), DAY) == {"a", "b"}
    assert predecessors("c", (*left, NEW), date(2025, 6, 30)) == frozenset()


def test_d1_2_where_work_was_divided_a_person_chooses():
    found = plan("split", (A,), (NEW, OTHER), DAY, NOTE)
    assert not found.certain
    assert certain_pairs((ended(A, found), NEW, OTHER), DAY) == ()


def test_predecessors_are_found_through_others_and_never_oneself():
    older = commune("cu", successors=(Successor("a", date(2020, 1, 1), True),))
    left = ended(A, plan("rename", (A,), (NEW,), DAY, NOTE))
    looped = replace(NEW, successors=(Successor("cu", DAY, True),))
    assert predecessors("c", (older, left, looped), DAY) == {"a", "cu"}


@pytest.mark.parametrize(
    ("kind", "old", "new", "day", "note", "field"),
    [
        ("", (A,), (NEW,), DAY, NOTE, "kind"),
        ("merge", (A,), (NEW,), DAY, " ", "note"),
        ("merge", (), (NEW,), DAY, NOTE, "predecessors"),
        ("merge", (A,), (), DAY, NOTE, "successors"),
        ("merge", (A, B), (A,), DAY, NOTE, "successors"),
        ("merge", (A, B), (NEW, OTHER), DAY, NOTE, "successors"),
        ("split", (A, B), (NEW, OTHER), DAY, NOTE, "predecessors"),
        ("split", (A,), (NEW,), DAY, NOTE, "successors"),
        ("rename", (A,), (NEW,), date(2025, 6, 1), NOTE, "successors"),
        ("rename", (replace(A, valid_to=date(2024, 1, 1)),), (NEW,), DAY, NOTE, "predecessors"),
    ],
)
def test_what_cannot_be_is_refused_with_the_box_to_mend(kind, old, new, day, note, field):
    with pytest.raises(SuccessionError) as refused:
        plan(kind, old, new, day, note)
    assert refused.value.field == field


@pytest.fixture
def directory(mongo_database):
    bind(mongo_database)
    made = Directory(lambda: date(2026, 11, 23))
    made.ensure_indexes()
    made.save(A)
    made.save(NEW)
    return made


AT = datetime(2026, 11, 23, 1, tzinfo=UTC)


@pytest.mark.database
def test_d1_2_changes_are_dated_and_the_seed_stays(directory):
    named = replace(A, name="Xã A Mới", contacts=Contacts(hotline="02123856123"))
    assert directory.change(named, date(2027, 1, 1), by="qt", at=AT, reason="Quyết định 1", rev=0)
    assert directory.get("a").name == "Xã a"
    assert directory.get("a", date(2027, 1, 1)) == named
    assert {agency.name for agency in directory.all(date(2027, 1, 1))} == {"Xã A Mới", "Xã c"}
    (change,) = directory.changes("a")
    assert (change.on, change.by, change.reason) == (date(2027, 1, 1), "qt", "Quyết định 1")
    assert set(change.values) == {"name", "contacts"}
    assert not directory.change(A, date(2027, 1, 1), by="qt", at=AT, reason="", rev=0), "somebody was faster"
    assert directory.rev("a") == 1
    with pytest.raises(AgencyError, match="identifier"):
        directory.change(replace(named, identifier="?"), date(2027, 1, 1), by="qt", at=AT, reason="", rev=1)


@pytest.mark.database
def test_d1_2_a_succession_is_kept_and_found_again(directory):
    found = plan("rename", (A,), (NEW,), DAY, NOTE)
    directory.succeed(found)
    directory.succeed(found)
    assert directory.get("a").valid_to == date(2025, 6, 30)
    assert len(directory.get("a").successors) == 1
    assert directory.predecessors("c") == {"a"}
    assert directory.predecessors("a") == frozenset()


@pytest.mark.database
def test_d3_2_an_address_and_an_id_are_unique(directory):
    with pytest.raises(AgencyError, match="địa chỉ khác"):
        directory.add(commune("moi", slug="a"))
    with pytest.raises(AgencyError, match="mã khác"):
        directory.add(commune("a", slug="khac"))
