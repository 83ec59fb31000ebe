"""Waiting that ends at once when a signal comes: stop requests and ended children."""

import os
import select
import signal
from collections.abc import Mapping
from types import FrameType, TracebackType
from typing import Any, Self

_STOP = frozenset({signal.SIGINT, signal.SIGTERM, signal.SIGHUP})


class Signals:
    """Inside its `with` block, SIGINT, SIGTERM and SIGHUP only set `stopping`; every signal ends `wait`."""

    def __init__(self) -> None:
        self.stopping = False
        self._read, self._write = -1, -1
        self._before: Mapping[signal.Signals, Any] = {}
        self._wakeup = -1

    def __enter__(self) -> Self:
        self._read, self._write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self._before = {number: signal.signal(number, self._note) for number in (*_STOP, signal.SIGCHLD)}
        self._wakeup = signal.set_wakeup_fd(self._write, warn_on_full_buffer=False)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        signal.set_wakeup_fd(self._wakeup)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        os.close(self._read)
        os.close(self._write)

    def _note(self, number: int, _frame: FrameType | None) -> None:
        if number in _STOP:
            self.stopping = True

    def wait(self, seconds: float) -> bool:
        """Wait at most that long; True while nobody asked to stop."""
        if not self.stopping:
            readable, _, _ = select.select([self._read], [], [], seconds)
            if readable:
                os.read(self._read, 4096)
        return not self.stopping
