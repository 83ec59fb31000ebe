"""Tokens to a tree: FEEL's grammar, by precedence climbing, with the places of errors kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rules.feel import tree
from rules.feel.errors import FeelError, FeelLimitError
from rules.feel.limits import DEPTH, NESTING
from rules.feel.temporal import parse_at
from rules.feel.tree import Node
from rules.feel.types import FeelType
from rules.feel.wordforms import AND, COMPARISON, OR, POWER, PRODUCT, SUM, Forms

COMPARE = frozenset({"=", "!=", "<", "<=", ">", ">="})
ARITHMETIC = {"+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "**": POWER}
CONSTANTS = {"true": True, "false": False, "null": None}


def parse(text: str, names: Mapping[str, FeelType], functions: Iterable[str]) -> Node:
    """The text as one expression; raises FeelError."""
    parser = Parser(text, names, functions)
    node = parser.expression()
    parser.finish(node)
    return node


def parse_unary(text: str, names: Mapping[str, FeelType], functions: Iterable[str]) -> tree.UnaryTests:
    """The text as unary tests, the cell of a decision table; raises FeelError."""
    parser = Parser(text, names, functions)
    node = parser.unary_tests()
    parser.finish(node)
    return node


class Parser(Forms):
    """One reading of one text."""

    def __init__(self, text: str, names: Mapping[str, FeelType], functions: Iterable[str]) -> None:
        super().__init__(text, names, functions)
        self.level = 0
        self.work = 20 * len(self.tokens) + 1000  # two readings of an interval's end must not multiply

    def finish(self, node: Node) -> None:
        if self.token.kind != "end":
            self.fail("Phần sau đây không thuộc biểu thức")
        if tree.depth(node) > DEPTH:
            raise FeelLimitError(
                "Biểu thức lồng nhau quá sâu; xin tách thành nhiều biểu thức.", text=self.text
            )

    # -- expressions ----------------------------------------------------------------------------------------

    def expression(self, least: int = OR) -> Node:
        """An expression whose operators bind at least as tightly as `least`."""
        self.level += 1
        self.work -= 1
        if self.level > NESTING or self.work < 0:
            raise FeelLimitError(
                "Biểu thức lồng nhau quá sâu; xin tách thành nhiều biểu thức.",
                text=self.text,
                offset=self.token.start,
            )
        start = self.token.start
        left = self.operand()
        while True:
            node = self._operation(left, start, least)
            if node is None:
                break
            left = node
        self.level -= 1
        return left

    def _operation(self, left: Node, start: int, least: int) -> Node | None:
        """The next operator and its right side, or None when the expression ends here."""
        token = self.token
        op = token.text
        if token.kind == "op":
            if op in COMPARE and least <= COMPARISON:
                self.advance()
                right = self.expression(SUM)
                return tree.Comparison(self.span(start), op, left, right)
            binds = ARITHMETIC.get(op)
            if binds is not None and least <= binds:
                self.advance()
                right = self.expression(binds + 1)
                return tree.Arithmetic(self.span(start), op, left, right)
            return None
        if token.kind != "name":
            return None
        if op in {"and", "or"} and least <= (AND if op == "and" else OR):
            return self._logic(left, start, op)
        if least > COMPARISON:
            return None
        if op == "between":
            self.advance()
            low = self.expression(SUM)
            self.expect("and", "giữa hai giá trị của between")
            high = self.expression(SUM)
            return tree.Between(self.span(start), left, low, high)
        if op == "in":
            self.advance()
            found = self._in_tests()
            return tree.In(self.span(start), left, found)
        return None

    def _logic(self, left: Node, start: int, op: str) -> Node:
        """A whole chain of `and` or of `or` is one node, however long."""
        parts = [left]
        while self.takes(op):
            parts.append(self.expression(COMPARISON if op == "and" else AND))
        kind = tree.And if op == "and" else tree.Or
        return kind(self.span(start), tuple(parts))

    def _in_tests(self) -> tuple[Node, ...]:
        if self.sees("(") and not self._bracket_is_range():
            self.advance()
            found = self.tests()
            self.expect(")", "sau các giá trị của in")
            return found
        return (self.test(SUM),)

    def _bracket_is_range(self) -> bool:
        """Whether the `(` at the cursor opens an interval such as `(1..5]`."""
        level = 0
        for token in self.tokens[self.at :]:
            if token.kind != "op":
                continue
            if token.text in {"(", "[", "{"}:
                level += 1
            elif token.text in {")", "]", "}"}:
                level -= 1
                if level == 0:
                    return False
            elif level == 1 and token.text == "..":
                return True
            elif level == 1 and token.text == ",":
                return False
        return False

    # -- unary tests ----------------------------------------------------------------------------------------

    def unary_tests(self) -> tree.UnaryTests:
        start = self.token.start
        if self.sees("-") and self.peek().kind == "end":
            self.advance()
            return tree.UnaryTests(self.span(start), (), negated=False)
        negated = self.sees("not") and self.peek().text == "(" and self._closes_at_end()
        if negated:
            self.at += 2
        found = self.tests()
        if negated:
            self.expect(")", "sau các điều kiện trong not(…)")
        return tree.UnaryTests(self.span(start), found, negated=negated)

    def _closes_at_end(self) -> bool:
        """Whether the bracket after `not` is closed by the last token."""
        level = 0
        for at in range(self.at + 1, len(self.tokens) - 1):
            if self.tokens[at].kind == "op":
                level += {"(": 1, ")": -1}.get(self.tokens[at].text, 0)
            if level == 0:
                return at == len(self.tokens) - 2
        return False

    def tests(self) -> tuple[Node, ...]:
        found = [self.test(OR)]
        while self.takes(","):
            found.append(self.test(OR))
        return tuple(found)

    def test(self, least: int) -> Node:
        """`< 5`, or an expression (an interval among them)."""
        start = self.token.start
        if self.token.kind == "op" and self.token.text in COMPARE:
            op = self.advance().text
            value = self.expression(SUM)
            return tree.Operator(self.span(start), op, value)
        return self.expression(least)

    # -- operands -------------------------------------------------------------------------------------------

    def operand(self) -> Node:
        """A value with its prefixes and everything that clings to it: `-a.b[c](d) instance of t`."""
        start = self.token.start
        if self.takes("-"):
            operand = self.expression(POWER + 1)
            return tree.Negation(self.span(start), operand)
        node = self.primary()
        while True:
            if self.sees(".") and self.peek().kind != "number":
                self.advance()
                name = self.field_name()
                node = tree.Path(self.span(start), node, name)
            elif self.filters and self.sees("["):
                self.advance()
                condition = self._inside(OR)
                self.expect("]", "sau điều kiện lọc")
                node = tree.Filter(self.span(start), node, condition)
            elif self.sees("("):
                self.advance()
                arguments = self._arguments()
                node = tree.Call(self.span(start), node, arguments)
            elif self.sees("instance") and self.peek().text == "of":
                self.at += 2
                wanted, name = self.type()
                node = tree.InstanceOf(self.span(start), node, wanted, name)
            else:
                return node

    def _arguments(self) -> tuple[tree.Argument, ...]:
        found: list[tree.Argument] = []
        while not self.takes(")"):
            start = self.token.start
            name = self.new_name((":",), "tham số")
            if name is not None:
                self.advance()
            value = self._inside(OR)
            found.append(tree.Argument(self.span(start), name, value))
            if not self.takes(",") and not self.sees(")"):
                self.fail("Thiếu “)” sau các đối số của hàm")
        if any((a.name is None) != (found[0].name is None) for a in found):
            self.fail("Các đối số phải cùng có tên hoặc cùng không có tên")
        return tuple(found)

    def primary(self) -> Node:
        token = self.token
        start = token.start
        if token.kind in {"number", "string"}:
            self.advance()
            return tree.Literal(self.span(start), token.value)
        if token.kind == "at":
            self.advance()
            value = parse_at(token.value)
            if value is None:
                raise FeelError(
                    f"“{token.value}” không phải ngày, giờ hay khoảng thời gian hợp lệ.",
                    text=self.text,
                    offset=start,
                    code="value",
                )
            return tree.Literal(self.span(start), value)
        if token.kind == "name":
            return self._word(token.text, start)
        if token.kind == "op" and token.text in {"(", "[", "]"}:
            return self.bracket(start)
        if self.takes("{"):
            return self.context(start)
        return self.fail("Cần một giá trị")

    def _word(self, word: str, start: int) -> Node:
        if word in CONSTANTS:
            self.advance()
            return tree.Literal(self.span(start), CONSTANTS[word])
        if word == "if":
            return self.choice(start)
        if word == "for":
            return self.loop(start)
        if word in {"some", "every"}:
            return self.quantified(start)
        if word == "function" and self.peek().text == "(":
            return self.function(start)
        name = self.name("một giá trị")
        return tree.Name(self.span(start), name)

    # -- brackets -------------------------------------------------------------------------------------------

    def bracket(self, start: int) -> Node:
        """`(a)`, `[a, b]`, or an interval: `[a..b)`, `]a..b[`, `(> a)`."""
        opening = self.advance().text
        if opening == "(" and self.token.kind == "op" and self.token.text in COMPARE:
            return self._open_range(start)
        if opening == "[" and self.takes("]"):
            return tree.ListNode(self.span(start), ())
        first = self._inside(OR)
        if self.takes(".."):
            return self._range(start, opening, first)
        if opening == "]":
            self.fail("Thiếu “..” trong khoảng giá trị")
        if opening == "(":
            self.expect(")", "để đóng ngoặc")
            return first
        items = [first]
        while self.takes(","):
            items.append(self._inside(OR))
        self.expect("]", "để kết thúc danh sách")
        return tree.ListNode(self.span(start), tuple(items))

    def _range(self, start: int, opening: str, low: Node) -> Node:
        """The end may itself be filtered, or the `[` after it may close the interval: try both readings."""
        at, level = self.at, self.level
        for filters in (True, False):
            self.at, self.level, before = at, level, self.filters
            self.filters = filters
            try:
                high = self.expression(SUM)
                if self.sees(")", "]", "["):
                    closing = self.advance().text
                    return tree.RangeNode(self.span(start), low, high, opening == "[", closing == "]")
            except FeelLimitError:
                raise
            except FeelError:
                if not filters:
                    raise
            finally:
                self.filters = before
        return self.fail("Thiếu dấu ngoặc đóng sau khoảng giá trị")

    def _open_range(self, start: int) -> Node:
        op = self.advance().text
        end = self._inside(SUM)
        self.expect(")", "sau khoảng giá trị")
        span = self.span(start)
        if op in {"=", "!="}:
            return tree.RangeNode(span, end, end, low_closed=True, high_closed=True, sign=op)
        if op in {">", ">="}:
            return tree.RangeNode(span, end, None, op == ">=", high_closed=False)
        return tree.RangeNode(span, None, end, low_closed=False, high_closed=op == "<=")
