"""A sheet back into the text of a definition: what did not change keeps its very characters, comments too."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import SingleQuotedScalarString

from definitions.reading import read
from definitions.reading.tree import Path
from definitions.sheets.exporting import SheetError
from rules.tables import Hit
from rules.tables.sheet import Sheet, SheetInput, SheetOutput, SheetRow


@dataclass(frozen=True, slots=True)
class Updated:
    """`text`: of the whole definition; `remarks`: what the sheet says that a definition has no place for."""

    text: str
    remarks: tuple[str, ...]


def update(text: str, fee_id: str, sheet: Sheet, before: Sheet) -> Updated:
    """The definition's text with the table of the fee as `sheet` has it; `before`: as `sheet_of` said it was."""
    if len(sheet.outputs) != 1:
        raise SheetError(f"Bảng của khoản thu cần đúng một cột kết quả, đang có {len(sheet.outputs)}.")
    sheet = sheet.normal()
    remarks = tuple(_remarks(sheet, before))
    wanted, had = _deciding(sheet, before), _deciding(before, before)
    if wanted == had:
        return Updated(text, remarks)
    yaml = _yaml()
    data = yaml.load(text)
    at = next(at for at, fee in enumerate(data["fees"]) if fee["id"] == fee_id)
    amount = data["fees"][at]["amount"]
    if wanted.hit is not had.hit:
        _put(amount, "hit", "" if wanted.hit is Hit.FIRST else str(wanted.hit))
    if wanted.inputs != had.inputs:
        amount["inputs"] = _inputs(amount["inputs"], wanted.inputs, had.inputs, fee_id)
    _headings(amount, wanted, had)
    if wanted.rows != had.rows:
        amount["rows"] = _rows(amount["rows"], wanted.rows, had.rows, fee_id)
    written = io.StringIO()
    yaml.dump(data, written)
    return Updated(_spliced(text, written.getvalue(), ("fees", at, "amount")), remarks)


def _spliced(old: str, new: str, path: Path) -> str:
    """The old text with the lines of one value as the new one has them: what is written by a library in its own way
    elsewhere is of no concern. All of the new text where the value shares its lines with others.
    """
    here, there = _lines(old, path), _lines(new, path)
    if here is None or there is None:
        return new
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    return "".join([*before[: here[0]], *after[there[0] : there[1]], *before[here[1] :]])


def _lines(text: str, path: Path) -> tuple[int, int] | None:
    """The lines of the key and its value, from 0, the end not included."""
    tree = read(text)
    start = tree.keys[path].line
    inside, outside = [start], []
    for marks in (tree.keys, tree.values):
        for place, mark in marks.items():
            if place[: len(path)] == path:
                inside.append(mark.line)
            elif mark.line >= start:
                outside.append(mark.line)
    end = min(outside, default=len(text.splitlines()) + 1)
    # the mapping that holds the key may begin on the key's own line: then the key is not alone there
    return (start - 1, end - 1) if max(inside) < end else None


def _deciding(sheet: Sheet, before: Sheet) -> Sheet:
    """The sheet without what a definition says elsewhere or not at all: types, names, notes."""
    types = {each.id: each.type for each in before.inputs}
    return replace(
        sheet,
        name="",
        description="",
        notes=(),
        inputs=tuple(replace(each, type=types.get(each.id, "")) for each in sheet.inputs),
        outputs=tuple(SheetOutput(values=each.values, default=each.default) for each in sheet.outputs),
        rows=tuple(replace(row, notes=()) for row in sheet.rows),
    )


def _yaml() -> YAML:
    """Reads and writes as the shipped definitions are laid out."""
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 100_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _headings(amount: CommentedMap, sheet: Sheet, before: Sheet) -> None:
    new, old = sheet.outputs[0], before.outputs[0]
    for key, now, changed in (
        ("values", [_scalar(value) for value in new.values], new.values != old.values),
        ("default", _scalar(new.default, quoted=False), new.default != old.default),
    ):
        if not changed:
            continue
        if now in ("", []):
            amount.pop(key, None)
        elif key in amount:
            amount[key] = now
        else:
            amount.insert(list(amount).index("rows"), key, _flow(now) if isinstance(now, list) else now)


