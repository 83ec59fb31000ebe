"""Drafts are changed one at a time, each by its own author's undo, and the way there does not pile up."""

from datetime import timedelta

import pytest

from definitions.editing import Put
from definitions.lint.patching import base
from definitions.reading import read
from definitions.store import DefinitionStore
from tthc.drafting import journal
from tthc.drafting.desk import ClashError, Desk, Sitting

CODE = "9.000001"


@pytest.fixture
def store(mongo_database):
    made = DefinitionStore(mongo_database)
    made.ensure_indexes()
    return made


@pytest.fixture
def desk(mongo_database, store):
    made = Desk(mongo_database, store)
    made.ensure_indexes()
    return made


@pytest.fixture
def draft(store, now):
    return store.save_draft(CODE, base(), "mai", now).version


def sit(draft, by, now):
    return Sitting(CODE, draft.id, by, now)


def put(desk, draft, by, now, place, value, upon=None):
    key = upon or desk._definitions.version(CODE, draft.id).text
    return desk.change(
        sit(draft, by, now), upon=key, make=lambda _: [Put(place, value)], what="Sửa", place=""
    )


def said(store, draft):
    return read(store.text(store.version(CODE, draft.id))).data


def test_each_takes_back_their_own(desk, store, draft, now):
    put(desk, draft, "mai", now, ("summary",), "Một")
    put(desk, draft, "lan", now, ("result_name",), "Hai")
    desk.undo(sit(draft, "mai", now))
    assert "summary" not in said(store, draft)
    assert said(store, draft)["result_name"] == "Hai"
    assert desk.undo(sit(draft, "mai", now)) is None
    desk.redo(sit(draft, "mai", now))
    assert said(store, draft)["summary"] == "Một"


def test_a_change_upon_an_older_text_is_brought_together_or_refused(desk, store, draft, now):
    old = draft.text
    put(desk, draft, "mai", now, ("summary",), "Một")
    put(desk, draft, "lan", now, ("result_name",), "Hai", upon=old)
    assert (said(store, draft)["summary"], said(store, draft)["result_name"]) == ("Một", "Hai")
    with pytest.raises(ClashError) as refused:
        put(desk, draft, "lan", now, ("summary",), "Ba", upon=old)
    assert refused.value.places == ("summary",)
    assert said(store, draft)["summary"] == "Một"


def test_what_was_changed_since_is_not_taken_back_unseen(desk, store, draft, now):
    put(desk, draft, "mai", now, ("summary",), "Một")
    put(desk, draft, "lan", now, ("summary",), "Hai")
    with pytest.raises(ClashError):
        desk.undo(sit(draft, "mai", now))
    assert said(store, draft)["summary"] == "Hai"


def test_texts_on_the_way_are_forgotten_when_the_draft_is_handed_in(desk, store, draft, now, mongo_database):
    for number in range(5):
        put(desk, draft, "mai", now + timedelta(minutes=number), ("summary",), f"Bản {number}")
    texts = mongo_database["definition_texts"]
    assert texts.count_documents({}) == 6
    desk.close(draft.id, now + timedelta(days=1))
    assert said(store, draft)["summary"] == "Bản 4"
    assert [each["_id"] for each in texts.find({})] == [store.version(CODE, draft.id).text]


def test_a_text_that_may_be_being_saved_just_now_stays(desk, draft, now, mongo_database):
    put(desk, draft, "mai", now, ("summary",), "Một")
    put(desk, draft, "mai", now, ("summary",), "Hai")
    desk.close(draft.id, now + timedelta(minutes=30))
    assert mongo_database["definition_texts"].count_documents({}) == 3


def test_the_journal_keeps_only_so_many(desk, draft, now):
    most = journal.MOST
    for number in range(most + 5):
        desk.journal.add(draft.id, journal.Change(0, "mai", now, f"a{number}", f"a{number + 1}", "Sửa", ""))
    assert desk.journal.last(draft.id, "mai", undone=False).number == most + 5
    assert len(desk.journal.since(draft.id, "")) == most
