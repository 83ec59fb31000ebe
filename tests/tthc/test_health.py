from collections import namedtuple
from dataclasses import dataclass

import pytest
from pymongo import MongoClient

from tthc import health
from tthc.database import embedded
from tthc.settings import Settings

Usage = namedtuple("Usage", "total used free")  # noqa: PYI024 - as shutil's own


@dataclass
class Channels:
    ok: bool = True

    def check_config(self):
        return (self,)


@pytest.fixture
def away():
    client = MongoClient(f"mongodb://127.0.0.1:{embedded.free_port()}", serverSelectionTimeoutMS=100)
    yield client.x
    client.close()


@pytest.fixture
def settings(tmp_path):
    return Settings.load({"TTHC_VAR": str(tmp_path / "var")})


@pytest.mark.database
def test_a_site_with_everything_is_ready(mongo_database, settings):
    report = health.readiness(mongo_database, settings, Channels())
    assert report["ready"]
    assert all(check["ok"] for check in report["checks"].values())
    assert set(report["checks"]) == {"database", "storage", "queue", "notices", "signing", "antivirus"}
    assert report["event_rules"] in {"durable_rules", "python"}


def test_without_its_database_it_is_not(away, settings):
    report = health.readiness(away, settings, Channels())
    assert not report["ready"]
    assert not report["checks"]["database"]["ok"]
    assert "127.0.0.1" not in str(report)


@pytest.mark.database
def test_without_a_broker_or_a_channel_it_serves_but_says_so(mongo_database):
    broker = f"amqp://user:pass-word@127.0.0.1:{embedded.free_port()}//"
    checks = (
        health.database(mongo_database),
        health.queue(broker, mongo_database),
        health.notices(Channels(ok=False)),
    )
    report = health.report(checks)
    assert report["ready"]
    assert [check.ok for check in checks] == [True, False, False]
    assert "pass-word" not in str(report)


def test_a_full_or_missing_folder_is_not_ready(tmp_path, monkeypatch):
    assert health.storage(tmp_path).ok
    assert not health.storage(tmp_path / "missing").ok
    monkeypatch.setattr("os.access", lambda *_: False)
    assert not health.storage(tmp_path).ok
    monkeypatch.undo()
    monkeypatch.setattr("shutil.disk_usage", lambda _: Usage(10**9, 10**9, 1024))
    assert not health.storage(tmp_path).ok
