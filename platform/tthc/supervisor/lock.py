"""One running system for one `var/` folder.

The lock is an open file description (`flock`), not a process id in a file, so it cannot go stale; the children
inherit it, so it stays held until the last of them is gone, and the next start waits for that.
"""

import fcntl
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tthc.settings import storage_trouble
from tthc.supervisor.failures import Exit, StartError

_FILE = "run.lock"


@dataclass(frozen=True, slots=True)
class VarLock:
    """The held lock; `descriptor` is handed to the children."""

    descriptor: int

    def release(self) -> None:
        os.close(self.descriptor)


def acquire(var: Path, pause: Callable[[], bool]) -> VarLock:
    """Lock the folder for this process.

    When the process that held it is dead but its children are still ending, `pause` is called until it returns
    False. Raises StartError that names the process holding the folder.
    """
    try:
        var.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(var / _FILE, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StartError(Exit.STORAGE, storage_trouble(var, error)) from error
    try:
        _wait(descriptor, var, pause)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
    except OSError as error:
        os.close(descriptor)
        raise StartError(Exit.STORAGE, storage_trouble(var, error)) from error
    except StartError:
        os.close(descriptor)
        raise
    return VarLock(descriptor)


def _wait(descriptor: int, var: Path, pause: Callable[[], bool]) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = _holder(descriptor)
            if holder is not None and _alive(holder):
                raise StartError(
                    Exit.ALREADY_RUNNING,
                    f"Hệ thống đang chạy với thư mục {var} (tiến trình {holder}); hãy dừng nó trước, "
                    "hoặc đặt TTHC_VAR và PORT khác.",
                ) from None
            if not pause():
                raise StartError(
                    Exit.ALREADY_RUNNING,
                    f"Các tiến trình của lần chạy trước (tiến trình chính {holder}) vẫn giữ thư mục {var}; "
                    "hãy dừng chúng rồi chạy lại.",
                ) from None
        else:
            return


def _holder(descriptor: int) -> int | None:
    text = os.pread(descriptor, 20, 0)
    return int(text) if text.isdigit() else None


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return not _zombie(pid)


def _zombie(pid: int) -> bool:
    """A killed process that nobody has collected yet answers signals but holds nothing."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return state.rpartition(")")[2].split()[0] == "Z"
