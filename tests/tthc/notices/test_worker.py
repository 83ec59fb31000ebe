from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from tthc.dossiers.outbox import LEASE, MAX_ATTEMPTS
from tthc.notices.channels import DeliveryError, Health, Inbox, Mailbox
from tthc.notices.registry import Channels
from tthc.notices.worker import OutboxWorker

pytestmark = pytest.mark.database


class Dies(BaseException):
    """A worker killed at this line."""


class Faulty:
    """A channel that first does what `troubles` say, then works."""

    def __init__(self, inner, *troubles):
        self.inner = inner
        self.troubles = list(troubles)
        self.sent = 0

    def send(self, parcel, now):
        self.sent += 1
        trouble = self.troubles.pop(0) if self.troubles else None
        if isinstance(trouble, DeliveryError):
            raise trouble
        self.inner.send(parcel, now)
        if trouble is not None:
            raise trouble

    def check_config(self):
        return Health("email", ok=True, local=True, message="")


@pytest.fixture
def worker(outbox, mongo_database, plain_settings, clock):
    made = OutboxWorker(outbox, mongo_database, plain_settings, clock)
    made.ensure_indexes()
    return made


def entry(database, dossier="d1", place=0):
    return database["dossiers"].find_one({"_id": dossier})["outbox"][place]


def test_each_notice_goes_its_way_once(worker, put, mongo_database):
    put()
    assert worker.run_once() == 3
    assert worker.run_once() == 0
    inbox = list(mongo_database["inbox"].find())
    assert [row["to"] for row in inbox] == ["lan"]
    assert inbox[0]["link"] == "/ho-so/d1"
    kept = {row["channel"]: row for row in mongo_database["mailbox"].find()}
    assert kept["email"]["to"] == "lan@example.vn"
    assert "https://dvc.example/ho-so/d1" in kept["email"]["body"]
    assert kept["sms"]["body"].isascii()
    assert entry(mongo_database)["state"] == "done"


def test_a_worker_killed_after_sending_does_not_send_twice(
    outbox, put, mongo_database, plain_settings, clock
):
    put(channels=("email",))
    mail = Faulty(Mailbox(mongo_database, "email"), Dies())
    worker = OutboxWorker(outbox, mongo_database, plain_settings, clock, Channels({"email": mail}))
    with pytest.raises(Dies):
        worker.run_once()
    assert worker.run_once() == 0  # leased by the dead one
    clock.advance(seconds=LEASE.total_seconds() + 1)
    assert worker.run_once() == 1
    assert mail.sent == 2
    assert mongo_database["mailbox"].count_documents({}) == 1
    assert entry(mongo_database)["state"] == "done"


def test_a_refusal_is_recorded_and_tried_again_later(outbox, put, mongo_database, plain_settings, clock):
    put(channels=("email",))
    mail = Faulty(Mailbox(mongo_database, "email"), DeliveryError("Máy chủ thư không nhận"))
    worker = OutboxWorker(outbox, mongo_database, plain_settings, clock, Channels({"email": mail}))
    assert worker.run_once() == 0
    assert entry(mongo_database)["error"] == "Máy chủ thư không nhận"
    assert worker.run_once() == 0
    clock.advance(minutes=1)
    assert worker.run_once() == 1


def test_what_cannot_be_put_into_words_ends_dead_and_says_why(worker, put, mongo_database, clock):
    put(channels=("sms",), data={"lạ": 1})
    for _ in range(MAX_ATTEMPTS):
        assert worker.run_once() == 0
        clock.advance(hours=5)
    assert entry(mongo_database)["state"] == "dead"
    assert "unknown data: lạ" in entry(mongo_database)["error"]


def test_one_bad_notice_holds_up_no_other(worker, put, mongo_database):
    put("d1", ("portal",), data={"lạ": 1})
    put("d2", ("portal",))
    assert worker.run_once() == 1
    assert mongo_database["inbox"].find_one()["dossier"] == "d2"


def test_a_fault_in_one_notice_holds_up_no_other_and_ends_dead(
    outbox, put, mongo_database, plain_settings, clock, caplog
):
    put("d1", ("portal",))
    put("d2", ("portal",))

    class Odd(Inbox):
        def send(self, parcel, now):
            if parcel.dossier == "d1":
                raise KeyError("lỗi của ta")
            super().send(parcel, now)

    worker = OutboxWorker(
        outbox, mongo_database, plain_settings, clock, Channels({"portal": Odd(mongo_database)})
    )
    assert worker.run_once() == 1
    for _ in range(MAX_ATTEMPTS):
        clock.advance(hours=5)
        assert worker.run_once() == 0
    assert (entry(mongo_database, "d1")["state"], entry(mongo_database, "d2")["state"]) == ("dead", "done")
    assert "KeyError" in caplog.text


def test_a_channel_that_is_not_there_is_a_failed_delivery(outbox, put, mongo_database, plain_settings, clock):
    put(channels=("sms",))
    worker = OutboxWorker(
        outbox, mongo_database, plain_settings, clock, Channels({"portal": Inbox(mongo_database)})
    )
    assert worker.run_once() == 0
    assert "Không có kênh" in entry(mongo_database)["error"]


def test_many_workers_at_once_send_each_notice_once(outbox, put, mongo_database, plain_settings, clock):
    for n in range(12):
        put(f"d{n}", ("portal", "email"))
    workers = [OutboxWorker(outbox, mongo_database, plain_settings, clock) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        delivered = sum(pool.map(lambda w: w.run_once(), workers))
    # a worker that lost every race may stop early; what is left is for the next sweep
    delivered += workers[0].run_once()
    assert delivered == 24
    assert mongo_database["inbox"].count_documents({}) == 12
    assert mongo_database["mailbox"].count_documents({}) == 12


def test_a_batch_is_bounded(worker, put, clock):
    for n in range(3):
        put(f"d{n}", ("portal",))
    assert worker.run_once(limit=2) == 2
    clock.set(clock.now() + timedelta(seconds=1))
    assert worker.run_once() == 1
