"""What was filled in, as the value that the part has from now on. Pure.

A control that comes back as it was shown leaves its value as it is, whatever its type; what was emptied goes. What
cannot be what the language wants is kept as text, and the checks say so: nothing typed is lost.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from definitions.editing.controls import Control, line_of
from definitions.editing.plain import closed, opened
from definitions.outline import Part
from definitions.reading import ReadingError, read

Posted = Mapping[str, Sequence[str]]

_NUMBER: Final = re.compile(r"-?(0|[1-9]\d{0,17})([.,]\d{1,9})?")
_GROUPED: Final = re.compile(r"[1-9]\d{0,2}(\.\d{3})+")
_DAY: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_MOMENT: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})[ T,]+(\d{1,2}):(\d\d)")
_ABSENT: Final = object()
WAY: Final = ":cach"
"""After a condition's name: of the choice that stands beside its expression."""
WHEN: Final = "khi"
NAME: Final = ":ten"
"""After a row of a mapping: of what it is called."""
EMPTY: Final = ":rong"
"""After a control that may say that nothing is there: of the box that says so."""


@dataclass(slots=True)
class Collected:
    """`value`: the part; `errors`: by name of the control, where what was typed cannot be kept."""

    value: dict[str, Any]
    errors: dict[str, str] = field(default_factory=dict)


def collect(shown: Sequence[Control], posted: Posted, before: Mapping[str, Any]) -> Collected:
    """Controls that were not posted keep what they had."""
    found = Collected({})
    found.value = dict(_group(shown, posted, before, found.errors))
    return found


def _group(
    shown: Sequence[Control], posted: Posted, before: Mapping[str, Any], errors: dict[str, str]
) -> Iterator[tuple[str, Any]]:
    # in the order that the part has now; what is new comes after
    order = {key: number for number, key in enumerate(before)}
    made = {each.key: _value(each, posted, errors) for each in shown}
    for key in sorted(made, key=lambda key: order.get(key, len(order))):
        if made[key] is not _ABSENT:
            yield key, made[key]


def _value(each: Control, posted: Posted, errors: dict[str, str]) -> Any:
    made = _filled(each, posted, errors)
    said = posted.get(each.name + EMPTY)
    if said is None or not each.empty or (made is not _ABSENT and made not in ([], {}, None)):
        return made
    if not any(said):
        return _ABSENT
    return each.value if each.emptied else _nothing(each)


def _nothing(each: Control) -> Any:
    """The value that says that there is nothing."""
    if each.kind in {"lines", "choices"}:
        return []
    return {} if each.kind in {"group", "mapping"} else None


def _filled(each: Control, posted: Posted, errors: dict[str, str]) -> Any:
    old = each.value if each.there else _ABSENT
    if each.kind == "group":
        inner = dict(
            _group(each.inner, posted, each.value if isinstance(each.value, Mapping) else {}, errors)
        )
        return inner if inner or (each.there and each.value == {}) else _ABSENT
    if each.kind == "table":
        return _table(each, posted, errors)
    if each.kind == "mapping":
        return _mapping(each, posted, errors)
    if each.name not in posted:
        return old
    texts = [_line_ends(text) for text in posted[each.name]]
    if each.kind == "choices":
        chosen = [text for text in texts if text]
        before = [text for text in each.shown.split("\n") if text]
        if each.there and set(chosen) == set(before):
            return old
        # what was chosen before keeps its order
        return [
            *(text for text in before if text in chosen),
            *(t for t in chosen if t not in before),
        ] or _ABSENT
    # a list is typed in one box, a line each, or ticked
    text = "\n".join(texts) if each.kind == "lines" else _chosen(each, texts[0], posted)
    if each.kind == "condition" and not text.strip() and posted.get(each.name + WAY, [""])[0] == WHEN:
        errors[each.name] = "Ghi điều kiện, đặt theo dòng, hoặc chọn cách khác."
        return old
    if text.strip() == _line_ends(each.shown).strip():
        return old
    if not text.strip():
        return _ABSENT
    return _read(each, text, errors)


