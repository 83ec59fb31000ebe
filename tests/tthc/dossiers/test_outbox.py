from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from dossier_stories import MONDAY, OWNER, RECEPTION, definition, submission

from tthc.dossiers import commands as cmd
from tthc.dossiers.chain import verify
from tthc.dossiers.outbox import LEASE, MAX_ATTEMPTS, Outbox

pytestmark = pytest.mark.database


@pytest.fixture
def outbox(service, dossiers):
    service.start(definition(), submission(), OWNER, "nộp")
    return Outbox(dossiers)


def states(dossiers, dossier="hs1"):
    return [e.state for e in dossiers.get(dossier).outbox]


def test_entries_are_claimed_in_order_and_finished(outbox, dossiers):
    for channel in ("portal", "email", "sms"):
        claim = outbox.claim(MONDAY, "một")
        assert (claim.dossier, claim.entry.channel, claim.entry.attempts) == ("hs1", channel, 1)
        assert claim.entry.lease_until == MONDAY + LEASE
        assert outbox.done("hs1", claim.entry.id, "một", MONDAY)
    assert outbox.claim(MONDAY, "một") is None
    assert states(dossiers) == ["done"] * 3
    assert outbox.due(MONDAY + timedelta(days=9)) == ()
    assert verify(dossiers.get("hs1")) == ()


def test_a_lease_keeps_others_out_until_it_runs_out(outbox):
    first = outbox.claim(MONDAY, "một").entry
    others = [outbox.claim(MONDAY, "hai").entry.id for _ in range(2)]
    assert first.id not in others
    assert outbox.claim(MONDAY, "ba") is None
    later = MONDAY + LEASE
    again = outbox.claim(later, "ba").entry
    assert (again.id, again.attempts, again.leased_by) == (first.id, 2, "ba")
    assert not outbox.done("hs1", first.id, "một", later)
    assert outbox.done("hs1", first.id, "ba", later)
    assert not outbox.fail("hs1", first.id, "ba", later, "muộn")


def test_a_failure_is_tried_again_later_each_time_and_dies_at_last(outbox, dossiers):
    now, waits = MONDAY, []
    entry = outbox.claim(now, "một").entry.id
    for _ in range(2):
        other = outbox.claim(now, "một")
        outbox.done("hs1", other.entry.id, "một", now)
    for attempt in range(1, MAX_ATTEMPTS + 1):
        assert outbox.fail("hs1", entry, "một", now, "Nhà mạng không trả lời")
        stored = dossiers.get("hs1").outbox[0]
        if attempt < MAX_ATTEMPTS:
            waits.append((stored.next_at - now).total_seconds())
            assert outbox.claim(now, "một") is None
            now = stored.next_at
            assert outbox.claim(now, "một", "hs1").entry.attempts == attempt + 1
    assert waits == [30, 60, 120, 240, 480, 960, 1920]
    assert (stored.state, stored.error) == ("dead", "Nhà mạng không trả lời")
    assert outbox.due(now + timedelta(days=9)) == ()
    assert not outbox.revive("hs1", "khác", now)
    assert outbox.revive("hs1", entry, now)
    assert outbox.claim(now, "một").entry.attempts == 1


def test_an_entry_that_kills_its_worker_each_time_is_given_up(outbox, dossiers):
    for _ in range(2):
        spared = outbox.claim(MONDAY, "một")
        outbox.done("hs1", spared.entry.id, "một", MONDAY)
    now = MONDAY
    for attempt in range(1, MAX_ATTEMPTS + 1):
        assert outbox.claim(now, "một").entry.attempts == attempt
        now += LEASE
    assert outbox.claim(now, "một") is None
    stored = dossiers.get("hs1").outbox[2]
    assert (stored.state, stored.attempts) == ("dead", MAX_ATTEMPTS)
    assert "dừng giữa chừng" in stored.error
    assert outbox.due(now + timedelta(days=9)) == ()


def test_many_workers_deliver_each_entry_once(outbox, service, dossiers):
    for number in range(10):
        service.start(definition(), submission(f"h{number}"), OWNER, f"nộp {number}")
    delivered = []

    def work(name):
        while (claim := outbox.claim(MONDAY, name)) is not None:
            delivered.append(claim.entry.id)
            assert outbox.done(claim.dossier, claim.entry.id, name, MONDAY)

    with ThreadPoolExecutor(5) as pool:
        list(pool.map(work, "abcde"))
    assert len(delivered) == len(set(delivered)) == 33
    assert all(states(dossiers, f"h{n}") == ["done"] * 3 for n in range(10))


def test_commands_and_deliveries_go_on_side_by_side(outbox, service, dossiers):
    def work(name):
        for _ in range(40):
            claim = outbox.claim(MONDAY, name)
            if claim is not None:
                outbox.done(claim.dossier, claim.entry.id, name, MONDAY)

    def command(number):
        service.execute("hs1", cmd.LogCall("", f"Gọi {number}"), RECEPTION, f"gọi {number}")

    with ThreadPoolExecutor(4) as pool:
        jobs = [pool.submit(work, "a"), *[pool.submit(command, n) for n in range(10)]]
        jobs.append(pool.submit(service.execute, "hs1", cmd.Refuse("Sai nơi nộp"), RECEPTION, "từ chối"))
        for job in jobs[-1:]:
            job.exception()
    while (claim := outbox.claim(MONDAY, "cuối")) is not None:
        assert outbox.done(claim.dossier, claim.entry.id, "cuối", MONDAY)
    dossier = dossiers.get("hs1")
    assert verify(dossier) == ()
    assert {e.state for e in dossier.outbox} == {"done"}
    assert len({e.id for e in dossier.outbox}) == len(dossier.outbox) == 6


def test_a_stale_hint_mends_itself(outbox, dossiers):
    for _ in range(3):
        claim = outbox.claim(MONDAY, "một")
        outbox.done("hs1", claim.entry.id, "một", MONDAY)
    dossiers.collection.update_one({"_id": "hs1"}, {"$set": {"outbox_due": MONDAY}})
    assert outbox.due(MONDAY) == ("hs1",)
    assert outbox.claim(MONDAY, "hai") is None
    assert outbox.due(MONDAY) == ()


def test_a_dossier_that_is_not_there_has_nothing_to_deliver(outbox):
    assert outbox.claim(MONDAY, "một", "không có") is None
    assert not outbox.done("không có", "x", "một", MONDAY)
