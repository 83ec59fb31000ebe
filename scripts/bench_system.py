"""The second half of `make bench`: a first start, a second start, pages under eight readers at once, a stop."""

import http.client
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from tthc.database.embedded import free_port

READERS = 8
REQUESTS = 400
PAGES = ("/", "/thu-tuc", "/dang-nhap", "/readyz")


def say(what: str, figure: str) -> None:
    sys.stdout.write(f"{what:<52} {figure:>22}\n")
    sys.stdout.flush()


@contextmanager
def running(var: Path, port: int) -> Iterator[float]:
    """The system; yields how many seconds it took until the site answered."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "tthc.cli", "run"],
        env={**os.environ, "TTHC_VAR": str(var), "PORT": str(port)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        if not process.stdout.readline():
            raise SystemExit("Hệ thống không khởi động được; xem thông báo ở trên.")
        yield time.perf_counter() - began
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate()


def fetch(port: int, page: str) -> tuple[float, int]:
    began = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", page)
        size = len(connection.getresponse().read())
    finally:
        connection.close()
    return (time.perf_counter() - began) * 1000, size


def read_pages(port: int) -> None:
    for page in PAGES:
        began = time.perf_counter()
        with ThreadPoolExecutor(READERS) as readers:
            found = list(readers.map(partial(fetch, port), [page] * REQUESTS))
        spent = time.perf_counter() - began
        times: Sequence[float] = [milliseconds for milliseconds, _ in found]
        slow = statistics.quantiles(times, n=20)[-1]
        say(
            f"{page}: {found[0][1] / 1024:.1f} kB, {READERS} người đọc",
            f"p50 {statistics.median(times):.0f} p95 {slow:.0f} ms, {REQUESTS / spent:.0f}/s",
        )


def whole() -> None:
    with tempfile.TemporaryDirectory() as folder:
        var, port = Path(folder) / "var", free_port()
        with running(var, port) as first:
            say("Khởi động lần đầu (nạp dữ liệu trình diễn)", f"{first:.1f} s")
        began = time.perf_counter()
        with running(var, port) as second:
            say("Khởi động lần sau", f"{second:.1f} s")
            read_pages(port)
            began = time.perf_counter()
        say("Dừng", f"{time.perf_counter() - began:.1f} s")


if __name__ == "__main__":
    whole()
