"""The form as drawn, read back by an HTML parser."""

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from renderers_html import Html

from forms.evaluate import collect, evaluate
from forms.model import Check, Field, FieldError, Form, Option, Page, Submission
from forms.types import REGISTRY
from renderers.html.controls import form_field
from renderers.html.errors import render_errors
from renderers.html.fields import COMPILERS
from renderers.html.form import render_page, render_questions
from renderers.text import TZ
from rules.feel import compile as feel

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=TZ)
EVIL = '"><script>alert(\'x\')</script>&<b onclick="x">'


def page_of(*fields):
    return Page("trang", "Trang", tuple(fields))


def draw(page, answers, **options):
    submission = evaluate(Form((page,)), answers, {}, NOW)
    return Html(render_page(page, submission, answers, now=NOW, **options))


def every_type(label="Nhãn", text="Lời", help_text=""):
    options = (Option("a", label, label), Option("b", label))
    return tuple(
        Field(
            id=f"f_{name}", type=name, label=label, help=help_text, example=help_text, text=text,
            options=options if "choice" in name else (),
            item=(Field(id="x", type="text", label=label),) if name == "list" else (),
            item_label=label if name == "list" else "",
            compute=feel("1 + 1") if name == "computed" else None,
            unit=label if name in {"integer", "decimal"} else "",
        )
        for name in REGISTRY
    )  # fmt: skip


def test_every_type_of_the_registry_has_a_drawing_of_its_own():
    assert set(REGISTRY) - {"list", "group"} <= set(COMPILERS)


@pytest.mark.parametrize("field", every_type(), ids=lambda field: field.type)
def test_every_type_stands_in_a_frame_named_by_its_path(field):
    html = draw(page_of(field), {}, show=False)
    assert html.ids.count(f"w-{field.id}") == 1
    if REGISTRY[field.type].asks:
        assert html.ids.count(f"f-{field.id}") == 1


@pytest.mark.parametrize("field", every_type(EVIL, EVIL, EVIL), ids=lambda field: field.type)
def test_hostile_labels_helps_and_answers_are_words_only(field):
    answers = {field.id: [{"x": EVIL}] if field.type == "list" else EVIL}
    submission = evaluate(Form((page_of(field),)), answers, {}, NOW)
    submission = replace(
        submission, errors=(FieldError(field.id, EVIL), FieldError(field.id, EVIL, "warning"))
    )
    html = Html(render_page(page_of(field), submission, answers, now=NOW))
    assert "script" not in html.tags
    assert "b" not in html.tags
    assert not any(name.startswith("on") for _, attributes in html.elements for name in attributes)
    assert html.balanced


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_what_was_typed_comes_back_letter_for_letter(typed):
    typed = typed.replace("\r", "").replace("\x00", "")
    fields = (Field(id="a", type="text", label="A"), Field(id="b", type="textarea", label="B"))
    html = draw(page_of(*fields), {"a": typed, "b": typed}, show=False)
    assert html.by_id("f-a")["value"] == typed
    assert html.text_of("f-b").removeprefix("\n") == typed


@pytest.mark.parametrize(
    ("type_name", "answer", "shown"),
    [
        ("integer", "mười hai", "mười hai"), ("integer", 12, "12"), ("decimal", 12.5, "12,5"),
        ("money", "21000", "21000"), ("money", 21_000, "21.000"), ("citizen_number", "0141", "0141"),
        ("phone", "09 12", "09 12"), ("email", "nguyet@", "nguyet@"), ("time", "25:99", "25:99"),
    ],
)  # fmt: skip
def test_typed_and_stored_values_in_one_box(type_name, answer, shown):
    html = draw(page_of(Field(id="a", type=type_name, label="A")), {"a": answer}, show=False)
    assert html.by_id("f-a")["value"] == shown


