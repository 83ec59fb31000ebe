"""The elements of a definition that others speak of by id, as far as it is written: a draft may lack anything."""

from collections.abc import Mapping
from typing import Any

from definitions.raw import mapping, rows
from definitions.reading.tree import Path
from definitions.references.model import UNKNOWN, Declared, Kind, Named, Shape, Symbol

Blocks = Mapping[str, Mapping[str, Any]]


def declared(data: Any, blocks: Blocks) -> Declared:
    """`blocks`: the shared ones by id; the parts that they bring along have names, but none that can be changed here."""
    whole, found = mapping(data), Declared()
    found.questions = _fields(whole.get("questions"), ("questions",), blocks, found)
    found.fields = dict(found.questions)
    for at, page in rows(mapping(whole.get("form")).get("pages")):
        path: Path = ("form", "pages", at)
        _symbol("page", path, page, found)
        for name, named in _fields(page.get("fields"), (*path, "fields"), blocks, found).items():
            found.fields.setdefault(name, named)
    for key, kind, into in (
        ("cases", "case", found.cases),
        ("attachments", "paper", found.papers),
        ("fees", "fee", found.fees),
        ("documents", "document", found.documents),
        ("events", "event", found.events),
    ):
        _listed(key, kind, whole.get(key), into, found)  # type: ignore[arg-type]  # the kinds above
    _workflow(mapping(whole.get("workflow")), found)
    for name in mapping(whole.get("vocabularies")):
        found.vocabularies[name] = Symbol("vocabulary", ("vocabularies", name), name, "")
        found.symbols.append(found.vocabularies[name])
    return found


def _listed(key: str, kind: Kind, value: Any, into: dict[str, Symbol], found: Declared) -> None:
    for at, each in rows(value):
        symbol = _symbol(kind, (key, at), each, found)
        if symbol is not None:
            into.setdefault(symbol.id, symbol)


def _workflow(workflow: Mapping[str, Any], found: Declared) -> None:
    """A shared workflow has its steps and roles from elsewhere."""
    if "use" in workflow:
        return
    for name in mapping(workflow.get("roles")):
        found.roles[name] = Symbol("role", ("workflow", "roles", name), name, "")
        found.symbols.append(found.roles[name])
    for at, step in rows(workflow.get("steps")):
        path: Path = ("workflow", "steps", at)
        symbol = _symbol("step", path, step, found)
        if symbol is not None:
            found.steps.setdefault(symbol.id, symbol)
        actions = found.actions.setdefault(at, {})
        for number, each in rows(step.get("actions")):
            action = _symbol("action", (*path, "actions", number), each, found)
            if action is not None:
                actions.setdefault(action.id, action)


def _fields(value: Any, path: Path, blocks: Blocks, found: Declared) -> dict[str, Named]:
    names: dict[str, Named] = {}
    for at, field in rows(value):
        here = (*path, at)
        symbol = _symbol("field", here, field, found)
        named = (symbol, _shape(field, here, blocks, found))
        found.inner[here] = named
        if symbol is not None:
            names.setdefault(symbol.id, named)
    return names


def _shape(field: Mapping[str, Any], path: Path, blocks: Blocks, found: Declared) -> Shape:
    kind = str(field.get("type", ""))
    if kind in {"choice", "multi_choice"}:
        values: dict[str, Symbol] = {}
        for at, option in rows(field.get("options")):
            symbol = _symbol("option", (*path, "options", at), option, found, "value")
            if symbol is not None:
                values.setdefault(symbol.id, symbol)
        one = Shape(values=values)
        return one if kind == "choice" else Shape(element=one)
    if kind in {"list", "group"}:
        group = Shape(fields=_fields(field.get("item"), (*path, "item"), blocks, found))
        return group if kind == "group" else Shape(element=group)
    return _of_block(kind, blocks, ()) if kind in blocks else UNKNOWN


def _of_block(name: str, blocks: Blocks, within: tuple[str, ...]) -> Shape:
    if name not in blocks or name in within:
        return UNKNOWN
    parts = {
        str(part.get("id", "")): (None, _of_block(str(part.get("type", "")), blocks, (*within, name)))
        for _, part in rows(blocks[name].get("parts"))
    }
    return Shape(fields=parts)


def _symbol(
    kind: Kind, path: Path, value: Mapping[str, Any], found: Declared, key: str = "id"
) -> Symbol | None:
    name = value.get(key)
    if not isinstance(name, str) or not name:
        return None
    symbol = Symbol(kind, path, name, key)
    found.symbols.append(symbol)
    return symbol
