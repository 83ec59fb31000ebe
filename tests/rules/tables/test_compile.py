from datetime import date

import pytest

from rules.feel import T
from rules.tables import DecisionTable, Input, Output, Row, TableError

NAMES = {"tuoi": T.NUMBER, "loai": T.STRING}


def problems(inputs, outputs, rows, hit="F"):
    with pytest.raises(TableError) as caught:
        DecisionTable.compile(inputs, outputs, rows, hit, NAMES)
    return [(p.row, p.column, p.message) for p in caught.value.problems]


def test_every_wrong_cell_is_named_by_row_and_column():
    rows = [
        Row(["> 18", '"A"'], ["1"]),
        Row(["> tuoii", "-"], ["2"]),
        Row(["-", "> 5"], ["loai +"]),
        Row(["((", "-"], ["3"]),
    ]
    found = problems([Input("tuoi"), Input("loai")], [Output()], rows)
    assert [(row, column) for row, column, _ in found] == [(2, 1), (3, 2), (3, 3), (4, 1)]
    assert "Có phải ông/bà muốn viết “tuoi”?" in found[0][2]


def test_headings_are_row_zero():
    found = problems([Input("tuoi"), Input("lọai")], [Output(default="tuoi >")], [Row(["-", "-"], ["1"])])
    assert [(row, column) for row, column, _ in found] == [(0, 2), (0, 3)]


def test_the_error_reads_as_sentences_with_the_feel_error_kept():
    with pytest.raises(TableError, match="Dòng 1, cột 2: Không có trường “x”") as caught:
        DecisionTable.compile([Input("tuoi")], [Output()], [Row(["-"], ["x"])], names=NAMES)
    assert caught.value.problems[0].error.code == "name"


@pytest.mark.parametrize(
    ("inputs", "outputs", "rows", "hit", "expected"),
    [
        ([Input("tuoi")], [Output()], [Row(["-"], ["1"])], "X", (0, 0, "Không có cách chọn “X”")),
        ([Input("tuoi")], [], [Row(["-"], [])], "F", (0, 0, "ít nhất một cột kết quả")),
        ([Input("tuoi")], [Output()], [], "F", (0, 0, "ít nhất một dòng")),
        ([Input("tuoi")], [Output()], [Row([], [])] * 1001, "F", (0, 0, "tối đa 1000 dòng")),
        (
            [Input("tuoi")],
            [Output()],
            [Row(["-", "-"], ["1"])],
            "F",
            (1, 0, "Cần 1 ô điều kiện và 1 ô kết quả, đang có 2 và 1."),
        ),
        (
            [Input("tuoi")],
            [Output("a"), Output("a")],
            [Row(["-"], ["1", "2"])],
            "F",
            (0, 0, "mỗi cột cần một tên riêng"),
        ),
        (
            [Input("tuoi")],
            [Output("a"), Output()],
            [Row(["-"], ["1", "2"])],
            "F",
            (0, 0, "mỗi cột cần một tên riêng"),
        ),
        (
            [Input("tuoi")],
            [Output("a"), Output("b")],
            [Row(["-"], ["1", "2"])],
            "C+",
            (0, 0, "chỉ dùng được với một cột"),
        ),
        ([Input("tuoi")], [Output()], [Row(["-"], ["1"])], "P", (0, 0, "xếp theo thứ tự ưu tiên")),
        (
            [Input("tuoi")],
            [Output()],
            [Row(["-"], ["1"], date(2026, 2, 1), date(2026, 1, 1))],
            "F",
            (1, 0, "Ngày hết hiệu lực trước"),
        ),
        (
            [Input("tuoi")],
            [Output(type=T.NUMBER)],
            [Row(["-"], ['"a"'])],
            "F",
            (1, 2, "Cần số, đang là chuỗi ký tự."),
        ),
        (
            [Input("tuoi", type=T.STRING)],
            [Output()],
            [Row(["-"], ["1"])],
            "F",
            (0, 1, "Cần chuỗi ký tự, đang là số."),
        ),
        (
            [Input("tuoi", allowed="> loaii")],
            [Output()],
            [Row(["-"], ["1"])],
            "F",
            (0, 1, "Không có trường “loaii”"),
        ),
        (
            [Input("tuoi")],
            [Output(values=("tuoi",))],
            [Row(["-"], ["1"])],
            "F",
            (0, 2, "Không có trường “tuoi”"),
        ),
    ],
)
def test_a_table_of_the_wrong_shape_is_refused(inputs, outputs, rows, hit, expected):
    row, column, part = expected
    assert any(
        (r, c) == (row, column) and part in message for r, c, message in problems(inputs, outputs, rows, hit)
    )


def test_cells_are_checked_against_the_type_of_their_column():
    assert problems([Input("tuoi + 1")], [Output()], [Row(['"A"'], ["1"])])[0][:2] == (1, 1)


def test_without_names_any_name_is_allowed():
    table = DecisionTable.compile([Input("gi_cung_duoc")], [Output()], [Row(["-"], ["khac"])])
    assert table.decide({"khac": 4}).value == 4
