"""Start everything in order, keep it running, stop it in order.

1. Lock `var/`; check storage, port and database.
2. Start the embedded database unless MONGODB_URI names another; wait for it.
3. Prepare the data: indexes, and at the first start the demonstration. Later starts do it again beside step 4.
4. Start the web server; when `/readyz` answers, say so, then start the job worker and the timer.
5. Until SIGTERM or SIGINT: start again whatever dies, waiting longer each time.
6. Stop web and jobs together, the database last.
"""

import http.client
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from rules.events.engine import engine_name
from tthc.database import embedded, running
from tthc.settings import Settings
from tthc.supervisor import checks, lock, logs, programs
from tthc.supervisor.backoff import Backoff
from tthc.supervisor.children import Child, Program
from tthc.supervisor.failures import Exit, StartError
from tthc.supervisor.signals import Signals

DATABASE_SECONDS = 60.0
READY_SECONDS = 120.0
ORPHANS_SECONDS = 25.0
TICK_SECONDS = 1.0


@dataclass(slots=True)
class Watched:
    child: Child
    backoff: Backoff


ENGINES: Final = {
    "durable_rules": "durable-rules",
    "python": "bản Python thay thế, vì chưa nạp được durable-rules",
}
"""Who answers event rules, as the operator reads it."""


@dataclass(slots=True)
class Supervisor:
    """One run. `say` prints a line for the operator; `welcome` gives the lines to add once the site answers."""

    settings: Settings
    say: Callable[[str], None]
    welcome: Callable[[], tuple[str, ...]] = tuple
    prepare: Program = field(default_factory=programs.prepare)
    application: str = programs.APPLICATION
    _signals: Signals = field(default_factory=Signals)
    _watched: dict[str, Watched] = field(default_factory=dict)
    _environment: dict[str, str] = field(default_factory=dict)
    _inherited: tuple[int, ...] = ()

    def run(self) -> Exit:
        """Run until asked to stop. Raises StartError when it cannot start; nothing is left running either way."""
        with self._signals:
            until = time.monotonic() + ORPHANS_SECONDS
            held = lock.acquire(
                self.settings.var, lambda: self._signals.wait(0.1) and time.monotonic() < until
            )
            self._inherited = (held.descriptor,)
            try:
                self._start()
                while self._signals.wait(TICK_SECONDS):
                    self._look_after()
            finally:
                self._stop()
                held.release()
        return Exit.OK

    def _start(self) -> None:
        settings = self.settings
        checks.storage(settings.var)
        checks.port(settings.host, settings.port)
        if settings.mongodb_uri is not None:
            checks.database(settings)
            uri = settings.mongodb_uri
        else:
            port = embedded.free_port()
            uri = embedded.uri(port)
        self._environment = programs.environment(settings, os.environ, uri)
        if settings.mongodb_uri is None:
            self._start_database(port)
        if not self._signals.stopping:
            self._prepare_and_serve()
        if not self._signals.stopping:
            self._greet()
            self._launch(programs.worker())
            self._launch(programs.beat(settings))

    def _launch(self, program: Program) -> Child:
        log = logs.path(self.settings.var, program.name)
        logs.trim(log)
        child = Child(program, self._environment, log, self._inherited)
        child.start()
        self._watched[program.name] = Watched(child, Backoff(time.monotonic()))
        return child

    def _start_database(self, port: int) -> None:
        child = self._launch(programs.database(self.settings, port))
        try:
            embedded.wait_until_ready(
                port, lambda: self._signals.wait(0.02) and child.running(), DATABASE_SECONDS, time.monotonic
            )
        except embedded.EmbeddedDatabaseError as error:
            if not self._signals.stopping:
                raise StartError(Exit.DATABASE, f"{error}\n{logs.tail(child.log)}".rstrip()) from error
            return
        running.tell(self.settings.var, port)

    def _prepare_and_serve(self) -> None:
        """The first time one after the other; a folder that was prepared before need not wait."""
        marker = self.settings.var / "prepared"
        before = marker.exists()
        marker.unlink(missing_ok=True)
        preparing = self._launch(self.prepare)
        if not before:
            self._finish(preparing)
        if not self._signals.stopping:
            web = self._launch(programs.web(self.settings, self.application))
            if before:
                self._finish(preparing)
            self._wait_for_web(web)
        if not self._signals.stopping:
            marker.touch()

    def _finish(self, preparing: Child) -> None:
        """Wait for its end; it is not watched, and a stop request leaves it to `_stop`."""
        while preparing.running() and self._signals.wait(TICK_SECONDS):
            pass
        if self._signals.stopping:
            return
        status = preparing.collect()
        del self._watched[self.prepare.name]
        if status:
            raise StartError(Exit.FAILED, f"Chuẩn bị dữ liệu không thành công:\n{logs.tail(preparing.log)}")

    def _wait_for_web(self, child: Child) -> None:
        until = time.monotonic() + READY_SECONDS
        while not self.ready() and self._signals.wait(0.1):
            if not child.running() or time.monotonic() > until:
                raise StartError(
                    Exit.FAILED,
                    f"Trang web không khởi động được; nhật ký {child.log}:\n{logs.tail(child.log)}",
                )

    def ready(self) -> bool:
        """Whether `/readyz` answers 200."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.settings.host, self.settings.host)  # noqa: S104 - read
        asked = http.client.HTTPConnection(host, self.settings.port, timeout=5)
        try:
            asked.request("GET", "/readyz")
            return asked.getresponse().status == http.client.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            asked.close()

    def _greet(self) -> None:
        self.say(f"Cổng dịch vụ công đang chạy tại {self.settings.base_url}")
        for line in self.welcome():
            self.say(line)
        self.say(f"Quy tắc sự kiện do {ENGINES[engine_name()]} trả lời.")
        self.say(f"Dữ liệu và nhật ký ở {self.settings.var}; nhấn Ctrl+C để dừng.")

    def _look_after(self) -> None:
        now = time.monotonic()
        for watched in self._watched.values():
            child, program = watched.child, watched.child.program
            if watched.backoff.due is not None:
                if now >= watched.backoff.due:
                    child.start()
                    watched.backoff = watched.backoff.restarted(now)
            elif not child.running():
                status = child.collect()
                watched.backoff = watched.backoff.died(now)
                self.say(
                    f"{program.label.capitalize()} đã dừng (mã {status}), chạy lại sau "
                    f"{watched.backoff.delay:g} giây; nhật ký: {child.log}"
                )
            else:
                logs.trim(child.log)

    def _stop(self) -> None:
        """The others first and together, the database when nobody uses it any more."""
        running.forget(self.settings.var)
        last = [watched.child for name, watched in self._watched.items() if name == "database"]
        others = [watched.child for name, watched in self._watched.items() if name != "database"]
        for group in (others, last):
            for child in group:
                child.ask_to_stop()
            for child in group:
                child.stop()
        self._watched.clear()
