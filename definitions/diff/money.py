"""Fees in words: amounts, the days on which they are law, and the conditions of a table's row by what answers are called."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeAlias

Conditions: TypeAlias = tuple[tuple[str, str], ...]
"""`(expression of the column, cell)` of each cell that asks something."""


def conditions(table: Mapping[str, Any], row: Mapping[str, Any]) -> Conditions:
    """What a row of a fee's table asks."""
    inputs = [each if isinstance(each, str) else str(each["expression"]) for each in table["inputs"]]
    cells = zip(inputs, map(str, row["when"]), strict=False)
    return tuple((name, cell) for name, cell in cells if cell.strip() not in {"-", ""})


class Names:
    """What the cells of a fee's table are called: labels of the answers they compare with."""

    def __init__(self, raw: Mapping[str, Any], fee: Mapping[str, Any]) -> None:
        pages = raw.get("form", {}).get("pages", ())
        fields = [*raw.get("questions", ()), *(field for page in pages for field in page["fields"])]
        self._answers = {
            str(field["id"]): {
                str(option["value"]): str(option["label"])
                for option in field.get("options", ())
                if isinstance(option, Mapping)
            }
            for field in fields
        }
        self._answers["case"] = {str(case["id"]): str(case["label"]) for case in raw.get("cases", ())}
        amount = fee["amount"]
        inputs = amount["inputs"] if isinstance(amount, Mapping) else ()
        self._columns = {
            str(each["expression"]): str(each.get("label", ""))
            for each in inputs
            if isinstance(each, Mapping)
        }
        labels = {str(field["id"]): str(field.get("label", "")) for field in fields}
        self._columns = {**labels, **{name: label for name, label in self._columns.items() if label}}

    def which(self, key: Conditions) -> str:
        """`Hộ kinh doanh, Thành phố`."""
        return ", ".join(self._cell(name, cell) for name, cell in key)

    def _cell(self, name: str, cell: str) -> str:
        answers = self._answers.get(name, {})
        values = [part.strip() for part in cell.split(",")]
        if all(len(value) > 1 and value[0] == value[-1] == '"' for value in values):
            return " hoặc ".join(answers.get(value[1:-1], value[1:-1]) for value in values)
        return f"{self._columns.get(name) or name} {cell}"


def money(value: Any) -> str:
    text = str(value).strip()
    return f"{int(text):,} đồng".replace(",", ".") if text.isascii() and text.isdecimal() else text


def days_words(days: Mapping[str, Any]) -> str:
    start = f"từ {day_words(days['from'])}" if days.get("from") else ""
    end = f"đến hết {day_words(days['to'])}" if days.get("to") else ""
    return " ".join(filter(None, (start, end)))


def day_words(value: Any) -> str:
    try:
        return f"{date.fromisoformat(str(value)):%d/%m/%Y}"
    except ValueError:
        return str(value)
