"""What each kind of node demands of its parts, and the type it has."""

from __future__ import annotations

from rules.feel import tree
from rules.feel import types as T  # noqa: N812
from rules.feel.check import OPEN, Checker, Scope, rule
from rules.feel.operations import arithmetic_type, comparable
from rules.feel.properties import BY_KIND
from rules.feel.types import ANY, BOOLEAN, FeelType
from rules.feel.values import KINDS, Range

SIGNS = {"+": "cộng", "-": "trừ", "*": "nhân", "/": "chia", "**": "lũy thừa"}


@rule(tree.Literal)
def literal(_c: Checker, node: tree.Literal, _scope: Scope | None) -> FeelType:
    if isinstance(node.value, Range):
        return T.RANGE
    return FeelType(KINDS[node.value.__class__])


@rule(tree.Name)
def name(c: Checker, node: tree.Name, scope: Scope | None) -> FeelType:
    return c.name(node, scope)


@rule(tree.Negation)
def negation(c: Checker, node: tree.Negation, scope: Scope | None) -> FeelType:
    found = c.infer(node.operand, scope)
    if found.kind not in OPEN | {"number", "days and time duration", "years and months duration"}:
        c.fail(node, f"Dấu trừ không đặt trước {found.title} được.")
        return ANY
    return found


@rule(tree.Arithmetic)
def arithmetic(c: Checker, node: tree.Arithmetic, scope: Scope | None) -> FeelType:
    left, right = c.infer(node.left, scope), c.infer(node.right, scope)
    found = arithmetic_type(node.op, left, right)
    if found is None:
        message = f"Không {SIGNS[node.op]} {left.title} với {right.title} được."
        if node.op == "+" and "string" in {left.kind, right.kind}:
            message += " Muốn nối thành chuỗi, xin dùng string(…)."
        if {left.kind, right.kind} == {"date", "date and time"}:
            message += " Xin dùng date(…) để lấy ngày của ngày giờ."
        c.fail(node, message)
        return ANY
    return found


@rule(tree.Comparison)
def comparison(c: Checker, node: tree.Comparison, scope: Scope | None) -> FeelType:
    left, right = c.infer(node.left, scope), c.infer(node.right, scope)
    require_comparable(c, node, node.op, left, right)
    return BOOLEAN


def require_comparable(c: Checker, node: tree.Node, op: str, left: FeelType, right: FeelType) -> None:
    if comparable(op, left, right):
        return
    message = f"Không so sánh {left.title} với {right.title} bằng “{op}” được."
    if {left.kind, right.kind} == {"date", "date and time"}:
        message += " Xin dùng date(…) để lấy ngày của ngày giờ."
    c.fail(node, message)


@rule(tree.And)
def conjunction(c: Checker, node: tree.And, scope: Scope | None) -> FeelType:
    return _logic(c, node.parts, scope, "and")


@rule(tree.Or)
def disjunction(c: Checker, node: tree.Or, scope: Scope | None) -> FeelType:
    return _logic(c, node.parts, scope, "or")


def _logic(c: Checker, parts: tuple[tree.Node, ...], scope: Scope | None, word: str) -> FeelType:
    for part in parts:
        c.wants(part, c.infer(part, scope), BOOLEAN, f"Mỗi vế của “{word}”")
    return BOOLEAN


@rule(tree.Between)
def between(c: Checker, node: tree.Between, scope: Scope | None) -> FeelType:
    value = c.infer(node.value, scope)
    for end in (node.low, node.high):
        require_comparable(c, end, "<=", value, c.infer(end, scope))
    return BOOLEAN


@rule(tree.In)
def contained(c: Checker, node: tree.In, scope: Scope | None) -> FeelType:
    value = c.infer(node.value, scope)
    for test in node.tests:
        check_test(c, test, value, scope)
    return BOOLEAN


def check_test(c: Checker, test: tree.Node, value: FeelType, scope: Scope | None) -> None:
    """One alternative of `in`, or of a unary test."""
    if isinstance(test, tree.Operator):
        require_comparable(c, test, test.op, value, c.infer(test.value, scope))
        return
    found = c.infer(test, scope)
    element = found.element or ANY if found.kind in {"list", "range"} else found
    if element.kind == "range":
        element = element.element or ANY
    if found.kind == value.kind or element.kind in {"boolean", "list"}:
        return
    require_comparable(c, test, "<=" if found.kind == "range" else "=", value, element)


@rule(tree.Operator)
def operator(c: Checker, node: tree.Operator, scope: Scope | None) -> FeelType:
    c.infer(node.value, scope)
    return BOOLEAN


