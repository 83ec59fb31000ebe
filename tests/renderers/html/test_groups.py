"""Groups drawn: a fieldset with a legend, parts by their paths, errors that lead to them, and their summary."""

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st
from renderers_html import Html

from forms.collect import collect
from forms.evaluate import evaluate
from forms.model import Field, Form, Option, Page
from renderers.html.form import render_page, render_summary
from renderers.text import TZ
from rules.feel import compile as feel

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=TZ)
HOME = Field(
    "home", "group", "Nơi cư trú", line=("hamlet", "commune"),
    item=(
        Field("province", "choice", "Tỉnh", options=(Option("sl", "Sơn La"), Option("hn", "Hà Nội"))),
        Field("commune", "choice", "Xã", options=(
            Option("th", "phường Tô Hiệu", when=feel('province = "sl"')),
            Option("hk", "phường Hoàn Kiếm", when=feel('province = "hn"')),
        )),
        Field("hamlet", "text", "Thôn, bản"),
    ),
)  # fmt: skip
PERSON = Field(
    "person", "group", "Người yêu cầu", help="Người đang làm thủ tục",
    item=(
        Field("name", "text", "Họ và tên", required=True),
        Field("born", "date", "Ngày sinh"),
        Field("age", "computed", "Tuổi", compute=feel("2026 - born.year")),
        Field("number", "citizen_number", "Số định danh", sensitive=True),
        HOME,
    ),
)  # fmt: skip
PEOPLE = Field("people", "list", "Những người", item=(PERSON,), item_label="Người")


def drawn(field: Field, answers, **options) -> Html:
    page = Page("trang", "Trang", (field,))
    submission = evaluate(Form((page,)), answers, {}, NOW)
    return Html(render_page(page, submission, answers, now=NOW, **options))


def test_a_group_is_a_fieldset_of_its_parts():
    html = drawn(PERSON, {"person": {"name": "Lò Thị Xuân", "born": {"d": "2", "m": "1", "y": "2000"}}})
    assert html.balanced
    assert len(html.ids) == len(set(html.ids))
    tag, frame = next((tag, found) for tag, found in html.elements if found.get("id") == "w-person")
    assert tag == "fieldset"
    assert html.text_of(frame["aria-describedby"]) == "Người đang làm thủ tục"
    assert html.by_name("person.name")["value"] == "Lò Thị Xuân"
    assert html.by_name("person.born.y")["value"] == "2000"
    assert html.text_of("f-person.age") == "26"


def test_errors_lead_to_the_part_or_to_the_group():
    html = drawn(PERSON, {"person": {"born": {"d": "31", "m": "2", "y": "2000"}}})
    links = [found["href"].removeprefix("#") for tag, found in html.elements if tag == "a"]
    assert links == ["f-person.name", "f-person.born"]
    assert set(links) <= set(html.ids)
    notes = Field("notes", "group", "Ghi chú", required=True, item=(Field("a", "text", "A"),))
    html = drawn(notes, {})
    assert [found["href"] for tag, found in html.elements if tag == "a"] == ["#f-notes"]
    assert html.by_id("f-notes")["tabindex"] == "-1"


def test_options_follow_the_answer_beside_them_in_groups_and_in_rows():
    def offered(field: Field, answers) -> list[str]:
        found = drawn(field, answers).elements
        return [
            one["value"] for _, one in found if one.get("name", "").endswith("home.commune") and one["value"]
        ]

    assert offered(PERSON, {}) == []
    assert offered(PERSON, {"person": {"home": {"province": "sl"}}}) == ["th"]
    rows = [{"person": {"home": {"province": "hn"}}}, {}, {"person": {"home": {"province": "sl"}}}]
    assert offered(PEOPLE, {"people": rows}) == ["hk", "th"]


def test_computed_parts_stand_in_the_row_they_belong_to():
    rows = [{"person": {"name": ""}}, {"person": {"name": "A", "born": "2000-01-02"}}]
    html = drawn(PEOPLE, {"people": rows}, show=False)
    assert html.text_of("f-people.0.person.age") == "—"
    assert html.text_of("f-people.1.person.age") == "26"


def test_the_summary_reads_a_place_in_one_line_and_covers_what_is_sensitive():
    answers = {"person": {"name": "A", "number": "014190001234", "home": {
        "province": "sl", "commune": "th", "hamlet": "Bản Cọ",
    }}}  # fmt: skip
    form = Form((Page("trang", "Trang", (PERSON,)),))
    clean = evaluate(form, answers, {}, NOW).clean
    assert "Bản Cọ, phường Tô Hiệu" in Html(render_summary(form, clean)).text
    assert "014190001234" in Html(render_summary(form, clean)).text
    assert "014190001234" not in Html(render_summary(form, clean, mask=True)).text


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)


@given(TEXTS, TEXTS, st.sampled_from(["", "sl", "hn"]))
def test_what_is_drawn_and_posted_again_is_what_was_typed(name, hamlet, province):
    answers = {"person": {"name": name, "home": {"province": province, "hamlet": hamlet}}}
    source = drawn(PERSON, answers).posted()
    posted = collect((PERSON,), source)["person"]
    assert posted["name"] == name
    assert posted["home"]["hamlet"] == hamlet
    assert posted["home"].get("province", "") == province
