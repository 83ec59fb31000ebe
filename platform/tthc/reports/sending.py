"""A table as the file that was asked for."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from flask import Response, abort

from renderers.pdf.report import report
from renderers.sheets import Table, as_csv, as_xlsx
from tthc.agencies.model import Agency

KINDS: Final = {"csv": "CSV", "xlsx": "Excel", "pdf": "PDF"}
_TYPES: Final = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}


@dataclass(frozen=True, slots=True)
class Sender:
    """Whom a paper names as reporting, and where."""

    name: str
    place: str


PROVINCE: Final = Sender("Tỉnh Sơn La", "Sơn La")


def send_table(table: Table, kind: str, name: str, sender: Sender, now: datetime) -> Response:
    """404 for a kind that is none. `name`: of the file, without what it ends with."""
    if kind not in KINDS:
        abort(404)
    match kind:
        case "csv":
            data = as_csv(table).encode()
        case "xlsx":
            data = as_xlsx(table, now)
        case _:
            data = report(table, sender.name, sender.place, now)
    answer = Response(data)
    answer.headers["Content-Type"] = _TYPES[kind]
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.{kind}")
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def of_agency(agency: Agency) -> Sender:
    return Sender(agency.name, _place(agency))


def _place(agency: Agency) -> str:
    """Địa danh of a paper (NĐ 30/2020): the commune's own name, else the province's."""
    for word in ("xã ", "phường ", "thị trấn "):
        at = agency.name.lower().find(word)
        if agency.level == "xa" and at >= 0:
            return agency.name[at + len(word) :]
    return "Sơn La"
