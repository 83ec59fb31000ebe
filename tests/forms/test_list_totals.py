from datetime import datetime
from decimal import Decimal

import pytest

from forms.evaluate import evaluate
from forms.model import Check, Field, Form, Page
from forms.totals import totals
from rules.calendar import TZ
from rules.feel import compile as feel

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=TZ)
COPIES = Field("copies", "integer", "Số bản", unit="bản", total="sum")
AREA = Field("area", "decimal", "Diện tích", unit="m²", total="sum")
PRICE = Field("price", "money", "Giá", total="sum")
DOCUMENTS = Field(
    "documents",
    "list",
    "Giấy tờ",
    item=(Field("name", "text", "Tên"), COPIES, AREA, PRICE),
    checks=(Check(feel("sum(documents.copies) <= 10"), "Bớt số bản: cả hồ sơ tối đa 10 bản"),),
)
ALL = Field("all", "computed", "Tất cả", compute=feel("sum(documents.copies)"))
ROWS = [
    {"name": "A", "copies": "5", "area": "0,1", "price": "1.000"},
    {"name": "B", "copies": "4", "area": "0,2", "price": "20.000"},
]


def run(rows):
    page = Page("one", "Một", (DOCUMENTS, ALL))
    return page, evaluate(Form((page,)), {"documents": rows}, {}, NOW)


def test_columns_are_summed_exactly_with_their_units():
    _, submission = run(ROWS)
    assert totals(DOCUMENTS, submission.clean["documents"]) == (
        ("Tổng số bản", "9 bản"),
        ("Tổng diện tích", "0,3 m²"),
        ("Tổng giá", "21.000 đồng"),
    )


@pytest.mark.parametrize("rows", [None, [], "x", {}])
def test_a_list_without_rows_has_no_totals(rows):
    assert totals(DOCUMENTS, rows) == ()


def test_an_empty_cell_counts_as_nothing():
    assert totals(DOCUMENTS, [{"name": "A"}, {"copies": 2}])[0] == ("Tổng số bản", "2 bản")


def test_expressions_read_the_total_of_a_column():
    _, submission = run(ROWS)
    assert submission.values["all"] == Decimal(9)
    assert submission.valid


def test_a_check_reads_the_total():
    _, submission = run([*ROWS, {"name": "C", "copies": 2, "area": 1, "price": 0}])
    assert [(error.path, error.message) for error in submission.errors] == [
        ("documents", "Bớt số bản: cả hồ sơ tối đa 10 bản")
    ]
