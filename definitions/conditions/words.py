"""What comparisons are called for each kind of field, and a condition as a sentence."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from definitions.conditions.model import Always, Comparison, Condition, Group, Never, Row, Value
from definitions.conditions.subjects import Kind, Subject
from rules.feel.text import number_text

C = Comparison
_EMPTY: Final = ((C.ANSWERED, "đã trả lời"), (C.UNANSWERED, "chưa trả lời"))
_TEXT: Final = (
    (C.IS, "là"),
    (C.IS_NOT, "không là"),
    (C.ONE_OF, "là một trong"),
    (C.NONE_OF, "không là một trong"),
    *_EMPTY,
)
_NUMBER: Final = (
    (C.IS, "bằng"),
    (C.IS_NOT, "khác"),
    (C.MORE, "lớn hơn"),
    (C.AT_LEAST, "từ … trở lên"),
    (C.LESS, "nhỏ hơn"),
    (C.AT_MOST, "không quá"),
    (C.BETWEEN, "từ … đến"),
    (C.ONE_OF, "là một trong"),
    (C.NONE_OF, "không là một trong"),
)
_DATE: Final = (
    (C.LESS, "trước ngày"),
    (C.AT_MOST, "đến hết ngày"),
    (C.MORE, "sau ngày"),
    (C.AT_LEAST, "từ ngày"),
    (C.BETWEEN, "từ ngày … đến hết ngày"),
    (C.IS, "là ngày"),
    (C.IS_NOT, "không là ngày"),
    (C.ONE_OF, "là một trong các ngày"),
    (C.NONE_OF, "không là một trong các ngày"),
)
_WORDS: Final[Mapping[Kind, tuple[tuple[Comparison, str], ...]]] = {
    "text": _TEXT,
    "choice": _TEXT,
    "several": ((C.HAS, "có chọn"), (C.HAS_NOT, "không chọn"), *_EMPTY),
    "number": (*_NUMBER, *_EMPTY),
    "count": _NUMBER,
    "date": (*_DATE, *_EMPTY),
    "moment": _DATE,
    "yes_no": (
        (C.YES, "là Có"),
        (C.NO, "là Không"),
        (C.NOT_YES, "là Không hoặc chưa trả lời"),
        (C.NOT_NO, "là Có hoặc chưa trả lời"),
        *_EMPTY,
    ),
    "other": _EMPTY,
}


def offered(kind: Kind) -> tuple[tuple[Comparison, str], ...]:
    """The comparisons of a kind of field and what they are called, the usual ones first."""
    return _WORDS[kind]


def word(kind: Kind, comparison: Comparison) -> str:
    """What it is called; by its general name where the kind does not offer it."""
    for words in (_WORDS[kind], _NUMBER, *_WORDS.values()):
        for each, said in words:
            if each is comparison:
                return said
    return str(comparison)


def sentence(condition: Condition, known: Sequence[Subject]) -> str:
    """`“Trường hợp” là Hộ gia đình và “Số bản” lớn hơn 2`."""
    if isinstance(condition, Always):
        return "Lúc nào cũng đúng"
    if isinstance(condition, Never):
        return "Không bao giờ đúng"
    by_path = {subject.path: subject for subject in known}
    outer, inner = (" và ", " hoặc ") if condition.mode == "all" else (" hoặc ", " và ")
    parts = []
    for item in condition.items:
        if isinstance(item, Group):
            inside = inner.join(_said(row, by_path) for row in item.rows)
            parts.append(f"({inside})")
        else:
            parts.append(_said(item, by_path))
    return outer.join(parts)


def _said(row: Row, known: Mapping[str, Subject]) -> str:
    subject = known.get(row.path) or Subject(row.path, row.path, "other")
    label = subject.label if subject.kind == "count" else f"“{subject.label}”"
    said = word(subject.kind, row.comparison)
    values = [value_said(value, subject) for value in row.values]
    if "…" in said and values:
        before, after = said.split(" …", 1)
        rest = f"{after} {values[1]}" if len(values) > 1 else after
        return f"{label} {before} {values[0]}{rest}"
    return " ".join(part for part in (label, said, ", ".join(values)) if part)


def value_said(value: Value, subject: Subject) -> str:
    """A value as people read it: an option by its label, `1.500`, `02/09/2026`."""
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, date):
        return f"{value:%d/%m/}{value.year}"
    if isinstance(value, Decimal):
        whole, _, rest = number_text(value).partition(".")
        grouped = f"{int(whole):,}".replace(",", ".") if whole not in {"-0", "-"} else whole
        return f"{grouped},{rest}" if rest else grouped
    return subject.option(value) if subject.options else f"“{value}”"
