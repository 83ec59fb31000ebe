"""Every place of a definition that speaks of one of its elements by id."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from definitions import blocks as shared_blocks
from definitions.raw import mapping, rows
from definitions.reading.tree import Path
from definitions.references.declaring import Blocks, declared
from definitions.references.examples import examples
from definitions.references.model import UNKNOWN, Acted, Index, Names, Shape
from definitions.references.telling import Walk
from definitions.references.workflow import events, workflow

_NOTHING: Final[Acted] = MappingProxyType({})
_CONDITIONS: Final = ("required", "visible", "compute", "min", "max")


def index(data: Any, acted: Acted = _NOTHING, blocks: Blocks | None = None) -> Index:
    """`data`: of a definition's text, which may be a draft with anything missing; `acted`: at which step the examples'
    actions were taken, where the examples have been run; `blocks`: the shared ones, those shipped unless given.
    """
    known_blocks = shared_blocks.shared() if blocks is None else blocks
    found = declared(data, known_blocks)
    walk, whole = Walk(found, acted), mapping(data)
    _fields(walk, whole.get("questions"), ("questions",), walk.of_questions, known_blocks)
    for at, page in rows(mapping(whole.get("form")).get("pages")):
        path: Path = ("form", "pages", at)
        walk.feel(page.get("visible"), (*path, "visible"), walk.of_form)
        _fields(walk, page.get("fields"), (*path, "fields"), walk.of_form, known_blocks)
    for at, case in rows(whole.get("cases")):
        walk.feel(case.get("when"), ("cases", at, "when"), walk.of_questions)
    for at, paper in rows(whole.get("attachments")):
        _paper(walk, paper, ("attachments", at))
    for at, fee in rows(whole.get("fees")):
        _fee(walk, fee, ("fees", at))
    for at, row in rows(whole.get("deadline")):
        walk.feel(row.get("when"), ("deadline", at, "when"), walk.of_form)
        for number, more in rows(row.get("more")):
            walk.feel(more.get("when"), ("deadline", at, "more", number, "when"), walk.of_form)
    workflow(walk, mapping(whole.get("workflow")))
    for at, document in rows(whole.get("documents")):
        _document(walk, document, ("documents", at))
    events(walk, whole.get("events"))
    examples(walk, whole.get("examples"))
    return Index(tuple(found.symbols), tuple(walk.uses), tuple(walk.unread), tuple(walk.unsure))


def _fields(walk: Walk, value: Any, path: Path, names: Names, blocks: Blocks) -> None:
    for at, field in rows(value):
        here = (*path, at)
        shape = walk.declared.inner[here][1]
        for key in _CONDITIONS:
            walk.feel(field.get(key), (*here, key), names)
        _checks(walk, field, here, names)
        options = field.get("options")
        for number, option in rows(options):
            walk.feel(option.get("when"), (*here, "options", number, "when"), names)
        walk.whole(
            mapping(options).get("vocabulary"), (*here, "options", "vocabulary"), walk.declared.vocabularies
        )
        walk.feel(mapping(options).get("parent"), (*here, "options", "parent"), names)
        for key, other in mapping(field.get("check_against")).items():
            walk.feel(other, (*here, "check_against", key), names)
        walk.answers(field.get("default"), (*here, "default"), shape)
        inner = {**names, **(shape.item.fields or {})}
        line = field.get("line")
        for number, name in enumerate(line if isinstance(line, list) else ()):
            walk.dotted(name, (*here, "line", number), shape.item.fields or {})
        _parts(walk, field.get("parts"), (*here, "parts"), inner)
        _fields(walk, field.get("item"), (*here, "item"), inner, blocks)


def _parts(walk: Walk, value: Any, path: Path, names: Names) -> None:
    """What is changed of a shared block: its parts' own names come first."""
    for name, change in mapping(value).items():
        here = (*path, name)
        for key in _CONDITIONS:
            walk.feel(mapping(change).get(key), (*here, key), names)
        _checks(walk, mapping(change), here, names)
        shape = names.get(name, (None, UNKNOWN))[1]
        _parts(walk, mapping(change).get("parts"), (*here, "parts"), {**names, **(shape.fields or {})})


def _checks(walk: Walk, field: Mapping[str, Any], path: Path, names: Names) -> None:
    for number, check in rows(field.get("checks")):
        walk.feel(check.get("rule"), (*path, "checks", number, "rule"), names)


