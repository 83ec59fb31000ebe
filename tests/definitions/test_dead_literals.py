"""Calls whose written arguments can never give a value are told where they stand (T130)."""

import pytest

from definitions.loader import load

PLACE = "visible: copies > 5"


def told(small, condition):
    assert PLACE in small
    text = small.replace(PLACE, f"visible: '{condition}'")
    return text, [problem for problem in load(text, "x.yaml").problems if problem.code == "T130"]


@pytest.mark.parametrize(
    "call",
    [
        'date("2026-02-31")',
        "date(2026, 2, 31)",
        'date("31/12/2026")',
        'time("25:00:00")',
        'date and time("2026-02-31T08:00:00")',
        'duration("30D")',
        'number("1.000,5")',
    ],
)
def test_what_never_gives_a_value_is_told_at_the_call(small, call):
    text, (problem,) = told(small, f"copies > 5 and {call} != null")
    assert f"“{call}”" in problem.message
    assert problem.severity == "error"
    assert text.split("\n")[problem.line - 1][problem.column - 1 :].startswith(call)


@pytest.mark.parametrize(
    "call",
    [
        'date("2028-02-29")',
        "date(2026, 2, 28)",
        'time("15:00:00")',
        'duration("-P30D")',
        'number("1.000,5", ".", ",")',
        "date(note)",
        "date(null)",
        "number(full_name)",
    ],
)
def test_what_may_give_one_is_left_alone(small, call):
    _, problems = told(small, f"copies > 5 or {call} = null")
    assert problems == []


def test_the_cells_of_a_table_are_looked_at_too(small):
    table = (
        "amount: {inputs: [date(submitted_at), copies], rows: "
        "[{when: ['< date(\"2026-06-31\")', '-'], amount: 1000}, {when: ['-', '-'], amount: 'number(\"x\")'}]}"
    )
    text = small.replace("amount: 2000 * copies", table)
    found = [problem.path for problem in load(text, "x.yaml").problems if problem.code == "T130"]
    assert found == ["fees.0.amount.rows.0.when.0", "fees.0.amount.rows.1.amount"]
