"""Plain text, on one line or several."""

import unicodedata
from typing import Final

from forms.model import Field
from forms.types.base import EMPTY, WRONG_KIND, FieldType, Parsed, Parser, cover, wrong
from forms.types.numbers import written
from rules.feel import FeelType, T
from rules.i18n import gettext, noted

TEXT_LENGTH: Final = 250
TEXTAREA_LENGTH: Final = 5_000
INVISIBLE: Final = noted("Xóa hết ô này rồi gõ lại: nội dung dán vào có ký tự ẩn, không đọc được")

# Copying from Word, PDF or a web page brings these along; they show nothing and mean nothing in Vietnamese.
_DROPPED: Final = {ord(c): None for c in "\u00ad\u200b\u2060\ufeff"}
# Zl, Zp separate lines as "\n" does; the tab and the no-break spaces are spaces.
_LINES: Final = {0x2028: "\n", 0x2029: "\n", 0x85: "\n", 0x0B: "\n", 0x0C: "\n"}
_ALLOWED_FORMAT: Final = frozenset("\u200c\u200d")


def readable(text: str) -> str | None:
    """`text` in NFC with one kind of line end and copying's leftovers dropped; `None` if control characters, bidirectional
    overrides (they make a text read differently from what it is) or broken characters are left.
    """
    if text.isprintable():
        return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
    text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_LINES).translate(_DROPPED)
    for character in text:
        if character.isprintable() or character in "\n\t":
            continue
        category = unicodedata.category(character)
        if category in {"Cc", "Cs", "Cn"} or (category == "Cf" and character not in _ALLOWED_FORMAT):
            return None
    return unicodedata.normalize("NFC", text)


def single_line(text: str) -> str:
    return " ".join(text.split())


def several_lines(text: str) -> str:
    """Trailing spaces of lines and blank lines at both ends dropped; the writer's own line breaks kept."""
    if "\n" not in text:
        return text.strip()
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


class Text(FieldType):
    name = "text"
    length = TEXT_LENGTH

    def feel_type(self, field: Field) -> FeelType:
        return T.STRING

    def tidy(self, text: str) -> str:
        return single_line(text)

    def parser(self, field: Field) -> Parser:
        limit = field.max_length if field.max_length is not None else self.length
        # Decomposed Vietnamese takes up to three code points a letter; more than that cannot fit any more.
        raw_limit = 4 * limit + 1_000
        tidy = self.tidy

        def parse(answer: object) -> Parsed:
            if answer is None:
                return EMPTY
            if not isinstance(answer, str):
                return wrong(WRONG_KIND)
            if len(answer) > raw_limit:
                return wrong(_too_long(limit, len(answer)))
            text = readable(answer)
            if text is None:
                return wrong(INVISIBLE)
            text = tidy(text)
            if not text:
                return EMPTY
            if len(text) > limit:
                return wrong(_too_long(limit, len(text)))
            return Parsed(text, text)

        return parse

    def display(self, field: Field, clean: object) -> str:
        return clean if isinstance(clean, str) else ""

    def mask(self, field: Field, clean: object) -> str:
        """The number of a paper like other numbers; words are covered whole."""
        if isinstance(clean, str) and clean.isalnum() and not clean.isalpha() and len(clean) > 8:
            return cover(clean)
        return super().mask(field, clean)


class TextArea(Text):
    name = "textarea"
    length = TEXTAREA_LENGTH

    def tidy(self, text: str) -> str:
        return several_lines(text)


def _too_long(limit: int, length: int) -> str:
    told = gettext("Viết ngắn lại, tối đa {limit} ký tự (đang có {length} ký tự)")
    return told.format(limit=written(limit), length=written(length))
