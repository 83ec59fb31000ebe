"""One embedded database server for a whole test run."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tthc.database import embedded


@contextmanager
def embedded_server(folder: Path) -> Iterator[int]:
    """Start the server on a free loopback port with its data under `folder`; yield the port; stop it by pid."""
    port = embedded.free_port()
    with (folder / "database.log").open("wb") as log:
        process = subprocess.Popen(
            embedded.command(folder / "db", port), stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )

        def pause() -> bool:
            try:
                process.wait(timeout=0.02)
            except subprocess.TimeoutExpired:
                return True
            return False

        try:
            embedded.wait_until_ready(port, pause, 60, time.monotonic)
            yield port
        finally:
            process.kill()  # the data is thrown away: no orderly end is needed
            process.wait()
