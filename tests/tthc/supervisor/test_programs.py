import signal

import pytest

from tthc.settings import Settings
from tthc.supervisor import programs
from tthc.tasks.queues import QUEUES


@pytest.fixture
def settings(tmp_path):
    def load(**environ):
        return Settings.load({"TTHC_VAR": str(tmp_path), **environ})

    return load


def test_the_worker_listens_to_every_queue():
    assert f"--queues={','.join(QUEUES)}" in programs.worker().command


def test_the_web_server_binds_where_it_is_told(settings):
    command = programs.web(settings(HOST="::1", PORT="8080")).command
    assert command[command.index("--bind") + 1] == "[::1]:8080"
    assert "--no-control-socket" in command
    assert command[command.index("--config") + 1] == "python:tthc.preloaded"


def test_another_application_is_served_without_the_products_modules(settings):
    assert "--config" not in programs.web(settings(), "small_site:application").command


def test_only_the_web_server_is_asked_kindly_when_its_supervisor_died(settings):
    assert programs.web(settings()).orphan_signal == signal.SIGTERM
    assert programs.worker().orphan_signal == programs.beat(settings()).orphan_signal == signal.SIGKILL


def test_without_a_broker_the_jobs_travel_through_the_database(settings):
    made = programs.environment(settings(), {"LANG": "C"}, "mongodb://h/x")
    assert made["LANG"] == "C"
    assert made["CELERY_BROKER_URL"] == made["MONGODB_URI"] == "mongodb://h/x"
    named = programs.environment(settings(CELERY_BROKER_URL="redis://r"), {}, "mongodb://h/x")
    assert named["CELERY_BROKER_URL"] == "redis://r"
