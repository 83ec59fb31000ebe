"""What pages say in English: numbers, days, what is left of a period, mistakes, fields; and Vietnamese wherever it is kept."""

from datetime import date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest

from definitions.calendars import layers, shipped
from forms.attachments import UploadError, accept
from forms.evaluate import evaluate
from forms.joining import join
from forms.model import Field, Form, Page
from forms.types import REGISTRY
from forms.types.accounts import ACCOUNT_DIGITS, FEWEST, MOST
from forms.types.numbers import DIGITS, TOO_LONG
from renderers.catalogue import translations
from renderers.environment import environment
from renderers.html.form import render_fields, render_page, render_summary
from renderers.html.papers import taken_words
from renderers.text import TZ, browser_name, day, day_long, due_words, instant, money, number, size
from rules.calendar import Calendar, DayKind
from rules.deadlines import DeadlineRule, Extension, Pause, Unit, due, remaining_text
from rules.feel import compile as feel
from rules.i18n import in_vietnamese, speaking

CALENDAR = shipped()
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=TZ)


@pytest.fixture(autouse=True)
def reader_of_english():
    with speaking(translations("en")):
        yield


def at(text):
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=TZ)


def errors_of(field, answer):
    form = Form((Page("p", "P", (field,)),))
    return [error.told for error in evaluate(form, {field.id: answer}, {}, NOW).errors]


@pytest.mark.parametrize(
    ("write", "value", "english", "vietnamese"),
    [
        (number, Decimal("1234.50"), "1,234.5", "1.234,5"),
        (number, 21000, "21,000", "21.000"),
        (money, 21000, "21,000 VND", "21.000 đồng"),
        (money, 0, "No fee", "Không thu"),
        (money, None, "", ""),
        (day, date(2026, 11, 5), "5 Nov 2026", "05/11/2026"),
        (day_long, date(2026, 11, 25), "25 Nov 2026 (Wednesday)", "25/11/2026 (thứ Tư)"),
        (instant, at("25/11/2026 09:00"), "09:00 on 25 Nov 2026 (Wednesday)", "09:00 ngày 25/11/2026 (thứ Tư)"),
        (size, 1_400_000, "1.4 MB", "1,4 MB"),
        (browser_name, "Mozilla/5.0 (Macintosh; Intel Mac OS X) Safari/605", "Safari on a Mac", "Safari trên máy Mac"),
    ],
)  # fmt: skip
def test_numbers_and_days(write, value, english, vietnamese):
    assert write(value) == english
    with in_vietnamese():
        assert write(value) == vietnamese
    assert write(value) == english


@pytest.mark.parametrize(
    ("until", "english", "vietnamese"),
    [
        ("25/11/2026 09:00", "2 days left", "còn 2 ngày"),
        ("24/11/2026 09:00", "1 day left", "còn 1 ngày"),
        ("23/11/2026 11:00", "today, before 11:00", "hôm nay, trước 11:00"),
        ("23/11/2026 07:30", "1 hour overdue", "quá hạn 1 giờ"),
        ("20/11/2026 09:00", "3 days overdue", "quá hạn 3 ngày"),
    ],
)
def test_due_words(until, english, vietnamese):
    assert due_words(at(until), NOW).text == english
    with in_vietnamese():
        assert due_words(at(until), NOW).text == vietnamese


def test_what_is_left_of_a_period():
    assert remaining_text(720, Unit.WORKING_DAY) == "1 day 4 hours of working time left"
    assert remaining_text(-30, Unit.HOUR) == "overdue by 30 minutes"
    assert remaining_text(0, Unit.DAY) == "just expired"


def test_why_this_date():
    found = due(DeadlineRule(Decimal(8), Unit.WORKING_HOUR), at("23/11/2026 09:00"), CALENDAR)
    assert found.sentence() == (
        "Due at 09:00 on Wednesday 25 Nov 2026: 8 working hours from 09:00 on Monday 23 Nov 2026; "
        "not counting Tuesday 24 Nov 2026 (day off for Vietnam Culture Day)."
    )
    assert [line.text for line in found.lines][1:4] == [
        "Monday 23 Nov 2026: 6 hours 30 minutes counted, 6 hours 30 minutes in all",
        "Tuesday 24 Nov 2026: day off for Vietnam Culture Day",
        "Wednesday 25 Nov 2026: 1 hour 30 minutes counted, 8 hours in all",
    ]
    with in_vietnamese():
        assert found.sentence() == (
            "Hạn là 09:00 Thứ Tư 25/11/2026: 8 giờ làm việc kể từ 09:00 Thứ Hai 23/11/2026; "
            "không tính Thứ Ba 24/11/2026 (nghỉ Ngày Văn hóa Việt Nam)."
        )


