from datetime import date, datetime
from decimal import Decimal

import pytest

from forms.evaluate import TOO_MUCH, evaluate, evaluate_fields
from forms.model import Check, Field, FieldError, Form, Option, Page
from forms.types.choices import PICK_AGAIN
from rules.calendar import TZ
from rules.feel import compile as feel

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=TZ)
SCOPE = {"channel": "online", "case": "thuong"}


def form(*fields: Field) -> Form:
    return Form((Page("one", "Một", fields),))


def run(fields, answers, **scope):
    return evaluate(form(*fields), answers, {**SCOPE, **scope}, NOW)


def messages(submission) -> list[tuple[str, str]]:
    return [(error.path, error.message) for error in submission.errors]


NAME = Field("name", "text", "Họ và tên", required=True)
HAS_FATHER = Field("has_father", "yes_no", "Khai về người cha?")
FATHER = Field("father", "text", "Họ tên cha", required=True, visible=feel("has_father"))
COPIES = Field("copies", "integer", "Số bản", min=feel("1"), max=feel("20"), unit="bản")


def test_values_are_typed_and_clean_is_json():
    sub = run(
        [NAME, COPIES, Field("born", "date", "Ngày sinh")],
        {"name": " Ân ", "copies": "3", "born": "5/1/2020"},
    )
    assert sub.values == {"name": "Ân", "copies": Decimal(3), "born": date(2020, 1, 5)}
    assert sub.clean == {"name": "Ân", "copies": 3, "born": "2020-01-05"}
    assert sub.valid
    assert sub.visible == {"name", "copies", "born"}
    assert sub.required == {"name"}
    assert sub.pages == ("one",)


def test_a_hidden_field_is_absent():
    sub = run([HAS_FATHER, FATHER], {"has_father": "false", "father": "\x00 còn sót lại"})
    assert sub.valid
    assert sub.values == {"has_father": False}
    assert sub.clean == {"has_father": False}
    assert "father" not in sub.visible | sub.required


def test_a_visible_field_left_empty_is_null_and_not_kept():
    sub = run([COPIES], {"copies": ""})
    assert sub.values == {"copies": None}
    assert sub.clean == {}
    assert sub.valid


def test_what_is_required_says_what_to_do():
    sub = run([NAME, HAS_FATHER, FATHER], {"has_father": True})
    assert messages(sub) == [("name", "Nhập họ và tên"), ("father", "Nhập họ tên cha")]
    assert sub.required == {"name", "father"}
    assert not sub.valid
    assert sub.errors_at("father")[0].message == "Nhập họ tên cha"


def test_required_may_be_an_expression_over_any_field():
    fields = [
        Field("email", "email", "Thư điện tử", required=feel('channel = "online" and copies > 2')),
        COPIES,
    ]
    assert messages(run(fields, {"copies": 3})) == [("email", "Nhập thư điện tử")]
    assert run(fields, {"copies": 3}, channel="counter").valid
    assert run(fields, {"copies": 2}).required == set()


def test_visibility_passes_down_a_chain_and_through_hidden_fields():
    fields = [
        Field("c", "text", "c", visible=feel('b = "x"')),
        Field("b", "text", "b", visible=feel('a = "x"')),
        Field("a", "text", "a"),
    ]
    assert set(run(fields, {"a": "x", "b": "x", "c": "x"}).values) == {"a", "b", "c"}
    assert list(run(fields, {"a": "x", "b": "x", "c": "x"}).values) == ["c", "b", "a"]
    assert set(run(fields, {"a": "y", "b": "x", "c": "x"}).values) == {"a"}


def test_a_field_that_hides_a_name_of_the_scope_hides_it_even_when_hidden():
    fields = [
        Field("channel", "text", "Kênh", visible=feel("false")),
        Field("x", "text", "x", visible=feel("channel = null")),
    ]
    assert "x" in run(fields, {}).visible


