"""An act of one name is done once, however often it is sent, and what follows it is made upon what its page had."""

from datetime import timedelta

import pytest

from definitions.editing import Put
from definitions.lint.patching import base
from definitions.reading import read
from definitions.store import DefinitionStore
from tthc.drafting.desk import ClashError, Desk, Once, Sitting

CODE = "9.000001"
SUMMARY, RESULT = ("summary",), ("result_name",)


class Drafted:
    """A draft and the desk where it is changed; `first`: key of its first text."""

    def __init__(self, database, now) -> None:
        self.database, self.now = database, now
        self.store = DefinitionStore(database)
        self.store.ensure_indexes()
        self.desk = Desk(database, self.store)
        self.desk.ensure_indexes()
        self.version = self.store.save_draft(CODE, base(), "mai", now).version.id
        self.first = self.text

    @property
    def text(self) -> str:
        return self.store.version(CODE, self.version).text

    @property
    def data(self):
        return read(self.store.text(self.store.version(CODE, self.version))).data

    def sit(self, by: str) -> Sitting:
        return Sitting(CODE, self.version, by, self.now)

    def put(self, by, place, value, name="", *before, upon=""):
        return self.desk.change(
            self.sit(by),
            upon=upon or self.text,
            make=lambda _: [Put(place, value)],
            what="Sửa",
            place="",
            once=Once(name, before),
        )


@pytest.fixture
def drafted(mongo_database, now) -> Drafted:
    return Drafted(mongo_database, now)


def test_an_act_sent_twice_is_done_once(drafted):
    assert drafted.put("mai", SUMMARY, "Một", "a").changed
    drafted.put("mai", SUMMARY, "Hai", "b")
    again = drafted.put("mai", SUMMARY, "Một", "a", upon=drafted.first)
    assert not again.changed
    assert drafted.data["summary"] == "Hai"
    assert len(drafted.desk.journal.since(drafted.version, drafted.first)) == 2


def test_acts_without_a_name_are_each_done(drafted):
    drafted.put("mai", SUMMARY, "Một")
    drafted.put("mai", SUMMARY, "Hai")
    drafted.put("mai", SUMMARY, "Một")
    assert drafted.data["summary"] == "Một"


def test_a_name_is_of_one_person_and_one_draft(drafted):
    other = drafted.store.save_draft(CODE, base(), "mai", drafted.now, note="Bản khác").version.id
    drafted.put("mai", SUMMARY, "Một", "a")
    assert drafted.put("lan", RESULT, "Hai", "a").changed
    assert not drafted.desk.done(Sitting(CODE, other, "mai", drafted.now), Once("a"))


def test_taking_back_is_done_once_and_so_is_doing_again(drafted):
    drafted.put("mai", SUMMARY, "Một")
    drafted.put("mai", RESULT, "Hai")
    for _ in range(2):
        written, change = drafted.desk.undo(drafted.sit("mai"), Once("u"))
        assert change.what == "Sửa"
    assert (drafted.data.get("summary"), written.changed) == ("Một", False)
    assert drafted.data.get("result_name") != "Hai"
    for _ in range(2):
        drafted.desk.redo(drafted.sit("mai"), Once("r"))
    assert drafted.data["result_name"] == "Hai"


def test_what_is_typed_on_before_the_answer_came_is_no_clash_with_oneself(drafted):
    drafted.put("mai", SUMMARY, "Một", "a", upon=drafted.first)
    drafted.put("mai", SUMMARY, "Một hai", "b", "a", upon=drafted.first)
    drafted.put("mai", SUMMARY, "Một hai ba", "c", "a", "b", "never arrived", upon=drafted.first)
    assert drafted.data["summary"] == "Một hai ba"


def test_without_the_name_of_the_earlier_one_it_is(drafted):
    drafted.put("mai", SUMMARY, "Một", "a", upon=drafted.first)
    with pytest.raises(ClashError):
        drafted.put("mai", SUMMARY, "Hai", "b", upon=drafted.first)


def test_what_others_wrote_before_an_earlier_act_arrived_is_not_overwritten_unseen(drafted):
    drafted.put("lan", RESULT, "Của lan")
    drafted.put("mai", SUMMARY, "Một", "a", upon=drafted.first)
    assert drafted.data["result_name"] == "Của lan"

    def all_controls(data):
        """A save of the page: what it shows, which is not what lan wrote."""
        assert data.get("result_name") != "Của lan"
        return [Put(SUMMARY, "Một hai")]

    drafted.desk.change(
        drafted.sit("mai"),
        upon=drafted.first,
        make=all_controls,
        what="Sửa",
        place="",
        once=Once("b", ("a",)),
    )
    assert (drafted.data["summary"], drafted.data["result_name"]) == ("Một hai", "Của lan")
    with pytest.raises(ClashError) as refused:
        drafted.put("mai", RESULT, "Của mai", "c", "a", "b", upon=drafted.first)
    assert "Của lan" not in drafted.store.text_by_key(drafted.first)
    assert "Một hai" in refused.value.seen
    assert "Của lan" not in refused.value.seen


def test_texts_that_only_a_page_had_are_forgotten_with_the_draft(drafted):
    drafted.put("lan", RESULT, "Của lan")
    drafted.put("mai", SUMMARY, "Một", "a", upon=drafted.first)
    texts = drafted.database["definition_texts"]
    assert texts.count_documents({}) == 4
    drafted.desk.close(drafted.version, drafted.now + timedelta(days=1))
    assert [each["_id"] for each in texts.find({})] == [drafted.text]
