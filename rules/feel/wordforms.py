"""The forms of the grammar that are made of words and braces: if, for, some, every, function, contexts."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping

from rules.feel import tree
from rules.feel import types as T  # noqa: N812
from rules.feel.errors import FeelError
from rules.feel.names import RESERVED
from rules.feel.stream import Stream
from rules.feel.tree import Node
from rules.feel.types import FeelType

OR, AND, COMPARISON, SUM, PRODUCT, POWER = range(1, 7)
"""How tightly operators bind."""


class Forms(Stream, ABC):
    """`filters` says whether a `[` after a value is a filter (it may close an interval)."""

    def __init__(self, text: str, names: Mapping[str, FeelType], functions: Iterable[str]) -> None:
        super().__init__(text, names, functions)
        self.filters = True

    @abstractmethod
    def expression(self, least: int = OR) -> Node:
        """An expression whose operators bind at least as tightly as `least`."""

    def _inside(self, least: int) -> Node:
        """An expression within brackets of its own, where a filter is a filter again."""
        before, self.filters = self.filters, True
        node = self.expression(least)
        self.filters = before
        return node

    def context(self, start: int) -> Node:
        entries: list[tree.Entry] = []
        while not self.takes("}"):
            key_start = self.token.start
            key = self.new_name((":",), "trường")
            if key is None:
                self.fail("Cần tên trường và dấu “:”")
            self.advance()
            if any(entry.key == key for entry in entries):
                raise FeelError(
                    f"Trường “{key}” được viết hai lần.", text=self.text, offset=key_start, code="name"
                )
            value = self._inside(OR)
            entries.append(tree.Entry(self.span(key_start), key, value))
            if not self.takes(",") and not self.sees("}"):
                self.fail("Thiếu “}” sau các trường")
        return tree.ContextNode(self.span(start), tuple(entries))

    # -- forms with words -----------------------------------------------------------------------------------

    def choice(self, start: int) -> Node:
        self.advance()
        condition = self._inside(OR)
        self.expect("then", "sau điều kiện của if")
        then = self._inside(OR)
        self.expect("else", "sau nhánh then của if")
        otherwise = self.expression()
        return tree.If(self.span(start), condition, then, otherwise)

    def _iterations(self, end: str) -> tuple[tree.Iteration, ...]:
        found: list[tree.Iteration] = []
        while True:
            start = self.token.start
            name = self.new_name(("in",), "biến")
            if name is None or name in RESERVED:
                self.fail("Cần tên biến và từ “in”")
            self.advance()
            source = self.expression()
            last = self.expression(SUM) if self.takes("..") else None
            found.append(tree.Iteration(self.span(start), name, source, last))
            if not self.takes(","):
                break
        self.expect(end, "sau danh sách được duyệt")
        return tuple(found)

    def loop(self, start: int) -> Node:
        self.advance()
        iterations = self._iterations("return")
        body = self.expression()
        return tree.For(self.span(start), iterations, body)

    def quantified(self, start: int) -> Node:
        every = self.advance().text == "every"
        iterations = self._iterations("satisfies")
        body = self.expression()
        return tree.Quantified(self.span(start), every, iterations, body)

    def function(self, start: int) -> Node:
        self.at += 2
        parameters: list[tree.Parameter] = []
        while not self.takes(")"):
            begin = self.token.start
            name = self.new_name((":", ",", ")"), "tham số")
            if name is None:
                self.fail("Cần tên tham số của hàm")
            type_ = (self.type()[0] or T.ANY) if self.takes(":") else T.ANY
            parameters.append(tree.Parameter(self.span(begin), name, type_))
            if not self.takes(",") and not self.sees(")"):
                self.fail("Thiếu “)” sau các tham số của hàm")
        if self.sees("external"):
            self.fail("Không gọi được hàm viết bằng ngôn ngữ khác")
        body = self.expression()
        return tree.FunctionDefinition(self.span(start), tuple(parameters), body)