def test_computed_fields_are_found_in_the_order_they_need():
    fields = [
        Field("total", "computed", "Tổng", compute=feel("fee + 1000")),
        Field("fee", "computed", "Phí", compute=feel("copies * 8000")),
        COPIES,
    ]
    sub = run(fields, {"copies": "3", "fee": "999999"})
    assert sub.values == {"total": Decimal(25000), "fee": Decimal(24000), "copies": Decimal(3)}
    assert sub.clean == {"total": 25000, "fee": 24000, "copies": 3}
    assert run(fields, {}).clean == {}
    assert run(fields, {}).valid


def test_bounds_say_the_whole_range():
    assert messages(run([COPIES], {"copies": 21})) == [("copies", "Nhập số từ 1 đến 20 bản")]
    assert messages(run([COPIES], {"copies": 0})) == [("copies", "Nhập số từ 1 đến 20 bản")]
    assert run([COPIES], {"copies": 20}).valid
    money = Field("capital", "money", "Vốn", min=feel("1000000"))
    assert messages(run([money], {"capital": 5})) == [("capital", "Nhập số tiền từ 1.000.000 đồng trở lên")]
    least = Field("ground", "decimal", "Diện tích tầng 1", max=feel("plot"), unit="m²")
    plot = Field("plot", "decimal", "Diện tích thửa")
    assert messages(run([least, plot], {"ground": "80,5", "plot": "80"})) == [
        ("ground", "Nhập số không quá 80 m²")
    ]
    assert run([least, plot], {"ground": "80,5"}).valid


def test_a_value_out_of_bounds_is_still_a_value():
    assert run([COPIES], {"copies": 21}).values == {"copies": Decimal(21)}


def test_dates_are_bounded_by_today():
    born = Field("born", "date", "Ngày sinh", max=feel("today()"))
    assert messages(run([born], {"born": "24/11/2026"})) == [("born", "Nhập ngày không sau 23/11/2026")]
    assert run([born], {"born": "23/11/2026"}).valid
    event = Field("event", "date", "Ngày tổ chức", min=feel('today() + duration("P20D")'))
    assert messages(run([event], {"event": "24/11/2026"})) == [("event", "Nhập ngày từ 13/12/2026 trở đi")]
    before = Field("handed", "date", "Ngày nộp", max=feel("now()"))
    assert messages(run([before], {"handed": "24/11/2026"})) == [("handed", "Nhập ngày không sau 23/11/2026")]
    since = Field("since", "month", "Từ tháng", min=feel("date(2026, 11, 15)"), max=feel("today()"))
    assert run([since], {"since": "11/2026"}).valid
    assert messages(run([since], {"since": "12/2026"})) == [("since", "Nhập tháng từ 11/2026 đến 11/2026")]
    at = Field("at", "time", "Giờ hẹn", min=feel('time("07:30:00")'), max=feel('time("17:00:00+07:00")'))
    assert messages(run([at], {"at": "18:00"})) == [("at", "Nhập giờ từ 07:30 đến 17:00")]


def test_a_bound_of_another_kind_bounds_nothing():
    assert run([Field("n", "integer", "n", max=feel('"nhiều"'))], {"n": 5}).valid
    assert run([Field("n", "date", "n", max=feel("5"))], {"n": "2026-01-01"}).valid
    assert run([Field("n", "text", "n", max=feel("5"))], {"n": "sáu chữ"}).valid


def test_checks_across_fields_speak_with_their_own_words():
    rule = Check(feel("floors >= ground"), "Tổng diện tích sàn không nhỏ hơn diện tích tầng 1")
    fields = [Field("floors", "decimal", "Tổng sàn", checks=(rule,)), Field("ground", "decimal", "Tầng 1")]
    assert messages(run(fields, {"floors": 10, "ground": 20})) == [("floors", rule.message)]
    assert run(fields, {"floors": 20, "ground": 20}).valid
    assert messages(run(fields, {"floors": 10})) == [("floors", rule.message)]  # null does not hold
    assert run(fields, {"ground": 20}).valid  # nothing answered, nothing to check