def test_a_swapped_day_names_the_other_in_the_readers_language():
    worked = CALENDAR.day(date(2025, 4, 26))
    assert worked.kind is DayKind.MAKE_UP
    assert worked.reason == "worked in exchange for Friday 2 May 2025"
    with in_vietnamese():
        assert worked.reason == "làm bù cho Thứ Sáu 02/05/2025"


def test_a_calendar_read_for_an_english_reader_is_the_same_calendar():
    assert Calendar.from_data(*layers()).day(date(2025, 4, 26)).label == "Thứ Sáu 02/05/2025"


def test_pauses_and_extensions():
    rule = DeadlineRule(Decimal(1), Unit.WORKING_DAY)
    pause = Pause(at("08/06/2026 09:00"), at("09/06/2026 09:00"), "chờ nộp tiền")
    more = Extension(at("09/06/2026 09:00"), DeadlineRule(Decimal("1.5"), Unit.WORKING_DAY), "")
    said = due(rule, at("08/06/2026 08:00"), CALENDAR, [pause], [more]).sentence()
    assert (
        "The clock stood still from 09:00 on Monday 8 Jun 2026 to 09:00 on Tuesday 9 Jun 2026: chờ nộp tiền."
        in said
    )
    assert "Extended by 1.5 working days from 08:00 on Wednesday 10 Jun 2026." in said


@pytest.mark.parametrize(
    ("field", "answer", "english", "vietnamese"),
    [
        (Field("a", "text", "Full name", required=True), "", "Enter full name", "Nhập full name"),
        (Field("a", "yes_no", "Married", required=True), "", "Choose Yes or No: married", "Chọn Có hoặc Không: married"),
        (Field("a", "date", "Born"), {"d": "31", "m": "2", "y": "2026"},
         "Correct the day: month 2 of 2026 has days 1 to 28", "Sửa lại ngày: tháng 2 năm 2026 có các ngày từ 1 đến 28"),
        (Field("a", "date", "Born"), {"d": "31"}, "Enter the month and the year too", "Nhập thêm tháng và năm"),
        (Field("a", "citizen_number", "Number"), "123", "Enter an identification number of 12 digits (now 3 digits)",
         "Nhập số định danh gồm 12 chữ số (đang có 3 chữ số)"),
        (Field("a", "integer", "Copies", max=feel("20000")), "20001",
         "Enter a number of 20,000 or less", "Nhập số không quá 20.000"),
        (Field("a", "money", "Price", min=feel("1000")), "5",
         "Enter an amount of 1,000 VND or more", "Nhập số tiền từ 1.000 đồng trở lên"),
        (Field("a", "decimal", "Area", unit="ha", max=feel("1000.5")), "2000",
         "Enter a number of 1000,5 ha or less", "Nhập số không quá 1.000,5 ha"),
        (Field("a", "date", "Born", max=feel('date("2026-01-31")')), "2026-02-01",
         "Enter a date no later than 31/01/2026", "Nhập ngày không sau 31/01/2026"),
        (Field("a", "text", "Name", max_length=3), "abcd",
         "Write less, at most 3 characters (now 4)", "Viết ngắn lại, tối đa 3 ký tự (đang có 4 ký tự)"),
    ],
)  # fmt: skip
def test_mistakes(field, answer, english, vietnamese):
    assert errors_of(field, answer) == [english]
    with in_vietnamese():
        assert errors_of(field, answer) == [vietnamese]


@pytest.mark.parametrize(
    ("type_", "typed"), [("money", "20,000"), ("integer", "20,000"), ("decimal", "1000,5")]
)
def test_a_bound_can_be_typed_as_it_is_told(type_, typed):
    assert REGISTRY[type_].parse(Field("a", type_, "A"), typed).error is None


def test_sentences_with_their_numbers_written_out_say_the_true_ones():
    assert f" {FEWEST} đến {MOST} " in ACCOUNT_DIGITS
    assert f" {DIGITS} " in TOO_LONG