def _inputs(
    written: CommentedSeq, inputs: Sequence[SheetInput], before: Sequence[SheetInput], fee_id: str
) -> CommentedSeq:
    known = {each.id: at for at, each in enumerate(before)}
    made: list[tuple[int | None, Any]] = []
    for number, each in enumerate(inputs, 1):
        at = known.get(each.id)
        old = None if at is None else written[at]
        own = old.get("id", "") if isinstance(old, CommentedMap) else ""
        if not own and each.id != f"{fee_id}_input_{number}":
            own = each.id  # where it stands no longer says which column it is
            changed = True
        else:
            changed = at is None or before[at] != each
        if not changed:
            made.append((at, old))
            continue
        label = each.label
        if at is not None and (before[at].expression, before[at].label) == (each.expression, label):
            # a heading taken from the form is not repeated
            label = old.get("label", "") if isinstance(old, CommentedMap) else ""
        allowed = _scalar(each.allowed, number=False)
        parts = {"id": own, "expression": each.expression, "label": label, "values": allowed}
        given = {key: value for key, value in parts.items() if value != ""}
        made.append((at, each.expression if set(given) == {"expression"} else _flow(given)))
    return _sequence(written, made)


def _rows(
    written: CommentedSeq, rows: Sequence[SheetRow], before: Sequence[SheetRow], fee_id: str
) -> CommentedSeq:
    known = {row.id: at for at, row in enumerate(before)}
    made: list[tuple[int | None, Any]] = []
    for number, row in enumerate(rows, 1):
        at = known.get(row.id)
        old = None if at is None else before[at]
        cells = _flow({"when": _flow([]), "amount": 0}) if at is None else written[at]
        if old is None or old.tests != row.tests:
            _when(cells, row.tests, () if old is None else old.tests)
        if old is None or old.values != row.values:
            cells["amount"] = _scalar(row.values[0], quoted=False)
        if old is None or (old.start, old.end) != (row.start, row.end):
            _dates(cells, row)
        if row.label != (old.label if old else ""):
            _put(cells, "label", row.label)
        if "id" not in cells and row.id != f"{fee_id}_row_{number}":
            _put(cells, "id", row.id)
        made.append((at, cells))
    return _sequence(written, made)


def _when(cells: CommentedMap, tests: Sequence[str], before: Sequence[str]) -> None:
    old = cells["when"]
    if len(old) == len(tests) == len(before):
        for at, (now, then) in enumerate(zip(tests, before, strict=True)):
            if now != then:
                old[at] = _scalar(now)
    else:
        cells["when"] = _flow([_scalar(test) for test in tests])


def _dates(cells: CommentedMap, row: SheetRow) -> None:
    days = {key: day for key, day in (("from", row.start), ("to", row.end)) if day is not None}
    if not days:
        cells.pop("effective", None)
    else:
        cells["effective"] = _flow(days)


def _put(cells: CommentedMap, key: str, value: str) -> None:
    """The key with the value, at the head when it is new; away where there is no value."""
    if not value:
        cells.pop(key, None)
    elif key in cells:
        cells[key] = value
    else:
        cells.insert(0, key, value)


def _sequence(written: CommentedSeq, made: Sequence[tuple[int | None, Any]]) -> CommentedSeq:
    """The items in the manner of the list as it was written, each with the comment that stood behind it."""
    new = CommentedSeq(item for _, item in made)
    if written.fa.flow_style():
        new.fa.set_flow_style()
    new.ca.comment = written.ca.comment
    new.ca.end = written.ca.end
    for place, (at, _) in enumerate(made):
        if at is not None and at in written.ca.items:
            new.ca.items[place] = written.ca.items[at]
    return new


def _flow(value: Mapping[str, Any] | Sequence[Any]) -> Any:
    made: Any = CommentedMap(value) if isinstance(value, Mapping) else CommentedSeq(value)
    made.fa.set_flow_style()
    return made


def _scalar(text: str, *, number: bool = True, quoted: bool = True) -> object:
    """A cell as people write it in YAML: a number or truth value as itself, other FEEL within single quotes."""
    if not text:
        return ""
    if number and text in {"true", "false"}:
        return text == "true"
    if number:
        try:
            value = Decimal(text)
        except InvalidOperation:
            pass
        else:
            if text.lstrip("-").isdecimal() and str(int(value)) == text:
                return int(value)
    return SingleQuotedScalarString(text) if quoted and "\n" not in text else text


def _remarks(sheet: Sheet, before: Sheet) -> list[str]:
    found = []
    if sheet.notes:
        found.append(
            f"Cột ghi chú “{'”, “'.join(sheet.notes)}” không có chỗ trong bản cấu hình nên không ghi lại."
        )
    if sheet.name != before.name:
        found.append(f"Tên bảng “{sheet.name}” không ghi lại; tên khoản thu vẫn là “{before.name}”.")
    return found
