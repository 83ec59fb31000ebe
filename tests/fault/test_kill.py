"""`kill -9` of each program in turn while commands arrive eight at once: nothing acknowledged is lost or doubled."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from tests.fault.desk import COMMUNE, Browser, Desk
from tests.tthc.supervisor.systems import eventually
from tthc.dossiers import chain
from tthc.dossiers.codes import read_code

pytestmark = [pytest.mark.fault, pytest.mark.database]

AT_ONCE = 8
MOST_EACH = 60
BETWEEN_KILLS = 24
ACCEPTANCES = 200
LEASES_OVER = timedelta(hours=1)


@pytest.fixture
def services(running):
    made = running.services()
    yield made
    made.database.client.close()


def test_killed_in_turn_nothing_acknowledged_is_lost_or_doubled(running, services):
    desk = Desk(services)
    shared = [desk.submit() for _ in range(2)]
    browsers = [Browser(running.port, desk) for _ in range(2)]
    enough = threading.Event()

    def in_process(who):
        for turn in range(MOST_EACH):
            if enough.is_set():
                return
            if turn % 3 == 0:
                dossier_id = desk.submit()
                desk.accept(dossier_id)
            elif turn % 3 == 1:
                dossier_id = desk.register().id
            desk.call(dossier_id, f"{who}, lượt {turn}")
            desk.call(shared[turn % 2], f"{who}, lượt {turn}")

    def at_the_site(browser, who):
        for turn in range(MOST_EACH):
            if enough.is_set():
                return
            browser.call(shared[turn % 2], f"{who}, lượt {turn}")

    with ThreadPoolExecutor(AT_ONCE) as pool:
        workers = [pool.submit(at_the_site, b, f"trang {n}") for n, b in enumerate(browsers)]
        workers += [pool.submit(in_process, f"bàn {n}") for n in range(AT_ONCE - len(browsers))]
        try:
            for name in ("worker", "web", "database"):
                more_than(desk, workers, len(desk.acknowledged) + BETWEEN_KILLS)
                running.back(name, running.kill(name))
            more_than(desk, workers, len(desk.acknowledged) + BETWEEN_KILLS)
        finally:
            enough.set()
        for worker in workers:
            worker.result()
    running.ready()
    assert {"database", "site"} <= set(desk.broken)

    check_histories(services, desk)
    check_notices(running, services)


def more_than(desk, workers, count):
    """Return when so many commands were acknowledged; a thread that failed says why."""

    def look():
        for worker in workers:
            if worker.done():
                worker.result()
        return len(desk.acknowledged)

    eventually(look, accept=lambda found: found >= count)


def check_histories(services, desk):
    dossiers = {i: services.repository.get(i) for i in {i for i, _ in desk.acknowledged}}
    assert services.repository.collection.count_documents({}) == len(dossiers)
    for dossier_id, dossier in dossiers.items():
        assert chain.verify(dossier) == ()
        told = Counter(i for d, i in desk.acknowledged if d == dossier_id)
        # one command may say several things; carried out twice, it would come back after others, or say one twice
        runs = Counter(e.command_id for e in dossier.history if not same_as_before(dossier.history, e))
        assert set(told) == {i for i in runs if not i.startswith("timer:")}
        assert set(runs.values()) == set(told.values()) == {1}
        said = Counter((e.command_id, e.type, repr(e.data)) for e in dossier.history)
        assert set(said.values()) == {1}
    codes = [d.code for d in dossiers.values() if d.code]
    assert len(codes) == len(set(codes)) > 0


def same_as_before(history, entry):
    return entry.seq > 1 and history[entry.seq - 2].command_id == entry.command_id


def check_notices(running, services):
    """The running system delivers; what a dead worker had leased is delivered when the lease is over."""
    entries = services.repository.collection

    def states():
        rows = entries.aggregate(
            [{"$unwind": "$outbox"}, {"$group": {"_id": "$outbox.state", "count": {"$sum": 1}}}]
        )
        return {row["_id"]: row["count"] for row in rows}

    eventually(states, accept=lambda found: "pending" not in found)
    later = running.services(LEASES_OVER)
    try:
        later.outbox_worker.run_once()
        assert set(eventually(states, accept=lambda found: set(found) == {"done"})) == {"done"}
    finally:
        later.database.client.close()

    ids = [entry["id"] for row in entries.find({}, {"outbox.id": 1}) for entry in row["outbox"]]
    sent = [
        row["_id"] for name in ("inbox", "mailbox") for row in services.database[name].find({}, {"_id": 1})
    ]
    assert len(ids) == len(set(ids)) > 0
    assert sorted(sent) == sorted(ids)


def test_two_hundred_acceptances_at_once_draw_two_hundred_codes(services):
    desk = Desk(services)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        waiting = list(pool.map(lambda _: desk.submit(), range(ACCEPTANCES // 2)))
        counter = [pool.submit(lambda: desk.register().code) for _ in range(ACCEPTANCES // 2)]
        codes = [*pool.map(desk.accept, waiting), *(c.result() for c in counter)]
    assert len(set(codes)) == ACCEPTANCES
    assert services.repository.collection.count_documents({"code": {"$in": codes}}) == ACCEPTANCES
    identifier = services.agencies.get(COMMUNE).identifier
    read = [read_code(code) for code in codes]
    assert {(r.identifier, r.order) for r in read} == {(identifier, "unit_first")}
    assert {code.rsplit("-", 1)[1] for code in codes} == {f"{r.number:04}" for r in read}
    # nothing was killed here, so nothing may be lost: the numbers of a day leave no gap
    by_day = Counter(r.day for r in read)
    assert all({r.number for r in read if r.day == day} == {*range(1, n + 1)} for day, n in by_day.items())
