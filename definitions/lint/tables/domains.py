"""What the inputs of a table may be, from the fields, cases and channels that the definition declares."""

from dataclasses import replace
from decimal import Decimal
from typing import Final

from definitions.explain import SCOPE_LABELS, labels
from definitions.model import Definition
from definitions.scope import closed, words
from forms.model import Field
from forms.types import REGISTRY
from rules.feel import Expression, FeelLimitError, FeelValue, tree
from rules.feel.values import kind
from rules.tables import DecisionTable
from rules.tables.analysis import Domain
from rules.tables.analysis.cells import is_constant

_WHOLE: Final = frozenset({"integer", "money"})
_COUNTS: Final = frozenset({"count", "string length"})


def domains(definition: Definition, table: DecisionTable) -> dict[str, Domain]:
    """By the text of each input's expression. An input that is no plain name is bounded by its type alone."""
    names = labels(definition)
    found: dict[str, Domain] = {}
    for column in table.columns:
        expression = column.expression
        text = expression.text.strip()
        domain = _domain(definition, expression)
        said = (
            column.label if column.label != expression.text else names.get(text) or expression.explain(names)
        )
        found[text] = replace(domain, label=said)
    return found


def path_of(node: tree.Node) -> tuple[str, ...] | None:
    """`agency.level` as its names; None for anything but names joined by dots."""
    if isinstance(node, tree.Name):
        return (node.name,)
    if isinstance(node, tree.Path):
        base = path_of(node.base)
        return None if base is None else (*base, node.name)
    return None


def field_at(definition: Definition, path: tuple[str, ...]) -> tuple[Field, ...]:
    """The field that a path names, after those that hold it; nothing where there is none, or it lies in a list."""
    found: list[Field] = []
    within = definition.fields
    for name in path:
        field = next((each for each in within if each.id == name), None)
        if field is None or (found and found[-1].type == "list"):
            return ()
        found.append(field)
        within = field.item
    return tuple(found)


def _domain(definition: Definition, expression: Expression) -> Domain:
    node = expression.tree
    if (
        isinstance(node, tree.Call)
        and isinstance(node.function, tree.Name)
        and node.function.name in _COUNTS
        and expression.type.kind == "number"
    ):
        counted = [path_of(argument.value) for argument in node.arguments]
        fields = field_at(definition, counted[0]) if counted and counted[0] else ()
        always = bool(fields) and all(_always_answered(definition, each) for each in fields)
        return Domain("number", low=Decimal(0), integer=True, nullable=not always)
    path = path_of(node)
    if path is None:
        return Domain()
    fields = field_at(definition, path)
    if fields:
        return _of_field(definition, fields)
    return _of_scope(definition, ".".join(path))


def _of_scope(definition: Definition, name: str) -> Domain:
    """What is known besides the form; the last case is taken to hold always (another rule asks for that)."""
    if name == "case" and definition.cases:
        return Domain.of(
            [case.id for case in definition.cases],
            nullable=False,
            labels={case.id: case.label for case in definition.cases},
        )
    values = closed(definition, name)
    if values is not None:
        return Domain.of(list(values), nullable=False, labels=words(name))
    return Domain(nullable=name not in SCOPE_LABELS or name.endswith(".identifier"))


def _of_field(definition: Definition, fields: tuple[Field, ...]) -> Domain:
    field = fields[-1]
    nullable = field.type == "computed" or not all(_always_answered(definition, each) for each in fields)
    if field.type == "choice" and field.options:
        return Domain.of(
            [option.value for option in field.options],
            nullable=nullable,
            labels={option.value: option.label for option in field.options},
        )
    low, high = _bound(field.min), _bound(field.max)
    known = REGISTRY[field.type].feel_type(field).kind
    if field.type == "money":
        low = max(low, Decimal(0)) if isinstance(low, Decimal) else Decimal(0)
    return Domain(
        known,
        low=low if low is not None and kind(low) == known else None,
        high=high if high is not None and kind(high) == known else None,
        integer=field.type in _WHOLE,
        nullable=nullable,
    )


def _always_answered(definition: Definition, field: Field) -> bool:
    """Whether a submission that is accepted has an answer; a page that may not be shown may hide any field."""
    pages = definition.whole_form.pages
    page = next((page for page in pages if any(each.id == field.id for each in page.fields)), None)
    hidden = field.visible is not None or (page is not None and page.visible is not None)
    return not hidden and (field.required is True or field.type == "list")


def _bound(bound: Expression | None) -> FeelValue:
    """A limit that is the same for everyone."""
    if bound is None or not is_constant(bound):
        return None
    try:
        return bound.evaluate({})
    except FeelLimitError:
        return None
