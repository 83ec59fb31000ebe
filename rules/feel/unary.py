"""Unary tests: the cells of decision tables, where `?` is the value tested."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from rules.feel import tree
from rules.feel.builtins import BUILTINS
from rules.feel.check import Checker, Scope
from rules.feel.checkrules import check_test
from rules.feel.compare import contained
from rules.feel.compiler import Builder
from rules.feel.compiler import Scope as CodeScope
from rules.feel.compiler.builder import Frame
from rules.feel.compiler.operators import build_test
from rules.feel.errors import FeelLimitError
from rules.feel.expression import TOO_DEEP, as_frame
from rules.feel.parser import parse_unary
from rules.feel.types import ANY, FeelType
from rules.feel.values import coerce

Test = Callable[[Frame, object], bool | None]


class UnaryTest:
    """Compiled unary tests: `text`, `tree`, `sources` (the top-level names they read)."""

    __slots__ = ("_slot", "_template", "_tests", "sources", "text", "tree")

    def __init__(  # noqa: PLR0917
        self,
        text: str,
        node: tree.UnaryTests,
        sources: frozenset[str],
        tests: list[Test],
        slot: int,
        frame: Frame,
    ) -> None:
        self.text = text
        self.tree = node
        self.sources = sources
        self._tests = tests
        self._slot = slot
        self._template = frame

    def matches(
        self, value: object, context: Mapping[str, object] | None = None, *, now: datetime | None = None
    ) -> bool | None:
        """Whether the value passes; None where that cannot be said. Raises FeelLimitError."""
        tests = self._tests
        if not tests:
            return True
        frame = as_frame(self._template, context or {}, now)
        tested = frame[self._slot] = coerce(value)
        unsure = False
        try:
            for test in tests:
                found = test(frame, tested)
                if found is True:
                    return not self.tree.negated
                unsure = unsure or found is None
        except RecursionError:
            raise FeelLimitError(TOO_DEEP) from None
        return None if unsure else self.tree.negated

    def explain(self, label: str = "giá trị", labels: Mapping[str, str] | None = None) -> str:
        """The tests as a Vietnamese sentence about the thing called `label`."""
        from rules.feel.explain import explain_tests

        return explain_tests(self.tree, label, labels or {})

    def __repr__(self) -> str:
        return f"UnaryTest({self.text!r})"


def compile_unary(
    text: str,
    names: Mapping[str, FeelType] | None = None,
    input_type: FeelType | None = None,
    *,
    check: bool = True,
) -> UnaryTest:
    """Parse, check and compile unary tests; `input_type` is that of the value tested. Raises FeelError."""
    tested = input_type or ANY
    known = {**(names or {}), "?": tested} if names is not None else {}
    try:
        node = parse_unary(text, known, BUILTINS)
        checker = Checker(text, names, strict=check and names is not None)
        builder = Builder(names)
        scope = builder.bind(None, "?")
        tests = [_test(builder, checker, test, scope, tested) for test in node.tests]
    except RecursionError:
        raise FeelLimitError(TOO_DEEP, text=text) from None
    return UnaryTest(text, node, frozenset(checker.sources), tests, scope.slot, builder.template())


def _test(builder: Builder, checker: Checker, node: tree.Node, scope: CodeScope, tested: FeelType) -> Test:
    outer = Scope(None, "?", tested)
    if any(isinstance(n, tree.Name) and n.name == "?" for n in tree.walk(node)) and not isinstance(
        node, tree.Operator
    ):
        checker.infer(node, outer)
        return _condition(builder, node, scope)
    check_test(checker, node, tested, outer)
    if isinstance(node, tree.Operator):
        return build_test(builder, node, scope)
    return _value(builder, node, scope, compared=tested.kind == "boolean")


def _condition(builder: Builder, node: tree.Node, scope: CodeScope) -> Test:
    """A test that mentions `?`: a condition, or a value to be equal to."""
    code = builder.build(node, scope)

    def run(s: Frame, tested: object) -> bool | None:
        found = code(s)
        if found.__class__ is bool:
            return found
        return None if found is None else contained(tested, found, s[1])

    return run


def _value(builder: Builder, node: tree.Node, scope: CodeScope, *, compared: bool) -> Test:
    """A value, list or range the tested one is to be in; a true condition about other things passes too, unless truth
    values are what is `compared`: an answer left empty is no yes.
    """
    code = builder.build(node, scope)

    def run(s: Frame, tested: object) -> bool | None:
        found = code(s)
        if found.__class__ is bool and tested.__class__ is not bool and not compared:
            return found
        return contained(tested, found, s[1])

    return run
