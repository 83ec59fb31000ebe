from dataclasses import dataclass, field

import pytest

from tthc.tasks import jobs, work


@dataclass
class Recorder:
    clock: object
    calls: list = field(default_factory=list)

    @property
    def outbox_worker(self):
        return self

    @property
    def timers(self):
        return self

    @property
    def watching(self):
        return self

    @property
    def reminders(self):
        return self

    @property
    def feedback_reminders(self):
        return self

    def run_once(self):
        self.calls.append("outbox")
        return 2

    @property
    def moves(self):
        return self

    def sweep(self, now=None):
        self.calls.append(now or "moves")
        return 1


@pytest.fixture
def services(clock, monkeypatch):
    recorder = Recorder(clock)
    monkeypatch.setattr(work, "_built", [recorder])
    return recorder


def test_a_hint_and_a_sweep_both_look_into_the_outbox(services):
    assert jobs.deliver("d1", "d1:3:accepted:email") == 2
    assert jobs.sweep_outbox() == 2
    assert services.calls == ["outbox", "outbox"]


def test_event_rules_are_asked_at_the_services_time(services, clock):
    assert jobs.sweep_rules() == 1
    assert services.calls == [clock.now()]


def test_d9_3b_reviews_are_reminded_of_at_the_services_time(services, clock):
    assert jobs.sweep_reviews() == 1
    assert services.calls == [clock.now()]


def test_d18_leaders_are_reminded_of_feedback_at_the_services_time(services, clock):
    assert jobs.sweep_feedback() == 1
    assert services.calls == [clock.now()]


def test_timers_are_swept_at_the_services_time(services, clock):
    assert jobs.sweep_timers() == 1
    assert services.calls == [clock.now()]


def test_open_batches_of_moves_are_gone_on_with(services):
    assert jobs.sweep_moves() == 1
    assert services.calls == ["moves"]
