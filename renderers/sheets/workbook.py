"""A table as an Excel workbook (XlsxWriter): texts stay texts, whatever they begin with; dates are dates."""

import io
from datetime import UTC, date, datetime
from typing import Any, Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from renderers import text
from renderers.sheets.table import Cell, Column, Table

SHEET: Final = "Báo cáo"
_A4: Final = 9
# nothing a person typed is ever run, opened or guessed at
_TEXTS: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_FORMATS: Final = {
    "number": "#,##0",
    "decimal": "#,##0.0",
    "day": "dd/mm/yyyy",
    "instant": "hh:mm dd/mm/yyyy",
}


def as_xlsx(table: Table, made_at: datetime) -> bytes:
    """One sheet, its heads fixed and repeated on every printed page. `made_at`: written into its properties."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, **_TEXTS})
    book.set_properties({"title": table.title, "subject": table.lead, "created": made_at.astimezone(UTC)})
    sheet = book.add_worksheet(SHEET)
    styles = _Styles(book)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.6)
    for at, column in enumerate(table.columns):
        sheet.set_column(at, at, column.width)
    row = _head(sheet, table, styles)
    first = row
    row = _heads(sheet, table, styles, row)
    sheet.repeat_rows(first, row - 1)
    sheet.freeze_panes(row, 1)
    for cells in table.rows:
        _line(sheet, row, table.columns, cells, styles.cells)
        row += 1
    if table.total is not None:
        _line(sheet, row, table.columns, table.total, styles.totals)
        row += 1
    for place, note in enumerate(table.notes):
        sheet.write_string(row + 1 + place, 0, note, styles.note)
    book.close()
    return made.getvalue()


class _Styles:
    def __init__(self, book: xlsxwriter.Workbook) -> None:
        def style(**more: Any) -> Format:
            return book.add_format({"font_name": "Times New Roman", "font_size": 11, **more})

        edged = {"border": 1, "valign": "top", "text_wrap": True}
        self.title = style(bold=True, font_size=14)
        self.plain = style()
        self.note = style(italic=True, font_size=10)
        self.head = style(bold=True, align="center", border=1, valign="vcenter", text_wrap=True)
        self.mark = style(italic=True, align="center", border=1)
        self.cells = {kind: style(**edged, num_format=f) for kind, f in _FORMATS.items()}
        self.cells["text"] = style(**edged)
        self.totals = {kind: style(**edged, bold=True, num_format=f) for kind, f in _FORMATS.items()}
        self.totals["text"] = style(**edged, bold=True)


def _head(sheet: Worksheet, table: Table, styles: _Styles) -> int:
    """The title and what stands above the table; the row after it."""
    lines = [table.form, table.title, table.lead, *(f"{label}: {value}" for label, value in table.facts)]
    row = 0
    for line in filter(None, lines):
        sheet.write_string(row, 0, line, styles.title if line == table.title else styles.plain)
        row += 1
    return row + 1


def _heads(sheet: Worksheet, table: Table, styles: _Styles, row: int) -> int:
    at = 0
    deep = 1 if table.grouped else 0
    for group, columns in table.groups():
        if group and len(columns) > 1:
            sheet.merge_range(row, at, row, at + len(columns) - 1, group, styles.head)
        elif group:
            sheet.write_string(row, at, group, styles.head)
        for column in columns:
            if group or not deep:
                sheet.write_string(row + deep, at, column.label, styles.head)
            else:
                sheet.merge_range(row, at, row + 1, at, column.label, styles.head)
            if table.marked:
                sheet.write_string(row + deep + 1, at, column.mark, styles.mark)
            at += 1
    return row + deep + (2 if table.marked else 1)


def _line(
    sheet: Worksheet,
    row: int,
    columns: tuple[Column, ...],
    cells: tuple[Cell, ...],
    styles: dict[str, Format],
) -> None:
    for at, (column, value) in enumerate(zip(columns, cells, strict=True)):
        _write(sheet, row, at, value, styles[column.kind])


def _write(sheet: Worksheet, row: int, at: int, value: Cell, style: Format) -> None:
    match value:
        case None:
            sheet.write_blank(row, at, None, style)
        case datetime():
            sheet.write_datetime(row, at, text.there(value).replace(tzinfo=None), style)
        case date():
            sheet.write_datetime(row, at, value, style)
        case int() | float():
            sheet.write_number(row, at, value, style)
        case _:
            sheet.write_string(row, at, value, style)
