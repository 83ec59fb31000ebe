from dataclasses import replace
from datetime import datetime
from decimal import Decimal

import pytest

from definitions.examples import Observed, compare
from definitions.model import Example
from rules.calendar import TZ

SEEN = Observed(
    case="xa",
    valid=True,
    errors=frozenset(),
    fees={"phi": 6000},
    papers=frozenset({"don"}),
    visible=frozenset({"a", "rows.0.b"}),
    values={"copies": 3},
    due=datetime(2026, 11, 30, 9, tzinfo=TZ),
    collect={"phi": "at_return"},
    copies={"don": {"original": 1}},
    optional=frozenset({"don"}),
)


def example(**expect):
    return Example("Ví dụ", datetime(2026, 11, 20, 9, tzinfo=TZ), {}, expect)


def test_a_number_is_compared_as_it_is_written():
    seen = replace(SEEN, values={"area": 249.9})
    assert compare(example(values={"area": Decimal("249.9")}), seen) == ()
    assert compare(example(values={"area": Decimal("249.8")}), seen)


def test_what_is_expected_and_seen_is_no_mismatch():
    wanted = example(
        case="xa", valid=True, errors=[], fees={"phi": 6000}, total=6000, papers=["don"], visible=["a", "rows.0.b"],
        hidden=["c"], values={"copies": 3}, due="2026-11-30T09:00",
    )  # fmt: skip
    assert compare(wanted, SEEN) == ()
    assert compare(example(), SEEN) == ()


@pytest.mark.parametrize(
    ("expect", "key", "says"),
    [
        ({"case": "phuong"}, "case", "mong đợi phuong, thực tế xa"),
        ({"valid": False}, "valid", "mong đợi không, thực tế có"),
        ({"errors": ["a"]}, "errors", "thiếu a"),
        ({"fees": {"phi": 7000}}, "fees.phi", "7.000"),
        ({"fees": {}}, "fees.phi", "mong đợi không có"),
        ({"fees": {"phi": 6000, "khac": 1}}, "fees.khac", "thực tế không có"),
        ({"total": 0}, "total", "6.000"),
        ({"papers": ["don", "anh"]}, "papers", "thiếu anh"),
        ({"papers": []}, "papers", "thừa don"),
        ({"optional": []}, "optional", "thừa don"),
        ({"optional": ["don", "anh"]}, "optional", "thiếu anh"),
        ({"visible": ["c"]}, "visible", "đang ẩn"),
        ({"hidden": ["a"]}, "hidden", "đang hiện"),
        ({"values": {"copies": 4}}, "values.copies", "copies"),
        ({"due": "2026-12-01T09:00"}, "due", "2026-11-30T09:00"),
        ({"due": None}, "due", "2026-11-30T09:00"),
    ],
)
def test_each_difference_is_told(expect, key, says):
    (found,) = compare(example(**expect), SEEN)
    assert found.key == key
    assert says in found.message
