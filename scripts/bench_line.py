"""The last part of `make bench`: citizens' pages on a telephone at 400 kbit/s and 400 ms, in Chromium with its own throttling.

Each visit is a new browser context, so the first page finds nothing cached and the others what the ones before brought.
A figure is the median of the visits, from the browser's navigation timing: when the page can be read and used
(`domInteractive`), when its scripts have run (`domContentLoadedEventEnd`).
"""

import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Browser, Page, sync_playwright

from scripts.bench_system import running
from tthc.database.embedded import free_port
from tthc.demo.accounts import password
from tthc.demo.people import CITIZENS

VISITS: Final = 3
LINE: Final = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
TELEPHONE: Final = {"width": 360, "height": 740}
FLAGS: Final = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)
PROCEDURE: Final = 'a[href^="/thu-tuc/"]'
TIMES: Final = """() => {
  const [page] = performance.getEntriesByType("navigation");
  return [page.domInteractive, page.domContentLoadedEventEnd];
}"""


def steps(page: Page, base: str) -> tuple[tuple[str, Callable[[], Any]], ...]:
    """(which page, how one comes to it), in the order of a visit."""
    main = page.locator("main")

    def sign_in() -> None:
        main.locator("[name=login]").fill(CITIZENS[0].phone)
        main.locator("[name=password]").fill(password())
        main.get_by_role("button").first.click()
        page.wait_for_url("**/ho-so")

    return (
        ("home, nothing cached", lambda: page.goto(base)),
        ("search", lambda: page.goto(f"{base}/thu-tuc?q=giay+phep")),
        ("procedure", main.locator(PROCEDURE).first.click),
        ("agencies", lambda: page.goto(f"{base}/co-quan")),
        ("tracking", lambda: page.goto(f"{base}/tra-cuu")),
        ("public figures", lambda: page.goto(f"{base}/so-lieu")),
        ("sign in", lambda: page.goto(f"{base}/dang-nhap")),
        ("my applications", sign_in),
        ("form, first step", lambda: _begin(page, base)),
    )


def _begin(page: Page, base: str) -> None:
    page.goto(f"{base}/thu-tuc?q=giay+phep")
    page.locator("main").locator(PROCEDURE).first.click()
    page.get_by_role("button", name="Nộp trực tuyến").or_(
        page.get_by_role("link", name="Nộp trực tuyến")
    ).first.click()


def visit(browser: Browser, base: str) -> list[tuple[str, float, float]]:
    context = browser.new_context(viewport=TELEPHONE, locale="vi-VN")
    page = context.new_page()
    context.new_cdp_session(page).send("Network.emulateNetworkConditions", LINE)
    found = []
    for name, go in steps(page, base):
        go()
        page.wait_for_load_state("load")
        interactive, ready = page.evaluate(TIMES)
        found.append((name, interactive, ready))
    context.close()
    return found


def whole() -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("Không có chromium trên PATH.")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        port = free_port()
        with running(Path(folder) / "var", port):
            browser = play.chromium.launch(executable_path=chromium, args=list(FLAGS))
            visits = [visit(browser, f"http://127.0.0.1:{port}") for _ in range(VISITS)]
            browser.close()
    for rows in zip(*visits, strict=True):
        (name, *_), *_ = rows
        interactive = statistics.median(row[1] for row in rows)
        ready = statistics.median(row[2] for row in rows)
        sys.stdout.write(f"{name:<30} {interactive:>8,.0f} ms  {ready:>8,.0f} ms\n")


if __name__ == "__main__":
    whole()