def _paper(walk: Walk, paper: Mapping[str, Any], path: Path) -> None:
    for key in ("when", "required"):
        walk.feel(paper.get(key), (*path, key), walk.of_form)
    walk.feel(paper.get("each"), (*path, "each"), walk.of_form)
    walk.feel(mapping(paper.get("valid_for")).get("from"), (*path, "valid_for", "from"), walk.of_form)


def _fee(walk: Walk, fee: Mapping[str, Any], path: Path) -> None:
    for key in ("when", "times", "min", "max"):
        walk.feel(fee.get(key), (*path, key), walk.of_form)
    amount = fee.get("amount")
    if isinstance(amount, Mapping):
        _table(walk, amount, (*path, "amount"))
    else:
        walk.feel(amount, (*path, "amount"), walk.of_form)
    for at, exempt in rows(fee.get("exempt")):
        walk.feel(exempt.get("when"), (*path, "exempt", at, "when"), walk.of_form)
        walk.whole(exempt.get("proof"), (*path, "exempt", at, "proof"), walk.declared.papers)


def _table(walk: Walk, table: Mapping[str, Any], path: Path) -> None:
    columns: list[Shape] = []
    inputs = table.get("inputs")
    for at, column in enumerate(inputs if isinstance(inputs, list) else ()):
        here: Path = (*path, "inputs", at)
        if not isinstance(column, Mapping):
            columns.append(walk.feel(column, here, walk.of_form))
            continue
        columns.append(walk.feel(column.get("expression"), (*here, "expression"), walk.of_form))
        _cells(walk, column.get("values"), (*here, "values"), [columns[-1]])
    for at, row in rows(table.get("rows")):
        when, here = row.get("when"), (*path, "rows", at)
        for number, cell in enumerate(when if isinstance(when, list) else ()):
            column = columns[number] if number < len(columns) else UNKNOWN
            walk.tests(cell, (*here, "when", number), walk.of_form, column)
        walk.feel(row.get("amount"), (*here, "amount"), walk.of_form)
    walk.feel(table.get("default"), (*path, "default"), walk.of_form)
    values = table.get("values")
    for at, value in enumerate(values if isinstance(values, list) else ()):
        walk.feel(value, (*path, "values", at), walk.of_form)


def _cells(walk: Walk, value: Any, path: Path, columns: list[Shape]) -> None:
    """Values that a column allows: one cell, or a list of them."""
    if isinstance(value, list):
        for at, each in enumerate(value):
            walk.tests(each, (*path, at), walk.of_form, columns[0])
    else:
        walk.tests(value, path, walk.of_form, columns[0])


def _document(walk: Walk, document: Mapping[str, Any], path: Path) -> None:
    names = walk.of_documents
    for key in ("title", "subtitle", "addressee"):
        walk.text(document.get(key), (*path, key), names)
    for key in ("title", "role"):
        walk.text(mapping(document.get("signature")).get(key), (*path, "signature", key), names)
    for key in ("basis", "recipients"):
        texts = document.get(key)
        for at, text in enumerate(texts if isinstance(texts, list) else ()):
            walk.text(text, (*path, key, at), names)
    walk.feel(document.get("when"), (*path, "when"), names)
    walk.each(document.get("at"), (*path, "at"), walk.declared.steps)
    body = document.get("body")
    for at, block in enumerate(body if isinstance(body, list) else ()):
        here: Path = (*path, "body", at)
        if isinstance(block, Mapping):
            _block(walk, block, here)
        else:
            walk.text(block, here, names)


def _block(walk: Walk, block: Mapping[str, Any], path: Path) -> None:
    names = walk.of_documents
    for key in ("heading", "text", "centre"):
        walk.text(block.get(key), (*path, key), names)
    walk.feel(block.get("when"), (*path, "when"), names)
    shown = block.get("fields")
    for at, name in enumerate(shown if isinstance(shown, list) else ()):
        walk.dotted(name, (*path, "fields", at), walk.declared.fields)
    table = block.get("table")
    walk.dotted(table, (*path, "table"), walk.declared.fields)
    row = walk.declared.fields.get(str(table), (None, UNKNOWN))[1].item.fields or {}
    for at, column in rows(block.get("columns")):
        walk.slot(column.get("value"), (*path, "columns", at, "value"), {**names, **row})
