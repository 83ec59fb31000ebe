"""The days on which a procedure turns, told from its versions alone."""

from datetime import date, datetime, timedelta

from definitions import lifecycle
from definitions.lifecycle import Content, Version
from definitions.turns import Kind, turns
from rules.calendar import TZ

AT = datetime(2026, 11, 2, 9, 0, tzinfo=TZ)
Told = list[tuple[Kind, date, str, str]]


def published(versions: tuple[Version, ...], name: str, start: date, days: int = 0) -> tuple[Version, ...]:
    at = AT + timedelta(days=days)
    fresh = lifecycle.draft(name, "9.000001", Content(f"hash-{name}", name), "soan", at)
    return lifecycle.put_in_force(versions, fresh, "cong-bo", at, start)


def told(versions: tuple[Version, ...]) -> Told:
    return sorted(((t.kind, t.day, t.before, t.after) for t in turns(versions)), key=lambda t: t[1])


def test_d7_3_begun_changed_and_no_more():
    one = published((), "a", date(2026, 11, 10))
    two = published(one, "b", date(2027, 1, 1), days=3)
    over = lifecycle.abolish(
        two, "b", "cong-bo", AT + timedelta(days=5), last_day=date(2027, 6, 30), decision="QĐ 5"
    )
    assert told(one) == [(Kind.BEGUN, date(2026, 11, 10), "", "hash-a")]
    assert told(over) == [
        (Kind.BEGUN, date(2026, 11, 10), "", "hash-a"),
        (Kind.CHANGED, date(2027, 1, 1), "hash-a", "hash-b"),
        (Kind.ENDED, date(2027, 7, 1), "hash-b", ""),
    ]
    ended = next(turn for turn in turns(over) if turn.kind is Kind.ENDED)
    assert (ended.at, ended.key) == (AT + timedelta(days=5), "2027-07-01~9.000001")


def test_a_version_replaced_before_its_first_day_never_was():
    one = published((), "a", date(2026, 11, 10))
    two = published(one, "b", date(2027, 3, 1), days=1)
    three = published(two, "c", date(2027, 2, 1), days=2)
    assert told(three) == [
        (Kind.BEGUN, date(2026, 11, 10), "", "hash-a"),
        (Kind.CHANGED, date(2027, 2, 1), "hash-a", "hash-c"),
    ]


def test_what_comes_back_after_its_end_has_begun_again_and_drafts_are_no_news():
    over = lifecycle.abolish(
        published((), "a", date(2026, 11, 10)),
        "a",
        "cong-bo",
        AT,
        last_day=date(2026, 12, 31),
        decision="QĐ 5",
    )
    again = published(over, "b", date(2027, 3, 1))
    draft = lifecycle.draft("c", "9.000001", Content("hash-c", "c"), "soan", AT)
    assert told((*again, draft)) == [
        (Kind.BEGUN, date(2026, 11, 10), "", "hash-a"),
        (Kind.ENDED, date(2027, 1, 1), "hash-a", ""),
        (Kind.BEGUN, date(2027, 3, 1), "", "hash-b"),
    ]
