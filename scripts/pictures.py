"""The pictures of docs/images: the demonstration with a month behind it, walked as `pictures.yaml` says.

    python -m scripts.pictures [folder]   into docs/images unless told; only scenes in a browser, nothing is drawn by hand

What a person types and presses stands in the scenario: a changed page is walked again, never touched up.
"""

import os
import re
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pymongo.database import Database
from ruamel.yaml import YAML
from werkzeug.serving import WSGIRequestHandler, make_server

from tthc.agencies.data import shipped as shipped_agencies
from tthc.app import create_app
from tthc.clock import TZ, ManualClock
from tthc.database.embedded import free_port
from tthc.demo import loading
from tthc.demo.accounts import password
from tthc.dossiers.state import CLOSED
from tthc.ratings.rating import may_rate
from tthc.services import EXTENSION, Services
from tthc.settings import Settings
from tthc.simulation.deck import Deck, Month
from tthc.simulation.month import Player
from tthc.simulation.place import CHEAP, furnish, own_database

ROOT: Final = Path(__file__).resolve().parents[1]
FOLDER: Final = ROOT / "docs" / "images"
SCENARIO: Final = Path(__file__).with_name("pictures.yaml")
SCREENS: Final[Mapping[str, Mapping[str, Any]]] = {
    "phone": {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2},
    "desk": {"viewport": {"width": 1280, "height": 800}},
}
MOST_BYTES: Final = 200_000
_SEED: Final = 7
_ANSWERED: Final = (0, 0, 1, 0, 0)
"""Which answer of a question people chose, in turns: mostly the best."""

Step = Mapping[str, Any]


