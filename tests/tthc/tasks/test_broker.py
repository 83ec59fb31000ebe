"""The database as broker: what a page publishes, a worker receives."""

import logging

import pytest
from servers import publisher

from tthc.database import embedded
from tthc.tasks import hints, queues
from tthc.tasks.app import make_celery


@pytest.fixture
def celery(mongo_uri, monkeypatch):
    with publisher(mongo_uri) as made:
        monkeypatch.setattr(hints, "celery", made)
        yield made


def received(celery, queue):
    with celery.connection_for_read() as connection, connection.SimpleQueue(queue) as waiting:
        message = waiting.get(timeout=20)
        message.ack()
        return message


@pytest.mark.database
def test_a_hint_travels_through_the_database(celery, mongo_database):
    assert hints.hint_delivery("d1", "d1:3:accepted:email")
    message = received(celery, queues.DELIVERIES)
    assert message.headers["task"] == queues.DELIVER
    assert message.payload[0] == ["d1", "d1:3:accepted:email"]
    assert mongo_database["jobs.messages"].count_documents({}) == 0


@pytest.mark.database
def test_tasks_go_to_their_own_queues(celery):
    celery.send_task(queues.SWEEP_TIMERS)
    assert received(celery, queues.SWEEPS).headers["task"] == queues.SWEEP_TIMERS


def test_a_broker_that_is_away_delays_but_does_not_break(monkeypatch, caplog):
    made = make_celery(f"amqp://127.0.0.1:{embedded.free_port()}//")
    monkeypatch.setattr(hints, "celery", made)
    with caplog.at_level(logging.WARNING):
        assert not hints.hint_delivery("d1", "e1")
    assert "hàng đợi" in caplog.text
    made.close()