@pytest.mark.parametrize(
    ("answer", "boxes"),
    [
        ({"d": "31", "m": "2", "y": "1990"}, ("31", "2", "1990")),
        ("1990-03-05", ("05", "03", "1990")),
        ("mồng một tết", ("mồng một tết", "", "")),
        (None, ("", "", "")),
    ],
)
def test_dates_stand_in_three_boxes_and_strange_text_is_kept(answer, boxes):
    html = draw(page_of(Field(id="a", type="date", label="A")), {"a": answer}, show=False)
    assert tuple(html.by_name(f"a.{key}")["value"] for key in "dmy") == boxes


def test_few_options_are_cards_many_are_a_list_to_unfold():
    few = Field(id="a", type="choice", label="A", options=tuple(Option(str(i), f"Mục {i}") for i in range(7)))
    many = Field(
        id="b", type="choice", label="B", options=tuple(Option(str(i), f"Mục {i}") for i in range(8))
    )
    html = draw(page_of(few, many), {"a": "3", "b": "4"}, show=False)
    radios = [a for tag, a in html.elements if tag == "input" and a.get("name") == "a"]
    assert [r["value"] for r in radios if "checked" in r] == ["3"]
    assert html.by_name("b")["id"] == "f-b"
    assert [a["value"] for tag, a in html.elements if tag == "option" and "selected" in a] == ["4"]


def test_an_option_is_offered_only_where_its_condition_holds():
    field = Field(
        id="a", type="choice", label="A",
        options=(Option("x", "X"), Option("y", "Y", when=feel('channel = "online"'))),
    )  # fmt: skip
    page = page_of(field)
    submission = evaluate(Form((page,)), {}, {"channel": "counter"}, NOW)
    at_counter = Html(render_page(page, submission, {}, scope={"channel": "counter"}, now=NOW))
    online = Html(render_page(page, submission, {}, scope={"channel": "online"}, now=NOW))
    assert [a["value"] for t, a in at_counter.elements if t == "input" and a.get("name") == "a"] == ["x"]
    assert [a["value"] for t, a in online.elements if t == "input" and a.get("name") == "a"] == ["x", "y"]


def test_a_hidden_field_is_not_on_the_page():
    page = page_of(
        Field(id="a", type="yes_no", label="A"),
        Field(id="b", type="text", label="B", visible=feel("a = true")),
    )
    assert "f-b" not in draw(page, {"a": "false"}).ids
    assert "f-b" in draw(page, {"a": "true"}).ids


def test_optional_is_said_and_required_is_not_shouted():
    page = page_of(
        Field(id="a", type="text", label="Tên", required=True), Field(id="b", type="text", label="Họ")
    )
    source = str(render_page(page, evaluate(Form((page,)), {}, {}, NOW), {}, show=False))
    assert source.count("(không bắt buộc)") == 1
    html = Html(source)
    assert html.by_id("f-a")["aria-required"] == "true"
    assert "aria-required" not in html.by_id("f-b")


def test_an_error_is_beside_its_field_tied_to_it_and_listed_on_top():
    page = page_of(Field(id="a", type="integer", label="Số", required=True, help="Đếm kỹ"))
    html = draw(page, {"a": "x"})
    control = html.by_id("f-a")
    assert control["aria-invalid"] == "true"
    assert control["aria-describedby"] == "f-a-help f-a-error"
    assert {"f-a-help", "f-a-error", "error-summary"} <= set(html.ids)
    assert [a["href"] for tag, a in html.elements if tag == "a"] == ["#f-a"]


def test_a_group_is_described_and_its_boxes_are_marked():
    html = draw(
        page_of(Field(id="a", type="date", label="Ngày", help="Xem thẻ")),
        {"a": {"d": "31", "m": "2", "y": "1990"}},
    )
    assert html.by_id("w-a")["aria-describedby"] == "f-a-help f-a-error"
    assert html.by_name("a.d")["aria-invalid"] == "true"


