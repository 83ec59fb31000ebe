"""From the text of a table to columns and rows ready to be decided by, or to every error in it at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rules.feel import (
    Expression,
    FeelError,
    FeelType,
    FeelValue,
    T,
    UnaryTest,
    compile,  # noqa: A004
    compile_unary,
    literal,
)
from rules.tables.model import CellProblem, Hit, Input, Output, Row

MAX_ROWS, MAX_COLUMNS = 1000, 40

Names = Mapping[str, FeelType] | None


@dataclass(frozen=True, slots=True)
class Column:
    """`label` is what messages call the column."""

    label: str
    expression: Expression
    type: FeelType
    allowed: UnaryTest | None


@dataclass(frozen=True, slots=True)
class Answer:
    name: str
    label: str
    values: tuple[FeelValue, ...]
    default: Expression | None


@dataclass(frozen=True, slots=True)
class Rule:
    """`tests`: `None` where the cell accepts whatever."""

    row: Row
    tests: tuple[UnaryTest | None, ...]
    values: tuple[Expression, ...]


class Compiler:
    """Collects what it makes and, beside it, all the problems met on the way."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.problems: list[CellProblem] = []
        self.part, self.item = "", 0  # what of a heading is being compiled

    def shape(
        self, inputs: Sequence[Input], outputs: Sequence[Output], rows: Sequence[Row], hit: Hit
    ) -> None:
        """What is wrong with the table as a whole."""
        if not outputs:
            self._say("Bảng cần ít nhất một cột kết quả.")
        if not rows:
            self._say("Bảng cần ít nhất một dòng.")
        if len(rows) > MAX_ROWS or len(inputs) + len(outputs) > MAX_COLUMNS:
            self._say(f"Bảng có tối đa {MAX_ROWS} dòng và {MAX_COLUMNS} cột; xin tách thành nhiều bảng.")
        named = [output.name for output in outputs]
        if len(outputs) > 1 and (not all(named) or len(set(named)) < len(named)):
            self._say("Bảng nhiều cột kết quả thì mỗi cột cần một tên riêng.")
        if hit.aggregates and len(outputs) > 1:
            self._say(f"Cách chọn “{hit}” chỉ dùng được với một cột kết quả.")
        if hit.by_priority and not any(output.values for output in outputs):
            self._say(f"Cách chọn “{hit}” cần danh sách giá trị của cột kết quả, xếp theo thứ tự ưu tiên.")
        width = len(inputs), len(outputs)
        for number, row in enumerate(rows, 1):
            if (len(row.tests), len(row.values)) != width:
                self._say(
                    f"Cần {width[0]} ô điều kiện và {width[1]} ô kết quả, "
                    f"đang có {len(row.tests)} và {len(row.values)}.",
                    row=number,
                )
            if row.start is not None and row.end is not None and row.end < row.start:
                self._say("Ngày hết hiệu lực trước ngày có hiệu lực.", row=number)

    def column(self, source: Input, at: int) -> Column | None:
        self.part = "expression"
        expression = self._expression(source.expression, self.names, 0, at)
        if expression is None:
            return None
        self._fits(expression, source.type, 0, at)
        kind = source.type or expression.type
        allowed = None
        if source.allowed is not None:
            self.part = "allowed"
            allowed = self._unary(source.allowed, kind, 0, at)
        return Column(source.label or source.expression, expression, kind, allowed)

    def answer(self, source: Output, at: int) -> Answer:
        values: list[FeelValue] = []
        for self.item, text in enumerate(source.values):
            self.part = "values"
            found = self._expression(text, {}, 0, at)
            if found is not None:
                self._fits(found, source.type, 0, at)
                values.append(found.evaluate({}))
        self.part, self.item = "default", 0
        default = None if source.default is None else self._value(source.default, source.type, 0, at)
        return Answer(source.name, source.label or source.name or "kết quả", tuple(values), default)

    def rule(
        self, row: Row, number: int, columns: Sequence[Column | None], outputs: Sequence[Output]
    ) -> Rule:
        self.part = ""
        tests: list[UnaryTest | None] = []
        for at, (cell, column) in enumerate(zip(row.tests, columns, strict=True), 1):
            text = cell_text(cell).strip()
            if text in {"", "-"}:
                tests.append(None)
                continue
            kind = column.type if column is not None else T.ANY
            tests.append(self._unary(text, kind, number, at))
        values = [
            self._value(cell_text(cell), output.type, number, len(tests) + at)
            for at, (cell, output) in enumerate(zip(row.values, outputs, strict=True), 1)
        ]
        return Rule(row, tuple(tests), tuple(value for value in values if value is not None))

    def _value(self, text: str, wanted: FeelType | None, row: int, at: int) -> Expression | None:
        made = self._expression(text, self.names, row, at)
        if made is not None:
            self._fits(made, wanted, row, at)
        return made

    def _fits(self, made: Expression, wanted: FeelType | None, row: int, at: int) -> None:
        if wanted is None or wanted.kind == "any" or made.type.kind in {wanted.kind, "any", "null"}:
            return
        self._say(f"Cần {wanted.title}, đang là {made.type.title}.", row=row, column=at)

    def _expression(self, text: str, names: Names, row: int, at: int) -> Expression | None:
        try:
            return compile(text, names)
        except FeelError as error:
            self.problems.append(CellProblem(row, at, str(error), error, self.part, self.item))
            return None

    def _unary(self, text: str, kind: FeelType, row: int, at: int) -> UnaryTest | None:
        try:
            return compile_unary(text, self.names, kind)
        except FeelError as error:
            self.problems.append(CellProblem(row, at, str(error), error, self.part, self.item))
            return None

    def _say(self, message: str, row: int = 0, column: int = 0) -> None:
        self.problems.append(CellProblem(row, column, message, None, self.part, self.item))


def cell_text(cell: object) -> str:
    """A cell as FEEL source: text is FEEL already, an absent cell is «-», any other value is itself."""
    if cell is None:
        return "-"
    return cell if isinstance(cell, str) else literal(cell)
