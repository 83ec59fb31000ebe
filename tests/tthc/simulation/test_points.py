"""Where processes may be killed: each kind of write has its name, and each point falls so often and no oftener."""

from itertools import pairwise

import pytest

from tthc.simulation.points import Plan, Point, lines, write_of

BEFORE, AFTER = (
    Point("trang", "dossiers/command", after=False),
    Point("trang", "dossiers/command", after=True),
)


def update(collection, change):
    return "update", {"update": collection, "updates": [{"q": {}, "u": change}]}


@pytest.mark.parametrize(
    ("told", "name"),
    [
        (("insert", {"insert": "dossiers"}), "dossiers/insert"),
        (("findAndModify", {"findAndModify": "dossier_counters"}), "dossier_counters/findAndModify"),
        (update("dossiers", {"$push": {"history": {}}, "$set": {"life_due": True}}), "dossiers/command"),
        (update("dossiers", {"$set": {"outbox.3": {"state": "leased"}}}), "dossiers/outbox leased"),
        (
            update("dossiers", {"$set": {"outbox.0": {"state": "done"}}, "$unset": {"outbox_due": ""}}),
            "dossiers/outbox done",
        ),
        (
            update("dossiers", {"$set": {"rules_seen": 4}, "$unset": {"rules_due": ""}}),
            "dossiers/rules asked",
        ),
        (update("dossiers", {"$unset": {"life_due": ""}}), "dossiers/life told"),
        (update("dossier_lives", {"v": 3}), "dossier_lives/update"),
        (("insert", {"insert": "jobs.messages"}), None),
        (("find", {"find": "dossiers"}), None),
    ],
)
def test_writes_are_named_by_what_they_are_for(told, name):
    assert write_of(*told) == name


def test_a_point_falls_at_once_then_more_seldom_and_then_no_more():
    plan = Plan(7, 3)
    falls = [plan.falls(AFTER) for _ in range(200)]
    assert falls[0]
    assert sum(falls) == plan.killed[AFTER] == 3
    at = [place for place, fell in enumerate(falls) if fell]
    spared = [later - earlier - 1 for earlier, later in pairwise(at)]
    assert all(1 <= between <= 4**kill for kill, between in enumerate(spared, 1))
    again = Plan(7, 3)
    assert [again.falls(AFTER) for _ in range(200)] == falls
    assert list(lines(plan.killed)) == [
        "Đã giết tiến trình 3 lần:",
        "      3  trang, sau khi ghi dossiers/command",
    ]


def test_a_plan_may_leave_out_what_is_before_writes_and_may_stop():
    plan = Plan(7, 3, before=False)
    assert not any(plan.falls(BEFORE) for _ in range(9))
    assert plan.falls(AFTER)
    plan.stop()
    assert not any(plan.falls(AFTER) for _ in range(200))
