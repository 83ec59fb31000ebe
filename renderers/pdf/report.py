"""A report's table on landscape A4, its heads repeated on every page."""

from datetime import datetime

from renderers.environment import environment
from renderers.pdf.engine import pdf
from renderers.sheets.table import Table, shown
from rules.i18n import in_vietnamese


def report(table: Table, office: str, place: str, made_at: datetime) -> bytes:
    """`office`: who reports; `place`: where; `made_at`: when the figures were taken."""
    return pdf(report_html(table, office, place, made_at), style=False)


@in_vietnamese()
def report_html(table: Table, office: str, place: str, made_at: datetime) -> str:
    """The paper before it becomes PDF."""
    template = environment().get_template("documents/report.html")
    return template.render(
        {"table": table, "office": office, "place": place, "made_at": made_at, "shown": shown}
    )
