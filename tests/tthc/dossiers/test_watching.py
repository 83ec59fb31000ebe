"""The sweep of event rules: what is written is looked at, once, whatever dies or happens twice."""

from dataclasses import replace
from datetime import timedelta

import pytest
from dossier_stories import HEAD_OF_UNIT, OWNER, RECEPTION, at, definition, submission
from rule_stories import HOME, TWIN, ruled

from rules.events import extension
from tthc.dossiers import commands as cmd
from tthc.dossiers.chain import verify
from tthc.dossiers.codec import to_bson
from tthc.dossiers.context import SYSTEM
from tthc.dossiers.watching import AGAIN, Watching, engine

pytestmark = pytest.mark.database

ACCEPT = cmd.Accept(("hop_dong",))


def twin():
    return TWIN.holding


@pytest.fixture
def ruling(service):
    """A service whose one procedure has event rules."""
    return replace(service, definition_of={ruled().hash: ruled()}.__getitem__, agency_of={HOME.id: HOME}.get)


@pytest.fixture
def watching(ruling):
    return Watching(ruling, ruling.dossiers, twin)


def handed_in(ruling, number="hs1"):
    ruling.start(ruled(), submission(number), OWNER, f"nộp {number}")
    return ruling.execute(number, ACCEPT, RECEPTION, f"nhận {number}")


def marks(ruling, number="hs1"):
    row = ruling.dossiers.collection.find_one({"_id": number}, {"rules_due": 1, "rules_seen": 1})
    return row.get("rules_due"), row.get("rules_seen")


def sweep(watching):
    return watching.sweep(watching.dossiers.clock.now())


def test_what_was_written_is_looked_at_once(ruling, watching):
    handed_in(ruling)
    due, seen = marks(ruling)
    assert (due, seen) == (to_bson(ruling.clock.now()), None)
    assert [sweep(watching), sweep(watching)] == [1, 0]
    after = ruling.dossiers.get("hs1")
    assert after.tasks[0].unit_name == "Phòng Kinh tế"
    assert verify(after) == ()
    due, seen = marks(ruling)
    assert seen == len(after.history)
    assert due == to_bson(ruling.clock.now() + AGAIN)  # a rule reads what time is left


def test_two_workers_at_once_propose_once(ruling, watching):
    handed_in(ruling)
    now = ruling.clock.now()

    def overtaken():
        # this worker has read the dossier; the other does everything before it goes on
        watching.look("hs1", 0, now)
        return TWIN.holding

    replace(watching, asking=overtaken).look("hs1", 0, now)
    assert [entry.type for entry in ruling.dossiers.get("hs1").history].count("proposed") == 1
    assert len(ruling.dossiers.get("hs1").proposals) == 1


def test_a_worker_killed_between_proposing_and_saying_so_loses_and_doubles_nothing(ruling, watching):
    handed_in(ruling)
    stopped = replace(watching, repository=Dying(ruling.dossiers))
    with pytest.raises(KeyboardInterrupt):
        sweep(stopped)
    assert marks(ruling)[1] is None
    assert len(ruling.dossiers.get("hs1").proposals) == 1
    assert sweep(watching) == 0
    assert marks(ruling)[1] == len(ruling.dossiers.get("hs1").history)
    assert len(ruling.dossiers.get("hs1").proposals) == 1


class Dying:
    """A repository that is killed before it can say that a dossier was looked at."""

    def __init__(self, dossiers):
        self._dossiers = dossiers

    def __getattr__(self, name):
        return getattr(self._dossiers, name)

    def rules_asked(self, _dossier, _again):
        raise KeyboardInterrupt


def test_a_worker_killed_before_proposing_leaves_it_to_the_next(ruling, watching):
    handed_in(ruling)

    def dies():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sweep(replace(watching, asking=dies))
    assert sweep(watching) == 1


def test_what_is_written_while_a_worker_looks_is_looked_at_next(ruling, watching):
    handed_in(ruling)
    before = ruling.dossiers.get("hs1")
    ruling.execute("hs1", cmd.Act(before.tasks[0].id, "giao", assignee="vien"), HEAD_OF_UNIT, "giao")
    assert ruling.dossiers.rules_asked(before, None) is False
    assert marks(ruling)[0] is not None
    # the head was quicker: the rule held, and is told that its step is over
    assert sweep(watching) == 1
    assert ruling.dossiers.get("hs1").proposals[0].refusal


def test_time_alone_is_noticed_and_the_looking_ends_when_nothing_can_come_of_it(ruling, watching):
    handed_in(ruling)
    sweep(watching)
    ruling.clock.set(at("05/06/2026 08:10"))
    assert sweep(watching) == 1
    assert [each.rule for each in ruling.dossiers.get("hs1").proposals] == ["phong", "gap"]
    assert marks(ruling)[0] is None
    assert ruling.dossiers.with_rules_due(ruling.clock.now() + timedelta(days=900), 10) == []


def test_a_dossier_that_ends_or_has_no_rules_is_not_marked(service, ruling, watching):
    handed_in(ruling)
    ruling.execute("hs1", cmd.Withdraw("thôi"), OWNER, "rút")
    assert marks(ruling)[0] is None
    service.start(definition(), submission("hs2"), OWNER, "nộp 2")
    assert marks(service, "hs2") == (None, None)
    assert sweep(watching) == 0


def test_a_dossier_whose_rules_cannot_be_asked_keeps_no_other_waiting(ruling, watching, caplog):
    handed_in(ruling, "hs0")
    handed_in(ruling, "hs1")
    ruling.dossiers.collection.update_one({"_id": "hs0"}, {"$set": {"definition": "đã mất"}})
    assert watching.sweep(ruling.clock.now(), limit=1) == 0
    assert "event rules were not asked of dossier hs0" in caplog.text
    assert watching.sweep(ruling.clock.now(), limit=1) == 1
    assert marks(ruling, "hs0")[0] == to_bson(ruling.clock.now() + AGAIN)


@pytest.mark.skipif(not extension.AVAILABLE, reason="durable-rules is not installed")
def test_the_engine_of_the_process_answers_as_the_twin_does(ruling):
    handed_in(ruling, "hs0")
    handed_in(ruling, "hs1")
    assert Watching(ruling, ruling.dossiers).sweep(ruling.clock.now()) == 2
    assert engine() is engine()
    for number in ("hs0", "hs1"):
        assert [p.rule for p in ruling.dossiers.get(number).proposals] == ["phong"]


def test_a_proposal_has_one_name_for_ever(ruling, watching):
    handed_in(ruling)
    sweep(watching)
    version = ruling.dossiers.get("hs1").version
    again = ruling.execute("hs1", cmd.Propose("phong", 3), SYSTEM, "rule:hs1:phong")
    assert again.version == version
