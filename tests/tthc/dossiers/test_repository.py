import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from bson import ObjectId
from dossier_stories import (
    AGENCY,
    EXAMINER,
    MONDAY,
    OWNER,
    RECEPTION,
    a_file,
    accepted,
    examined,
    ready,
    submitted,
)

from tthc.dossiers import commands as cmd
from tthc.dossiers.chain import verify
from tthc.dossiers.codes import COUNTERS, Codes, read_code
from tthc.dossiers.repository import CodeTakenError, ReferenceTakenError

pytestmark = pytest.mark.database

DESKS = 8


def written(dossiers, story):
    """Write a story's dossier as it stands, the way a submission does."""
    assert dossiers.insert(story.dossier) is story.dossier
    return story.dossier


def test_a_dossier_comes_back_equal(dossiers):
    dossier = written(dossiers, examined())
    assert (
        dossiers.get("hs1")
        == dossiers.by_code(dossier.code)
        == dossiers.by_reference(dossier.reference)
        == dossier
    )
    assert verify(dossiers.get("hs1")) == ()
    assert dossiers.get("không có") is None


def test_a_doubled_submission_is_not_stored_twice(dossiers):
    story = submitted()
    written(dossiers, story)
    assert dossiers.insert(story.dossier) is None
    assert dossiers.collection.count_documents({}) == 1


def test_a_command_appends_and_never_rewrites(dossiers):
    story = submitted()
    before = written(dossiers, story)
    dossiers.collection.update_one({"_id": "hs1"}, {"$set": {"outbox.0.state": "done"}})
    after = story.do(RECEPTION, cmd.Accept(("hop_dong",)))
    assert dossiers.apply(before, after) is after
    stored = dossiers.get("hs1")
    assert (stored.version, stored.history) == (2, after.history)
    assert [e.state for e in stored.outbox] == ["done", *["pending"] * 5]
    assert replace(stored, outbox=()) == replace(after, outbox=())


def test_a_lost_race_writes_nothing(dossiers):
    story = submitted()
    before = written(dossiers, story)
    after = story.do(RECEPTION, cmd.LogCall("", "một"))
    assert dossiers.apply(before, after) is after
    assert dossiers.apply(before, after) is None
    assert len(dossiers.get("hs1").history) == 2


def test_codes_and_references_are_unique(dossiers):
    first = written(dossiers, accepted())
    twin = replace(first, id="hs2", code=None)
    with pytest.raises(ReferenceTakenError):
        dossiers.insert(twin)
    with pytest.raises(CodeTakenError):
        dossiers.insert(replace(first, id="hs2", reference="HS-2222-2222"))
    assert dossiers.insert(replace(twin, reference="HS-2222-2222")) is not None
    assert dossiers.insert(replace(twin, id="hs3", reference="HS-3333-3333")) is not None


def test_a_dossier_without_its_code_or_reference_is_not_written(dossiers):
    dossier = accepted().dossier
    for lacking in (replace(dossier, code=""), replace(dossier, reference="")):
        with pytest.raises(ValueError, match="its own reference and code"):
            dossiers.insert(lacking)


def test_only_timers_that_have_come_due_are_found(dossiers):
    story = submitted()
    before = written(dossiers, story)
    (timer,) = before.timers
    assert dossiers.with_timers_due(MONDAY, 10) == []
    assert dossiers.with_timers_due(timer.due, 10) == [("hs1", timer.id)]
    dossiers.apply(before, story.do(RECEPTION, cmd.Refuse("x")))
    assert dossiers.with_timers_due(timer.due, 10) == []
    assert "timer_due" not in dossiers.collection.find_one()


def test_what_queries_read_follows_the_dossier(dossiers):
    story = examined()
    before = written(dossiers, story)
    document = dossiers.collection.find_one()
    assert document["task_keys"] == ["tham_dinh@xa-a", "~vien"]
    assert document["next_due"].astimezone(MONDAY.tzinfo) == before.tasks[0].due
    assert (document["national"], "nguyen" in document["search"]) == (4, True)
    after = story.act(EXAMINER, "trinh", files=(a_file(),))
    dossiers.apply(before, after)
    assert dossiers.collection.find_one()["task_keys"] == ["nguoi_nop@xa-a"]
    dossiers.apply(after, story.do(OWNER, cmd.Withdraw("Không cần nữa")))
    document = dossiers.collection.find_one()
    assert (document["task_keys"], document["open_tasks"], document["national"]) == ([], [], 7)


def test_every_list_has_its_index(dossiers):
    names = {index["name"] for index in dossiers.collection.list_indexes()}
    assert {
        "code",
        "reference",
        "owner",
        "inbox",
        "agency_status",
        "search",
        "timer_due",
        "outbox_due",
    } <= names
    plan = dossiers.collection.find({"task_keys": "tiep_nhan@xa-a"}).explain()["queryPlanner"]["winningPlan"]
    assert plan["inputStage"]["indexName"] == "inbox"


def test_d19_1_numbers_count_up_per_agency_and_day(mongo_database):
    codes = Codes(mongo_database)
    day = date(2026, 11, 23)
    other = replace(AGENCY, identifier="H52.14.02")
    made = [
        codes.allocate(AGENCY, day),
        codes.allocate(AGENCY, day),
        codes.allocate(AGENCY, date(2026, 11, 25)),
    ]
    assert [c.rpartition("-")[2] for c in made] == ["0001", "0002", "0001"]
    assert codes.allocate(other, day) == "000.02.14.H52-261123-0001"


def test_d19_1_the_first_numbers_of_a_day_drawn_at_once_leave_no_gap(mongo_database):
    codes = Codes(mongo_database)
    days = [date(2026, 11, day) for day in range(1, 11)]
    at_once = threading.Barrier(DESKS)

    def desk(day):
        at_once.wait()
        return [codes.allocate(AGENCY, day) for _ in range(3)]

    with ThreadPoolExecutor(DESKS) as pool:
        for day in days:
            drawn = [code for codes in pool.map(desk, [day] * DESKS) for code in codes]
            assert sorted(read_code(code).number for code in drawn) == [*range(1, 3 * DESKS + 1)]


def test_the_ten_thousandth_number_of_a_day_is_longer(mongo_database):
    codes = Codes(mongo_database)
    mongo_database[COUNTERS].insert_one({"_id": "H52.14.01/261123", "last": 9999})
    assert codes.allocate(AGENCY, date(2026, 11, 23)) == "000.01.14.H52-261123-10000"


def test_an_agency_without_identifier_has_no_codes(mongo_database):
    with pytest.raises(ValueError, match="mã định danh"):
        Codes(mongo_database).allocate(replace(AGENCY, identifier=""), date(2026, 11, 23))


def test_a_stored_dossier_is_verified_as_it_is_read(dossiers):
    written(dossiers, ready())
    dossiers.collection.update_one({"_id": "hs1"}, {"$set": {"answers.points": 50}})
    assert verify(dossiers.get("hs1")) == ("Dữ liệu “answers” của hồ sơ khác với lịch sử.",)
    dossiers.collection.update_one({"_id": "hs1"}, {"$set": {"history.2.actor.name": str(ObjectId())}})
    assert verify(dossiers.get("hs1")) == ("Mục 3 của lịch sử đã bị sửa.",)
