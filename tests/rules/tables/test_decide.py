from datetime import date, datetime
from decimal import Decimal

import pytest

from rules.calendar import TZ
from rules.feel import T
from rules.tables import DecisionTable, Input, Output, Row

TWO = [Row([">= 10"], [1]), Row([">= 5"], [2]), Row(["< 100"], [2])]


def decide(hit, rows, value, outputs=(Output(),), **more):
    table = DecisionTable.compile([Input("x")], outputs, rows, hit, {"x": T.NUMBER})
    return table.decide({"x": value}, **more)


@pytest.mark.parametrize(
    ("hit", "value", "expected", "rows"),
    [
        ("F", 20, 1, (1,)),
        ("F", 7, 2, (2,)),
        ("F", 1000, 1, (1,)),
        ("U", 1, 2, (3,)),
        ("A", 7, 2, (2, 3)),
        ("C", 20, [1, 2, 2], (1, 2, 3)),
        ("R", 20, [1, 2, 2], (1, 2, 3)),
        ("C+", 20, 5, (1, 2, 3)),
        ("C sum", 20, 5, (1, 2, 3)),
        ("C<", 20, 1, (1, 2, 3)),
        ("C>", 20, 2, (1, 2, 3)),
        ("C#", 20, 3, (1, 2, 3)),
        ("C count", 7, 2, (2, 3)),
    ],
)
def test_each_way_to_choose(hit, value, expected, rows):
    found = decide(hit, TWO, value)
    assert (found.value, found.rows, found.problem) == (expected, rows, "")


@pytest.mark.parametrize(
    ("hit", "value", "problem"),
    [
        ("U", 7, "Các dòng 2, 3 cùng đúng, trong khi chỉ được một dòng đúng."),
        ("A", 20, "Các dòng 1, 2, 3 cùng đúng nhưng cho kết quả khác nhau."),
    ],
)
def test_rows_that_contradict_give_null_and_say_which(hit, value, problem):
    found = decide(hit, TWO, value)
    assert (found.value, found.problem) == (None, problem)


@pytest.mark.parametrize(
    ("hit", "expected", "rows"), [("P", "từ chối", (2,)), ("O", ["từ chối", "xem lại", "nhận"], (2, 3, 1))]
)
def test_priority_is_the_order_of_the_values_declared(hit, expected, rows):
    answer = Output(values=('"từ chối"', '"xem lại"', '"nhận"'))
    table = [Row(["-"], ['"nhận"']), Row(["> 5"], ['"từ chối"']), Row(["> 5"], ['"xem lại"'])]
    found = decide(hit, table, 6, [answer])
    assert (found.value, found.rows) == (expected, rows)


def test_priority_of_several_outputs_is_read_from_left_to_right():
    outputs = [Output("muc", values=('"cao"', '"thấp"')), Output("phi"), Output("han", values=("1", "2"))]
    rows = [Row(["-"], ['"thấp"', 5, 1]), Row(["-"], ['"cao"', 6, 2]), Row(["-"], ['"cao"', 7, 1])]
    found = decide("P", rows, 1, outputs)
    assert found.value == {"muc": "cao", "phi": 7, "han": 1}
    assert decide("O", rows, 1, outputs).rows == (3, 2, 1)


def test_a_value_that_was_not_declared_is_refused():
    found = decide("F", [Row(["-"], ["x"])], 3, [Output(label="Mức", values=("1", "2"))])
    assert (found.value, found.rows) == (None, (1,))
    assert found.problem == "Dòng 1: kết quả “Mức” không nằm trong các giá trị đã khai báo."


def test_no_row_gives_the_default_or_null():
    rows = [Row(["> 5"], [1])]
    assert decide("F", rows, 1).value is None
    assert decide("F", rows, 1).problem == "Không có dòng nào của bảng đúng."
    assert decide("F", rows, 4, [Output(default="x * 10")]).value == 40
    assert decide("C", rows, 4, [Output(default="0")]).value == [0]
    assert decide("C#", rows, 4).value == 0
    assert decide("F", [Row(["> 5"], [1, 2])], 1, [Output("a", default="3"), Output("b")]).value == {
        "a": 3,
        "b": None,
    }


def test_a_missing_value_matches_only_cells_that_take_whatever():
    rows = [Row(["< 5"], ["1"]), Row([">= 5"], ["2"]), Row(["-"], ["3"])]
    assert decide("C", rows, None).rows == (3,)


