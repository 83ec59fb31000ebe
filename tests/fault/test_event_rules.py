"""`kill -9` of the worker while event rules wait to be asked: each dossier gets its proposal, once."""

import pytest

from tests.fault import desk as desks
from tests.tthc.supervisor.systems import eventually
from tthc.dossiers import chain

pytestmark = [pytest.mark.fault, pytest.mark.database]

PROCEDURE, RULE, UNIT = "1.001612", "giao_phong_kinh_te", "kinh-te"
ROUNDS, EACH = 3, 5


def test_a_killed_worker_loses_and_doubles_nothing_that_event_rules_propose(running, monkeypatch):
    monkeypatch.setattr(desks, "PROCEDURE", PROCEDURE)
    services = running.services()
    desk = desks.Desk(services)
    waiting = []
    for _ in range(ROUNDS):
        waiting += [desk.register().id for _ in range(EACH)]
        running.back("worker", running.kill("worker"))
    collection = services.repository.collection
    done = {"_id": {"$in": waiting}, "proposals.rule": RULE, "rules_seen": {"$gt": 0}}
    eventually(lambda: collection.count_documents(done), accept=len(waiting).__eq__)
    for dossier_id in waiting:
        dossier = services.repository.get(dossier_id)
        assert [entry.type for entry in dossier.history].count("proposed") == 1
        assert [task.unit for task in dossier.tasks] == [UNIT]
        assert chain.verify(dossier) == ()
    services.database.client.close()
