"""The twelve parts (Đ7.2b), for every procedure the product comes with."""

from datetime import date
from decimal import Decimal

import pytest
from renderers_app import make_app
from renderers_html import Html

from definitions.loader import load
from definitions.model import DeadlineRow, PaperDue
from definitions.shipped import shipped
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
    definition = load(text, filename).definition
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
