"""Hints go their own way: no command waits for them, and a broker that is away is no fault of the command."""

import logging
from threading import Event

import pytest

from tthc.services import build
from tthc.settings import Settings
from tthc.tasks import hints, queues


class Broker:
    """Stands in for the Celery application; answers nobody until `open` is set."""

    def __init__(self):
        self.sent = []
        self.asked = Event()
        self.open = Event()

    def send(self, *hint):
        self.asked.set()
        assert self.open.wait(60)
        self.sent.append(hint)


def test_nobody_waits_for_a_broker_that_hangs_and_what_is_too_much_is_left_to_the_sweep():
    broker = Broker()
    hint = hints.Hinter(broker.send, most=2)
    hint("d1", "e1")
    assert broker.asked.wait(60)
    for number in range(2, 6):
        hint(f"d{number}", "e")
    assert broker.sent == []
    broker.open.set()
    hint.wait()
    assert broker.sent == [("d1", "e1"), ("d2", "e"), ("d3", "e")]


def test_a_burst_that_ended_is_followed_by_another():
    broker = Broker()
    broker.open.set()
    hint = hints.Hinter(broker.send)
    for number in range(3):
        hint(f"d{number}", "e")
        hint.wait()
    assert [dossier for dossier, _ in broker.sent] == ["d0", "d1", "d2"]
    hint.wait()


@pytest.mark.parametrize("error", [ConnectionResetError("đứt"), TimeoutError("lâu"), RuntimeError("lạ")])
def test_whatever_the_broker_raises_is_a_line_in_the_log(monkeypatch, caplog, error):
    class Away:
        def send_task(self, name, **_):
            assert name == queues.DELIVER
            raise error

    monkeypatch.setattr(hints, "celery", Away())
    hint = hints.Hinter()
    with caplog.at_level(logging.WARNING):
        hint("d1", "e1")
        hint.wait()
        assert not hints.hint_delivery("d1", "e1")
    assert "hàng đợi" in caplog.text


@pytest.mark.database
def test_the_services_hint(mongo_uri, mongo_database, tmp_path):
    settings = Settings.load({"MONGODB_URI": mongo_uri, "TTHC_VAR": str(tmp_path)})
    assert build(settings, mongo_database).dossiers.after_write is hints.hint
