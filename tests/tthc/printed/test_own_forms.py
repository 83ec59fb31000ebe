"""Which of the province's own templates holds on a day, and that a paper is drawn by the one of its day (Đ12.1b)."""

import io
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import cast

import pytest
from pypdf import PdfReader

from renderers.pdf.samples import sample
from renderers.pdf.sets import form_sets
from rules.calendar import TZ
from tthc.printed.drawing import drawn_form
from tthc.printed.model import NotYetError, Own, in_force, require_start
from tthc.printed.store import OwnForms

OLD, NEW = form_sets()
AT = datetime(2025, 9, 20, 8, 0, tzinfo=TZ)
SAYS = "{% extends 'documents/apology.html' %}{% block asked %}<p>Tỉnh xin lỗi.</p>{% endblock %}"


def own(start: date, text: str | None = SAYS, *, later: int = 0, of: date = NEW.start) -> Own:
    at = AT + timedelta(minutes=later)
    return Own(f"m{later}", "apology", of, start, text, "12/QĐ", "quantri", "Quản trị", at)


class Kept:
    """Rows in memory, read as the store reads them."""

    def __init__(self, *rows: Own) -> None:
        self.rows = rows

    def text(self, kind: str, on: date) -> str | None:
        one = next(each for each in form_sets() if each.holds(on))
        found = in_force([row for row in self.rows if row.kind == kind], one.start, on)
        return found.text if found is not None else None


def test_d12_1b_of_several_the_last_begun_holds_and_of_a_day_the_last_written():
    rows = [
        own(date(2025, 10, 1)),
        own(date(2025, 11, 1), None, later=1),
        own(date(2025, 11, 1), "B", later=2),
    ]
    assert in_force(rows, NEW.start, date(2025, 9, 30)) is None
    assert in_force(rows, NEW.start, date(2025, 10, 31)) is rows[0]
    assert in_force(rows, NEW.start, date(2025, 11, 1)) is rows[2]
    assert in_force(rows, OLD.start, date(2025, 11, 1)) is None, "of another circular's set"


@pytest.mark.parametrize(
    ("start", "said"),
    [
        (date(2025, 9, 20), "từ ngày mai"),
        (date(2025, 9, 1), "từ ngày mai"),
    ],
)
def test_d12_1b_a_day_that_papers_were_printed_on_keeps_its_form(start: date, said: str):
    with pytest.raises(NotYetError, match=said):
        require_start(start, AT.date(), NEW.start, NEW.end)
    require_start(date(2025, 9, 21), AT.date(), NEW.start, NEW.end)
    with pytest.raises(NotYetError, match="thời gian có hiệu lực"):
        require_start(date(2025, 9, 21), AT.date(), OLD.start, OLD.end)


def said_on(day: date, *rows: Own) -> str:
    data = replace(sample("apology", NEW), issued_at=datetime(day.year, day.month, day.day, 9, 0, tzinfo=TZ))
    drawn = drawn_form(cast("OwnForms", Kept(*rows)), "apology", data)
    return " ".join(PdfReader(io.BytesIO(drawn)).pages[0].extract_text().split())


def test_d12_1b_a_paper_is_drawn_by_the_text_of_its_day_and_by_the_circulars_where_that_fails(caplog):
    rows = (own(date(2025, 10, 1)), own(date(2025, 12, 1), "{{ khong_con }}", later=1))
    assert "Mong Ông/Bà thông cảm" in said_on(date(2025, 9, 30), *rows)
    assert "Tỉnh xin lỗi." in said_on(date(2025, 10, 1), *rows)
    assert "Mong Ông/Bà thông cảm" in said_on(date(2025, 12, 1), *rows)
    assert "cannot be drawn" in caplog.text