class _Quiet(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        """Requests are not told."""


@contextmanager
def site(database: Database[dict[str, Any]], var: Path, clock: ManualClock) -> Iterator[tuple[str, Services]]:
    """The demonstration, served here; its address and its services."""
    port = free_port()
    settings = Settings.load({"TTHC_VAR": str(var), "PORT": str(port)})
    loading.load(settings, database, hasher=CHEAP, now=clock.now())
    app = create_app(settings, database, clock, CHEAP)
    server = make_server("127.0.0.1", port, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield settings.base_url, app.extensions[EXTENSION]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def month_behind(s: Services, clock: ManualClock, slug: str, month: Month, dossiers: int) -> None:
    """Dossiers of one agency as a month leaves them, so that lists and figures have something to say, and ratings of them."""
    agency = next(each for each in shipped_agencies() if each.slug == slug)
    s.database["number_books"].delete_many({})  # the month's clerks number by hand
    place = furnish(s, clock, agency, ())
    Player(place, month, wrong=0).play(Deck(place, month, _SEED), dossiers)
    loading.load(s.settings, s.database, hasher=CHEAP, now=clock.now())  # opens them for who comes after
    done = s.repository.collection.find({"status": {"$in": [each.value for each in CLOSED]}}, {"_id": 1})
    for number, row in enumerate(done.sort("_id")):
        found = s.repository.get(row["_id"])
        if found is not None and may_rate(found):
            asked = s.ratings.slip(found, clock.now()).asked
            chosen = {
                each.id: each.answers[_ANSWERED[(number + at) % len(_ANSWERED)] % len(each.answers)].id
                for at, each in enumerate(asked)
            }
            s.ratings.give(found, chosen, "", clock.now())


def _font(size: int) -> ImageFont.FreeTypeFont:
    for name in ("Tinos-Regular.ttf", "LiberationSerif-Regular.ttf", "DejaVuSerif.ttf", "DejaVuSans.ttf"):
        with suppress(OSError):
            return ImageFont.truetype(name, size)
    raise SystemExit("Không có phông chữ nào vẽ được tiếng Việt trên máy này.")


def photograph(lines: Sequence[str], kind: str = "JPEG") -> bytes:
    """A sheet of paper on a table, as a telephone sees it; as `PDF` for whoever has a scanner."""
    picture = Image.new("RGB", (1200, 1600), "#6d5b4b")
    sheet = Image.new("RGB", (980, 1400), "#f7f4ec")
    draw = ImageDraw.Draw(sheet)
    font = _font(42)
    for at, line in enumerate(lines):
        draw.text((490, 170 + 90 * at), line, fill="#222", font=font, anchor="mm")
    draw.rectangle((90, 90, 890, 1310), outline="#b08d57", width=5)
    turned = sheet.rotate(2, expand=True, fillcolor="#6d5b4b")
    picture.paste(turned, ((1200 - turned.width) // 2, (1600 - turned.height) // 2))
    into = BytesIO()
    picture.save(into, kind, quality=85)
    return into.getvalue()


@dataclass
class Walk:
    """One run through the scenario. `kept`: what a step remembered, put into later ones as `{name}`."""

    browser: Browser
    base: str
    services: Services
    clock: ManualClock
    folder: Path
    kept: dict[str, str] = field(default_factory=dict)
    people: dict[str, Page] = field(default_factory=dict)
    page: Page = field(init=False)

    def scene(self, steps: Sequence[Step]) -> None:
        for step in steps:
            for verb, what in step.items():
                try:
                    getattr(self, f"do_{verb}")(self._filled(what))
                except Exception as error:
                    error.add_note(
                        f"{verb}: {what}, ở {self.page.url}\n{self.page.locator('main').inner_text()[:900]}"
                    )
                    raise

    def _filled(self, what: Any) -> Any:
        if isinstance(what, str):
            return what.format(**self.kept)
        if isinstance(what, Mapping):
            return {key: self._filled(value) for key, value in what.items()}
        if isinstance(what, list):
            return [self._filled(each) for each in what]
        return what

    def do_as(self, who: Mapping[str, Any]) -> None:
        """`{name, screen, login, dark}`: somebody at a screen of their own, met again by name."""
        name = who["name"]
        if name not in self.people:
            context = self.browser.new_context(
                base_url=self.base,
                locale="vi-VN",
                reduced_motion="reduce",
                color_scheme="dark" if who.get("dark") else "light",
                **SCREENS[who.get("screen", "phone")],
            )
            context.set_default_timeout(10_000)
            self.people[name] = context.new_page()
            if login := who.get("login"):
                page = self.people[name]
                page.goto("/dang-nhap")
                page.fill("[name=login]", login)
                page.fill("[name=password]", password())
                page.locator("main form button").first.click()
        self.page = self.people[name]

    def do_open(self, address: str) -> None:
        self.page.goto(address)

    def do_fill(self, values: Mapping[str, Any]) -> None:
        for name, value in values.items():
            box = self.page.locator(f'[name="{name}"]').first
            if box.evaluate("box => box.localName") == "select":
                box.select_option(label=str(value))
            else:
                box.fill(str(value))

    def do_check(self, boxes: Sequence[str]) -> None:
        for selector in boxes:
            for box in self.page.locator(selector).all():
                box.check()

    def do_press(self, name: str) -> None:
        self.page.locator("main").get_by_role("button", name=name).first.click()
        self.page.wait_for_load_state("networkidle")

    def do_act(self, action: str) -> None:
        """A form of an official's dossier by the end of its address."""
        form = self.page.locator(f'form[action$="/{action}"]')
        if not form.is_visible():
            self.page.locator("details", has=form).locator("summary").click()
        with self.page.expect_navigation():
            form.locator("button").first.click()

    def do_follow(self, text: str) -> None:
        self.page.locator("main").get_by_role("link", name=text).first.click()
        self.page.wait_for_load_state("networkidle")

    def do_unfold(self, text: str) -> None:
        self.page.locator("summary", has_text=text).first.click()

    def do_see(self, text: str) -> None:
        expect(self.page.locator("body")).to_contain_text(text, timeout=15_000)

    def do_wait(self, selector: str) -> None:
        self.page.locator(selector).first.wait_for()

    def do_upload(self, what: Mapping[str, Any]) -> None:
        """`{into: selector, name, lines}`; a name that ends in .pdf is a scanned sheet."""
        pdf = what["name"].endswith(".pdf")
        file = {
            "name": what["name"],
            "mimeType": "application/pdf" if pdf else "image/jpeg",
            "buffer": photograph(what["lines"], "PDF" if pdf else "JPEG"),
        }
        self.page.locator(what["into"]).first.set_input_files(file)
        self.page.wait_for_load_state("networkidle")

    def do_remember(self, what: Mapping[str, str]) -> None:
        """A name, and where it is found: `url`, a selector, or a `/pattern/` of the page's words."""
        for name, where in what.items():
            if where == "url":
                found = self.page.url.removeprefix(self.base).partition("?")[0]
            elif where.startswith("/"):
                match = re.search(where.strip("/"), self.page.locator("main").inner_text())
                assert match is not None, where
                found = match[0]
            else:
                found = self.page.locator(where).first.inner_text()
            self.kept[name] = found.strip()

    def do_advance(self, hours: float) -> None:
        self.clock.advance(hours=hours)
        self.do_sweep(None)

    def do_sweep(self, _: object) -> None:
        self.services.timers.sweep(self.clock.now())
        self.services.outbox_worker.run_once()

    def do_look(self, what: str | Mapping[str, Any]) -> None:
        """A name, or `{name, at: selector to begin at, whole: the page to its end}`."""
        told = {"name": what} if isinstance(what, str) else what
        self.page.wait_for_load_state("networkidle")
        if at := told.get("at"):
            self.page.locator(at).first.evaluate(
                "each => scrollTo(0, each.getBoundingClientRect().top + scrollY - 12)"
            )
        else:
            self.page.evaluate("scrollTo(0, 0)")
        shot = self.page.screenshot(full_page=bool(told.get("whole")), animations="disabled")
        file = self.folder / f"{told['name']}.webp"
        Image.open(BytesIO(shot)).save(file, "WEBP", quality=80, method=6)
        size = file.stat().st_size
        if size > MOST_BYTES:
            raise SystemExit(f"{file.name}: {size} byte, nhiều hơn {MOST_BYTES}.")
        sys.stdout.write(f"{file.name:<40} {size:>8}\n")
        sys.stdout.flush()


def main(folder: Path) -> None:
    scenario = YAML(typ="safe", pure=True).load(SCENARIO.read_text(encoding="utf-8"))
    month = Month.of(date.fromisoformat(f"{scenario['month']}-01"))
    clock = ManualClock(month.first_arrival)
    folder.mkdir(parents=True, exist_ok=True)
    with (
        own_database() as database,
        tempfile.TemporaryDirectory() as var,
        site(database, Path(var), clock) as (base, s),
    ):
        month_behind(
            s, clock, scenario["agency"], month, int(os.environ.get("DOSSIERS", scenario["dossiers"]))
        )
        clock.set(datetime.fromisoformat(scenario["begins"]).replace(tzinfo=TZ))
        if clock.now() - month.end > timedelta(days=60):
            raise SystemExit("Ngày bắt đầu phải ngay sau tháng đã chơi.")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"),
                args=["--no-sandbox"],
                env={**os.environ, "LANGUAGE": "vi"},
            )
            walk = Walk(browser, base, s, clock, folder)
            for name, steps in scenario["scenes"].items():
                sys.stdout.write(f"# {name}\n")
                walk.scene(steps)
            browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
