"""Dossiers with something to deliver, and channels that fail or die on command."""

import pytest

from tthc.dossiers.codec import to_bson
from tthc.dossiers.outbox import Outbox
from tthc.dossiers.repository import Dossiers
from tthc.dossiers.state import OutboxEntry
from tthc.settings import Settings

DATA = {
    "dossier": "d1",
    "code": None,
    "reference": "HS-7K3Q-9F2D",
    "procedure": "2.000815",
    "procedure_name": "Chứng thực bản sao",
    "applicant": "Lò Thị Lan",
    "due": None,
    "receive_by": "counter",
    "agency": "Phường A",
    "agency_phone": "",
    "agency_address": "",
    "owed": 0,
    "reason": "Không còn nhu cầu",
}


@pytest.fixture
def plain_settings(tmp_path):
    return Settings.load({"TTHC_VAR": str(tmp_path), "TTHC_BASE_URL": "https://dvc.example"})


@pytest.fixture
def outbox(mongo_database):
    return Outbox(Dossiers(mongo_database))


@pytest.fixture
def put(mongo_database, now):
    """Write a dossier with one notice a channel."""

    def write(dossier="d1", channels=("portal", "email", "sms"), template="withdrawn", data=None):
        to = {"portal": "lan", "email": "lan@example.vn", "sms": "0912345678"}
        entries = [
            OutboxEntry(f"{dossier}:1:{template}:{c}", c, template, to[c], {**DATA, **(data or {})}, now)
            for c in channels
        ]
        Dossiers(mongo_database).collection.insert_one(
            {
                "_id": dossier,
                "outbox": [to_bson(e) for e in entries],
                "outbox_revision": 0,
                "outbox_due": to_bson(now),
            }
        )
        return [e.id for e in entries]

    return write
