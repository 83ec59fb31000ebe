"""A compiled table and its deciding: which rows match, and what they come to by the hit policy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import reduce

from rules.calendar import local
from rules.feel import (
    FeelType,
    FeelValue,
    T,
    compile,  # noqa: A004
)
from rules.feel.types import join
from rules.tables.compiler import Answer, Column, Compiler, Rule
from rules.tables.index import Index, Tried, make
from rules.tables.model import ALIASES, CellProblem, Decision, Hit, Input, Output, Row, TableError

_SAME = compile("a = b")
_AGGREGATES = {Hit.SUM: compile("sum(all)"), Hit.MIN: compile("min(all)"), Hit.MAX: compile("max(all)")}


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """Compiled and immutable; made by `compile`. `type` is the static type of the value decided."""

    hit: Hit
    columns: tuple[Column, ...]
    answers: tuple[Answer, ...]
    rules: tuple[Rule, ...]
    type: FeelType
    index: Index | None = field(default=None, compare=False, repr=False)

    @classmethod
    def compile(
        cls,
        inputs: Sequence[Input],
        outputs: Sequence[Output],
        rows: Sequence[Row],
        hit: str = "F",
        names: Mapping[str, FeelType] | None = None,
    ) -> DecisionTable:
        """Check and compile; raises TableError with all that is wrong. `names`: as for `rules.feel.compile`."""
        policy = ALIASES.get(hit) or next((known for known in Hit if known == hit), None)
        if policy is None:
            known = ", ".join(Hit)
            raise TableError([CellProblem(0, 0, f"Không có cách chọn “{hit}”; hãy dùng một trong: {known}.")])
        compiler = Compiler(names)
        compiler.shape(inputs, outputs, rows, policy)
        if compiler.problems:
            raise TableError(compiler.problems)
        columns = [compiler.column(source, at) for at, source in enumerate(inputs, 1)]
        answers = [compiler.answer(source, len(inputs) + at) for at, source in enumerate(outputs, 1)]
        rules = [compiler.rule(row, number, columns, outputs) for number, row in enumerate(rows, 1)]
        if compiler.problems:
            raise TableError(compiler.problems)
        ready = tuple(column for column in columns if column is not None)
        kind = _type(policy, answers, rules, outputs)
        return cls(policy, ready, tuple(answers), tuple(rules), kind, make(rules, len(ready)))

    @property
    def sources(self) -> frozenset[str]:
        """Top-level names that the table reads."""
        found: set[str] = set()
        for column in self.columns:
            found |= column.expression.sources
        for rule in self.rules:
            found.update(
                *(test.sources for test in rule.tests if test), *(value.sources for value in rule.values)
            )
        return frozenset(found - {"?"})

    @property
    def dated(self) -> bool:
        """Whether the answer depends on the day of the legal event."""
        return any(rule.row.dated for rule in self.rules)

    def decide(
        self, context: Mapping[str, object], *, now: datetime | None = None, on: date | None = None
    ) -> Decision:
        """The value in the context, by the rows that are law `on` that day (left out: the day of `now`).

        Null with a `problem` where the data or the table do not allow a value. Raises FeelLimitError.
        """
        if on is None and now is not None:
            on = local(now).date()
        if on is None and self.dated:
            raise ValueError("Bảng có dòng theo thời gian hiệu lực: cần ngày để chọn dòng.")
        tested: list[FeelValue] = []
        for column in self.columns:
            value = column.expression.evaluate(context, now=now)
            if column.allowed is not None and column.allowed.matches(value, context, now=now) is not True:
                return Decision(
                    None, (), f"Giá trị của “{column.label}” không nằm trong các giá trị cho phép."
                )
            tested.append(value)
        hits: list[int] = []
        for at, tests in self._candidates(tested):
            if (on is None or self.rules[at].row.covers(on)) and _matches(tests, tested, context, now):
                hits.append(at + 1)
                if self.hit is Hit.FIRST:
                    break
        return self._answer(hits, context, now)

    def _candidates(self, tested: Sequence[FeelValue]) -> Iterable[tuple[int, tuple[Tried, ...]]]:
        """Rows that may match, with those of their cells that are still to be tried."""
        if self.index is not None:
            return self.index.candidates(tested)
        return (
            (row, tuple((at, test) for at, test in enumerate(rule.tests) if test is not None))
            for row, rule in enumerate(self.rules)
        )

    def _answer(self, hits: list[int], context: Mapping[str, object], now: datetime | None) -> Decision:
        if self.hit is Hit.COUNT:
            return Decision(Decimal(len(hits)), tuple(hits))
        if not hits:
            return self._default(context, now)
        if self.hit is Hit.UNIQUE and len(hits) > 1:
            return Decision(
                None, tuple(hits), f"Các dòng {_listed(hits)} cùng đúng, trong khi chỉ được một dòng đúng."
            )
        found = [[value.evaluate(context, now=now) for value in self.rules[n - 1].values] for n in hits]
        for number, values in zip(hits, found, strict=True):
            for answer, value in zip(self.answers, values, strict=True):
                if answer.values and _rank(answer, value) is None:
                    problem = (
                        f"Dòng {number}: kết quả “{answer.label}” không nằm trong các giá trị đã khai báo."
                    )
                    return Decision(None, (number,), problem)
        if self.hit is Hit.ANY and any(not _same(values, found[0]) for values in found):
            return Decision(
                None, tuple(hits), f"Các dòng {_listed(hits)} cùng đúng nhưng cho kết quả khác nhau."
            )
        if self.hit.by_priority:
            ranked = sorted(zip(hits, found, strict=True), key=lambda pair: self._ranks(pair[1]))
            hits, found = [number for number, _ in ranked], [values for _, values in ranked]
        shaped = [self._shaped(values) for values in found]
        if self.hit in _AGGREGATES:
            value = _AGGREGATES[self.hit].evaluate({"all": shaped})
            wrong = f"Không tính được “{self.hit}” trên kết quả của các dòng {_listed(hits)}."
            return Decision(value, tuple(hits), "" if value is not None else wrong)
        if not self.hit.single:
            return Decision(shaped, tuple(hits))
        return Decision(shaped[0], tuple(hits) if self.hit is Hit.ANY else tuple(hits[:1]))

    def _default(self, context: Mapping[str, object], now: datetime | None) -> Decision:
        if all(answer.default is None for answer in self.answers):
            return Decision(None, (), "Không có dòng nào của bảng đúng.")
        values = [
            answer.default.evaluate(context, now=now) if answer.default else None for answer in self.answers
        ]
        value = self._shaped(values)
        return Decision(value if self.hit.single else [value])

    def _ranks(self, values: Sequence[FeelValue]) -> list[int]:
        return [_rank(answer, value) or 0 for answer, value in zip(self.answers, values, strict=True)]

    def _shaped(self, values: Sequence[FeelValue]) -> FeelValue:
        if len(self.answers) == 1:
            return values[0]
        return {answer.name: value for answer, value in zip(self.answers, values, strict=True)}


def _matches(
    tests: Iterable[Tried], tested: Sequence[FeelValue], context: Mapping[str, object], now: datetime | None
) -> bool:
    return all(test.matches(tested[at], context, now=now) is True for at, test in tests)


def _rank(answer: Answer, value: FeelValue) -> int | None:
    """The place of a value among those the column may have, 0 first."""
    return next((i for i, known in enumerate(answer.values) if equal(known, value)), None)


def _same(left: Sequence[FeelValue], right: Sequence[FeelValue]) -> bool:
    return all(equal(a, b) for a, b in zip(left, right, strict=True))


def equal(left: FeelValue, right: FeelValue) -> bool:
    """Whether FEEL's `=` says true of the two."""
    return _SAME.truth({"a": left, "b": right})


def _listed(hits: Sequence[int]) -> str:
    return ", ".join(str(number) for number in hits)


def _type(hit: Hit, answers: Sequence[Answer], rules: Sequence[Rule], outputs: Sequence[Output]) -> FeelType:
    """Declared types where there are, else what the cells and the default have in common."""
    if hit is Hit.COUNT:
        return T.NUMBER
    kinds: list[FeelType] = []
    for at, (answer, output) in enumerate(zip(answers, outputs, strict=True)):
        found = [rule.values[at].type for rule in rules]
        if answer.default is not None:
            found.append(answer.default.type)
        kinds.append(output.type or reduce(join, found))
    whole = (
        kinds[0] if len(kinds) == 1 else T.context({a.name: k for a, k in zip(answers, kinds, strict=True)})
    )
    return whole if hit.single else T.list_of(whole)