def test_a_check_waits_until_what_it_reads_is_sound():
    rule = Check(feel("floors >= ground"), "Tổng sàn nhỏ hơn tầng 1")
    floors = Field("floors", "decimal", "Tổng sàn", checks=(rule,))
    ground = Field("ground", "decimal", "Tầng 1", required=True)
    assert messages(run([floors, ground], {"floors": 10, "ground": "hai mươi"})) == [
        ("ground", "Nhập số bằng chữ số, dùng dấu phẩy cho phần lẻ, ví dụ 12,5")
    ]
    assert messages(run([floors, ground], {"floors": 10})) == [("ground", "Nhập tầng 1")]


def test_a_warning_does_not_stop():
    rule = Check(feel("copies <= 5"), "Ông/bà xin nhiều hơn thường lệ, xem lại số bản", "warning")
    sub = run([Field("copies", "integer", "Số bản", checks=(rule,))], {"copies": 6})
    assert sub.valid
    assert sub.errors == (FieldError("copies", rule.message, "warning"),)


def test_a_computed_field_may_warn():
    rule = Check(feel("age <= 60"), "Đăng ký khai sinh quá hạn 60 ngày", "warning")
    fields = [
        Field("born", "date", "Ngày sinh"),
        Field("age", "computed", "Số ngày", compute=feel("(today() - born).days"), checks=(rule,)),
    ]
    assert [e.path for e in run(fields, {"born": "2026-01-01"}).errors] == ["age"]
    assert run(fields, {"born": "2026-11-01"}).errors == ()
    assert run(fields, {}).errors == ()


def test_options_offered_only_sometimes():
    kind = Field(
        "kind",
        "choice",
        "Loại",
        options=(Option("a", "A"), Option("b", "B", when=feel("copies > 5"))),
        required=True,
    )
    several = Field("kinds", "multi_choice", "Các loại", options=kind.options)
    after = Field("after", "text", "Sau", visible=feel('kind = "b"'))
    fields = [kind, several, after, COPIES]
    assert messages(run(fields, {"kind": "b", "kinds": ["a", "b"], "copies": 5})) == [
        ("kind", PICK_AGAIN),
        ("kinds", PICK_AGAIN),
    ]
    assert run(fields, {"kind": "b", "copies": 5}).values["kind"] is None
    assert "after" not in run(fields, {"kind": "b", "copies": 5}).visible
    assert run(fields, {"kind": "b", "kinds": ["b"], "copies": 6, "after": "x"}).values["after"] == "x"


def test_ticks_may_be_counted():
    options = tuple(Option(x, x) for x in "abc")
    goods = Field("goods", "multi_choice", "Mặt hàng", options=options, min=feel("2"), max=feel("2"))
    assert messages(run([goods], {"goods": ["a"]})) == [("goods", "Chọn ít nhất 2 mục (đang chọn 1)")]
    assert messages(run([goods], {"goods": ["a", "b", "c"]})) == [
        ("goods", "Chọn nhiều nhất 2 mục (đang chọn 3)")
    ]
    assert run([goods], {}).valid
    assert run([goods], {}).values == {"goods": []}


def test_a_declaration_is_always_to_be_made_where_it_shows():
    sworn = Field("sworn", "declaration", "Cam đoan", visible=feel('channel = "online"'))
    assert messages(run([sworn], {})) == [("sworn", "Đọc và đánh dấu vào ô cam đoan để tiếp tục")]
    assert run([sworn], {"sworn": "true"}).clean == {"sworn": True}
    assert run([sworn], {}, channel="counter").valid


def test_a_default_answers_for_what_was_never_asked_but_not_for_what_was_emptied():
    copies = Field("copies", "integer", "Số bản", default=1)
    assert run([copies], {}).clean == {"copies": 1}
    emptied = run([copies], {"copies": " "})
    assert emptied.values == {"copies": None}
    assert run([copies], emptied.clean).values == {"copies": None}


