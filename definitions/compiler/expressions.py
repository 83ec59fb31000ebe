"""FEEL text at a path of the definition → `Expression`, its mistakes told at the very character."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final, Literal

from definitions.compiler.literals import tell_dead_literals
from definitions.problems import Report
from definitions.reading.tree import Path
from rules.feel import Expression, FeelError, FeelType, compile  # noqa: A004

Wanted = Literal["boolean", "number", "date", "any"]

_CODES: Final = {
    "syntax": "F001",
    "name": "F002",
    "field": "F003",
    "function": "F004",
    "argument": "F005",
    "type": "F006",
    "value": "F007",
    "limit": "F008",
}
_REMEDIES: Final = {
    "syntax": 'Xem đủ hai vế, đủ ngoặc chưa; “và” viết là and, “hoặc” là or, chữ đặt trong ngoặc kép như "xa".',
    "field": "Chỉ đọc những phần mà giá trị này có.",
    "function": "Chỉ dùng hàm của FEEL, ví dụ sum, count, min, max, contains, date, today.",
    "argument": "Xem lại hàm này cần những gì trong ngoặc, theo thứ tự nào.",
    "type": "Hai vế phải cùng kiểu: số với số, chữ với chữ, ngày với ngày.",
    "value": 'Xem lại giá trị được ghi, ví dụ date("2026-11-23") hoặc duration("P30D").',
    "limit": "Tách thành vài trường tính (computed), mỗi trường một ý, rồi đọc các trường ấy.",
}
_WANTED: Final[Mapping[str, tuple[frozenset[str], str, str]]] = {
    "boolean": (
        frozenset({"boolean"}),
        "một điều kiện đúng/sai",
        'Viết một phép so sánh, ví dụ: ten_truong = "gia_tri".',
    ),
    "number": (frozenset({"number"}), "một số", "Viết một số hoặc một phép tính ra số."),
    "date": (
        frozenset({"date", "date and time"}),
        "một ngày",
        'Viết ngày như 2026-11-23, hoặc biểu thức ra ngày như today() hay date("2026-11-23").',
    ),
}


def compile_feel(
    raw: object,
    path: Path,
    names: Mapping[str, FeelType],
    report: Report,
    wanted: Wanted = "any",
    *,
    begins: int = 0,
) -> Expression:
    """The expression; where it is wrong, the report says so and a null expression stands in its place. `begins`: at
    which character of the text at `path`.
    """
    try:
        expression = compile(source(raw), names)
    except FeelError as error:
        tell(error, path, report, begins)
        return compile("null")
    tell_dead_literals(expression.text, expression.tree, path, report)
    kinds, title, remedy = _WANTED.get(wanted, (None, "", ""))
    if kinds is not None and expression.type.kind not in kinds | {"any", "null"}:
        message = f"Biểu thức này cho {expression.type.title}, nhưng ở đây cần {title}."
        report.error(path, "F006", message, remedy)
    return expression


def tell(error: FeelError, path: Path, report: Report, begins: int = 0) -> None:
    """A FEEL error as a problem of the definition; `begins`: where the expression begins in the text at `path`."""
    message, remedy = error.message, ""
    if error.suggestion is not None:
        message = message.partition(" Có phải")[0]
        remedy = f"Có phải ông/bà muốn viết “{error.suggestion}”?"
    elif error.code == "name":
        remedy = (
            "Chỉ dùng mã các trường đã khai báo và: case, channel, agency, submitted_at, applicant; "
            'nếu đây là chữ thì đặt trong ngoặc kép, ví dụ "xa".'
        )
    else:
        remedy = _REMEDIES.get(error.code, "")
    report.error(
        path,
        _CODES.get(error.code, "F001"),
        message,
        remedy,
        at=report.tree.inside(path, begins + error.offset),
    )


def source(raw: object) -> str:
    """A YAML value as FEEL text: numbers and truth values stand for themselves, text is FEEL already."""
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, Decimal):
        return f"{raw:f}"
    return str(raw)


def date_source(raw: object) -> object:
    """`2026-11-23` where a date is wanted is that day, not a subtraction."""
    if not isinstance(raw, str):
        return raw
    try:
        return f'date("{date.fromisoformat(raw.strip()).isoformat()}")'
    except ValueError:
        return raw
