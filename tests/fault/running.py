"""The whole product as an operator starts it, in a folder of its own, with its processes known by id."""

import http.client
import os
import re
import signal
import subprocess
import sys
from datetime import timedelta

from tests.tthc.supervisor.systems import alive, command_line, descendants, eventually
from tthc import services
from tthc.clock import Clock
from tthc.database import embedded
from tthc.settings import Settings

NAMES = {"database": "secantusd-py", "web": "gunicorn", "worker": "worker", "beat": "beat"}
STOP_SECONDS = 45


class Running:
    """One `tthc run`; what it prints goes to `log`."""

    def __init__(self, folder):
        self.var = folder / "var"
        self.port = embedded.free_port()
        self.log = folder / "run.log"
        kept = {
            k: v
            for k, v in os.environ.items()
            if not k.startswith(("TTHC_", "MONGODB", "CELERY", "SMTP", "SMS"))
        }
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tthc.cli", "run"],
                env={
                    **kept,
                    "TTHC_VAR": str(self.var),
                    "PORT": str(self.port),
                    "PYTHONDONTWRITEBYTECODE": "1",
                },
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def ready(self):
        """Return when the site answers and all four programs run."""
        eventually(self._answers, (OSError, http.client.HTTPException), bool)
        eventually(self.children, accept=lambda found: set(found) == set(NAMES))
        return self

    def _answers(self):
        assert self.process.poll() is None, self.log.read_text()
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            asked.request("GET", "/readyz")
            return asked.getresponse().status == http.client.OK
        finally:
            asked.close()

    def children(self):
        """Name → process id of what runs under the supervisor now."""
        lines = {pid: command_line(pid) for pid in descendants(self.process.pid, deep=False)}
        return {
            name: pid
            for pid, line in lines.items()
            for name, words in NAMES.items()
            if re.search(rf"(^|[ /]){words}( |$)", line)
        }

    def uri(self):
        """The address of the embedded server, read off its command line; it stays the same after a restart."""
        line = command_line(self.children()["database"])
        return embedded.uri(int(re.search(r"--port (\d+)", line)[1]))

    def services(self, ahead=timedelta(0)):
        """The services of this process over the same data; `ahead` is how much later their clock stands.

        Its driver tries nothing again by itself, so that whoever sent a command learns of a broken connection.
        """
        settings = Settings.load(
            {
                "MONGODB_URI": f"{self.uri()}&retryWrites=false&retryReads=false",
                "TTHC_VAR": str(self.var),
                "PORT": str(self.port),
            }
        )
        return services.build(settings, clock=Clock(ahead))

    def kill(self, name):
        """End one program as `kill -9` does; its process id."""
        pid = self.children()[name]
        os.kill(pid, signal.SIGKILL)
        return pid

    def back(self, name, before):
        """Return when the supervisor has started a killed program again."""
        return eventually(self.children, accept=lambda now: now.get(name, before) != before)[name]

    def end(self):
        """Stop it in order; whatever is left then is ended by id. The ids that had to be forced."""
        everybody = [self.process.pid, *descendants(self.process.pid)]
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        left = [pid for pid in everybody if alive(pid)]
        for pid in left:
            os.kill(pid, signal.SIGKILL)
        return left
