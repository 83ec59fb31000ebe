"""The twelve parts (Đ7.2b), for every procedure the product comes with."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from renderers_app import make_app
from renderers_html import Html

from definitions.explain import said_yes_or_no
from definitions.loader import load
from definitions.model import DeadlineRow, PaperDue
from definitions.shipped import loaded, shipped
from renderers.html.procedure import deadline_words, paper_words, procedure_view
from rules.deadlines import DeadlineRule, Unit

ON = date(2026, 11, 23)
HEADINGS = (
    "Trình tự thực hiện", "Cách thức thực hiện", "Thành phần, số lượng hồ sơ", "Thời hạn giải quyết",
    "Đối tượng thực hiện", "Cơ quan giải quyết", "Kết quả", "Phí, lệ phí", "Mẫu đơn, mẫu tờ khai",
    "Yêu cầu, điều kiện", "Căn cứ pháp lý", "Trách nhiệm của mỗi bên",
)  # fmt: skip


def draw(view):
    app = make_app()
    source = '{% from "parts/procedure.html" import head, parts %}{{ head(view, start_url="/nop") }}{{ parts(view) }}'
    with app.test_request_context():
        return Html(app.jinja_env.from_string(source).render(view=view))


@pytest.mark.parametrize(("filename", "text"), shipped(), ids=lambda value: value[:20])
def test_the_page_of_every_shipped_procedure_has_all_twelve_parts(filename, text):
    definition = loaded(text, filename).definition
    html = draw(procedure_view(definition, ON))
    for number, heading in enumerate(HEADINGS, 1):
        assert f"{number}. {heading}" in html.text
    assert html.balanced
    assert definition.name in html.text
    assert all(paper.name in html.text for paper in definition.attachments)
    assert len(definition.cases) < 2 or all(case.label in html.text for case in definition.cases)
    assert all(line.label in html.text for line in definition.fees if line.effective.covers(ON))
    assert len(html.ids) == len(set(html.ids))
    stored = {
        option.value
        for field in definition.fields
        for option in field.options
        if option.value != option.label
    }
    assert not [value for value in stored if f"“{value}”" in html.text], (
        "people read labels, not stored values"
    )


def paper(**facts):
    usual = {
        "id": "a", "name": "Đơn", "original": 0, "copy": 0, "required": True, "presented_only": False,
        "form_generated": False, "help": "",
    }  # fmt: skip
    return PaperDue(**{**usual, **facts})


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"original": 1}, "01 bản chính"),
        ({"original": 1, "copy": 12}, "01 bản chính, 12 bản sao"),
        ({"original": 1, "presented_only": True}, "01 bản chính – chỉ xuất trình, không nộp"),
        ({"form_generated": True}, "Lập từ nội dung khai trực tuyến"),
        ({"presented_only": True}, "Chỉ xuất trình, không nộp"),
        ({}, "01 bản"),
    ],
)
def test_papers_in_words(facts, words):
    assert paper_words(paper(**facts)) == words


@pytest.mark.parametrize(
    ("amount", "unit", "words"),
    [
        ("5", Unit.WORKING_DAY, "5 ngày làm việc"),
        ("0.5", Unit.WORKING_DAY, "0,5 ngày làm việc"),
        ("0", Unit.WORKING_DAY, "Ngay trong ngày làm việc"),
        ("0", Unit.UNSPECIFIED, "Không quy định"),
    ],
)
def test_deadlines_in_words(amount, unit, words):
    assert deadline_words(DeadlineRow(DeadlineRule(Decimal(amount), unit))) == words


MADE_UP = (Path(__file__).parents[2] / "admin" / "thu_muc.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("“Có xe?” là đúng", "trả lời Có cho “Có xe?”"),
        ("“Có xe?” là sai", "trả lời Không cho “Có xe?”"),
        ("“Có xe?” không phải là đúng và “Tuổi” lớn hơn 3", "không trả lời Có cho “Có xe?” và “Tuổi” lớn hơn 3"),
        ("“Có xe?” để trống hoặc “Có xe?” là sai", "chưa trả lời “Có xe?” hoặc trả lời Không cho “Có xe?”"),
        ("“Có xe?” có giá trị", "đã trả lời “Có xe?”"),
        ("“Có xe?”", "trả lời Có cho “Có xe?”"),
        ("“Tuổi” là đúng", "“Tuổi” là đúng"),
    ],
)  # fmt: skip
def test_questions_answered_yes_or_no_are_told_by_the_answer(words, said):
    assert said_yes_or_no(words, frozenset({"Có xe?"})) == said


def test_no_shipped_page_says_that_a_question_is_true():
    for filename, text in shipped():
        html = draw(procedure_view(loaded(text, filename).definition, ON))
        assert "?” là đúng" not in html.text and "?” là sai" not in html.text
    birth = draw(procedure_view(load(dict(shipped())["1.001193.yaml"], "x").definition, ON))
    assert "Khi trả lời Có cho “Ông/bà đi đăng ký thay theo ủy quyền?”" in birth.text


def residence():
    return dict(shipped())["1.004222.yaml"]


def test_what_is_handled_elsewhere_only_says_where_at_once():
    view = procedure_view(load(residence(), "x").definition, ON)
    html = draw(view)
    assert view.elsewhere.url == "https://dichvucong.bocongan.gov.vn/"
    assert len(view.elsewhere.reasons) == 1 and len(view.elsewhere.ways) == 2
    assert "Thủ tục này không nộp ở đây" in html.text and "xin ý kiến đồng ý của chủ chỗ ở trước" in html.text
    (link,) = [a for tag, a in html.elements if tag == "a" and a.get("class") == "button big"]
    assert link["href"] == view.elsewhere.url
    assert not [a for tag, a in html.elements if tag == "a" and a.get("href") == "/nop"]


def test_two_places_have_a_link_each_and_one_case_handled_here_is_enough_to_begin():
    text = residence()
    two = text.replace(
        'https://dichvucong.bocongan.gov.vn/\n    source: {text: "Luật Cư trú số 68/2020/QH14, Điều 20 khoản 3"',
        'https://example.vn/\n    source: {text: "Luật Cư trú số 68/2020/QH14, Điều 20 khoản 3"',
    )
    view = procedure_view(load(two, "x").definition, ON)
    assert view.elsewhere.url == "" and {url for _, _, url in view.elsewhere.ways} == {
        "https://dichvucong.bocongan.gov.vn/",
        "https://example.vn/",
    }
    assert draw(view).text.count("Mở trang nơi giải quyết") == 2
    assert procedure_view(load(MADE_UP, "x").definition, ON).elsewhere is None
