"""Somebody with a small telephone who opens every page there is a way to, and writes down whatever is wrong with one.

One page of each kind is looked at: a kind is a route with the names of what follows its `?`. Links to more of the same
kind are only asked for, a few of each, to know that they lead somewhere.
"""

import re
from collections import Counter
from collections.abc import Sequence
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from flask import Flask
from screens import PASSES, Person
from werkzeug.exceptions import HTTPException

from tthc.web.access import rules_of

SMALL = {"width": 320, "height": 640}
ZOOMED = {"width": 640, "height": 400}  # what is left of 1280 × 800 at 200 %
ASKED_OF_A_KIND = 3
LOOKED_AT_IN_ENGLISH = 2
_AXE = """async only => (await axe.run(document, { runOnly: only, resultTypes: ['violations'] })).violations
  .map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(' | '))"""
_WIDE = """() => [document.documentElement.scrollWidth, [...document.querySelectorAll('main *, header *, footer *')]
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.visually-hidden, .skip'))
  .slice(0, 3).map(e => e.localName + '.' + e.className)]"""
_LINKS = "() => [...document.querySelectorAll('a[href]')].filter(a => !a.closest('[hidden]')).map(a => a.getAttribute('href'))"
_NAMES = "() => [...document.querySelectorAll('[id], a[name]')].map(e => e.id || e.name)"


_LETTERS = re.compile(r"[À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ]")
_VOID = {"br", "hr", "img", "input", "link", "meta", "use", "source", "wbr", "path", "rect", "circle", "line"}
# the province, the numbers of legal acts and of papers, clauses of the regulation
NAMES_IN_ENGLISH = re.compile(r"Sơn La|\S*/(?:NĐ|QĐ|TT|NQ|HĐ)\w*\S*|\bĐ\d+\S*")


def pages_for_citizens(app: Flask) -> set[str]:
    """What may be opened without working anywhere: every route that answers a GET with a page, by its rule of access."""
    return {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in rule.methods
        and set(rules_of(app, rule.endpoint) or ()) & {"public", "signed_in", "citizen"}
        and not rule.rule.endswith((".pdf", ".svg", "<kind>", "<path:filename>", "<sha256>", ".atom"))
    }


