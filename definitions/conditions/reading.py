"""FEEL as rows, where it says no more than rows can."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from definitions.conditions.model import (
    ALWAYS,
    NEVER,
    Comparison,
    Condition,
    Group,
    Mode,
    Row,
    Value,
    rows,
)
from definitions.conditions.subjects import Subject
from rules.feel import FeelError, compile, tree  # noqa: A004
from rules.feel.tree import Node

_SIGNS: Final[Mapping[str, Comparison]] = {
    "=": Comparison.IS,
    "!=": Comparison.IS_NOT,
    "<": Comparison.LESS,
    "<=": Comparison.AT_MOST,
    ">": Comparison.MORE,
    ">=": Comparison.AT_LEAST,
}
_TURNED: Final = {"=": "=", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
_TRUTHS: Final[Mapping[tuple[str, bool], Comparison]] = {
    ("=", True): Comparison.YES,
    ("=", False): Comparison.NO,
    ("!=", True): Comparison.NOT_YES,
    ("!=", False): Comparison.NOT_NO,
}
_OPPOSITE: Final[Mapping[Comparison, Comparison]] = {
    Comparison.ONE_OF: Comparison.NONE_OF,
    Comparison.HAS: Comparison.HAS_NOT,
    Comparison.IS: Comparison.IS_NOT,
    Comparison.IS_NOT: Comparison.IS,
    Comparison.YES: Comparison.NOT_YES,
    Comparison.NO: Comparison.NOT_NO,
    Comparison.ANSWERED: Comparison.UNANSWERED,
    Comparison.UNANSWERED: Comparison.ANSWERED,
}
_LISTED: Final = frozenset({"choice", "text", "number", "date", "moment", "count"})


class _OtherShapeError(Exception):
    """Leaves an expression at the first thing that rows cannot say."""


def rows_of(feel: str, known: Sequence[Subject]) -> Condition | None:
    """The rows that hold exactly when the expression is true; None where it says more than rows can."""
    if not feel.strip():
        return ALWAYS
    try:
        node = compile(feel).tree
        return _whole(node, _Reader(known))
    except (FeelError, _OtherShapeError):
        return None


def _whole(node: Node, reader: "_Reader") -> Condition:
    if isinstance(node, tree.Literal) and isinstance(node.value, bool):
        return ALWAYS if node.value else NEVER
    mode: Mode = "any" if isinstance(node, tree.Or) else "all"
    items: list[Row | Group] = []
    for part in _parts(node, mode):
        if isinstance(part, (tree.And, tree.Or)):
            inner: Mode = "any" if mode == "all" else "all"
            items.append(Group(tuple(reader.row(each) for each in _parts(part, inner))))
        else:
            items.append(reader.row(part))
    return rows(mode, items)


def _parts(node: Node, mode: Mode) -> Iterator[Node]:
    """What is joined, brackets that change nothing left out."""
    kind = tree.Or if mode == "any" else tree.And
    if isinstance(node, kind):
        for part in node.parts:
            yield from _parts(part, mode)
    else:
        yield node


class _Reader:
    """Reads single comparisons of the known subjects."""

    def __init__(self, known: Sequence[Subject]) -> None:
        self.known = {subject.path: subject for subject in known}
        self.reads = {subject.reads: subject for subject in known}

    def row(self, node: Node) -> Row:
        match node:
            case tree.Comparison(op=op, left=left, right=right):
                if _constant(left) and not _constant(right):
                    left, right, op = right, left, _TURNED[op]
                return self._comparison(left, op, right)
            case tree.Between(value=asked, low=low, high=high):
                subject = self._subject(asked)
                return self._made(subject, Comparison.BETWEEN, (_value(low), _value(high)))
            case tree.In(value=asked, tests=tests):
                subject = self._subject(asked)
                if len(tests) == 1 and isinstance(tests[0], tree.ListNode):
                    tests = tests[0].items
                if not tests or subject.kind not in _LISTED:
                    raise _OtherShapeError
                return self._made(subject, Comparison.ONE_OF, tuple(_value(test) for test in tests))
            case tree.Call(function=tree.Name(name=name), arguments=arguments):
                return self._call(node, name, [argument.value for argument in arguments])
            case _:
                return self._truth(node)

    def _comparison(self, left: Node, op: str, right: Node) -> Row:
        if isinstance(right, tree.Literal) and right.value is None:
            path = _text(left)
            if op not in {"=", "!="} or path not in self.known:
                raise _OtherShapeError
            return Row(path, Comparison.UNANSWERED if op == "=" else Comparison.ANSWERED)
        subject, value = self._subject(left), _value(right)
        if isinstance(value, bool):
            if subject.kind != "yes_no" or (op, value) not in _TRUTHS:
                raise _OtherShapeError
            return Row(subject.path, _TRUTHS[op, value])
        return self._made(subject, _SIGNS[op], (value,))

    def _call(self, node: Node, name: str, arguments: Sequence[Node]) -> Row:
        if name == "not" and len(arguments) == 1:
            if self._is_truth(arguments[0]):
                return Row(_text(arguments[0]), Comparison.NO)
            inner = self.row(arguments[0])
            if inner.comparison not in _OPPOSITE:
                raise _OtherShapeError
            return Row(inner.path, _OPPOSITE[inner.comparison], inner.values)
        if name == "list contains" and len(arguments) == 2:
            subject = self._subject(arguments[0])
            if subject.kind != "several":
                raise _OtherShapeError
            return self._made(subject, Comparison.HAS, (_value(arguments[1]),))
        return self._truth(node)

    def _truth(self, node: Node) -> Row:
        """An answer yes or no that stands for itself."""
        if not self._is_truth(node):
            raise _OtherShapeError
        return Row(_text(node), Comparison.YES)

    def _is_truth(self, node: Node) -> bool:
        subject = self.known.get(_text(node))
        return subject is not None and subject.kind == "yes_no"

    def _subject(self, node: Node) -> Subject:
        subject = self.reads.get(_text(node))
        if subject is None or subject.kind == "other":
            raise _OtherShapeError
        return subject

    def _made(self, subject: Subject, comparison: Comparison, values: tuple[Value, ...]) -> Row:
        """The row, if the values are of the kind that is compared there."""
        wanted = _VALUES.get(subject.kind)
        if wanted is None or any(type(value) is not wanted for value in values):
            raise _OtherShapeError
        if subject.kind == "several" and comparison not in {Comparison.HAS, Comparison.HAS_NOT}:
            raise _OtherShapeError
        if wanted is str and comparison in _ORDERS:
            raise _OtherShapeError
        return Row(subject.path, comparison, values)


_VALUES: Final[Mapping[str, type]] = {
    "choice": str,
    "several": str,
    "text": str,
    "number": Decimal,
    "count": Decimal,
    "date": date,
    "moment": date,
}
_ORDERS: Final = frozenset(
    {Comparison.LESS, Comparison.AT_MOST, Comparison.MORE, Comparison.AT_LEAST, Comparison.BETWEEN}
)


def _text(node: Node) -> str:
    """`a.b`, `count(a.b)`, `date(a)` as a subject reads; empty for anything else."""
    match node:
        case tree.Name(name=name):
            return name
        case tree.Path(base=base, name=name):
            inner = _text(base)
            return f"{inner}.{name}" if inner else ""
        case tree.Call(function=tree.Name(name=("count" | "date") as name), arguments=(argument,)):
            inner = _text(argument.value)
            return f"{name}({inner})" if inner and argument.name is None else ""
        case _:
            return ""


def _constant(node: Node) -> bool:
    try:
        _value(node)
    except _OtherShapeError:
        return isinstance(node, tree.Literal)
    return True


def _value(node: Node) -> Value:
    match node:
        case tree.Literal(value=datetime()):
            raise _OtherShapeError
        case tree.Literal(value=(bool() | str() | Decimal() | date()) as value):
            return value
        case tree.Negation(operand=tree.Literal(value=Decimal() as value)):
            return -value
        case tree.Call(
            function=tree.Name(name="date"),
            arguments=(tree.Argument(name=None, value=tree.Literal(value=str() as text)),),
        ):
            try:
                day = date.fromisoformat(text)
            except ValueError:
                raise _OtherShapeError from None
            if day.isoformat() != text:
                raise _OtherShapeError
            return day
        case _:
            raise _OtherShapeError
