"""Amounts by decision table: every way to choose, inputs with names and allowed values, defaults."""

from datetime import datetime

import pytest

from definitions.assess import assess
from definitions.loader import load
from rules.calendar import TZ

NOW = datetime(2026, 11, 20, 9, tzinfo=TZ)
AMOUNT = "    amount: 2000 * copies\n"
BANDS = """\
      inputs:
        - {id: so_ban, expression: copies, label: Số bản xin cấp, values: "[1..20]"}
        - area
      rows:
        - {id: it, label: Dưới mười bản, when: ['< 10', '-'], amount: 1000 * copies}
        - {when: ['-', '"xa"'], amount: 7000}
        - {when: ['>= 10', '"phuong"'], amount: 9000}
"""


def made(small, head, bands=BANDS):
    text = small.replace(AMOUNT, f"    amount:\n{head}{bands}").replace("fees: {phi: 6000}, ", "")
    return load(text, "x.yaml")


def owed(loaded, copies, area):
    found = assess(
        loaded.definition,
        {"area": area, "full_name": "Lò Văn Ban", "copies": copies},
        now=NOW,
        channel="online",
        agency={"id": "a", "name": "A", "level": "xa", "area": None},
        applicant={"kind": "person", "name": "Lò Văn Ban"},
    )
    return (found.fees[0].amount, found.fees[0].explanation) if found.fees else found.gaps[0].message


@pytest.mark.parametrize(
    ("hit", "copies", "area", "amount", "why"),
    [
        ("F", 3, "xa", 3000, "1.000 nhân “Số bản”"),
        ("F", 12, "xa", 7000, "7.000"),
        ("C+", 3, "xa", 10000, "(1.000 nhân “Số bản”) cộng 7.000"),
        ("C<", 3, "xa", 3000, "Số nhỏ hơn trong"),
        ("C>", 3, "xa", 7000, "Số lớn hơn trong"),
        ("C#", 3, "xa", 2, "2"),
        ("C+", 12, "phuong", 9000, "9.000"),
        ("U", 12, "phuong", 9000, "9.000"),
        ("A", 7, "xa", 7000, "Số bản"),
    ],
)
def test_each_way_to_choose_gives_an_amount_and_its_reason(small, hit, copies, area, amount, why):
    found = owed(made(small, f"      hit: {hit}\n"), copies, area)
    assert found[0] == amount
    assert why in found[1]


def test_priority_is_the_order_of_the_values(small):
    bands = """\
      inputs: [copies]
      values: [9000, 5000]
      rows:
        - {when: ['-'], amount: 5000}
        - {when: ['> 10'], amount: 9000}
"""
    loaded = made(small, "      hit: P\n", bands)
    assert loaded.problems == ()
    assert (owed(loaded, 3, "xa")[0], owed(loaded, 11, "xa")[0]) == (5000, 9000)


def test_the_default_is_for_when_no_row_holds(small):
    bands = BANDS.replace("-', '\"xa\"", "> 15', '\"xa\"")
    assert [p.code for p in made(small, "", bands).errors] == ["T020"]
    loaded = made(small, "      default: 100 * copies\n", bands)
    assert loaded.problems == ()
    amount, why = owed(loaded, 12, "xa")
    assert (amount, "100 nhân “Số bản”" in why) == (1200, True)


def test_allowed_values_are_a_cell_or_a_list_of_cells(small):
    bands = BANDS.replace('values: "[1..20]"', "values: [1, '[3..20]']")
    (problem,) = made(small, "", bands).problems
    assert problem.message == "Giá trị cho phép của bảng không nhận: Số bản xin cấp = 2, Khu vực = Phường."
    assert (
        owed(made(small, "", bands), 2, "xa")
        == "Không tính được Phí cấp bản sao: không có mức thu nào phù hợp với hồ sơ này."
    )


def test_two_rows_of_a_unique_table_are_told_with_the_dossier_that_both_take(small):
    problems = made(small, "      hit: U\n").problems
    (first,) = [p for p in problems if p.code == "T021"]
    assert (first.path, first.severity) == ("fees.0.amount.rows.1", "error")
    assert first.message.startswith(
        "Dòng 1 và dòng 2 cùng nhận: Số bản xin cấp = 1, Khu vực = Xã. Cách chọn của bảng"
    )
    assert "hit: F" in first.remedy


@pytest.mark.parametrize(
    ("head", "old", "new", "code", "path", "says"),
    [
        ("      hit: X\n", "", "", "S004", "fees.0.amount.hit", "“X”"),
        ("      hit: R\n", "", "", "F009", "fees.0.amount.hit", "danh sách"),
        ("      hit: P\n", "", "", "F009", "fees.0.amount.hit", "ưu tiên"),
        ("      default: copis\n", "", "", "F002", "fees.0.amount.default", "copies"),
        ("      default: '\"a\"'\n", "", "", "F009", "fees.0.amount.default", "số"),
        ("      values: [1, '2 +']\n", "", "", "F001", "fees.0.amount.values.1", "Cần một giá trị"),
        (
            "",
            "expression: copies",
            "expression: copis",
            "F002",
            "fees.0.amount.inputs.0.expression",
            "copies",
        ),
        ("", "[1..20]", "[1..", "F001", "fees.0.amount.inputs.0.values", ""),
        ("", "expression: copies, ", "", "S002", "fees.0.amount.inputs.0", "expression"),
        ("", "id: so_ban", "id: 1 x", "S004", "fees.0.amount.inputs.0.id", "chữ cái"),
        ("", "- area", "- aera", "F002", "fees.0.amount.inputs.1", "area"),
        ("", "'< 10', '-'", "'< \"a\"', '-'", "F006", "fees.0.amount.rows.0.when.0", ""),
        ("", "amount: 7000", "amount: copis", "F002", "fees.0.amount.rows.1.amount", "copies"),
        ("", "'< 10', '-'", "'< 10'", "F009", "fees.0.amount.rows.0.when", "2 ô điều kiện"),
    ],
)
def test_what_is_wrong_with_a_table_is_told_at_its_place(small, head, old, new, code, path, says):
    assert old in BANDS
    problem = made(small, head, BANDS.replace(old, new, 1)).problems[0]
    assert (problem.code, problem.path) == (code, path)
    assert says in problem.message + problem.remedy
