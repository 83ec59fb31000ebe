"""An expression ready for use: compiled once, evaluated often."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from rules.feel import checkcalls, checkrules
from rules.feel.builtins import BUILTINS
from rules.feel.check import Checker
from rules.feel.compiler import Builder, Code, Frame
from rules.feel.errors import FeelError, FeelLimitError
from rules.feel.limits import Run, settle
from rules.feel.parser import parse
from rules.feel.tree import Node
from rules.feel.types import FeelType
from rules.feel.values import FeelValue

__all__ = ["Expression", "checkcalls", "checkrules", "compile_expression"]

TOO_DEEP = "Biểu thức hoặc dữ liệu lồng nhau quá sâu; xin tách thành nhiều biểu thức."


class Expression:
    """A FEEL expression: `text`, `tree`, static `type`, `sources` (the top-level names it reads), and the `names` it was
    checked against (None: any).

    Immutable and free of state, so one may serve any number of threads.
    """

    __slots__ = ("_code", "_template", "names", "sources", "text", "tree", "type")

    def __init__(  # noqa: PLR0917
        self,
        text: str,
        node: Node,
        kind: FeelType,
        sources: frozenset[str],
        code: Code,
        frame: Frame,
        names: Mapping[str, FeelType] | None,
    ) -> None:
        self.text = text
        self.names = names
        self.tree = node
        self.type = kind
        self.sources = sources
        self._code = code
        self._template = frame

    def evaluate(self, context: Mapping[str, object], *, now: datetime | None = None) -> FeelValue:
        """The value in the context; null where the data do not allow one.

        `now` is what `now()` and `today()` answer. Raises FeelLimitError when a limit is exhausted. Values of the
        context may appear in the result as they are; neither is to be changed afterwards.
        """
        frame = self._template.copy()
        frame[0] = context
        run = frame[1] = Run()
        if now is not None:
            run.now = now
        try:
            result: FeelValue = self._code(frame)
            if result.__class__ is list or result.__class__ is dict:
                settle(result, run)
        except RecursionError:
            raise FeelLimitError(TOO_DEEP) from None
        return result

    def truth(self, context: Mapping[str, object], *, now: datetime | None = None) -> bool:
        """Whether the value is exactly true: null and anything else are not."""
        frame = self._template.copy()
        frame[0] = context
        run = frame[1] = Run()
        if now is not None:
            run.now = now
        try:
            return self._code(frame) is True
        except RecursionError:
            raise FeelLimitError(TOO_DEEP) from None

    def explain(self, labels: Mapping[str, str] | None = None) -> str:
        """The expression as a Vietnamese sentence; `labels` name the fields, inner ones by path (`a.b`)."""
        from rules.feel.explain import explain

        return explain(self.tree, labels or {})

    def __repr__(self) -> str:
        return f"Expression({self.text!r})"


def compile_expression(
    text: str, names: Mapping[str, FeelType] | None = None, *, check: bool = True
) -> Expression:
    """Parse, check against the declared names, and compile.

    Without `names` any name is allowed and reads null where the context lacks it; with them, an unknown name and a
    sure clash of types are FeelErrors (`check=False`: names serve only to be recognised).
    """
    strict = check and names is not None
    try:
        node = parse(text, names or {}, BUILTINS)
        checker = Checker(text, names, strict=strict)
        kind = checker.infer(node)
        builder = Builder(names)
        code = builder.build(node, None)
    except RecursionError:
        raise FeelLimitError(TOO_DEEP, text=text) from None
    except FeelError:
        raise
    return Expression(text, node, kind, frozenset(checker.sources), code, builder.template(), names)


def as_frame(template: Frame, context: Mapping[str, object], now: datetime | None) -> Frame:
    """A fresh frame for one evaluation."""
    frame: list[Any] = template.copy()
    frame[0] = context
    frame[1] = Run.at(now)
    return frame
