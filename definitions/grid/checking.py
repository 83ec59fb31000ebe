"""Each cell of a grid by itself: what is wrong with it and what to do, at the cell's name in the form."""

from collections.abc import Iterator
from dataclasses import replace

from definitions.aid import Place, check
from definitions.grid.model import Column, Grid, GridRow, day_of
from rules.feel import FeelError, T, compile  # noqa: A004

_DAY = "Nhập ngày như 01/01/2027, hoặc để trống."


def checked(grid: Grid, place: Place, prefix: str) -> dict[str, str]:
    """`place`: that of the amount. Messages by the name of the input in the form (`g.0.1`); none where all is right."""
    return dict(_faults(grid, place, prefix))


def _faults(grid: Grid, place: Place, prefix: str) -> Iterator[tuple[str, str]]:
    if not grid.columns:
        yield f"{prefix}.columns", "Thêm ít nhất một cột điều kiện."
    if not grid.rows:
        yield f"{prefix}.rows", "Thêm ít nhất một dòng."
    columns = []
    for at, column in enumerate(grid.columns):
        tested = tests_of(column, place)
        columns.append(tested)
        name = f"{prefix}.c.{at}"
        if not column.expression:
            yield f"{name}.expression", "Chọn trường cần xét, hoặc viết biểu thức FEEL."
            continue
        yield from _told(f"{name}.expression", column.expression, replace(place, wanted="any"))
        yield from _told(f"{name}.allowed", column.allowed, tested)
    amounts = replace(place, wanted="number")
    yield from _told(f"{prefix}.default", grid.default, amounts)
    for value in grid.values.split(";"):
        yield from _told(f"{prefix}.values", value.strip(), amounts)
    if grid.hit == "P" and not grid.values:
        yield f"{prefix}.values", "Ghi các số tiền theo thứ tự ưu tiên, cách nhau bằng dấu chấm phẩy."
    for at, row in enumerate(grid.rows):
        name = f"{prefix}.{at}"
        for column_at, (cell, tested) in enumerate(zip(row.cells, columns, strict=True)):
            yield from _told(f"{name}.{column_at}", cell, tested)
        if not row.amount:
            yield f"{name}.amount", "Nhập số tiền của dòng này; không thu thì ghi 0."
        elif row.amount.replace(".", "").isdecimal() and "." in row.amount:
            yield f"{name}.amount", f"Viết số tiền liền nhau: {row.amount.replace('.', '')}."
        else:
            yield from _told(f"{name}.amount", row.amount, amounts)
        yield from _days(name, row)


def tests_of(column: Column, place: Place) -> Place:
    """The place of the column's cells: what they test, of which type."""
    try:
        tested = compile(column.expression, place.names).type
    except FeelError:
        tested = T.ANY
    return replace(place, wanted="tests", tested=tested, column=column.expression.strip())


def _told(name: str, text: str, place: Place) -> Iterator[tuple[str, str]]:
    found = check(text, place)
    if found:
        yield name, str(found[0])


def _days(name: str, row: GridRow) -> Iterator[tuple[str, str]]:
    start, end = (day_of(text) if text else None for text in (row.start, row.end))
    if row.start and start is None:
        yield f"{name}.start", f"“{row.start}” không phải ngày. {_DAY}"
    if row.end and end is None:
        yield f"{name}.end", f"“{row.end}” không phải ngày. {_DAY}"
    if start and end and end < start:
        yield f"{name}.end", "“Đến ngày” phải không trước “từ ngày”."
