from datetime import datetime

from renderers_html import Html

from forms.evaluate import evaluate
from forms.model import Field, Form, Option, Page
from renderers.html.summary import render_summary
from renderers.text import TZ

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=TZ)
FORM = Form(
    (
        Page("mot", "Người nộp", (
            Field(id="h", type="heading", label="Phần đầu"),
            Field(id="name", type="text", label="Họ tên"),
            Field(id="number", type="text", label="Số giấy tờ", sensitive=True),
            Field(id="email", type="email", label="Thư điện tử"),
        )),
        Page("hai", "Đề nghị", (
            Field(id="fee", type="money", label="Vốn"),
            Field(id="kind", type="choice", label="Loại", options=(Option("a", "Hộ kinh doanh"),)),
            Field(id="docs", type="list", label="Giấy tờ", item=(Field(id="t", type="text", label="Tên"),)),
        )),
        Page("ba", "Không có gì", (Field(id="z", type="note", label="", text="Lưu ý"),)),
    )
)  # fmt: skip
ANSWERS = {
    "name": "<b>Nguyệt</b>", "number": "014190001234", "fee": "21000", "kind": "a", "docs": [{"t": "<i>Bằng</i>"}],
}  # fmt: skip
SUBMISSION = evaluate(FORM, ANSWERS, {}, NOW)


def test_every_visible_answer_is_shown_in_words_and_empty_ones_are_said():
    html = Html(render_summary(FORM, SUBMISSION.clean, visible=SUBMISSION.visible))
    for said in ("<b>Nguyệt</b>", "21.000 đồng", "Hộ kinh doanh", "<i>Bằng</i>", "Không khai"):
        assert said in html.text
    assert html.balanced
    assert {"b", "i"}.isdisjoint(html.tags)
    assert "Không có gì" not in html.text


def test_without_visibility_what_is_empty_is_left_out():
    assert "Không khai" not in Html(render_summary(FORM, SUBMISSION.clean)).text


def test_each_section_leads_back_to_its_page():
    html = Html(render_summary(FORM, SUBMISSION.clean, change=lambda page: f"/sua/{page}"))
    assert [a["href"] for tag, a in html.elements if tag == "a"] == ["/sua/mot", "/sua/hai"]


def test_changes_are_marked_with_a_word():
    html = Html(render_summary(FORM, SUBMISSION.clean, changed={"fee"}))
    assert html.text.count("Đã đổi") == 1


def test_sensitive_values_can_be_covered():
    html = Html(render_summary(FORM, SUBMISSION.clean, mask=True))
    assert "014190001234" not in html.text
    assert "014******234" in html.text
