"""Logs of our own processes: one line an event, Việt Nam time, to standard error; the supervisor keeps the files."""

import logging
import sys
from datetime import datetime

from tthc.clock import TZ


class LineFormatter(logging.Formatter):
    """`2026-11-23T08:00:00+07:00 WARNING tthc.x: message`; what a visitor sent cannot begin a line of its own."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802 - its base's name
        return datetime.fromtimestamp(record.created, TZ).isoformat(timespec="seconds")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - its base's name
        return super().formatMessage(record).replace("\r", "\\r").replace("\n", "\\n")


def configure(level: int = logging.INFO) -> None:
    """Send our own records from `level` and everybody's warnings to standard error; a second call changes nothing."""
    root = logging.getLogger()
    if not any(isinstance(handler.formatter, LineFormatter) for handler in root.handlers):
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(LineFormatter())
        root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.getLogger("tthc").setLevel(level)