def _line_ends(text: str) -> str:
    """As everywhere else: a browser posts CR LF."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def way_of(text: str) -> str:
    """How a condition is said: `true`, `false`, not at all, or `khi` an expression holds."""
    return text if text in {"", "true", "false"} else WHEN


def _chosen(each: Control, text: str, posted: Posted) -> str:
    """Of a condition, what was chosen beside its expression; an expression typed in counts though nothing was chosen."""
    chosen = posted.get(each.name + WAY)
    if each.kind != "condition" or chosen is None:
        return text
    before = way_of(each.shown)
    typed = text.strip() not in {"", each.shown.strip()}
    if chosen[0] == WHEN or (chosen[0] == before and typed):
        return text
    return chosen[0]


def _read(each: Control, text: str, errors: dict[str, str]) -> Any:
    if each.kind == "lines":
        return _lines(each, text)
    if each.kind == "yaml":
        return _yaml(each, text, errors)
    if each.kind != "text":
        text = " ".join(text.split()) if each.kind != "feel" else text.strip()
    if each.kind == "choice":
        return next((value for value in each.part.raw.get("enum", ()) if str(value) == text), text)
    typed = _typed(each.part.raw.get("type", "string"), text)
    if typed is not None:
        return typed
    if each.kind in {"day", "moment"}:
        return _moment(text)
    return text.strip("\n") if each.kind == "text" else text


def _lines(each: Control, text: str) -> list[Any]:
    """A line that was there keeps its value, of whatever type."""
    known = {line_of(value): value for value in each.value} if isinstance(each.value, list) else {}
    types = each.part.child(0).raw.get("type", "string")
    found: list[Any] = []
    for line in filter(None, (line.strip() for line in text.split("\n"))):
        typed = _typed(types, line)
        found.append(known.get(line, line if typed is None else typed))
    return found


def _typed(types: Any, text: str) -> Any:
    """A truth value or a number where the language has one there; None for what stays text."""
    types = {types} if isinstance(types, str) else set(types)
    if text in {"true", "false"} and "boolean" in types:
        return text == "true"
    return _number(text) if types & {"number", "integer"} else None


def _number(text: str) -> int | Decimal | None:
    """`1.250.000` and `2,5` as people write them; a text that is no number stays what it is."""
    if _GROUPED.fullmatch(text):
        return int(text.replace(".", ""))
    if not _NUMBER.fullmatch(text):
        return None
    number = Decimal(text.replace(",", "."))
    return int(number) if number == number.to_integral_value() else number


def _moment(text: str) -> str:
    """`20/11/2026 14:50` as `2026-11-20T14:50`; what is written otherwise stays."""
    found = _MOMENT.fullmatch(text)
    if found:
        day, month, year, hour, minute = found.groups()
        return f"{year}-{int(month):02}-{int(day):02}T{int(hour):02}:{minute}"
    found = _DAY.fullmatch(text)
    if found:
        day, month, year = found.groups()
        return f"{year}-{int(month):02}-{int(day):02}"
    return text


def _yaml(each: Control, text: str, errors: dict[str, str]) -> Any:
    try:
        return read(text).data
    except ReadingError as error:
        errors[each.name] = f"Dòng {error.mark.line}: {error.message} {error.remedy}"
        return each.value if each.there else _ABSENT


def _table(each: Control, posted: Posted, errors: dict[str, str]) -> Any:
    """Rows whose every cell was emptied go; the empty row at the end is a new one when something is typed in it."""
    rows: list[dict[str, Any]] = []
    values = each.value if isinstance(each.value, list) else []
    for number, row in enumerate((*each.rows, each.inner)):
        before = values[number] if number < len(values) else {}
        made = dict(_group(row, posted, before, errors))
        if made or (not before and number < len(values)):
            rows.append(made)
    return rows if rows or (each.there and not values) else _ABSENT


def _mapping(each: Control, posted: Posted, errors: dict[str, str]) -> Any:
    """Rows whose name was emptied go. Two of one name, or a value without a name, are told and nothing is changed."""
    held: Mapping[str, Any] = each.value if isinstance(each.value, Mapping) else {}
    item, made, wrong = each.part.child(""), dict[str, Any](), False
    for number, row in enumerate((*each.rows, each.inner)):
        old = each.names[number] if number < len(each.names) else ""
        name = " ".join(posted.get(f"{each.name}.{number}{NAME}", [old])[0].split())
        value = _row(item, row, held.get(old), posted, errors)
        if not name:
            untouched = old and value is not _ABSENT and value == held[old]
            if value is not _ABSENT and not untouched:
                errors[f"{each.name}.{number}{NAME}"] = "Ghi tên của dòng này, hoặc xóa chữ ở cả dòng."
                wrong = True
        elif name in made:
            errors[f"{each.name}.{number}{NAME}"] = f"Đã có một dòng “{name}”; ông/bà ghi tên khác."
            wrong = True
        else:
            made[name] = ({} if item.keys else "") if value is _ABSENT else value
    if wrong:
        return each.value if each.there else _ABSENT
    return made if made or (each.there and not held) else _ABSENT


def _row(item: Part, row: Sequence[Control], old: Any, posted: Posted, errors: dict[str, str]) -> Any:
    if not item.keys:
        return _value(row[0], posted, errors)
    inner = dict(_group(row, posted, opened(item, old), errors))
    if not inner:
        return old if isinstance(old, Mapping) and not old else _ABSENT
    return closed(item, old, inner)
