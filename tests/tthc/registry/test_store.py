"""What the registry keeps comes back the same."""

from dataclasses import replace
from datetime import date

import pytest

from tthc.registry.model import Decision, Entry, Kind, RegistryError
from tthc.registry.publications import Listed, Publication
from tthc.registry.roadmap import Goal
from tthc.registry.slips import Consent, Row, Slip
from tthc.registry.store import RegistryStore

pytestmark = pytest.mark.database

DECISION = Decision("12/QĐ-UBND", date(2026, 11, 20), "Chủ tịch UBND tỉnh")
DAY = date(2026, 12, 1)


@pytest.fixture
def store(mongo_database):
    made = RegistryStore(mongo_database)
    made.ensure_indexes()
    return made


def entry(code, now, **parts):
    given = {"levels": ("xa",), "agencies": ("so-y-te",), "end": date(2027, 1, 1), "kind": Kind.NEW}
    return Entry(
        code=code,
        name="Cấp thẻ",
        sector="Thư viện",
        decision=DECISION,
        start=DAY,
        by="soan",
        at=now,
        **{**given, **parts},
    )


def test_the_rows_of_a_decision_are_written_whole_or_not_at_all(store, now):
    rows = [entry("9.000001", now), entry("9.000002", now, end=None)]
    batch = store.enter(DECISION, rows, "soan", now)
    kept = store.entries()
    assert [replace(row, id="") for row in kept] == rows
    assert store.entries("9.000002") == kept[1:]
    assert store.batch(batch).entries == kept == store.batches()[0].entries
    with pytest.raises(RegistryError):
        store.enter(DECISION, [entry("9.000003", now), entry("9.000001", now)], "soan", now)
    with pytest.raises(RegistryError):
        store.enter(DECISION, [entry("9.000003", now), entry("9.000003", now)], "soan", now)
    assert store.entries() == kept
    assert store.batch("khong-co") is None


def test_slips_goals_and_lists_come_back_the_same(store, now):
    rows = (Row("9.000001", 3, "v1", Consent("5/UBND", DAY), now, ""), Row("9.000002", 2, error="Chưa được."))
    slip = store.save_slip(Slip("p", DECISION, "so-y-te", "Đợt 1", rows, "soan", now, now))
    assert store.slip("p") == slip == store.slips()[0]
    assert store.slips_with("v1") == (slip,)
    assert store.slips_with("v2") == ()
    store.save_slip(replace(slip, note="Đợt 2"))
    with pytest.raises(RegistryError, match="vừa được người khác sửa"):
        store.save_slip(replace(slip, note="Đợt 3"))
    assert store.slip("p").note == "Đợt 2"
    goal = Goal("g", "9.000001", 4, DAY, "so-y-te", "KH 5", "soan", now)
    store.add_goal(goal)
    assert store.goals() == (goal,)
    assert store.withdraw_goal("g", "Dừng") and not store.withdraw_goal("g", "Dừng")
    assert store.goals() == (replace(goal, withdrawn="Dừng"),)
    listed = (Listed("9.000001", "Cấp thẻ", "thu-vien", 3, "Cấp xã", "h"),)
    publication = Publication("c", DECISION, DAY, "Danh mục", listed, "duyet", now)
    store.add_publication(publication)
    assert store.publication("c") == publication == store.publications()[0]
    assert store.publication("d") is None
