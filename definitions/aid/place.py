"""What an expression at a place of a definition may read, and what is wanted of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Literal

from definitions.amounts import AmountTable
from definitions.compiler.names import DOCUMENT_SCOPE, QUESTION_SCOPE, SCOPE
from definitions.conditions import Subject, subjects
from definitions.explain import labels
from definitions.facts import FACTS, FEEL
from definitions.model import Definition
from definitions.reading.tree import Path
from forms.model import Field
from forms.names import feel_names
from rules.feel import FeelType, T

Wanted = Literal["boolean", "number", "date", "any", "tests"]

_CONDITIONS: Final = frozenset({"when", "visible", "required", "skip_when", "rule"})
_NUMBERS: Final = frozenset({"amount", "times", "default", "values"})


@dataclass(frozen=True)
class Place:
    """`names`: all that may be read and its type; `fields`: the answers among them, the nearest first; `wanted`: what
    the expression must give, `tests` for the cell of a table; `tested`: then the type of the column.
    """

    definition: Definition
    path: Path
    names: Mapping[str, FeelType]
    fields: tuple[Field, ...]
    wanted: Wanted = "any"
    tested: FeelType = T.ANY
    column: str = ""

    @cached_property
    def labels(self) -> Mapping[str, str]:
        found = dict(labels(self.definition))
        for name, fact in FACTS.items():
            if name in self.names:
                found.setdefault(name, fact.label)
        for field in self.fields:
            found.setdefault(field.id, field.label)
        return found

    @cached_property
    def subjects(self) -> tuple[Subject, ...]:
        return subjects(self.definition, self.names, self.fields)

    def subject(self, path: str) -> Subject | None:
        return next((each for each in self.subjects if each.path == path), None)


def place(definition: Definition, path: Path) -> Place:
    """`path`: keys, and numbers or ids of list elements (`("form", "pages", "ho_so", "fields", "owner", "visible")`)."""
    head = path[0] if path else ""
    fields = definition.questions if head in {"questions", "cases"} else definition.fields
    around: Mapping[str, FeelType] = QUESTION_SCOPE if head in {"questions", "cases"} else SCOPE
    names: dict[str, FeelType] = {}
    match head:
        case "documents":
            # what the dossier knows comes before answers of the same name
            names = {**feel_names(fields), **DOCUMENT_SCOPE}
        case "events":
            names = {**feel_names(fields), **{name: FEEL[fact.kind] for name, fact in FACTS.items()}}
        case "workflow":
            names = {**around, **feel_names(fields), "chosen": T.list_of(T.STRING), "item": T.STRING}
        case _:
            names = {**around, **feel_names(fields)}
    if head in {"questions", "form"}:
        inner = _inside(definition, path)
        names.update(feel_names(inner))
        ids = {field.id for field in inner}
        fields = (*inner, *(field for field in fields if field.id not in ids))
    wanted, tested, column = _wanted(definition, path)
    return Place(definition, path, names, fields, wanted, tested, column)


def named(data: object, path: Sequence[str | int]) -> Path:
    """The path with elements by their ids where they have one, so that shared blocks put in before them do not matter."""
    found: list[str | int] = []
    for part in path:
        here: Any = None
        if isinstance(data, list) and isinstance(part, int) and 0 <= part < len(data):
            here = data[part]
        elif isinstance(data, dict):
            here = data.get(part)
        own = here.get("id") if isinstance(here, dict) and isinstance(data, list) else None
        found.append(own if isinstance(own, str) and own else part)
        data = here
    return tuple(found)


def _inside(definition: Definition, path: Path) -> tuple[Field, ...]:
    """The fields of the rows or groups that the place lies in, the nearest first."""
    found: tuple[Field, ...] = ()
    level: Sequence[Field] = definition.questions
    rest = path[1:]
    if path[0] == "form":
        page = _element(definition.form.pages, path[2]) if len(path) > 2 else None
        level, rest = (() if page is None else page.fields), path[4:]
    while len(rest) > 2 and rest[1] == "item":
        field = _element(level, rest[0])
        if field is None:
            break
        ids = {part.id for part in field.item}
        found = (*field.item, *(each for each in found if each.id not in ids))
        level, rest = field.item, rest[2:]
    return found


def _element(items: Sequence[Any], part: str | int) -> Any:
    """By number or by id; None where there is none."""
    if isinstance(part, int):
        return items[part] if 0 <= part < len(items) else None
    return next((item for item in items if item.id == part), None)


def _wanted(definition: Definition, path: Path) -> tuple[Wanted, FeelType, str]:
    if path[:1] == ("fees",) and "rows" in path and path[-2:-1] == ("when",):
        fee = _element(definition.fees, path[1])
        at = path[-1]
        if fee is not None and isinstance(fee.amount, AmountTable) and isinstance(at, int):
            columns = fee.amount.table.columns
            if 0 <= at < len(columns):
                return "tests", columns[at].type, columns[at].expression.text.strip()
        return "tests", T.ANY, ""
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    if key in _CONDITIONS:
        return "boolean", T.ANY, ""
    if key in _NUMBERS or (path[:1] == ("fees",) and key in {"min", "max"}):
        return "number", T.ANY, ""
    return ("date", T.ANY, "") if key in {"until", "from"} else ("any", T.ANY, "")
