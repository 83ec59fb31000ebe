from datetime import datetime

from renderers_html import Html

from forms.evaluate import evaluate
from forms.model import Field, Form, Page
from renderers.html.form import render_page
from renderers.html.summary import render_summary
from renderers.text import TZ

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=TZ)
COPIES = Field("copies", "integer", "Số bản", unit="bản", total="sum")
PRICE = Field("price", "money", "Giá", total="sum")
PAGE = Page("one", "Một", (Field("documents", "list", "Giấy tờ", item=(COPIES, PRICE)),))
ROWS = [{"copies": "5", "price": "1.000"}, {"copies": "4", "price": "20.000"}]


def test_totals_stand_under_the_list_and_in_the_summary():
    submission = evaluate(Form((PAGE,)), {"documents": ROWS}, {}, NOW)
    html = Html(render_page(PAGE, submission, {"documents": ROWS}, now=NOW))
    assert "Tổng số bản: 9 bản" in html.text_of("f-documents-totals")
    assert html.balanced
    assert "Tổng giá: 21.000 đồng" in Html(render_summary(Form((PAGE,)), submission.clean)).text
