"""Text out of other people's markup, and numbers out of their JSON."""

from decimal import Decimal, InvalidOperation
from html.parser import HTMLParser
from typing import Final

from forms.types.texts import readable

LINE: Final = 1_000
TEXT: Final = 10_000
_BREAKS: Final = frozenset(
    {"p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table"}
)
_ACTIVE: Final = {
    "a": "liên kết",
    "img": "hình ảnh",
    "script": "mã chương trình",
    "style": "kiểu chữ riêng",
    "iframe": "trang nhúng",
    "video": "phim",
    "audio": "âm thanh",
    "input": "ô nhập",
    "textarea": "ô nhập",
    "select": "ô nhập",
    "button": "nút bấm",
    "form": "biểu mẫu nhúng",
    "object": "trang nhúng",
    "embed": "trang nhúng",
}


class _Plain(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.lost: dict[str, None] = {}
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _ACTIVE:
            self.lost[_ACTIVE[tag]] = None
        if any(name.startswith("on") for name, _ in attrs):
            self.lost["mã chương trình"] = None
        self._silent += tag in {"script", "style"}
        if tag in _BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in {"script", "style"}))
        if tag in _BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)


def without_markup(text: str) -> tuple[str, tuple[str, ...]]:
    """Lines of plain text, and what was lost besides looks (links, pictures, scripts), each in a word."""
    reader = _Plain()
    reader.feed(text)
    reader.close()
    whole = readable("".join(reader.parts)) or ""
    lines = [" ".join(line.split()) for line in whole.split("\n")]
    lost = list(reader.lost)
    if "{{" in whole or "{%" in whole:
        lost.append("chỗ điền tự động {{ }}")
    return "\n".join(line for line in lines if line), tuple(lost)


def number(value: object) -> int | float | None:
    """A JSON number, or text that is one, as the draft writes it; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        return None
    try:
        made = Decimal(value.strip() if isinstance(value, str) else value)
    except InvalidOperation:
        return None
    if not made.is_finite() or abs(made) >= Decimal("1e15"):
        return None
    return int(made) if made == made.to_integral_value() else float(made)
