from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms.model import Field
from forms.types import REGISTRY
from forms.types.dates import NOT_A_DATE, NOT_A_MONTH, NOT_A_TIME, SHORT_YEAR

BORN = Field("born", "date", "Ngày sinh")
FROM = Field("from", "month", "Từ tháng")
AT = Field("at", "time", "Giờ hẹn")


def read(field: Field, answer: object):
    return REGISTRY[field.type].parse(field, answer)


@pytest.mark.parametrize(
    "typed",
    [
        {"d": "23", "m": "11", "y": "2026"},
        {"d": " 23", "m": "11 ", "y": "2026"},
        {"d": 23, "m": 11, "y": 2026},
        "2026-11-23",
        "23/11/2026",
        "23-11-2026",
        "23.11.2026",
        "23 / 11 / 2026",
        " 23/11/2026 ",
        "２３/１１/２０２６",
        date(2026, 11, 23),
    ],
)
def test_a_date_in_three_boxes_or_one(typed):
    assert read(BORN, typed) == (date(2026, 11, 23), "2026-11-23", None, False)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"d": "", "m": "11", "y": "2026"}, "Nhập thêm ngày"),
        ({"d": "23", "m": "11"}, "Nhập thêm năm"),
        ({"y": "2026"}, "Nhập thêm ngày và tháng"),
        ({"d": "23", "m": "11", "y": "26"}, SHORT_YEAR),
        ("23/11/26", SHORT_YEAR),
        ({"d": "30", "m": "2", "y": "2026"}, "Sửa lại ngày: tháng 2 năm 2026 có các ngày từ 1 đến 28"),
        ({"d": "29", "m": "2", "y": "2024"}, None),
        ({"d": "31", "m": "4", "y": "2026"}, "Sửa lại ngày: tháng 4 năm 2026 có các ngày từ 1 đến 30"),
        ({"d": "0", "m": "4", "y": "2026"}, "Sửa lại ngày: tháng 4 năm 2026 có các ngày từ 1 đến 30"),
        ({"d": "1", "m": "13", "y": "2026"}, "Sửa lại tháng: nhập số từ 1 đến 12"),
        ({"d": "1", "m": "1", "y": "1799"}, "Nhập năm từ 1800 đến 2200"),
        ({"d": "1", "m": "1", "y": "9999"}, "Nhập năm từ 1800 đến 2200"),
        ({"d": "hai", "m": "1", "y": "2026"}, "Nhập ngày bằng chữ số"),
        ({"d": "1", "m": "-1", "y": "2026"}, "Nhập tháng bằng chữ số"),
        pytest.param({"d": "1", "m": "1", "y": "9" * 1_000_000}, "Nhập năm bằng chữ số", id="huge-box"),
        pytest.param({"d": 10**5000, "m": 1, "y": 2026}, "Nhập ngày bằng chữ số", id="huge-number"),
        ("hôm qua", NOT_A_DATE),
        ("2026-11-23T10:00", NOT_A_DATE),
        pytest.param("1" * 1_000_000, NOT_A_DATE, id="huge"),
        ("23/11/2026\x00", NOT_A_DATE),
        (20261123, NOT_A_DATE),
        (True, NOT_A_DATE),
        ([], NOT_A_DATE),
        (datetime(2026, 11, 23, tzinfo=UTC), NOT_A_DATE),
    ],
)
def test_a_date_that_is_none_says_what_to_mend(typed, message):
    assert read(BORN, typed).error == message


@pytest.mark.parametrize("value", [[1], {}, True, 1.5, b"1"])
def test_boxes_with_other_things_in_them_never_crash(value):
    assert read(BORN, {"d": value, "m": "1", "y": "2026"}).error
    assert read(FROM, {"m": value, "y": "2026"}).error


@pytest.mark.parametrize("field", [BORN, FROM, AT])
def test_nothing_is_empty(field):
    assert read(field, None).empty
    assert read(field, "  ").empty


def test_empty_boxes_are_empty():
    assert read(BORN, {"d": "", "m": " ", "y": None}).empty
    assert read(BORN, {}).empty
    assert read(FROM, {"m": "", "y": ""}).empty


