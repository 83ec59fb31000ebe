"""A system to start in every test here, in a folder and on a port of its own."""

import os
import signal

import pytest

from tests.tthc.supervisor.systems import System, alive, descendants
from tthc.database import embedded


@pytest.fixture
def var(tmp_path):
    return tmp_path / "var"


@pytest.fixture
def launch(var):
    """Start a system; whatever a failed test left running is ended, by id."""
    started = []

    def start(folder=None, port=None, **environ):
        system = System(folder or var, port or embedded.free_port(), **environ)
        started.append(system)
        return system

    yield start
    for system in started:
        left = [system.process.pid, *descendants(system.process.pid)] if system.process.poll() is None else []
        for pid in left:
            if alive(pid):
                os.kill(pid, signal.SIGKILL)
        system.process.wait()
        system.process.stdout.close()
        system.process.stderr.close()
