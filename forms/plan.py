"""A form worked out once: the order its values are found in, and everything that does not depend on answers.

The value of a field depends on the fields its visibility (and its page's), its options, its computation and its
rows read. `min`, `max`, `required` and `checks` only judge values, so they come when all values are known and may
read any field. A circle of values has no order; `check_cycles` finds those, and a plan of such a form (a linter
refuses it) goes round in page order.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from forms.model import Field, Form, Option, Page
from forms.types import REGISTRY, FieldType, Parser
from rules.feel import Expression

_NUMBER: Final = re.compile(r"\s*(-?[0-9]{1,15}(?:\.[0-9]{1,10})?)\s*")
_PLANS_KEPT: Final = 1_024
NESTING: Final = frozenset({"list", "group"})
"""Types whose `item` fields have a scope of their own."""


@dataclass(frozen=True, slots=True)
class Node:
    """One field as the evaluator meets it. Bounds that are plain numbers are worked out already."""

    place: int  # in page order within its group
    id: str
    field: Field
    page: int
    type: FieldType
    parse: Parser
    stores: bool
    visible: Expression | None
    compute: Expression | None
    gates: tuple[Option, ...]  # options offered only sometimes
    default: object
    required: Expression | bool
    low: Expression | Decimal | None
    high: Expression | Decimal | None
    bounded: bool
    watches: tuple[frozenset[str], ...]  # what each check reads, the field itself left out
    group: "Group | None"  # of a list's rows or a group's parts
    repeats: bool  # a list


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that share a scope: a form's, one row's of a list, or a group's parts. `blank` names them all as null."""

    nodes: tuple[Node, ...]
    order: tuple[Node, ...]
    blank: Mapping[str, None]
    reads_early: bool  # some value needs expressions
    reads_late: bool  # some judgement does
    judged: bool  # anything can be wrong beyond what reading finds
    straight: bool  # order is page order


@dataclass(frozen=True, slots=True)
class Plan:
    pages: tuple[Page, ...]
    page_ids: tuple[str, ...]
    group: Group


_plans: dict[int, tuple[object, Plan]] = {}


def plan_of(form: Form) -> Plan:
    """The form's plan, made at the first use. Kept by identity: a form is as immutable as it is large, and hashing
    it would cost more than evaluating it. The form is kept too, so that its identity stays its own.
    """
    kept = _plans.get(id(form))
    if kept is not None and kept[0] is form:
        return kept[1]
    return _keep(form, make_plan(form.pages))


def plan_of_fields(fields: tuple[Field, ...]) -> Plan:
    """As `plan_of`, for fields that stand on no page."""
    kept = _plans.get(id(fields))
    if kept is not None and kept[0] is fields:
        return kept[1]
    return _keep(fields, make_plan((Page(id="", title="", fields=fields),)))


def _keep(key: object, plan: Plan) -> Plan:
    if len(_plans) >= _PLANS_KEPT:
        _plans.clear()
    _plans[id(key)] = (key, plan)
    return plan


def make_plan(pages: tuple[Page, ...]) -> Plan:
    placed = [(at, field) for at, page in enumerate(pages) for field in page.fields]
    page_sources = [_sources(page.visible) for page in pages]
    return Plan(pages, tuple(page.id for page in pages), _group(placed, page_sources))


def _group(placed: list[tuple[int, Field]], page_sources: list[frozenset[str]]) -> Group:
    nodes = tuple(_node(place, page, field) for place, (page, field) in enumerate(placed))
    needs = {field.id: value_sources(field) | page_sources[page] for page, field in placed}
    order = _ordered(nodes, needs)
    early = any(n.visible or n.compute or n.gates or (n.group and n.group.reads_early) for n in nodes)
    late = any(_judges(n) or (n.group and n.group.reads_late) for n in nodes)
    judged = late or any(n.required is not False or n.bounded or n.group for n in nodes)
    blank = dict.fromkeys(node.id for node in nodes if node.stores)
    return Group(nodes, order, blank, bool(early), bool(late), judged, order == nodes)


def _judges(node: Node) -> bool:
    return bool(
        isinstance(node.required, Expression)
        or isinstance(node.low, Expression)
        or isinstance(node.high, Expression)
        or node.field.checks
    )


def _node(place: int, page: int, field: Field) -> Node:
    kind = REGISTRY[field.type]
    group = _group([(0, item) for item in field.item], [frozenset()]) if field.type in NESTING else None
    low, high = _bound(field.min), _bound(field.max)
    return Node(
        place=place,
        id=field.id,
        field=field,
        page=page,
        type=kind,
        parse=kind.parser(field),
        stores=kind.stores,
        visible=field.visible,
        compute=field.compute if kind.name == "computed" else None,
        gates=tuple(option for option in field.options if option.when is not None),
        default=field.default,
        required=_required(field, kind),
        low=low,
        high=high,
        bounded=low is not None or high is not None or group is not None,
        watches=tuple(_sources(check.rule) - {field.id} for check in field.checks),
        group=group,
        repeats=kind.name == "list",
    )


def _required(field: Field, kind: FieldType) -> Expression | bool:
    """A declaration is always to be made; what asks nothing requires nothing."""
    if kind.name == "declaration":
        return True
    if not kind.asks:
        return False
    if isinstance(field.required, Expression):
        text = field.required.text.strip()
        return {"true": True, "false": False}.get(text, field.required)
    return field.required


def _bound(expression: Expression | None) -> Expression | Decimal | None:
    match = _NUMBER.fullmatch(expression.text) if expression is not None else None
    return Decimal(match[1]) if match else expression


def _sources(expression: Expression | bool | None) -> frozenset[str]:
    return expression.sources if isinstance(expression, Expression) else frozenset()


def value_sources(field: Field) -> frozenset[str]:
    """Names outside the field that its value depends on (of a list or group: names outside its rows or parts)."""
    found = _sources(field.visible)
    for option in field.options:
        found |= _sources(option.when)
    if field.type == "computed":
        found |= _sources(field.compute)
    if field.type in NESTING:
        inner = frozenset(item.id for item in field.item)
        for item in field.item:
            found |= value_sources(item) - inner
    return found


def _ordered(nodes: tuple[Node, ...], needs: Mapping[str, Collection[str]]) -> tuple[Node, ...]:
    """Page order, but what a value needs comes before it."""
    by_id = {node.id: node for node in nodes}
    done: dict[str, None] = {}
    for start in by_id:
        stack = [start]
        entered = set()
        while stack:
            name = stack[-1]
            if name in done:
                stack.pop()
                continue
            entered.add(name)
            waits = [n for n in _in_order(needs[name], by_id) if n not in done and n not in entered]
            if waits:
                stack.append(waits[0])
            else:
                done[name] = None
                stack.pop()
    return tuple(by_id[name] for name in done)


def _in_order(names: Collection[str], by_id: Mapping[str, Node]) -> Iterable[str]:
    return sorted((name for name in names if name in by_id), key=lambda name: by_id[name].place)
