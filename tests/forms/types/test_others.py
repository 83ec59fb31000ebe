from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from forms.model import Field
from forms.types import REGISTRY
from forms.types.base import in_sentence
from forms.types.computed import show, to_json
from rules.calendar import TZ
from rules.feel import YearMonthDuration
from rules.feel import compile as feel


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (None, None), (True, True), ("a", "a"), (Decimal(3), 3), (Decimal("3.50"), 3.5), (Decimal("1E+3"), 1000), (5, 5),
        (Decimal("0.0"), 0), (Decimal("0E+400"), 0), (Decimal(1) / 3, str(Decimal(1) / 3)), (Decimal("1E+400"), "1E+400"),
        (date(2026, 11, 23), "2026-11-23"), (time(7, 5), "07:05:00"),
        (datetime(2026, 11, 23, 8, 0, tzinfo=TZ), "2026-11-23T08:00:00+07:00"),
        (timedelta(days=2, hours=3), "P2DT3H0M0S"), (-timedelta(minutes=5), "-P0DT0H5M0S"),
        (YearMonthDuration(14), "P1Y2M"), (YearMonthDuration(-3), "-P0Y3M"),
        ([Decimal(1), None], [1, None]), ({"a": Decimal(1)}, {"a": 1}), (object(), None),
    ],
)  # fmt: skip
def test_any_value_is_kept_as_json(value, kept):
    assert to_json(value) == kept
    assert type(to_json(value)) is type(kept)


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        ("21000", "21.000 đồng"), ('"abc"', "abc"), ("true", "Có"), ("date(2026, 1, 5)", "05/01/2026"), ("null", ""),
        ('time("07:05:00")', "07:05"), ('date and time("2026-01-05T07:05:00+07:00")', "07:05 ngày 05/01/2026"),
        ('["a", 2]', "a; 2"), ('{a: "x", b: false}', "x; Không"),
    ],
)  # fmt: skip
def test_computed_values_are_shown_by_their_type(expression, shown):
    field = Field(
        "x", "computed", "x", compute=feel(expression), unit="đồng" if expression == "21000" else ""
    )
    clean = to_json(field.compute.evaluate({}))
    assert REGISTRY["computed"].display(field, clean) == shown


def test_a_computed_field_reads_no_answer():
    assert REGISTRY["computed"].parse(Field("x", "computed", "x"), "5").empty
    assert show(object()) == ""


def test_headings_and_notes_have_nothing():
    for kind in ("heading", "note"):
        field = Field("x", kind, "x")
        assert REGISTRY[kind].parse(field, "5").empty
        assert REGISTRY[kind].display(field, "5") == ""
        assert not REGISTRY[kind].stores


def test_a_list_shows_a_line_for_each_row():
    field = Field(
        "x",
        "list",
        "x",
        item=(Field("a", "text", "Tên"), Field("b", "money", "Giá"), Field("c", "text", "Khác")),
    )
    clean = [{"a": "Bằng", "b": 21000}, {"a": "Thẻ"}, 5]
    assert REGISTRY["list"].display(field, clean) == "1. Tên: Bằng; Giá: 21.000 đồng\n2. Tên: Thẻ\n3. "
    assert REGISTRY["list"].display(field, None) == ""


@pytest.mark.parametrize(
    ("label", "within"),
    [
        ("Họ và tên", "họ và tên"), ("UBND xã", "UBND xã"), ("Ở đâu", "ở đâu"), ("A2 là gì", "A2 là gì"), ("", ""),
        ("Số CCCD", "số CCCD"), ("VNeID", "VNeID"), ("Địa chỉ", "địa chỉ"),
    ],
)  # fmt: skip
def test_a_label_within_a_sentence(label, within):
    assert in_sentence(label) == within


def test_every_type_is_registered_by_its_name():
    assert set(REGISTRY) == {
        "text", "textarea", "integer", "decimal", "money", "date", "month", "time", "yes_no", "choice", "multi_choice",
        "list", "group", "citizen_number", "tax_number", "phone", "email", "account_number",
        "account_holder", "file", "photo", "computed", "heading", "note", "declaration",
    }  # fmt: skip
    assert all(kind.name == name for name, kind in REGISTRY.items())
