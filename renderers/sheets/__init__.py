"""A table of a report as people take it along: CSV, an Excel workbook, or landscape pages of PDF."""

from renderers.sheets.table import Column, Table, as_csv
from renderers.sheets.workbook import as_xlsx

__all__ = ["Column", "Table", "as_csv", "as_xlsx"]