def test_files():
    with pytest.raises(
        UploadError, match=r"^The file “a.jpg” ends in .jpg but is a PDF file inside. Change its"
    ):
        accept(b"%PDF-1.7 %%EOF", "a.jpg", "")
    with pytest.raises(
        UploadError, match=r"is a GIF picture: .*\. Only a PDF file or a JPEG picture or a PNG picture"
    ):
        accept(b"GIF89a", "a.gif", "")
    with pytest.raises(UploadError, match="Choose at least one picture"):
        join([])
    assert (
        taken_words(SimpleNamespace(accept=("pdf",), max_files=1))
        == "Only a PDF file is taken, at most 1 file."
    )
    with in_vietnamese():
        assert (
            taken_words(SimpleNamespace(accept=("pdf",), max_files=1))
            == "Chỉ nhận tệp PDF, nhiều nhất 1 tệp."
        )


PRICE = Field("price", "money", "Price", in_words=True)
FIELDS = (
    PRICE,
    Field("area", "decimal", "Area", unit="ha"),
    Field("born", "date", "Born", required=True),
    Field("married", "yes_no", "Married"),
    Field("own", "declaration", "I declare"),
    Field("name", "text", "Name"),
    Field("number", "citizen_number", "Number", help="12 chữ số trên thẻ căn cước"),
)
CLEAN = {
    "price": 1500000,
    "area": 1234.5,
    "born": "1990-03-15",
    "married": True,
    "own": True,
    "name": "Lò Thị Xuân",
}


def test_a_page_speaks_english_and_its_boxes_hold_what_is_typed_in_vietnam():
    form = Form((Page("p", "P", FIELDS),))
    page = render_page(form.pages[0], evaluate(form, CLEAN, {}, NOW), CLEAN, now=NOW)
    assert 'value="1.234,5"' in page
    assert 'value="1.500.000"' in page
    assert "<span>VND</span>" in page
    assert 'In words: <span lang="vi">Một triệu năm trăm nghìn đồng</span>' in page
    assert "The 12 digits on the citizen identity card" in page
    for word in (">Day<", ">Month<", ">Year<", ">Yes<", ">No<", "(optional)", ">Continue<"):
        assert word in page
    with in_vietnamese():
        again = render_page(form.pages[0], evaluate(form, CLEAN, {}, NOW), CLEAN, now=NOW)
    for word in (
        ">Ngày<",
        ">Có<",
        "(không bắt buộc)",
        ">Tiếp tục<",
        "Bằng chữ: Một triệu",
        "<span>đồng</span>",
    ):
        assert word in again


def test_what_was_drawn_in_one_language_is_not_shown_in_the_other():
    form = Form((Page("p", "P", FIELDS),))
    nothing = evaluate(form, {}, {}, NOW)
    first = render_fields(FIELDS, nothing, {}, now=NOW)
    with in_vietnamese():
        render_fields(FIELDS, nothing, {}, now=NOW)
    assert render_fields(FIELDS, nothing, {}, now=NOW) == first


def test_answers_to_be_read():
    summary = render_summary(FIELDS, CLEAN)
    for said in (
        "1,500,000 VND",
        "1,234.5 ha",
        "15 Mar 1990",
        "Yes",
        "Declared",
    ):
        assert f"<dd>{said}</dd>" in summary
    assert '<dd><span lang="vi">Lò Thị Xuân</span></dd>' in summary
    with in_vietnamese():
        kept = render_summary(FIELDS, CLEAN)
    for said in ("1.500.000 đồng (Một triệu", "1.234,5 ha", "15/03/1990", "Có", "Đã cam đoan", "Lò Thị Xuân"):
        assert f"<dd>{said}" in kept


def test_parts_of_pages():
    said = (
        environment()
        .from_string(
            '{% from "parts/basic.html" import progress, why %}{% from "parts/data.html" import fees, pager %}'
            '{% from "parts/forms.html" import wizard_actions, error_list %}'
            "{{ progress(2, 5, 'Papers') }}{% call why() %}x{% endcall %}{{ fees([]) }}{{ pager('/a', '/b') }}"
            "{{ wizard_actions(back='/') }}{{ error_list([('a', 'A'), ('b', 'B')]) }}"
        )
        .render()
    )
    for word in (
        "<strong>Step 2 of 5</strong>: Papers", "Step 1 (done)", "<summary>Why?</summary>", "no fees or charges",
        "← Previous", "Next →", ">Continue<", ">Back<", "Please check 2 places",
    ):  # fmt: skip
        assert word in said
