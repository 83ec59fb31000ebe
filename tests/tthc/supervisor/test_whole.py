"""`tthc run` with the real product: pages, jobs and data together."""

import http.client
import os
import subprocess
import sys
from contextlib import contextmanager

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


@contextmanager
def database(system):
    """The embedded database of a running system, by the port in its server's command line."""
    words = command_line(system.children()["database"]).split()
    client = connection.connect(embedded.uri(int(words[words.index("--port") + 1])))
    yield connection.database(client)
    client.close()


def recording(var):
    environment = {name: value for name, value in os.environ.items() if name != "MONGODB_URI"}
    return subprocess.run(
        [sys.executable, "-m", "tthc.cli", "record", "HS-0000-0000"],
        env={**environment, "TTHC_VAR": str(var)},
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_the_product_starts_with_its_demonstration_works_and_starts_again(launch, var):
    first = launch(command=WHOLE).ready()
    first.wait_for("Ctrl+C")
    assert any("dùng thử" in line for line in first.lines)
    assert first.get("/readyz")["ready"]
    assert page(first, "/livez")[0] == 200
    status, html = page(first, "/thu-tuc")
    assert status == 200
    assert "<html" in html

    with database(first) as found:
        host, port = found.client.address
        with publisher(f"mongodb://{host}:{port}/{found.name}") as celery:
            for number in range(20):
                celery.send_task(queues.DELIVER, args=("none", f"none:{number}"))
        waiting = {"queue": queues.DELIVERIES}
        eventually(lambda: found["jobs.messages"].count_documents(waiting), accept=is_none)
        dossiers = found.dossiers.count_documents({})
    # a command beside it finds the data by the folder alone
    assert recording(var).returncode == Exit.FAILED
    assert "Không có hồ sơ “HS-0000-0000”" in recording(var).stderr
    assert first.stop() == Exit.OK
    assert first.errors == ""
    assert recording(var).returncode == Exit.DATABASE
    troubled = [log.name for log in (var / "log").glob("*.log") if "Traceback" in log.read_text()]
    assert troubled == []

    second = launch(command=WHOLE, port=first.port).ready()
    assert page(second, "/thu-tuc")[0] == 200
    with database(second) as found:
        assert found.dossiers.count_documents({}) == dossiers
    assert second.stop() == Exit.OK
