from datetime import UTC, datetime

import mongoengine
import pytest

from tthc.database import connection, embedded


@pytest.fixture
def client(mongo_uri):
    client = connection.connect(mongo_uri)
    yield client
    client.close()


@pytest.mark.database
def test_datetimes_come_back_aware_and_writes_are_durable(client, mongo_database):
    database = connection.database(client)
    assert database.name == mongo_database.name
    database.things.insert_one({"_id": 1, "at": datetime(2026, 11, 23, 1, 0, tzinfo=UTC)})
    found = database.things.find_one({"_id": 1})
    assert found["at"] == datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
    assert client.write_concern.document == {"w": "majority", "j": True}


@pytest.mark.database
def test_a_server_that_answers_is_accepted(client, mongo_uri):
    assert connection.check(client, connection.shown(mongo_uri)) is None


def test_an_address_without_a_database_means_ours():
    client = connection.connect("mongodb://127.0.0.1:1/")
    assert connection.database(client).name == "tthc"
    client.close()


def test_nobody_at_the_address_is_one_sentence_without_the_password(monkeypatch):
    monkeypatch.setattr(connection, "SELECTION_SECONDS", 0.2)
    uri = f"mongodb://user:pass-word@127.0.0.1:{embedded.free_port()}/x"
    client = connection.connect(uri)
    with pytest.raises(connection.DatabaseUnreachableError, match="Không kết nối được") as caught:
        connection.check(client, connection.shown(uri))
    client.close()
    assert "pass-word" not in str(caught.value)
    assert "127.0.0.1" in str(caught.value)


@pytest.mark.parametrize("uri", ["mongodb://", "mongodb://host:port", "mongodb://a:b@c@d"])
def test_an_address_that_cannot_be_read_is_one_sentence(uri):
    with pytest.raises(connection.DatabaseUnreachableError, match="MONGODB_URI không đúng cú pháp"):
        connection.connect(uri).close()


def test_hosts_are_shown_without_the_account():
    assert connection.shown("mongodb://u:p@a,b:28000/x") == "a:27017, b:28000"
    assert connection.shown("nonsense") == "(địa chỉ sai)"


class Thing(mongoengine.Document):
    at = mongoengine.DateTimeField()
    meta = {"collection": "registered_things"}


@pytest.mark.database
def test_mongoengine_documents_use_the_same_database(mongo_uri, mongo_database):
    connection.register_mongoengine(mongo_uri)
    connection.register_mongoengine(mongo_uri)
    Thing(at=datetime(2026, 11, 23, 1, 0, tzinfo=UTC)).save()
    assert mongo_database.registered_things.count_documents({}) == 1
    assert Thing.objects.first().at.tzinfo is not None
    mongoengine.disconnect()
