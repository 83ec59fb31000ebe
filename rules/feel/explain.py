"""An expression as a plain sentence in the language being spoken, for people who do not read FEEL.

Fields are called by their labels, in quotation marks; a part for which there are no plain words stays as written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from rules.feel import tree
from rules.feel.phrases import CALLS, COMPARISONS, MOMENTS, PROPERTIES, SIGNS
from rules.feel.text import number_text
from rules.feel.tree import Node
from rules.feel.values import YearMonthDuration
from rules.i18n import gettext, language, ngettext

MOMENT_MAKERS = frozenset({"date", "date and time", "time", "today", "now"})
READ = frozenset({"date", "date and time", "time", "duration"})
TIGHT = (tree.Literal, tree.Name, tree.Path, tree.Call, tree.ListNode)


class Speaker:
    """One telling; `prefix` leads to the labels of the fields of the list spoken of."""

    def __init__(self, labels: Mapping[str, str], subject: str = "", prefix: str = "") -> None:
        self.labels = labels
        self.subject = subject
        self.prefix = prefix

    def say(self, node: Node) -> str:
        handler = SAYINGS.get(node.__class__)
        return handler(self, node) if handler is not None else gettext("biểu thức")

    def inside(self, node: Node) -> str:
        """A part of a larger phrase, in brackets where it would run together with it."""
        said = self.say(node)
        return said if isinstance(node, TIGHT) else f"({said})"

    def name(self, path: str) -> str:
        if path == "?":
            return self.subject
        for key in (f"{self.prefix}.{path}" if self.prefix else path, path):
            if key in self.labels:
                return f"“{self.labels[key]}”"
        return f"“{path}”"

    def within(self, path: str) -> Speaker:
        return Speaker(self.labels, self.subject, f"{self.prefix}.{path}" if self.prefix else path)


def explain(node: Node, labels: Mapping[str, str]) -> str:
    """The sentence, beginning with a capital and without a full stop."""
    said = Speaker(labels).say(node)
    called = (
        isinstance(node, tree.Call)
        and isinstance(node.function, tree.Name)
        and said.startswith(node.function.name)
    )
    return said if called else capital(said)


def explain_tests(node: tree.UnaryTests, label: str, labels: Mapping[str, str]) -> str:
    """What is demanded of the thing called `label`."""
    if not node.tests:
        return gettext("{label}: bất kỳ").format(label=label)
    speaker = Speaker(labels, subject=f"“{label}”")
    said = [_test(speaker, speaker.subject, test) for test in node.tests]
    values = [test for test in node.tests if isinstance(test, (tree.Literal, tree.Negation))]
    if len(values) == len(node.tests) and len(values) > 1:
        body = _one_of(speaker.subject, (speaker.say(v) for v in values))
    else:
        body = gettext(" hoặc ").join(said)
    return gettext("không phải: {what}").format(what=body) if node.negated else body


def _one_of(left: str, values: Iterable[str]) -> str:
    return gettext("{left} là một trong: {values}").format(left=left, values=", ".join(values))


def capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def value_text(value: Any) -> str:
    """`21.000`, `23/11/2026`, `đúng`."""
    if value is None:
        return gettext("trống")
    if isinstance(value, bool):
        return gettext("đúng") if value else gettext("sai")
    if isinstance(value, Decimal):
        whole, _, rest = number_text(value).partition(".")
        grouped = f"{int(whole):,}"
        if language() == "en":
            return f"{grouped}.{rest}" if rest else grouped
        grouped = grouped.replace(",", ".")
        return f"{grouped},{rest}" if rest else grouped
    if isinstance(value, str):
        return f"“{value}”"
    if isinstance(value, datetime):
        return gettext("{clock} ngày {day}").format(clock=f"{value:%H:%M}", day=_day(value))
    if isinstance(value, date):
        return _day(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, (timedelta, YearMonthDuration)):
        return _duration(value)
    return str(value)


def _day(value: date) -> str:
    if language() == "en":
        return f"{value.day} {value:%b} {value.year}"
    return f"{value.day:02d}/{value.month:02d}/{value.year}"


def _duration(value: timedelta | YearMonthDuration) -> str:
    if isinstance(value, YearMonthDuration):
        years, months = divmod(abs(value.total), 12)
        parts = [(years, _years), (months, _months)]
        negative = value.total < 0
    else:
        negative = value < timedelta(0)
        span = abs(value)
        minutes, seconds = divmod(span.seconds, 60)
        parts = [(span.days, _days), (minutes // 60, _hours), (minutes % 60, _minutes), (seconds, _seconds)]
    last = parts[-1][1]
    said = " ".join(unit(amount) for amount, unit in parts if amount) or last(0)
    return gettext("âm {number}").format(number=said) if negative else said


def _years(n: int) -> str:
    return ngettext("{n} năm", "{n} năm", n).format(n=n)


def _months(n: int) -> str:
    return ngettext("{n} tháng", "{n} tháng", n).format(n=n)


def _days(n: int) -> str:
    return ngettext("{n} ngày", "{n} ngày", n).format(n=n)


def _hours(n: int) -> str:
    return ngettext("{n} giờ", "{n} giờ", n).format(n=n)


def _minutes(n: int) -> str:
    return ngettext("{n} phút", "{n} phút", n).format(n=n)


def _seconds(n: int) -> str:
    return ngettext("{n} giây", "{n} giây", n).format(n=n)


def _arithmetic(speaker: Speaker, node: tree.Arithmetic) -> str:
    return gettext(SIGNS[node.op]).format(speaker.inside(node.left), speaker.inside(node.right))


def _comparison(speaker: Speaker, node: tree.Comparison) -> str:
    return _compared(speaker, speaker.say(node.left), node.op, node.right)


def _compared(speaker: Speaker, left: str, op: str, right: Node) -> str:
    if (
        isinstance(right, tree.Literal)
        and op in {"=", "!="}
        and (right.value is None or right.value.__class__ is bool)
    ):
        negated = op == "!="
        if right.value is None:
            said = gettext("{left} có giá trị") if negated else gettext("{left} để trống")
            return said.format(left=left)
        said = gettext("{left} không phải là {value}") if negated else gettext("{left} là {value}")
        return said.format(left=left, value=value_text(right.value))
    words = MOMENTS if _is_moment(right) and op in MOMENTS else COMPARISONS
    return f"{left} {gettext(words[op]).format(speaker.inside(right))}"


def _is_moment(node: Node) -> bool:
    """Whether the node is plainly a date or a time, which is early or late rather than small or large."""
    if isinstance(node, tree.Literal):
        return isinstance(node.value, (date, time))
    if isinstance(node, tree.Arithmetic):
        return _is_moment(node.left)
    return (
        isinstance(node, tree.Call)
        and isinstance(node.function, tree.Name)
        and node.function.name in MOMENT_MAKERS
    )


def _and(speaker: Speaker, node: tree.And) -> str:
    return gettext(" và ").join(
        f"({speaker.say(p)})" if isinstance(p, (tree.Or, tree.If)) else speaker.say(p) for p in node.parts
    )


def _or(speaker: Speaker, node: tree.Or) -> str:
    return gettext(" hoặc ").join(
        f"({speaker.say(p)})" if isinstance(p, (tree.And, tree.If)) else speaker.say(p) for p in node.parts
    )


def _between(speaker: Speaker, node: tree.Between) -> str:
    return gettext("{value} từ {low} đến {high}").format(
        value=speaker.say(node.value), low=speaker.inside(node.low), high=speaker.inside(node.high)
    )


def _in(speaker: Speaker, node: tree.In) -> str:
    left = speaker.say(node.value)
    only = node.tests[0]
    if len(node.tests) == 1 and isinstance(only, tree.ListNode):
        return _one_of(left, (speaker.say(item) for item in only.items))
    return gettext(" hoặc ").join(_test(speaker, left, test) for test in node.tests)


def _test(speaker: Speaker, left: str, test: Node) -> str:
    """`left` stands for what is tested."""
    if isinstance(test, tree.Operator):
        return _compared(speaker, left, test.op, test.value)
    if isinstance(test, tree.RangeNode):
        return f"{left} {_range(speaker, test)}"
    if any(isinstance(n, tree.Name) and n.name == "?" for n in tree.walk(test)):
        return speaker.say(test)
    if isinstance(test, (tree.Name, tree.Path, tree.Filter, tree.For)):
        return gettext("{left} thuộc {value}").format(left=left, value=speaker.say(test))
    return gettext("{left} là {value}").format(left=left, value=speaker.inside(test))


def _range(speaker: Speaker, node: tree.RangeNode) -> str:
    if node.low is None or node.high is None or node.sign:
        end = node.low if node.low is not None else node.high
        assert end is not None
        op = node.sign or (
            (">=" if node.low_closed else ">") if node.low is not None else "<=" if node.high_closed else "<"
        )
        return gettext(COMPARISONS[op]).format(speaker.inside(end))
    low, high = speaker.inside(node.low), speaker.inside(node.high)
    if node.low_closed:
        # the space tells it from the bounds of a field, which English says without a verb
        closed = gettext("từ {low} đến {high} ").strip()
        said = closed if node.high_closed else gettext("từ {low} đến dưới {high}")
    elif node.high_closed:
        said = gettext("lớn hơn {low} đến {high}")
    else:
        said = gettext("lớn hơn {low} đến dưới {high}")
    return said.format(low=low, high=high)


def _if(speaker: Speaker, node: tree.If) -> str:
    said = gettext("nếu {condition} thì {then}").format(
        condition=speaker.say(node.condition), then=speaker.say(node.then)
    )
    other = speaker.say(node.otherwise)
    if isinstance(node.otherwise, tree.If):
        return f"{said}, {other}"
    return gettext("{said}, nếu không thì {other}").format(said=said, other=other)


def _path(speaker: Speaker, node: tree.Path) -> str:
    whole = _full_path(node)
    if whole is not None and whole in speaker.labels:
        return f"“{speaker.labels[whole]}”"
    if node.name in PROPERTIES:
        return gettext(PROPERTIES[node.name]).format(speaker.inside(node.base))
    inner = speaker.within(_path_of(node.base))
    return gettext("{part} của {whole}").format(part=inner.name(node.name), whole=speaker.inside(node.base))


def _full_path(node: Node) -> str | None:
    if isinstance(node, tree.Name):
        return node.name
    if isinstance(node, tree.Path):
        base = _full_path(node.base)
        return None if base is None else f"{base}.{node.name}"
    return None


def _path_of(node: Node) -> str:
    """The path by which the labels of the parts of a value are found."""
    while isinstance(node, tree.Filter):
        node = node.base
    return _full_path(node) or ""


def _filter(speaker: Speaker, node: tree.Filter) -> str:
    base = speaker.inside(node.base)
    condition = node.condition
    if isinstance(condition, tree.Literal) and isinstance(condition.value, Decimal):
        return gettext("mục thứ {number} của {list}").format(number=value_text(condition.value), list=base)
    if isinstance(condition, tree.Negation):
        last = isinstance(condition.operand, tree.Literal) and condition.operand.value == 1
        if last:
            return gettext("mục cuối cùng của {list}").format(list=base)
        number = speaker.say(condition.operand)
        return gettext("mục thứ {number} từ dưới lên của {list}").format(number=number, list=base)
    return gettext("các mục của {list} mà {condition}").format(
        list=base, condition=speaker.within(_path_of(node.base)).say(condition)
    )


def _domain(speaker: Speaker, node: tree.Iteration) -> str:
    if node.end is not None:
        return gettext("mỗi “{name}” từ {low} đến {high}").format(
            name=node.name, low=speaker.inside(node.source), high=speaker.inside(node.end)
        )
    return gettext("mỗi mục “{name}” của {list}").format(name=node.name, list=speaker.inside(node.source))


def _loop(speaker: Speaker, parts: tuple[tree.Iteration, ...]) -> tuple[str, Speaker]:
    """What is gone through, and a speaker who knows the fields of its items."""
    labels = dict(speaker.labels)
    for part in parts:
        path = _path_of(part.source)
        for key, label in speaker.labels.items():
            if path and key.startswith(f"{path}."):
                labels[part.name + key[len(path) :]] = label
    said = ", ".join(_domain(speaker, part) for part in parts)
    return said, Speaker(labels, speaker.subject, speaker.prefix)


def _for(speaker: Speaker, node: tree.For) -> str:
    said, inner = _loop(speaker, node.iterations)
    return gettext("danh sách gồm {what}, tính cho {each}").format(what=inner.say(node.body), each=said)


def _quantified(speaker: Speaker, node: tree.Quantified) -> str:
    said, inner = _loop(speaker, node.iterations)
    if node.every:
        return gettext("với {each}: {condition}").format(each=said, condition=inner.say(node.body))
    return gettext("có ít nhất một mục ({item}) mà {condition}").format(
        item=said.removeprefix(gettext("mỗi ")), condition=inner.say(node.body)
    )


def _call(speaker: Speaker, node: tree.Call) -> str:
    arguments = [argument.value for argument in node.arguments]
    if isinstance(node.function, tree.Name):
        name = node.function.name
        if name == "not" and len(arguments) == 1:
            return gettext("không phải: {what}").format(what=speaker.say(arguments[0]))
        if (
            name in {"sum", "max", "min", "count"}
            and len(arguments) == 1
            and isinstance(arguments[0], tree.For)
        ):
            domain, inner = _loop(speaker, arguments[0].iterations)
            what = gettext(CALLS[name][0]).format(inner.say(arguments[0].body))
            return gettext("{what}, tính cho {each}").format(what=what, each=domain)
        if name in READ and all(isinstance(a, tree.Literal) for a in arguments):
            return ", ".join(_written(a.value) for a in arguments if isinstance(a, tree.Literal))
        said = [speaker.inside(a) for a in arguments]
        for pattern in CALLS.get(name, ()):
            if pattern.count("{") == len(said):
                return gettext(pattern).format(*said)
        if name in {"min", "max"}:
            most = (
                gettext("số nhỏ nhất trong: {numbers}")
                if name == "min"
                else gettext("số lớn nhất trong: {numbers}")
            )
            return most.format(numbers=", ".join(said))
        return f"{name}({', '.join(said)})"
    return f"{speaker.inside(node.function)}({'; '.join(speaker.say(a) for a in arguments)})"


def _written(value: Any) -> str:
    from rules.feel.temporal import parse_at

    found = parse_at(value) if isinstance(value, str) else value
    return value_text(value if found is None else found)


def _context(speaker: Speaker, node: tree.ContextNode) -> str:
    return gettext("nhóm gồm {parts}").format(
        parts="; ".join(f"{entry.key}: {speaker.say(entry.value)}" for entry in node.entries)
    )


def _list(speaker: Speaker, node: tree.ListNode) -> str:
    return (
        f"[{'; '.join(speaker.say(item) for item in node.items)}]"
        if node.items
        else gettext("danh sách rỗng")
    )


SAYINGS: dict[type[Node], Callable[[Speaker, Any], str]] = {
    tree.Literal: lambda _, node: value_text(node.value),
    tree.Name: lambda speaker, node: speaker.name(node.name),
    tree.Negation: lambda speaker, node: gettext("âm {number}").format(number=speaker.inside(node.operand)),
    tree.Arithmetic: _arithmetic,
    tree.Comparison: _comparison,
    tree.And: _and,
    tree.Or: _or,
    tree.Between: _between,
    tree.In: _in,
    tree.If: _if,
    tree.For: _for,
    tree.Quantified: _quantified,
    tree.InstanceOf: lambda speaker, node: gettext("{value} thuộc kiểu {type}").format(
        value=speaker.say(node.value), type=node.wanted.title if node.wanted else node.type_name
    ),
    tree.Filter: _filter,
    tree.Path: _path,
    tree.Call: _call,
    tree.FunctionDefinition: lambda speaker, node: gettext("hàm cho {what}").format(
        what=speaker.say(node.body)
    ),
    tree.ListNode: _list,
    tree.ContextNode: _context,
    tree.RangeNode: lambda speaker, node: gettext("khoảng {range}").format(range=_range(speaker, node)),
}
