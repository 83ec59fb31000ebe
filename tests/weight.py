"""What a page weighs on its first load: itself with its styles, scripts and fonts, nothing compressed, images aside.

The browser itself tells how many bytes each came to once decoded, so a file it had kept from the page before counts
as it would for somebody who opens this page first.
"""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page

LIMIT = 60_000
_PARTS = (".css", ".js", ".woff", ".woff2", ".ttf", ".otf")
_READ = """() => {
  const page = performance.getEntriesByType('navigation')[0];
  const parts = performance.getEntriesByType('resource').filter(e => !['fetch', 'xmlhttprequest'].includes(e.initiatorType));
  return [page, ...parts].map(e => [e.name, e.decodedBodySize]);
}"""
_WATCH = f"""addEventListener('load', () => {{
  if (window !== top || !location.protocol.startsWith('http') || document.contentType !== 'text/html') return;
  const weigh = () => window.weighed(({_READ})());
  weigh();
  new PerformanceObserver(weigh).observe({{ type: 'resource' }});
}})"""


@dataclass
class Scales:
    """Weighs every page that a browser window opens; `base`: where everything must come from; `limit` in bytes;
    `kept_away`: files that the test itself lets not come.
    """

    base: str
    limit: int = LIMIT
    kept_away: frozenset[str] = frozenset()
    heavy: list[str] = field(default_factory=list)
    weights: dict[str, int] = field(default_factory=dict)

    def watch(self, context: BrowserContext) -> None:
        context.expose_function("weighed", self.put)
        context.add_init_script(_WATCH)

    def weigh(self, page: Page) -> None:
        """The page as it stands, with what came after its load."""
        self.put(page.evaluate(_READ))

    def put(self, read: list[list]) -> None:
        (address, document), *rest = read
        parts = {url: size for url, size in rest if urlsplit(url).path.endswith(_PARTS)}
        foreign = [url for url, _ in rest if not url.startswith((self.base, "data:"))]
        weight = document + sum(parts.values())
        self.weights[address] = weight
        named = [(urlsplit(url).path.rsplit("/", 1)[1], size) for url, size in parts.items()]
        told = ", ".join(f"{name} {size}" for name, size in named)
        unread = [name for name, size in named if not size and name not in self.kept_away]
        if weight >= self.limit or foreign or not document or not parts or unread:
            self.heavy.append(
                f"{address} weighs {weight}: page {document}, {told}; from elsewhere: {foreign}"
            )

    def check(self) -> None:
        """Every page opened so far is under the limit, nothing of it went unread, and all came from this site."""
        assert self.heavy == [], "\n".join(self.heavy)
