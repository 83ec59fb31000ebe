"""Which sensitive answers a document prints: its author must know, and reading it is a reading of them (Đ9.1e)."""

from collections.abc import Iterator, Mapping

from definitions.documents.facts import SECRET
from definitions.documents.model import Document, Slot
from definitions.documents.writing import NAMES
from definitions.model import Definition
from forms.model import Field
from rules.feel import Expression, tree

APPLICANT_NUMBER = "Số định danh của người nộp"


def secrets(document: Document, definition: Definition) -> tuple[str, ...]:
    """Labels of the sensitive answers in it, each once. A condition that reads one gives it away as well."""
    fields = {field.id: field for field in definition.fields}
    return tuple(dict.fromkeys(_secrets(document, fields)))


def _secrets(document: Document, fields: Mapping[str, Field]) -> Iterator[str]:
    for slot in document.slots:
        yield from _of_slot(slot, fields)
    for block in document.body:
        if block.when is not None:
            yield from _of_expression(block.when, fields)
        for shown in block.fields:
            yield from _along(shown.path, fields)
            yield from _inside(shown.field)
        rows = fields.get(block.table)
        for column in block.columns if rows is not None else ():
            assert rows is not None
            yield from _of_slot(column.value, {**fields, **{item.id: item for item in rows.item}})


def _of_slot(slot: Slot, fields: Mapping[str, Field]) -> Iterator[str]:
    if slot.field is None:
        yield from _of_expression(slot.expression, fields)
        return
    yield from _along(slot.path, fields)
    if slot.field.type != "group":
        yield from _inside(slot.field)
        return
    parts = {part.id: part for part in slot.field.item}
    named = next((name for name in NAMES if name in parts), None)
    shown = slot.field.line or ((named,) if named is not None else tuple(parts))
    for name in shown:
        if parts[name].sensitive:
            yield parts[name].label


def _of_expression(expression: Expression, fields: Mapping[str, Field]) -> Iterator[str]:
    paths = {node.name for node in tree.walk(expression.tree) if isinstance(node, tree.Path)}
    for name in expression.sources:
        field = fields.get(name)
        if field is None:
            if any((name, part) in SECRET for part in paths):
                yield APPLICANT_NUMBER
        elif field.sensitive:
            yield field.label
        else:
            yield from (part.label for part in _parts(field) if part.sensitive and part.id in paths)


def _along(path: tuple[str, ...], fields: Mapping[str, Field]) -> Iterator[str]:
    """Of a part, what holds it and itself."""
    for name in path:
        field = fields[name]
        if field.sensitive:
            yield field.label
        fields = {part.id: part for part in field.item}


def _inside(field: Field) -> Iterator[str]:
    return (part.label for part in _parts(field) if part.sensitive)


def _parts(field: Field) -> Iterator[Field]:
    for part in field.item:
        yield part
        yield from _parts(part)