def test_a_warning_does_not_mark_the_field_wrong():
    check = Check(feel("false"), "Ngày này là ngày nghỉ", "warning")
    html = draw(page_of(Field(id="a", type="text", label="A", checks=(check,))), {"a": "x"})
    assert "error-summary" not in html.ids
    assert "aria-invalid" not in html.by_id("f-a")
    assert "Lưu ý: Ngày này là ngày nghỉ" in html.text


def test_errors_can_be_told_for_some_paths_or_none():
    page = page_of(Field(id="a", type="integer", label="A"), Field(id="b", type="integer", label="B"))
    answers = {"a": "x", "b": "y"}
    some = draw(page, answers, show={"b"})
    assert "f-b-error" in some.ids
    assert "f-a-error" not in some.ids
    assert "error-summary" not in some.ids
    assert "f-b-error" not in draw(page, answers, show=False).ids


PAPERS = Field(
    id="documents", type="list", label="Giấy tờ", item_label="Giấy tờ", required=True,
    item=(
        Field(id="name", type="text", label="Tên", required=True),
        Field(id="more", type="yes_no", label="Thêm?"),
        Field(id="why", type="text", label="Vì sao", visible=feel("more = true")),
    ),
)  # fmt: skip


def buttons(html):
    return [a["value"] for tag, a in html.elements if tag == "button" and a.get("name") == "_rows"]


def test_lists_have_buttons_that_work_without_script():
    html = draw(
        page_of(PAPERS), {"documents": [{"name": "Một"}, {"name": "Hai"}, {"name": "Ba"}]}, show=False
    )
    assert buttons(html) == [
        "documents:down:0", "documents:remove:0", "documents:up:1", "documents:down:1", "documents:remove:1",
        "documents:up:2", "documents:remove:2", "documents:add",
    ]  # fmt: skip
    assert html.by_name("documents.count")["value"] == "3"
    assert html.by_name("documents.1.name")["value"] == "Hai"
    assert html.by_name("documents.1._row")["value"] == "1"


def test_the_button_pressed_by_enter_is_not_one_of_a_list():
    html = draw(page_of(PAPERS), {}, show=False)
    first = next(a for tag, a in html.elements if tag == "button")
    assert "name" not in first
    assert first["tabindex"] == "-1"


def test_an_empty_list_offers_a_first_row():
    html = draw(page_of(PAPERS), {}, show=False)
    assert html.by_name("documents.count")["value"] == "1"
    assert html.by_name("documents.0._row")["value"] == ""
    assert html.by_id("f-documents.0.name")["aria-required"] == "true"
    assert "f-documents.0.why" not in html.ids


def test_visibility_and_errors_inside_rows():
    html = draw(
        page_of(PAPERS), {"documents": [{"name": "", "more": "true"}, {"name": "Hai", "more": "false"}]}
    )
    assert "f-documents.0.why" in html.ids
    assert "f-documents.1.why" not in html.ids
    assert html.by_id("f-documents.0.name")["aria-invalid"] == "true"
    assert "#f-documents.0.name" in [a.get("href") for _, a in html.elements]


def test_options_inside_rows_read_their_row():
    item = (
        Field(id="n", type="integer", label="N"),
        Field(
            id="k", type="choice", label="K", options=(Option("x", "X"), Option("y", "Y", when=feel("n > 2")))
        ),
    )
    html = draw(
        page_of(Field(id="l", type="list", label="L", item=item)), {"l": [{"n": "1"}, {"n": "3"}]}, show=False
    )
    names = [(a["name"], a["value"]) for t, a in html.elements if t == "input" and a.get("type") == "radio"]
    assert names == [("l.0.k", "x"), ("l.1.k", "x"), ("l.1.k", "y")]


def test_computed_values_in_rows_stand_beside_their_rows_even_after_an_empty_one():
    item = (
        Field(id="n", type="integer", label="N"),
        Field(id="twice", type="computed", label="Hai lần", compute=feel("n * 2")),
    )
    html = draw(
        page_of(Field(id="l", type="list", label="L", item=item)), {"l": [{"n": ""}, {"n": "4"}]}, show=False
    )
    assert html.text_of("f-l.0.twice") == "—"
    assert html.text_of("f-l.1.twice") == "8"


