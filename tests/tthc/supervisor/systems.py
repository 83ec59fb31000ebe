"""Starting the small system of `small_site.py` in a folder of its own, and looking at its processes."""

import http.client
import json
import os
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

SITE = Path(__file__).with_name("small_site.py")
SMALL = (str(SITE),)
WHOLE = ("-m", "tthc.cli", "run")
PATIENCE = 120


class System:
    """One run of the supervisor. `lines` is what it printed so far."""

    def __init__(self, var, port, command=SMALL, **environ):
        self.port = port
        self.lines = []
        self._read = 0
        self._rest = b""
        self.started = time.monotonic()
        clean = {
            name: value for name, value in os.environ.items() if not name.startswith(("TTHC_", "MONGODB"))
        }
        self.process = subprocess.Popen(
            [sys.executable, *command],
            env={**clean, "TTHC_VAR": str(var), "PORT": str(port), "PYTHONDONTWRITEBYTECODE": "1", **environ},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
        )

    def wait_for(self, words):
        """Read what it prints until a line not waited for before has `words`; that line."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            while self._read < len(self.lines):
                line = self.lines[self._read]
                self._read += 1
                if words in line:
                    return line
            readable, _, _ = select.select([self.process.stdout], [], [], 1)
            if readable:
                data = self.process.stdout.read(65_536)
                if not data:
                    raise AssertionError(f"ended: {self.lines} {self.process.stderr.read().decode()}")
                self._take(data)
        raise AssertionError(f"no “{words}” in {self.lines}")

    def _take(self, data):
        *complete, self._rest = (self._rest + data).split(b"\n")
        self.lines += [line.decode() for line in complete]

    def ready(self):
        self.wait_for("đang chạy tại")
        return self

    def get(self, path, method="GET"):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path)
            return json.load(connection.getresponse())
        finally:
            connection.close()

    def get_again(self, path):
        """As `get`, while the site comes back."""
        return eventually(lambda: self.get(path), (OSError, http.client.HTTPException, ValueError))

    def children(self):
        """Name → process id of the running children, by their command lines."""
        found = {}
        for pid in descendants(self.process.pid, deep=False):
            line = command_line(pid)
            for name, words in {
                "database": "secantusd-py",
                "web": "gunicorn",
                "worker": "worker",
                "beat": "beat",
            }.items():
                if re.search(rf"(^|[ /]){words}( |$)", line):
                    found[name] = pid
        return found

    def stop(self, number=signal.SIGTERM):
        """Ask it to stop; its exit code."""
        self.process.send_signal(number)
        return self.finish()

    def finish(self):
        out, errors = self.process.communicate(timeout=PATIENCE)
        self._take(out)
        self.errors = errors.decode()
        return self.process.returncode


def anything(_value):
    return True


def eventually(look, errors=(), accept=anything):
    """Call `look` until it gives an accepted value; a process ending wakes nobody here, so it asks again."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            value = look()
            if accept(value):
                return value
            problem = AssertionError(f"still {value!r}")
        except errors as error:
            problem = error
        if time.monotonic() > until:
            raise problem
        select.select([], [], [], 0.05)


def command_line(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
    except OSError:
        return ""


def descendants(pid, *, deep=True):
    """Ids of the living children of a process, with `deep` also theirs."""
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return []
    found = [int(child) for child in text.split()]
    return found + [below for child in found for below in descendants(child)] if deep else found


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
