"""A child process: started on a leash in a group of its own, watched, and stopped by its id."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_LEASH = Path(__file__).with_name("leash.py")


@dataclass(frozen=True, slots=True)
class Program:
    """What to run.

    `orphan_signal` is what the kernel sends it when the supervisor dies; `grace` is how many seconds it gets
    between a polite and a forced stop.
    """

    name: str
    label: str
    command: tuple[str, ...]
    orphan_signal: signal.Signals = signal.SIGKILL
    grace: float = 10


class Child:
    """One program and, while it runs, its process."""

    def __init__(
        self, program: Program, environment: Mapping[str, str], log: Path, inherited: tuple[int, ...] = ()
    ) -> None:
        self.program = program
        self.log = log
        self._environment = dict(environment)
        self._inherited = inherited
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start it; what it prints is added to its log."""
        assert self._process is None
        leash = (
            sys.executable,
            "-I",
            "-S",
            str(_LEASH),
            str(os.getpid()),
            str(int(self.program.orphan_signal)),
        )
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own command line
                (*leash, *self.program.command),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self._environment,
                pass_fds=self._inherited,
                process_group=0,
            )

    def running(self) -> bool:
        """Whether it runs; does not collect it, so that its group's id stays its own."""
        if self._process is None:
            return False
        return os.waitid(os.P_PID, self._process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None

    def collect(self) -> int:
        """End what is left of its group after it ended; return its exit status (negative: the signal)."""
        assert self._process is not None
        self._signal(signal.SIGKILL)
        status = self._process.wait()
        self._process = None
        return status

    def ask_to_stop(self) -> None:
        if self.running():
            self._signal(signal.SIGTERM)

    def stop(self) -> None:
        """Wait out the grace after `ask_to_stop`, then end the whole group."""
        if self._process is None:
            return
        self._wait(self.program.grace)
        self.collect()

    def _wait(self, seconds: float) -> None:
        """Wait for its end without collecting it: a pid descriptor becomes readable when the process ends."""
        assert self._process is not None
        descriptor = os.pidfd_open(self._process.pid)
        try:
            select.select([descriptor], [], [], seconds)
        finally:
            os.close(descriptor)

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        with suppress(ProcessLookupError):  # nobody may be left in the group
            os.killpg(self._process.pid, number)
