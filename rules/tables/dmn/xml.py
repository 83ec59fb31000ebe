"""XML that is not trusted, as elements that know their line: no document type, so no entities; bounded in all ways.

Expat is used directly because the standard library's trees keep no line numbers; it is the parser beneath them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from rules.tables.dmn.errors import DmnError

MOST_BYTES: Final = 8_000_000
MOST_ELEMENTS: Final = 300_000
MOST_DEPTH: Final = 100


@dataclass(slots=True)
class Element:
    """`space` and `name` of the tag; `text` is all text directly within, tails of children included."""

    space: str
    name: str
    attributes: dict[str, str]
    line: int
    children: list["Element"] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.parts)

    def kids(self, name: str) -> Iterator["Element"]:
        """Children of that name in the element's own name space."""
        return (child for child in self.children if child.name == name and child.space == self.space)

    def kid(self, name: str) -> "Element | None":
        return next(self.kids(name), None)

    def walk(self) -> Iterator["Element"]:
        waiting = [self]
        while waiting:
            current = waiting.pop()
            yield current
            waiting.extend(reversed(current.children))


def parse(content: str | bytes) -> Element:
    """Raises DmnError."""
    data = content.encode() if isinstance(content, str) else content
    if len(data) > MOST_BYTES:
        raise DmnError(f"Tệp lớn quá {MOST_BYTES // 1_000_000} MB; xin tách bảng.")
    # text was decoded already: what its first line says of the encoding holds no longer
    reader = _Reader(expat.ParserCreate("utf-8" if isinstance(content, str) else None, " "))
    return reader.read(data)


class _Reader:
    def __init__(self, parser: expat.XMLParserType) -> None:
        self.parser = parser
        self.root: Element | None = None
        self.open: list[Element] = []
        self.count = 0
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._doctype

    def read(self, data: bytes) -> Element:
        try:
            self.parser.Parse(data, True)  # noqa: FBT003 - expat takes no names
        except expat.ExpatError as error:
            reason = "thiếu thẻ đóng hoặc viết sai XML" if data.strip() else "tệp trống"
            raise DmnError(f"Không đọc được tệp DMN: {reason}.", error.lineno) from None
        except (LookupError, ValueError) as error:
            if isinstance(error, DmnError):
                raise
            raise DmnError("Không đọc được bảng mã của tệp; xin lưu lại bằng UTF-8.", 1) from None
        assert self.root is not None
        return self.root

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        line = self.parser.CurrentLineNumber
        self.count += 1
        if self.count > MOST_ELEMENTS:
            raise DmnError("Tệp có quá nhiều phần tử; xin tách bảng.", line)
        if len(self.open) >= MOST_DEPTH:
            raise DmnError("Các phần tử lồng nhau quá sâu.", line)
        space, _, name = tag.rpartition(" ")
        element = Element(space, name, attributes, line)
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.root = element
        self.open.append(element)

    def _end(self, _tag: str) -> None:
        self.open.pop()

    def _text(self, text: str) -> None:
        self.open[-1].parts.append(text)

    def _doctype(self, *_anything: object) -> None:
        raise DmnError(
            "Tệp khai báo DOCTYPE hoặc thực thể, thứ bảng DMN không cần; xin bỏ đi.",
            self.parser.CurrentLineNumber,
        )