def test_headings_and_notes_show_without_a_value():
    note = Field("note", "note", "Chú ý", visible=feel("copies > 5"), required=True)
    sub = run([Field("head", "heading", "Phần 1"), note, COPIES], {"copies": 6, "note": "x"})
    assert sub.visible == {"head", "note", "copies"}
    assert sub.values == {"copies": Decimal(6)}
    assert sub.valid


def test_pages_hide_all_their_fields_and_only_asking_pages_count():
    two = Form(
        (
            Page("one", "Một", (HAS_FATHER,)),
            Page(
                "two",
                "Hai",
                (Field("father", "text", "Họ tên cha", required=True),),
                visible=feel("has_father"),
            ),
            Page("three", "Ba", (Field("thanks", "note", "Cảm ơn"),)),
        )
    )
    hidden = evaluate(two, {"has_father": False, "father": "x"}, SCOPE, NOW)
    assert hidden.pages == ("one",)
    assert hidden.values == {"has_father": False}
    shown = evaluate(two, {"has_father": True}, SCOPE, NOW)
    assert shown.pages == ("one", "two")
    assert messages(shown) == [("father", "Nhập họ tên cha")]


def test_one_page_is_told_its_own_errors_only():
    rule = Check(feel("copies < pages"), "Số bản phải nhỏ hơn số trang")
    two = Form(
        (
            Page("one", "Một", (Field("copies", "integer", "Số bản", checks=(rule,)), NAME)),
            Page("two", "Hai", (Field("pages", "integer", "Số trang", required=True, max=feel("3")),)),
        )
    )
    first = evaluate(two, {"copies": 2}, SCOPE, NOW, page="one")
    assert messages(first) == [("name", "Nhập họ và tên")]
    assert first.required == {"name", "pages"}
    second = evaluate(two, {"copies": 2, "pages": 9}, SCOPE, NOW, page="two")
    assert messages(second) == [("pages", "Nhập số không quá 3")]
    assert evaluate(two, {}, SCOPE, NOW, page="gone").errors == ()


def test_errors_stand_in_the_order_of_the_page():
    rule = Check(feel("false"), "Không bao giờ đúng")
    fields = [Field("a", "text", "a", checks=(rule,)), Field("b", "integer", "b"), NAME]
    assert [path for path, _ in messages(run(fields, {"a": "x", "b": "y"}))] == ["a", "b", "name"]


def test_questions_are_evaluated_without_a_page():
    questions = (Field("kind", "choice", "Loại", options=(Option("a", "A"),), required=True),)
    assert evaluate_fields(questions, {"kind": "a"}, SCOPE, NOW).clean == {"kind": "a"}
    assert messages(evaluate_fields(questions, {}, SCOPE, NOW)) == [("kind", "Chọn loại")]


def test_a_circle_of_fields_is_hidden_rather_than_endless():
    fields = [
        Field("a", "text", "a", visible=feel('b = "x"')),
        Field("b", "text", "b", visible=feel('a = "x"')),
    ]
    assert run(fields, {"a": "x", "b": "x"}).values == {}


def test_an_expression_too_large_to_work_out_is_an_error_and_no_crash():
    heavy = Field("n", "computed", "n", compute=feel("count(for a in 1..2000, b in 1..2000 return a)"))
    sub = run([NAME, heavy], {"name": "Ân"})
    assert messages(sub) == [("n", TOO_MUCH)]
    assert sub.values["n"] is None


@pytest.mark.parametrize(
    "junk", [None, "", 0, True, [], {}, [[]], [{"name": 1}], "x" * 10_000, 1.5, b"x", object()]
)
def test_no_kind_of_answer_crashes(junk):
    rows = Field("rows", "list", "Dòng", item=(NAME, COPIES))
    fields = [NAME, COPIES, HAS_FATHER, FATHER, rows]
    sub = run(fields, dict.fromkeys(["name", "copies", "has_father", "father", "rows"], junk))
    assert all(error.message for error in sub.errors)