@pytest.mark.parametrize(
    "typed", ["11/2026", "2026-11", {"m": "11", "y": "2026"}, "11-2026", date(2026, 11, 5)]
)
def test_a_month_stands_for_its_first_day(typed):
    assert read(FROM, typed) == (date(2026, 11, 1), "2026-11", None, False)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"m": "11", "y": ""}, "Nhập thêm năm"),
        ({"m": "", "y": "2026"}, "Nhập thêm tháng"),
        ("13/2026", "Sửa lại tháng: nhập số từ 1 đến 12"),
        ("11/26", SHORT_YEAR),
        ({"m": "1", "y": "26"}, SHORT_YEAR),
        ("tháng mười một", NOT_A_MONTH),
        (11, NOT_A_MONTH),
        (datetime(2026, 11, 23, tzinfo=UTC), NOT_A_MONTH),
    ],
)
def test_a_month_that_is_none_says_what_to_mend(typed, message):
    assert read(FROM, typed).error == message


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("14:30", "14:30"), ("14h30", "14:30"), ("14g30", "14:30"), ("14:30:00", "14:30"), ("7h", "07:00"), ("7", "07:00"),
        ("7 giờ", "07:00"), ("7 giờ 30 phút", "07:30"), ("00:00", "00:00"), (time(9, 5), "09:05"),
    ],
)  # fmt: skip
def test_a_time_of_day(typed, kept):
    assert read(AT, typed) == (time.fromisoformat(kept), kept, None, False)


@pytest.mark.parametrize(
    "typed", ["trưa", "14-30", 14, True, {}, pytest.param("9" * 1_000_000, id="huge"), "14:30\x00"]
)
def test_a_time_that_is_none_says_what_to_type(typed):
    assert read(AT, typed).error == NOT_A_TIME


def test_an_hour_there_is_not():
    assert read(AT, "24:00").error == "Sửa lại giờ: giờ từ 0 đến 23, phút từ 0 đến 59"
    assert read(AT, "12:60").error == "Sửa lại giờ: giờ từ 0 đến 23, phút từ 0 đến 59"


def test_boxes_are_collected_by_their_letters():
    kind = REGISTRY["date"]
    assert kind.collect(BORN, {"born.d": ["1"], "born.m": [""], "born.y": ["2026"]}, "born") == {
        "d": "1",
        "m": "",
        "y": "2026",
    }
    assert kind.collect(BORN, {"born": ["2026-11-23"]}, "born") == "2026-11-23"
    assert kind.collect(BORN, {"other.d": ["1"]}, "born") is None
    assert REGISTRY["month"].collect(FROM, {"from.m": ["1"], "from.y": ["2026"]}, "from") == {
        "m": "1",
        "y": "2026",
    }


def test_dates_are_shown_day_first():
    assert REGISTRY["date"].display(BORN, "2026-01-05") == "05/01/2026"
    told = Field("born", "date", "Ngày sinh", in_words=True)
    said = "05/01/2026 (Ngày mùng năm tháng một năm hai nghìn không trăm hai mươi sáu)"
    assert REGISTRY["date"].display(told, "2026-01-05") == said
    assert REGISTRY["month"].display(FROM, "2026-01") == "01/2026"
    assert REGISTRY["time"].display(AT, "07:05") == "07:05"
    assert [REGISTRY[t].display(BORN, x) for t in ("date", "month", "time") for x in (None, "x", 5, [])] == [
        ""
    ] * 12


@given(st.dates(date(1800, 1, 1), date(2200, 12, 31)), st.times())
@settings(deadline=None)
def test_days_months_and_times_survive_being_shown_and_kept(day, clock):
    for field, answer in ((BORN, day), (FROM, day), (AT, clock)):
        kind = REGISTRY[field.type]
        first = read(field, answer)
        assert first.error is None
        assert read(field, first.clean) == first
        assert read(field, kind.display(field, first.clean)) == first


@given(
    st.text(max_size=14),
    st.dictionaries(st.sampled_from("dmyz"), st.none() | st.text(max_size=5) | st.integers()),
)
@settings(deadline=None)
def test_any_text_in_any_box_is_read_or_refused(text, boxes):
    for field in (BORN, FROM, AT):
        for answer in (text, boxes):
            first = read(field, answer)
            assert first.empty + (first.error is not None) + (first.value is not None) == 1
