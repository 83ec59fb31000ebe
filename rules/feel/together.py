"""Many expressions over the same data: what each reads is looked up and turned into a FEEL value once for all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from rules.feel.compiler import Builder, Code
from rules.feel.errors import FeelLimitError
from rules.feel.expression import TOO_DEEP, Expression
from rules.feel.limits import STEPS, Run


class Together:
    """Compiled from expressions that know the same names. Immutable and free of state, as they are."""

    __slots__ = ("_codes", "_template", "expressions")

    def __init__(self, expressions: Iterable[Expression]) -> None:
        self.expressions = tuple(expressions)
        names = self.expressions[0].names if self.expressions else None
        builder = Builder(names)
        self._codes: tuple[Code, ...] = tuple(builder.build(each.tree, None) for each in self.expressions)
        self._template = builder.template()

    def truths(self, context: Mapping[str, object], *, now: datetime | None = None) -> tuple[bool, ...]:
        """Of each expression whether its value is exactly true. Each has the steps of an evaluation of its own.

        Raises FeelLimitError as soon as one exhausts a limit.
        """
        frame = self._template.copy()
        frame[0] = context
        run = frame[1] = Run.at(now)
        try:
            found = []
            for code in self._codes:
                run.left = STEPS
                found.append(code(frame) is True)
        except RecursionError:
            raise FeelLimitError(TOO_DEEP) from None
        return tuple(found)