class _Inline(HTMLParser):
    """What a strict policy would not let happen."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        at = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in at and at.get("type") != "application/json"):
            self.found.append(f"<{tag}> in the page")
        self.found += [f"{tag} with {name}" for name in at if name == "style" or name.startswith("on")]


class _Vietnamese(HTMLParser):
    """What a page says in Vietnamese that does not say of itself that it is: an untranslated string, or somebody's name
    that a screen reader would read as English.
    """

    def __init__(self, html: str, data: Sequence[str]) -> None:
        super().__init__()
        self.found: list[str] = []
        self._data = sorted(data, key=len, reverse=True)  # a name within a name goes last
        self._open: list[tuple[str, bool]] = []
        self.feed(html)

    def _said(self, text: str) -> None:
        text = NAMES_IN_ENGLISH.sub("", text)
        for each in self._data:
            text = text.replace(each, "")
        if _LETTERS.search(text):
            self.found.append(" ".join(text.split())[:80])

    def handle_starttag(self, tag, attrs):
        at = dict(attrs)
        within = self._open[-1][1] if self._open else False
        aside = (
            at["lang"] == "vi" if "lang" in at else within or tag in {"script", "style", "textarea", "title"}
        )
        if tag not in _VOID:
            self._open.append((tag, aside))
        if not aside:
            for name in ("aria-label", "title", "placeholder", "alt"):
                self._said(at.get(name) or "")

    def handle_endtag(self, tag):
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if self._open and not self._open[-1][1]:
            self._said(data)


class Crawl:
    """`person` looks; what is wrong is in `faults`. `apart`: kinds whose every page is looked at, not one of many.
    `after`: one who went before, and whose pages are not looked at again.
    """

    def __init__(
        self, person: Person, app: Flask, *, apart: tuple[str, ...] = (), after: "Crawl | None" = None
    ) -> None:
        self.faults: list[str] = []
        self.looked: set[str] = set()
        self._person, self._page, self._apart = person, person.page, apart
        self._map = app.url_map.bind(urlsplit(person.base).netloc)
        self._asked: Counter[tuple] = Counter()
        self._seen: set[str] = set()
        self._known: set[tuple] = set(after._known) if after else set()
        self._waiting: list[str] = []
        self._opened: list[str] = []
        self._page.set_viewport_size(SMALL)
        self._page.on("request", self._sent)

    def _sent(self, request) -> None:
        if not request.url.startswith((self._person.base, "data:", "blob:")):
            self.faults.append(f"{self._page.url} asks {request.url}")

    def follow(self, *addresses: str) -> None:
        """Open these and all that they lead to."""
        for address in addresses:
            self._take(address, asked_for=True)
        while self._waiting:
            self._take(self._waiting.pop(0))

    def _take(self, address: str, *, asked_for: bool = False) -> None:
        kind = self._kind(address)
        if address in self._seen or kind is None:
            return
        self._seen.add(address)
        if (kind in self._known and not asked_for) or self._is_file(address):
            self._asked[kind] += 1
            if self._asked[kind] <= (1 if address.endswith(".pdf") else ASKED_OF_A_KIND):
                self._ask(address)
            return
        self._known.add(kind)
        self._opened.append(address)
        answer = self._page.goto(address)
        if not answer.ok and not (asked_for and answer.status == 410):  # what is abolished says so
            self.faults.append(f"{address}: {answer.status}")
        self.faults += [f"{address}: {each}" for each in _Inline(answer.text()).found]
        self.look(address)

    def _ask(self, address: str) -> None:
        answer = self._person.context.request.get(address)
        if not answer.ok:
            self.faults.append(f"{address}: {answer.status}")

    @staticmethod
    def _is_file(address: str) -> bool:
        return (
            re.search(r"/[0-9a-f]{64}$|\.(pdf|svg|csv|json|xlsx|atom)$", urlsplit(address).path) is not None
        )

    def _kind(self, address: str) -> tuple | None:
        """Of a page of this site; none where no route is."""
        parts = urlsplit(address)
        try:
            endpoint, values = self._map.match(parts.path)
        except HTTPException as refused:
            self.faults.append(f"{address}: {refused.name}")
            return None
        names = tuple(sorted({pair.split("=")[0] for pair in parts.query.split("&") if pair} - {"next"}))
        own = values.get("dossier_id") if endpoint in self._apart else None
        return (endpoint, names, own, values.get("page_id"))

    def look(self, name: str, *, contrast: bool = False) -> None:
        """At the page as it stands: in every light, at every size; then note where it leads. `contrast`: colours are
        measured in high contrast, else in the dark; both have the same few everywhere.
        """
        page, wrong = self._page, []
        page.wait_for_load_state()
        self.looked.add(self._map.match(urlsplit(page.url).path, method="GET")[0])
        page.evaluate(AXE_SCRIPT)
        wrong += page.evaluate(_AXE, list(PASSES))
        wrong += self._fits("320 px")
        if not contrast:
            page.emulate_media(color_scheme="dark")
            wrong += [f"dark: {each}" for each in page.evaluate(_AXE, ["color-contrast"])]
        page.emulate_media(color_scheme="light", contrast="more", forced_colors="active")
        if contrast:
            wrong += [f"high contrast: {each}" for each in page.evaluate(_AXE, ["color-contrast"])]
        wrong += self._fits("high contrast")
        page.emulate_media(color_scheme="light", contrast="no-preference", forced_colors="none")
        page.set_viewport_size(ZOOMED)
        wrong += self._fits("200 %")
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        wrong += self._fits("text at 200 %")
        page.evaluate("document.documentElement.style.fontSize = ''")
        page.set_viewport_size(SMALL)
        wrong += [f"console: {each}" for each in self._person.said]
        self._person.said.clear()
        self._person.scales.weigh(page)
        wrong += self._person.scales.heavy
        self._person.scales.heavy.clear()
        self._note_links(wrong)
        self.faults += [f"{name}: {each}" for each in wrong]

    def _fits(self, how: str) -> list[str]:
        width, wide = self._page.evaluate(_WIDE)
        return [f"{how}: {width} px wide, {wide}"] if width > self._page.viewport_size["width"] else []

    def _note_links(self, wrong: list[str]) -> None:
        names = set(self._page.evaluate(_NAMES))
        for link in self._page.evaluate(_LINKS):
            address, fragment = urldefrag(urljoin(self._page.url, link))
            if fragment and address == urldefrag(self._page.url)[0] and fragment not in names:
                wrong.append(f"#{fragment} is nowhere on the page")
            if "lang=" in address:
                continue  # the same page in another language: see `in_english`
            if address.startswith(self._person.base):
                self._waiting.append(address.removeprefix(self._person.base) or "/")
            elif not address.startswith(("https://", "mailto:", "tel:", "data:")):
                wrong.append(f"leads to {link}")

    def press(self, address: str, button: str, *, form: str = "main", **typed: str) -> None:
        """Open a page, fill a form and press its button: as it came, whatever the browser itself would have asked for."""
        page = self._page
        page.goto(address)
        place = page.locator(form)
        for name, value in typed.items():
            place.locator(f"[name='{name}']").first.fill(value)
        page.eval_on_selector_all("form", "all => all.forEach(one => one.noValidate = true)")
        with page.expect_navigation():
            place.get_by_role("button", name=button, exact=True).first.click()
        self.look(f"{address} → {button}", contrast=True)

    def in_english(self, data: Sequence[str]) -> None:
        """The pages that were opened, once more in English: none says anything in Vietnamese that is not marked as such;
        the first few are looked at as well. `data`: what is Vietnamese by nature and stands within English sentences:
        names, what somebody typed, texts of a definition without English.
        """
        self._ask("/?lang=en")
        for address in self._opened:
            html = self._person.context.request.get(address).text()
            if '<html lang="en"' not in html:
                self.faults.append(f"{address}: not in English")
            self.faults += [f"{address} in English: {each}" for each in _Vietnamese(html, data).found]
        for address in self._opened[:LOOKED_AT_IN_ENGLISH]:
            self._page.goto(address)
            self.look(f"{address} in English")
        self._ask("/?lang=vi")