@rule(tree.If)
def choice(c: Checker, node: tree.If, scope: Scope | None) -> FeelType:
    c.wants(node.condition, c.infer(node.condition, scope), BOOLEAN, "Điều kiện của “if”")
    return T.join(c.infer(node.then, scope), c.infer(node.otherwise, scope))


def iterate(c: Checker, parts: tuple[tree.Iteration, ...], scope: Scope | None) -> Scope | None:
    """The scope of the body of a loop."""
    for part in parts:
        found = c.infer(part, scope)
        scope = Scope(scope, part.name, found)
    return scope


@rule(tree.Iteration)
def iteration(c: Checker, node: tree.Iteration, scope: Scope | None) -> FeelType:
    source = c.infer(node.source, scope)
    if node.end is not None:
        require_comparable(c, node.end, "<=", source, c.infer(node.end, scope))
        return source
    return source.element or ANY if source.kind in {"list", "range"} else source


@rule(tree.For)
def loop(c: Checker, node: tree.For, scope: Scope | None) -> FeelType:
    inner = Scope(iterate(c, node.iterations, scope), "partial", T.LIST)
    return T.list_of(c.infer(node.body, inner))


@rule(tree.Quantified)
def quantified(c: Checker, node: tree.Quantified, scope: Scope | None) -> FeelType:
    inner = iterate(c, node.iterations, scope)
    c.wants(node.body, c.infer(node.body, inner), BOOLEAN, "Điều kiện sau “satisfies”")
    return BOOLEAN


@rule(tree.InstanceOf)
def instance_of(c: Checker, node: tree.InstanceOf, scope: Scope | None) -> FeelType:
    c.infer(node.value, scope)
    if node.wanted is None:
        c.fail_unknown("kiểu dữ liệu", node.type_name, T.BY_NAME, "type", node.span.end - len(node.type_name))
    return BOOLEAN


@rule(tree.Filter)
def filtered(c: Checker, node: tree.Filter, scope: Scope | None) -> FeelType:
    base = c.infer(node.base, scope)
    item = base.element or ANY if base.kind == "list" else base
    condition = c.infer(node.condition, Scope(scope, None, item))
    if condition.kind not in OPEN | {"boolean", "number"}:
        c.fail(
            node.condition,
            f"Điều kiện lọc trong [ ] phải là đúng/sai hoặc số thứ tự, ở đây là {condition.title}.",
        )
    if condition.kind == "number":
        return item
    return T.list_of(item) if condition.kind == "boolean" else ANY


@rule(tree.Path)
def path(c: Checker, node: tree.Path, scope: Scope | None) -> FeelType:
    return field_type(c, node, c.infer(node.base, scope))


def field_type(c: Checker, node: tree.Path, base: FeelType) -> FeelType:
    if base.kind in OPEN:
        return ANY
    if base.kind == "list":
        return T.list_of(field_type(c, node, base.element or ANY))
    known: tuple[str, ...]
    if base.kind == "context":
        found, known = base.field(node.name), base.names
    else:
        getters = BY_KIND.get(base.kind, {})
        found, known = getters[node.name][0] if node.name in getters else None, tuple(getters)
        if not known:
            c.fail(
                node,
                f"{base.title.capitalize()} không có trường nào bên trong, nên không viết “.{node.name}” được.",
            )
    if found is None:
        c.fail_unknown("trường", node.name, known, "field", node.span.end - len(node.name))
        return ANY
    return found


@rule(tree.ListNode)
def list_(c: Checker, node: tree.ListNode, scope: Scope | None) -> FeelType:
    if not node.items:
        return T.LIST
    element = c.infer(node.items[0], scope)
    for item in node.items[1:]:
        element = T.join(element, c.infer(item, scope))
    return T.list_of(element)


@rule(tree.ContextNode)
def context(c: Checker, node: tree.ContextNode, scope: Scope | None) -> FeelType:
    fields: dict[str, FeelType] = {}
    for entry in node.entries:
        if isinstance(entry.value, tree.FunctionDefinition):
            scope = Scope(scope, entry.key, T.FUNCTION)
        fields[entry.key] = c.infer(entry.value, scope)
        scope = Scope(scope, entry.key, fields[entry.key])
    return T.context(fields)


@rule(tree.RangeNode)
def range_(c: Checker, node: tree.RangeNode, scope: Scope | None) -> FeelType:
    ends = [c.infer(end, scope) for end in (node.low, node.high) if end is not None]
    require_comparable(c, node, "<", ends[0], ends[-1])
    return T.range_of(T.join(ends[0], ends[-1]))
