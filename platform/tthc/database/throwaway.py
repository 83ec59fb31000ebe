"""An embedded server whose data nobody will want again: for tests, measurements and simulations."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tthc.database import embedded

SECONDS = 60
_LOOK_EVERY = 0.02


@contextmanager
def server(folder: Path, *, sync: bool = False) -> Iterator[int]:
    """Started on a free loopback port with its data and log under `folder`; its port; ended by its process id.

    It waits for no disk unless `sync` (where writing is measured), and no orderly end is needed.
    """
    port = embedded.free_port()
    command = [word for word in embedded.command(folder / "db", port) if sync or word != embedded.SYNC]
    with (folder / "database.log").open("wb") as log:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)  # noqa: S603 — our own program

        def pause() -> bool:
            try:
                process.wait(timeout=_LOOK_EVERY)
            except subprocess.TimeoutExpired:
                return True
            return False

        try:
            embedded.wait_until_ready(port, pause, SECONDS, time.monotonic)
            yield port
        finally:
            process.kill()
            process.wait()
