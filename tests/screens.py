"""What a browser test looks through: every page opened is weighed; each page looked at is checked for accessibility
and width, and pictured."""

import os
import re
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, CDPSession, Locator, Page, Route, expect
from weight import Scales

# a busy machine is no failure of the page; what is right at once waits for nothing
expect.set_options(timeout=20_000)

PASSES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa")
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}
SLOW = {"latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""400 kbit/s, 400 ms: what a telephone has in the hills."""
PARTS = "**/tung-phan/*"
FLAGS = (
    "--no-sandbox",
    "--lang=vi",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class Person:
    """Somebody at a screen. Pictures go to the folder TTHC_PICTURES, where it is set; else none are taken."""

    def __init__(
        self, browser: Browser, base: str, viewport: dict[str, int], *, bypass_csp: bool = True
    ) -> None:
        self.base = base
        wanted = os.environ.get("TTHC_PICTURES")
        self._folder = Path(wanted) if wanted else None
        if self._folder:
            self._folder.mkdir(parents=True, exist_ok=True)
        self.context = browser.new_context(
            viewport=viewport, locale="vi-VN", bypass_csp=bypass_csp, reduced_motion="reduce", base_url=base
        )
        self.scales = Scales(base)
        self.scales.watch(self.context)
        self.page: Page = self.context.new_page()
        self._line: CDPSession | None = None
        self.said: list[str] = []
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on(
            "console",
            lambda m: self.said.append(m.text) if m.type == "error" and "status of 4" not in m.text else None,
        )

    def sign_in(self, login: str, password: str) -> None:
        """The page that comes after signing in; the form itself is filled in by the tests of signing in."""
        request = self.context.request
        token = re.search(r'name="csrf_token" value="([^"]+)"', request.get("/dang-nhap").text()).group(1)
        form = {"csrf_token": token, "login": login, "password": password}
        answer = request.post("/dang-nhap", form=form, max_redirects=0)
        assert answer.status == 302, answer.text()
        self.page.goto(answer.headers["location"])
        expect(self.page).not_to_have_url(re.compile("dang-nhap"))

    def on_a_slow_line(self, *, cut: bool = False) -> None:
        """From now on, or with nothing coming through at all (`cut`)."""
        if self._line is None:
            self._line = self.context.new_cdp_session(self.page)
        self._line.send("Network.emulateNetworkConditions", {"offline": cut, **SLOW})

    def upload_through_a_cut(self, paper: str, name: str, data: bytes) -> None:
        self.send_through_a_cut(f"#paper-{paper}", name, data)

    def send_through_a_cut(self, place: str, name: str, data: bytes) -> bytes:
        """On a slow line that breaks while the file goes up: it goes on by itself once there is one again. What was sent."""
        section = self.page.locator(place)
        large = data.replace(b"%%EOF", b"% " + b"y" * 250_000 + b"\n%%EOF")
        parts: list[str] = []

        def break_off(route: Route) -> None:
            """The first part gets through, the line breaks at the second."""
            parts.append(route.request.url)
            if len(parts) == 1:
                route.continue_()
            else:
                self.on_a_slow_line(cut=True)
                route.abort("internetdisconnected")

        self.page.route(PARTS, break_off)
        section.locator("input[type=file]").set_input_files(
            {"name": name, "mimeType": "application/pdf", "buffer": large}
        )
        expect(section.get_by_text("Mất kết nối")).to_be_visible(timeout=60_000)
        self.picture(f"mat-mang-{name}")
        self.page.unroute(PARTS)
        self.on_a_slow_line()
        self.page.evaluate("dispatchEvent(new Event('online'))")
        expect(section.locator(".hash").first).to_be_visible(timeout=60_000)
        self.said.clear()  # the console told of the cut itself
        return large

    def lose(self, address: str, click: Locator, *, sent: bool) -> None:
        """Click with the line cut at this address: before anything went out, or (`sent`) before its answer came back."""

        def break_off(route: Route) -> None:
            if sent:
                route.fetch(max_redirects=0)
            route.abort("internetdisconnected")

        self.page.route(address, break_off)
        with self.page.expect_event("requestfailed"):
            click.click(no_wait_after=True)
        self.page.unroute(address)
        self.said.clear()  # the console told of the cut itself

    def look(self, name: str, *, picture: bool = False) -> None:
        """Under the weight, no violation of WCAG 2.1 A and AA, nothing wider than the screen, a silent console."""
        self.page.wait_for_load_state("networkidle")
        self.scales.weigh(self.page)
        self.scales.check()
        options = {"runOnly": {"type": "tag", "values": list(PASSES)}, "resultTypes": ["violations"]}
        found = Axe().run(self.page, options=options).response["violations"]
        assert [(v["id"], [n["target"] for n in v["nodes"]][:4]) for v in found] == [], (
            f"{name}: {self.page.url}"
        )
        assert self.said == [], name
        self._fit(name, full=not picture)

    def _fit(self, name: str, *, full: bool) -> None:
        width = self.page.viewport_size["width"]
        assert self.page.evaluate("document.documentElement.scrollWidth") <= width, (
            f"{name} is wider than the screen"
        )
        self.picture(name, full=full)

    def picture(self, name: str, *, full: bool = False) -> None:
        """The page as it stands, where pictures are wanted."""
        if self._folder:
            self.page.screenshot(path=self._folder / f"{name}.png", full_page=full)

    def press(self, name: str) -> None:
        """The button of that name in the page's main part; what it leads to is there whole when it returns."""
        self.page.locator("main").get_by_role("button", name=name, exact=True).first.click()
        self.whole()

    def whole(self) -> None:
        """A page that is still being read has a head and not yet the boxes that are counted below it."""
        self.page.wait_for_load_state("domcontentloaded")

    def upload(self, paper: str, name: str, data: bytes) -> None:
        section = self.page.locator(f"#paper-{paper}")
        section.locator("input[type=file]").set_input_files(
            {"name": name, "mimeType": "application/pdf", "buffer": data}
        )
        expect(section.locator(".hash").first).to_be_visible()

    def look_twice(self, name: str) -> None:
        """At a desk, then whether it also fits a telephone."""
        self.look(f"ban-{name}")
        self.page.set_viewport_size(PHONE)
        self._fit(f"dien-thoai-{name}", full=True)
        self.page.set_viewport_size(DESK)

    def close(self) -> None:
        self.context.close()
