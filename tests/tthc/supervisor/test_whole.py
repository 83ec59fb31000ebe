"""`tthc run` with the real product: pages, jobs and data together."""

import http.client

import pytest
from servers import publisher

from tests.tthc.supervisor.systems import WHOLE, command_line, eventually
from tthc.database import connection, embedded
from tthc.supervisor.failures import Exit
from tthc.tasks import queues

pytestmark = [pytest.mark.fault, pytest.mark.database]


def is_none(count):
    return count == 0


def page(system, path):
    asked = http.client.HTTPConnection("127.0.0.1", system.port, timeout=20)
    try:
        asked.request("GET", path)
        answer = asked.getresponse()
        return answer.status, answer.read().decode()
    finally:
        asked.close()


@pytest.fixture
def database():
    """The embedded database of a running system, by the port in its server's command line."""
    opened = []

    def of(system):
        words = command_line(system.children()["database"]).split()
        opened.append(connection.connect(embedded.uri(int(words[words.index("--port") + 1]))))
        return connection.database(opened[-1])

    yield of
    for client in opened:
        client.close()


def test_the_product_starts_with_its_demonstration_works_and_starts_again(launch, var, database):
    first = launch(command=WHOLE).ready()
    first.wait_for("Ctrl+C")
    assert any("dùng thử" in line for line in first.lines)
    assert first.get("/readyz")["ready"]
    assert page(first, "/livez")[0] == 200
    status, html = page(first, "/thu-tuc")
    assert status == 200
    assert "<html" in html

    found = database(first)
    with publisher(f"mongodb://{found.client.address[0]}:{found.client.address[1]}/{found.name}") as celery:
        for number in range(20):
            celery.send_task(queues.DELIVER, args=("none", f"none:{number}"))
    eventually(lambda: found["jobs.messages"].count_documents({"queue": queues.DELIVERIES}), accept=is_none)
    dossiers = found.dossiers.count_documents({})
    assert first.stop() == Exit.OK
    assert first.errors == ""
    troubled = [log.name for log in (var / "log").glob("*.log") if "Traceback" in log.read_text()]
    assert troubled == []

    second = launch(command=WHOLE, port=first.port).ready()
    assert page(second, "/thu-tuc")[0] == 200
    assert database(second).dossiers.count_documents({}) == dossiers
    assert second.stop() == Exit.OK