def test_what_is_drawn_is_read_back_the_same():
    """A page posted without a change gives the answers it was drawn from."""
    answers = {
        "f_text": "Lò Thị Nguyệt", "f_date": {"d": "5", "m": "3", "y": "1990"}, "f_month": {"m": "3", "y": "2026"},
        "f_yes_no": "false", "f_choice": "b", "f_multi_choice": ["a", "b"], "f_declaration": "true",
        "f_list": [{"x": "một"}, {"x": "hai"}],
    }  # fmt: skip
    fields = every_type()
    page = page_of(*fields)
    html = draw(page, answers, show=False)
    posted = collect(fields, html.posted())
    for row in posted["f_list"]:
        row.pop("_row")
    assert {key: posted[key] for key in answers} == answers
    assert posted["f_multi_choice"] == ["a", "b"]


def test_ids_are_unique_on_a_page_of_everything():
    html = draw(page_of(*every_type()), {"f_list": [{"x": "1"}, {"x": "2"}]})
    assert len(html.ids) == len(set(html.ids))


def test_every_control_has_a_name_a_reader_hears():
    html = draw(page_of(*every_type()), {"f_list": [{"x": "1"}]}, show=False)
    labelled = {a["for"] for tag, a in html.elements if tag == "label" and "for" in a}
    for tag, attributes in html.elements:
        if tag in {"input", "select", "textarea"} and attributes.get("type") not in {
            "hidden",
            "radio",
            "checkbox",
        }:
            assert attributes["id"] in labelled


def test_no_inline_style_or_script_is_ever_drawn():
    html = draw(page_of(*every_type()), {})
    assert "script" not in html.tags
    assert not any("style" in attributes for _, attributes in html.elements)


def test_sensitive_answers_are_not_kept_by_the_browser():
    html = draw(page_of(Field(id="a", type="text", label="A", sensitive=True)), {}, show=False)
    assert html.by_id("f-a")["autocomplete"] == "off"
    assert "data-sensitive" in html.by_id("f-a")


def test_questions_are_drawn_as_a_page():
    fields = (Field(id="a", type="yes_no", label="Ông/bà nộp thay?"),)
    submission = Submission({}, {}, frozenset({"a"}), frozenset(), (), ())
    assert "form-page" in Html(render_questions(fields, submission, {})).ids


def test_a_summary_can_lead_to_other_pages_and_is_silent_without_errors():
    link = Html(render_errors((FieldError("a", "Nhập tên"),), link=lambda path: f"/trang?o={path}&x"))
    assert [a["href"] for tag, a in link.elements if tag == "a"] == ["/trang?o=a&x"]
    assert render_errors((FieldError("a", "Nên xem lại", "warning"),)) == ""


def test_a_field_by_hand_looks_like_any_other_and_never_shows_a_password():
    html = Html(form_field("password", "Mật khẩu", "password", value="bi-mat", error="Mật khẩu chưa đúng"))
    assert html.by_id("f-password")["value"] == ""
    assert html.by_id("f-password")["aria-invalid"] == "true"
    chosen = Html(
        form_field(
            "way",
            "Cách nhận",
            "choice",
            value="post",
            options=[("counter", "Tại quầy"), ("post", "Bưu chính")],
        )
    )
    assert [a["value"] for t, a in chosen.elements if "checked" in a] == ["post"]


def test_an_amount_is_said_in_words_under_its_box():
    price = Field(id="price", type="money", label="Giá", in_words=True)
    page = page_of(price)
    assert "Một triệu không trăm linh năm nghìn đồng" in draw(page, {"price": "1.005.000"}).text_of(
        "f-price-words"
    )
    assert "data-thousands" in draw(page, {}).by_id("f-price")
    wrong = draw(page, {"price": "nhiều"}, show=True)
    assert not wrong.text_of("f-price-words")
