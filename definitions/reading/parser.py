"""The reader: size first, then the stream of events composed without recursion.

Anchors, aliases and tags are refused (no alias bombs, no objects), so are duplicate keys, which YAML libraries
quietly resolve to the last one. Plain scalars are read by JSON's own grammar: what is not `null`, `true`, `false`
or a JSON number is text. So `2019-08-25`, `15:00` and `014089000123` are text, and `yes` is not a truth value.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

from definitions.reading.events import (
    ALIAS,
    DOCUMENT,
    ENDS,
    MAPPING,
    NODES,
    SCALAR,
    Event,
    events,
)
from definitions.reading.syntax import explain_syntax
from definitions.reading.tree import Mark, Node, Path, Scalar, Tree

MAX_BYTES: Final = 1_000_000
MAX_DEPTH: Final = 32
MAX_NODES: Final = 50_000

_NUMBER = re.compile(r"-?(0|[1-9]\d{0,29})(\.\d{1,30})?([eE][+-]?\d{1,2})?")
_BEYOND = re.compile(r"\\U(?!000[0-9A-Fa-f]{5}|0010[0-9A-Fa-f]{4})[0-9A-Fa-f]{8}")
_WORDS: Final = {"": None, "~": None, "null": None, "true": True, "false": False}


class ReadingError(ValueError):
    """A text that cannot be read at all. `code` is `Y…`; `message` and `remedy` are Vietnamese sentences."""

    def __init__(self, code: str, message: str, remedy: str, mark: Mark, path: Path = ()) -> None:
        self.code = code
        self.message = message
        self.remedy = remedy
        self.mark = mark
        self.path = path
        super().__init__(message)


@dataclass(slots=True)
class _Open:
    """A list or group whose end has not been read yet."""

    value: dict[str, object] | list[object]
    path: Path
    node: Node
    key: str | None = None
    name: Node | None = None
    seen: dict[str, Mark] = field(default_factory=dict)


def read(text: str) -> Tree:
    """The text as data with positions; raises `ReadingError`."""
    text = text.removeprefix("\N{BYTE ORDER MARK}")
    size = len(text) if len(text) > MAX_BYTES else len(text.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        raise ReadingError(
            "Y001",
            "Bản cấu hình lớn quá 1 MB.",
            "Một thủ tục viết đầy đủ thường dưới 100 kB; ông/bà kiểm tra xem có gửi nhầm tệp không.",
            Mark(1, 1),
        )
    return _Composer(text).compose()


class _Composer:
    def __init__(self, text: str) -> None:
        self.text = text
        self.stack: list[_Open] = []
        self.root: object = None
        self.count = 0
        self.values: dict[Path, Mark] = {}
        self.keys: dict[Path, Mark] = {}
        self.scalars: dict[Path, Scalar] = {}
        self.top: Node | None = None

    def compose(self) -> Tree:
        documents = 0
        for event in _events(self.text):
            if event.kind == DOCUMENT:
                documents += 1
                if documents > 1:
                    raise ReadingError(
                        "Y009",
                        "Tệp có nhiều hơn một bản cấu hình (sau dấu “---”).",
                        "Tách mỗi bản cấu hình thành một tệp.",
                        _mark(event),
                    )
            elif event.kind in NODES:
                self._node(event)
            elif event.kind in ENDS:
                self.stack.pop().node.end = event.end
        return Tree(self.text, self.root, self.values, self.keys, self.scalars, self.top)

    def _node(self, event: Event) -> None:
        self._refuse_cleverness(event)
        top = self.stack[-1] if self.stack else None
        if top is not None and isinstance(top.value, dict) and top.key is None:
            self._key(top, event)
            return
        path = self._place(top)
        self.values[path] = _mark(event)
        node = _characters(event)
        if top is None:
            self.top = node
        else:
            top.node.entries.append((top.name, node))
        if event.kind == SCALAR:
            self._put(top, self._scalar(event, path))
            return
        value: dict[str, object] | list[object] = {} if event.kind == MAPPING else []
        self._put(top, value)
        if len(self.stack) >= MAX_DEPTH:
            raise ReadingError(
                "Y003",
                f"Các mục lồng nhau quá {MAX_DEPTH} tầng.",
                "Bản cấu hình đúng lồng nhau không quá 12 tầng; kiểm tra dấu ngoặc và phần thụt đầu dòng.",
                _mark(event),
                path[:4],
            )
        self.stack.append(_Open(value, path, node))

    def _refuse_cleverness(self, event: Event) -> None:
        self.count += 1
        if self.count > MAX_NODES:
            raise ReadingError(
                "Y010",
                f"Bản cấu hình có quá {MAX_NODES:,} giá trị.".replace(",", "."),
                "Ông/bà kiểm tra lại tệp đã gửi.",
                _mark(event),
            )
        if event.kind == ALIAS or event.anchor:
            raise ReadingError(
                "Y005",
                "Không dùng neo và tham chiếu của YAML (dấu & và *) trong bản cấu hình.",
                "Viết lại nội dung ở từng chỗ; giá trị bắt đầu bằng & hoặc * thì đặt trong dấu ngoặc kép.",
                _mark(event),
                self._here(),
            )
        if event.tag:
            raise ReadingError(
                "Y006",
                "Không dùng thẻ kiểu của YAML (dấu !) trong bản cấu hình.",
                "Bỏ thẻ; giá trị bắt đầu bằng ! thì đặt trong dấu ngoặc kép.",
                _mark(event),
                self._here(),
            )

    def _here(self) -> Path:
        top = self.stack[-1] if self.stack else None
        if top is None:
            return ()
        return top.path if isinstance(top.value, dict) and top.key is None else self._place(top)

    def _key(self, top: _Open, event: Event) -> None:
        mark = _mark(event)
        if event.kind != SCALAR:
            raise ReadingError(
                "Y008",
                "Tên khóa phải là một từ, không thể là danh sách hay nhóm.",
                "Viết “tên: giá trị”.",
                mark,
                top.path,
            )
        key = _whole(event.text)
        if key in top.seen:
            raise ReadingError(
                "Y004",
                f"Khóa “{key}” viết hai lần trong cùng một nhóm (lần đầu ở dòng {top.seen[key].line}).",
                "Giữ lại một trong hai.",
                mark,
                (*top.path, key),
            )
        top.seen[key] = mark
        top.key = key
        top.name = _characters(event, key)
        self.keys[(*top.path, key)] = mark

    def _place(self, top: _Open | None) -> Path:
        if top is None:
            return ()
        return (*top.path, top.key if isinstance(top.value, dict) and top.key is not None else len(top.value))

    def _put(self, top: _Open | None, value: object) -> None:
        if top is None:
            self.root = value
        elif isinstance(top.value, list):
            top.value.append(value)
        else:
            assert top.key is not None
            top.value[top.key] = value
            top.key = None

    def _scalar(self, event: Event, path: Path) -> object:
        text, style = event.text, event.style
        if style == "":
            if text in _WORDS:
                return _WORDS[text]
            if _NUMBER.fullmatch(text):
                number = Decimal(text)
                return (
                    int(number) if number == number.to_integral_value() and abs(number) < 10**30 else number
                )
        self.scalars[path] = Scalar(style, event.start, text)
        return _whole(text)


def _events(text: str) -> Iterator[Event]:
    try:
        yield from events(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Mark(mark.line + 1, mark.column + 1) if mark is not None else Mark(1, 1)
        message, remedy = explain_syntax(str(error.problem or ""), str(error.context or ""))
        raise ReadingError("Y002", message, remedy, place) from None
    except ReaderError as error:
        before = text[: error.position]
        raise ReadingError(
            "Y007",
            f"Ký tự điều khiển (mã U+{_code(error.character):04X}) không được phép trong bản cấu hình.",
            "Xóa ký tự đó; thường nó lọt vào khi chép từ tệp văn bản khác.",
            Mark(before.count("\n") + 1, len(before) - before.rfind("\n")),
        ) from None
    except (ValueError, OverflowError):  # of chr(), which the library asks without looking: `\\UFFFFFFFF`
        match = _BEYOND.search(text)
        before = text[: match.start()] if match else ""
        message, remedy = explain_syntax("unknown escape character", "")
        raise ReadingError(
            "Y002", message, remedy, Mark(before.count("\n") + 1, len(before) - before.rfind("\n"))
        ) from None
    except YAMLError as error:
        message, remedy = explain_syntax(str(error), "")
        raise ReadingError("Y002", message, remedy, Mark(1, 1)) from None


def _whole(text: str) -> str:
    r"""JSON writes rare characters as two halves (`\ud83d\ude00`), which YAML reads apart; a half alone becomes `�`."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _code(character: object) -> int:
    return character if isinstance(character, int) else ord(str(character)[:1] or "\0")


def _characters(event: Event, name: str = "") -> Node:
    if event.kind == SCALAR:
        style = event.style
    elif event.kind == MAPPING:
        style = "{" if event.flow else ":"
    else:
        style = "[" if event.flow else "-"
    return Node(event.start, event.end, event.column, style, name)


def _mark(event: Event) -> Mark:
    return Mark(event.line + 1, event.column + 1)
