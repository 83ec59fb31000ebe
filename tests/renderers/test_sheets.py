"""Tables as files: what people typed is never run, dates are dates, heads stand in groups; and bars."""

import csv
import io
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from renderers.drawing.bars import WHOLE, Part, bars
from renderers.environment import environment
from renderers.pdf.report import report_html
from renderers.sheets import Column, Table, as_csv, as_xlsx

AT = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
SPELLS = (
    '=HYPERLINK("http://x","y")',
    "+1",
    "-2",
    "@SUM(A1)",
    "https://x.example",
    "0012",
    '<script>alert("x")</script>',
)
TABLE = Table(
    title="Bảng thử",
    lead="Kỳ thử",
    form="II.06a/VPCP/KSTT",
    columns=(
        Column("TT", "number", mark="1"),
        Column("Tên", mark="2"),
        Column("Tổng số", "number", "Tiếp nhận", "3"),
        Column("Ngày", "day", "Tiếp nhận", "4"),
        Column("Lúc", "instant", mark="5"),
        Column("Giờ", "decimal", mark="6"),
    ),
    rows=tuple((place, spell, 1234, date(2026, 11, 5), AT, 1.5) for place, spell in enumerate(SPELLS)),
    total=(None, "Tổng số", 7, None, None, None),
    notes=("Cột 3: tất cả.",),
)


def test_a_workbook_keeps_texts_as_texts_and_dates_as_dates():
    sheet = load_workbook(io.BytesIO(as_xlsx(TABLE, AT))).active
    rows = [row for row in sheet.iter_rows() if row[1].value in SPELLS]
    assert [row[1].value for row in rows] == list(SPELLS)
    for row in rows:
        assert row[1].data_type == "s" and row[1].hyperlink is None
        assert row[2].value == 1234 and row[2].data_type == "n"
        assert row[3].value.date() == date(2026, 11, 5) and row[3].number_format == "dd/mm/yyyy"
        assert row[4].value == datetime(2026, 11, 23, 8, 0), "Vietnam's time"
    assert [str(merged) for merged in sheet.merged_cells.ranges if merged.size["columns"] == 2] == ["C5:D5"]
    assert sheet["A1"].value == "II.06a/VPCP/KSTT" and sheet.freeze_panes == "B8"


def test_csv_has_one_row_of_heads_and_spells_are_tamed():
    rows = list(csv.reader(io.StringIO(as_csv(TABLE).removeprefix("\N{BYTE ORDER MARK}"))))
    assert rows[0] == ["TT", "Tên", "Tiếp nhận: Tổng số", "Tiếp nhận: Ngày", "Lúc", "Giờ"]
    assert rows[1] == ["0", f"'{SPELLS[0]}", "1234", "2026-11-05", "2026-11-23 08:00", "1.5"]
    assert rows[-1] == ["", "Tổng số", "7", "", "", ""]


def test_the_paper_escapes_what_people_typed_and_repeats_its_heads():
    html = report_html(TABLE, "UBND phường A", "A", AT)
    assert "<script>" not in html and "&lt;script&gt;" in html
    assert html.count("<thead>") == 1 and "1.234" in html and "08:00 ngày 23/11/2026" in html


@given(
    st.lists(
        st.tuples(st.text(min_size=1, max_size=40), st.lists(st.integers(0, 5000), min_size=3, max_size=3)),
        max_size=8,
    )
)
def test_bars_are_as_long_as_their_numbers_and_say_them(rows):
    parts = (Part("Một", "ok"), Part("Hai", "warn"), Part("Ba", "bad"))
    drawn = bars(parts, rows)
    most = max((sum(values) for _, values in rows), default=0)
    if not most:
        assert drawn is None
        return
    for bar, (label, values) in zip(drawn.rows, rows, strict=True):
        assert (bar.label, bar.total) == (label, sum(values))
        assert sum(piece.width for piece in bar.pieces) == sum(values) * WHOLE // most
        assert len(bar.pieces) == sum(value > 0 for value in values)
        assert all(piece.x + piece.width <= WHOLE for piece in bar.pieces)
        assert f"{label}: {bar.total}" in drawn.words


def test_a_chart_is_read_out_and_has_no_style_of_its_own():
    made = environment().from_string(
        '{% from "parts/chart.html" import chart %}{{ chart(drawn, "c", "Theo phòng") }}'
    )
    html = made.render(drawn=bars((Part("Đúng hạn", "ok"),), [("Phòng <A>", [3])]))
    assert 'role="img" aria-labelledby="c-t c-d"' in html and "Phòng &lt;A&gt;: 3 (đúng hạn 3)." in html
    assert "style=" not in html and "<script" not in html
