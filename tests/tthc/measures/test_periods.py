"""Periods: both days belong to them; the end is the instant after."""

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.calendar import TZ
from tthc.measures.periods import KINDS, PeriodError, between, period, presets, read_slug, running

days = st.dates(date(2001, 1, 1), date(2099, 12, 31))


@given(st.sampled_from([k for k in KINDS if k != "tuy-chon"]), st.integers(2000, 2100))
def test_d27_the_parts_of_a_year_make_the_year_and_nothing_twice(kind, year):
    many = {"thang": 12, "quy": 4, "sau-thang": 2, "nam": 1}[kind]
    parts = [period(kind, year, n) for n in range(1, many + 1)]
    assert parts[0].first == date(year, 1, 1) and parts[-1].last == date(year, 12, 31)
    for before, after in pairwise(parts):
        assert before.end == after.start and before.last + timedelta(days=1) == after.first


@given(days, days)
def test_an_address_names_its_period(one, other):
    told = between(min(one, other), max(one, other))
    assert read_slug(told.slug) == told
    for preset in presets(one):
        assert read_slug(preset.slug) == preset
    assert running(one).first <= one <= running(one).last


def test_it_is_called_as_people_call_it():
    assert period("thang", 2026, 11).name == "Tháng 11 năm 2026"
    assert period("quy", 2026, 4).name == "Quý IV năm 2026"
    assert period("sau-thang", 2026, 1).name == "6 tháng đầu năm 2026"
    assert period("nam", 2026).name == "Năm 2026"
    assert between(date(2026, 1, 5), date(2026, 2, 1)).name == "Từ ngày 05/01/2026 đến hết ngày 01/02/2026"
    assert period("thang", 2026, 12).end == datetime(2027, 1, 1, tzinfo=TZ)


@pytest.mark.parametrize(
    "slug",
    [
        "",
        "2026",
        "2026-tuan-1",
        "2026-thang-13",
        "2026-quy-5",
        "1999-nam",
        "20260230-20260301",
        "20260301-20260228",
        "2026-thang-١",
    ],
)
def test_what_names_no_period_is_refused(slug):
    with pytest.raises(PeriodError):
        read_slug(slug)