def test_an_answer_left_empty_is_neither_yes_nor_no():
    rows = [Row(["true"], [1]), Row(["false"], [2]), Row(["null"], [3])]
    table = DecisionTable.compile([Input("x")], [Output()], rows, "C", {"x": T.BOOLEAN})
    assert [table.decide({"x": value}).rows for value in (True, False, None)] == [(1,), (2,), (3,)]


def test_a_value_outside_the_allowed_ones_decides_nothing():
    table = DecisionTable.compile(
        [Input("x", "Số trang", T.NUMBER, "[1..200]")], [Output()], [Row(["-"], [1])]
    )
    assert table.decide({"x": 200}).value == 1
    found = table.decide({"x": 201})
    assert found.value is None
    assert found.problem == "Giá trị của “Số trang” không nằm trong các giá trị cho phép."


def test_an_aggregate_of_what_cannot_be_added_is_null():
    found = decide("C+", [Row(["-"], ['"a"']), Row(["-"], [1])], 1)
    assert (found.value, found.problem) == (None, "Không tính được “C+” trên kết quả của các dòng 1, 2.")


def test_cells_may_be_plain_values_and_inputs_expressions():
    table = DecisionTable.compile(
        [Input("count(ds)"), Input("loai")],
        [Output("phi"), Output("ghi_chu")],
        [Row([2, '"A", "B"'], [Decimal(2000), '"hai " + loai']), Row([None, ""], [True, date(2026, 9, 2)])],
        names={"ds": T.LIST, "loai": T.STRING},
    )
    assert table.decide({"ds": [1, 2], "loai": "B"}).value == {"phi": 2000, "ghi_chu": "hai B"}
    assert table.decide({"ds": [1], "loai": "B"}).value == {"phi": True, "ghi_chu": date(2026, 9, 2)}
    assert table.sources == {"ds", "loai"}


DATED = [
    Row(["-"], [30], end=date(2025, 6, 30)),
    Row(["> 5"], [20], start=date(2025, 7, 1), end=date(2026, 12, 31)),
    Row(["-"], [10], start=date(2025, 7, 1)),
]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2025, 6, 30), 30),
        (date(2025, 7, 1), 20),
        (date(2026, 12, 31), 20),
        (date(2027, 1, 1), 10),
    ],
)
def test_the_day_of_the_event_chooses_the_rows_both_ends_inclusive(day, expected):
    assert decide("F", DATED, 6, on=day).value == expected
    assert (
        decide("F", DATED, 6, now=datetime(day.year, day.month, day.day, 23, 30, tzinfo=TZ)).value == expected
    )
    assert decide("F", DATED, 6, now=datetime(2040, 1, 1, tzinfo=TZ), on=day).value == expected


def test_a_dated_table_needs_a_day():
    with pytest.raises(ValueError, match="cần ngày để chọn dòng"):
        decide("F", DATED, 6)


def test_the_clock_reaches_the_cells():
    rows = [Row(["< date(now())"], ["now()"])]
    table = DecisionTable.compile([Input("ngay")], [Output()], rows, names={"ngay": T.DATE})
    now = datetime(2026, 6, 1, 8, tzinfo=TZ)
    assert table.decide({"ngay": date(2026, 5, 31)}, now=now).value == now


def test_no_inputs_at_all_is_a_list_of_dated_values():
    rows = [Row([], [1], end=date(2020, 1, 1)), Row([], [2])]
    table = DecisionTable.compile([], [Output()], rows)
    assert table.decide({}, on=date(2021, 1, 1)).value == 2
    assert table.dated


@pytest.mark.parametrize(
    ("hit", "outputs", "cells", "kind"),
    [
        ("F", [Output()], [1], T.NUMBER),
        ("C", [Output()], [1], T.list_of(T.NUMBER)),
        ("C+", [Output()], [1], T.NUMBER),
        ("C#", [Output()], ['"a"'], T.NUMBER),
        ("F", [Output(type=T.ANY)], [1], T.ANY),
        ("F", [Output("a"), Output("b")], [1, '"x"'], T.context({"a": T.NUMBER, "b": T.STRING})),
        ("F", [Output(default='"x"')], [1], T.ANY),
    ],
)
def test_the_type_of_the_answer_is_known(hit, outputs, cells, kind):
    assert DecisionTable.compile([Input("x")], outputs, [Row(["-"], cells)], hit).type == kind
