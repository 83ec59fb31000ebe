"""A list of rows, each with the same item fields."""

from collections.abc import Mapping
from typing import Final

from forms.model import Field
from forms.types.base import EMPTY, FieldType, Parsed, Parser, Source, in_sentence, wrong
from rules.feel import FeelType, T
from rules.i18n import gettext, noted

DEFAULT_ROWS: Final = 100
MOST_ROWS: Final = 500
ROW_MARK: Final = "_row"
"""Key in a posted row of the index it had when the page was made, so that what the page did not show is kept."""

UNREADABLE: Final = noted("Nhập lại danh sách này: nội dung gửi lên không đọc được")


class List(FieldType):
    """Posted as `name.N.field`, with `name.count` for the number of rows.

    `parse` reads the shape alone: `value` is the list of rows' answers as mappings. Fields within rows see their
    row and the whole form, so `forms.evaluate` reads them.
    """

    name = "list"
    demand = noted("Thêm ít nhất 1 {what}")

    def __init__(self, registry: Mapping[str, FieldType]) -> None:
        self._registry = registry

    def feel_type(self, field: Field) -> FeelType:
        types = {item.id: self._registry[item.type] for item in field.item}
        return T.list_of(
            T.context(
                {item.id: types[item.id].feel_type(item) for item in field.item if types[item.id].stores}
            )
        )

    def parser(self, field: Field) -> Parser:
        return read_rows

    def collect(self, field: Field, source: Source, name: str) -> object:
        count = self._count(source, name)
        return None if count is None else [self._row(field, source, f"{name}.{at}") for at in range(count)]

    def _count(self, source: Source, name: str) -> int | None:
        """Rows posted: what `name.count` says, or one more than the highest index; never past `MOST_ROWS` by more
        than one, which is enough to refuse them.
        """
        said = source.get(f"{name}.count")
        if said:
            digits = said[0].strip()[:20]
            return min(int(digits), MOST_ROWS + 1) if digits.isascii() and digits.isdecimal() else 0
        start = f"{name}."
        indices = {
            index
            for key in source
            if key.startswith(start)
            and (index := key[len(start) :].partition(".")[0]).isdecimal()
            and len(index) < 9
        }
        if indices:
            return min(max(map(int, indices)) + 1, MOST_ROWS + 1)
        return 0 if name in source else None

    def _row(self, field: Field, source: Source, prefix: str) -> dict[str, object]:
        row: dict[str, object] = {}
        for item in field.item:
            answer = self._registry[item.type].collect(item, source, f"{prefix}.{item.id}")
            if answer is not None:
                row[item.id] = answer
        mark = source.get(f"{prefix}.{ROW_MARK}")
        if mark:
            row[ROW_MARK] = mark[0]
        return row

    def display(self, field: Field, clean: object) -> str:
        """A line for each row: `1. Tên giấy tờ: Bằng tốt nghiệp; Số trang: 5`."""
        if not isinstance(clean, list):
            return ""
        lines = []
        for number, row in enumerate(clean, 1):
            shown = ((item, self._shown(item, row)) for item in field.item)
            lines.append(f"{number}. " + "; ".join(f"{item.label}: {text}" for item, text in shown if text))
        return "\n".join(lines)

    def mask(self, field: Field, clean: object) -> str:
        if not isinstance(clean, list) or not clean:
            return ""
        return gettext("Đã che ({n} {row})").format(n=len(clean), row=row_word(field))

    def _shown(self, item: Field, row: object) -> str:
        return self._registry[item.type].display(item, row.get(item.id) if isinstance(row, Mapping) else None)

    def missing(self, field: Field) -> str:
        return gettext(self.demand).format(what=row_word(field))


def row_word(field: Field) -> str:
    """What one row is called within a sentence."""
    return in_sentence(field.item_label) if field.item_label else gettext("dòng")


def read_rows(answer: object) -> Parsed:
    if answer is None or answer in ("", []):
        return EMPTY
    if not isinstance(answer, (list, tuple)):
        return wrong(UNREADABLE)
    if len(answer) > MOST_ROWS:
        told = gettext("Bớt số dòng: một danh sách có nhiều nhất {most} dòng (đang có {count})")
        return wrong(told.format(most=MOST_ROWS, count=len(answer)))
    if not all(isinstance(row, Mapping) for row in answer):
        return wrong(UNREADABLE)
    return Parsed(answer, None)
