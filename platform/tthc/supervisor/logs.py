"""The children's logs in `var/log`: one file each, and never more than twice the limit on disk."""

import os
import re
import shutil
from pathlib import Path

_ERROR = re.compile(r"[\w.]+(Error|Exception|Exit)\b")
_WRAPPER = "HaltServer"
LIMIT_BYTES = 20 * 1024 * 1024


def path(var: Path, name: str) -> Path:
    return var / "log" / f"{name}.log"


def trim(log: Path, limit: int = LIMIT_BYTES) -> bool:
    """Move a log that grew past the limit aside (one older copy is kept); True if it was.

    The writer keeps its open file, which it opened for appending, so the file is copied and emptied in place.
    """
    if not log.exists() or log.stat().st_size <= limit:
        return False
    shutil.copyfile(log, log.with_suffix(".log.1"))
    os.truncate(log, 0)
    return True


def tail(log: Path, lines: int = 12) -> str:
    """The last lines, for a failure at start: up to the last error, leaving out how gunicorn passed it on."""
    if not log.exists():
        return ""
    with log.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - 16_384))
        text = file.read().decode("utf-8", errors="replace")
    found = text.splitlines()
    ends = [number for number, line in enumerate(found, 1) if _ERROR.match(line) and _WRAPPER not in line]
    return "\n".join(found[: ends[-1] if ends else None][-lines:])
