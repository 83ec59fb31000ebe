"""Where number, day and signatures stand on a paper (NĐ 30/2020, phụ lục I).

Papers drawn here name their places (`id` of an element becomes a named destination of the PDF); of a paper that somebody
sent, the places of the law are taken: the right half of its last page.
"""

from dataclasses import dataclass
from io import BytesIO
from typing import Final

from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader

from tthc.signing.session import Where

NUMBER: Final = "so-van-ban"
DAY: Final = "ngay-van-ban"
NAME: Final = "nguoi-ky"

_MM: Final = 72 / 25.4
_LEFT, _RIGHT = 30 * _MM, 15 * _MM
_SIGNATURE_WIDTH, _SIGNATURE_HEIGHT = 46 * _MM, 18 * _MM
SEAL_SIDE: Final = 36 * _MM
"""The seal in its real size; what it says in words stands below it."""
SEAL_WORDS: Final = 9 * _MM
_LINE: Final = 19.0

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Places:
    """`number`, `day`: of the lines that the clerk fills in, where the paper has them; `name`: where the name of whoever
    signs is to be printed, where the paper leaves that open; `signature`: beside that name.
    """

    signature: Where
    number: Where | None = None
    day: Where | None = None
    name: Where | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is known of a paper: how many pages, width and height of the last, its named places (page, x, y)."""

    pages: int
    width: float
    height: float
    named: dict[str, tuple[int, float, float]]


def read(data: bytes) -> Sheet | None:
    """None where this is no PDF that can be read, or one without a page."""
    try:
        reader = PdfFileReader(BytesIO(data), strict=False)
        if reader.encrypted:
            return None
        count = int(reader.root["/Pages"]["/Count"])
        if count < 1:
            return None
        sizes = [_size(reader, page) for page in range(count)]
        named = _named(reader, count)
    except (PdfError, KeyError, ValueError, TypeError, IndexError, AssertionError, AttributeError):
        return None
    width, height = sizes[-1]
    return Sheet(count, width, height, named)


def places(sheet: Sheet, raised: float = 0.0) -> Places:
    """`raised`: of a paper without places of its own, how far above the foot of its last page the signature stands, as
    a part of the page's height.
    """
    found = sheet.named
    if NAME not in found:
        left = sheet.width / 2
        bottom = max(25 * _MM, sheet.height * raised)
        return Places(Where(sheet.pages - 1, _centred(left, sheet.width - _RIGHT, bottom)))
    page, x, y = found[NAME]
    right = sheet.width - _RIGHT
    number = day = None
    if NUMBER in found and DAY in found:
        n_page, n_x, n_y = found[NUMBER]
        d_page, d_x, d_y = found[DAY]
        number = Where(n_page, (n_x, n_y - _LINE, d_x - 4, n_y))
        day = Where(d_page, (d_x, d_y - _LINE, right, d_y))
    return Places(Where(page, _centred(x, right, y + 2)), number, day, Where(page, (x, y - _LINE, right, y)))


def seal_beside(signature: Where) -> Where:
    """The agency's, over about a third of the leader's signature, to its left."""
    left, bottom, right, top = signature.box
    edge = left + (right - left) / 3
    middle = (bottom + top) / 2
    low = middle - SEAL_SIDE / 2 - SEAL_WORDS
    return Where(signature.page, (edge - SEAL_SIDE, low, edge, low + SEAL_SIDE + SEAL_WORDS))


def seal_in_corner(sheet: Sheet) -> Where:
    """Of a paper that nobody signed here: the top right corner of its first page."""
    right, top = sheet.width - 5 * _MM, sheet.height - 5 * _MM
    return Where(0, (right - SEAL_SIDE, top - SEAL_SIDE - SEAL_WORDS, right, top))


def _centred(left: float, right: float, bottom: float) -> Box:
    middle = (left + right) / 2
    return (
        middle - _SIGNATURE_WIDTH / 2,
        bottom,
        middle + _SIGNATURE_WIDTH / 2,
        bottom + _SIGNATURE_HEIGHT,
    )


def _size(reader: PdfFileReader, page: int) -> tuple[float, float]:
    node = reader.find_page_for_modification(page)[0].get_object()
    while "/MediaBox" not in node:
        node = node["/Parent"]
    left, bottom, right, top = (float(side) for side in node["/MediaBox"])
    return right - left, top - bottom


def _named(reader: PdfFileReader, count: int) -> dict[str, tuple[int, float, float]]:
    """The named destinations of a flat name tree, as WeasyPrint writes it."""
    try:
        names = reader.root["/Names"]["/Dests"]["/Names"]
    except KeyError:
        return {}
    ids = {reader.find_page_for_modification(page)[0].reference: page for page in range(count)}
    found: dict[str, tuple[int, float, float]] = {}
    each = [names[at] for at in range(len(names))]
    for name, target in zip(each[::2], each[1::2], strict=False):
        place = target["/D"] if isinstance(target, DictionaryObject) else target
        if not isinstance(place, ArrayObject) or len(place) < 4 or place[1] != "/XYZ":
            continue
        page = ids.get(place.raw_get(0).reference)
        if page is not None:
            found[str(name)] = (page, float(place[2]), float(place[3]))
    return found
