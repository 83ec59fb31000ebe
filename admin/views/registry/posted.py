"""What the pages of the registry read from a request and give back: days in three boxes, decisions, tables as CSV."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from flask import Response, request

from admin import posted
from admin.registry_papers import office_of
from renderers.csv_text import csv_text
from renderers.pdf.data import Office
from renderers.text import folded
from tthc.accounts.session import current_account
from tthc.agencies.model import Agency
from tthc.registry.model import Decision, RegistryError, plain
from tthc.services import Services

DAYS: Final = ("decision_day", "start", "end", "day", "consent_day")
LONG: Final = 2_000


def line(name: str, most: int = 500) -> str:
    """One line of text, as it is kept."""
    return plain(request.form.get(name, ""))[:most]


def whole(name: str) -> str:
    return request.form.get(name, "").strip()[:LONG]


def day(name: str, label: str, *, required: bool = True) -> date | None:
    """A day posted in three boxes; raises RegistryError with what is wrong with it."""
    try:
        return posted.day(name, label) if required else posted.maybe_day(name, label)
    except posted.PostedError as error:
        raise RegistryError(error.message, name) from None


def needed_day(name: str, label: str) -> date:
    found = day(name, label)
    assert found is not None
    return found


def decision() -> Decision:
    """Number, day and issuer of a decision; raises RegistryError."""
    number = line("decision_number", 100)
    if not number:
        raise RegistryError("Ghi số quyết định, ví dụ 1234/QĐ-UBND.", "decision_number")
    return Decision(number, day("decision_day", "Ngày quyết định"), line("decision_issuer", 200))


def typed() -> dict[str, object]:
    """What was posted, as the fields take it back."""
    return posted.typed(*DAYS)


def chosen(name: str, among: Iterable[str]) -> tuple[str, ...]:
    """The boxes that were ticked, of those there are."""
    allowed = set(among)
    return tuple(one for one in request.form.getlist(name) if one in allowed)


def number(name: str, label: str) -> int:
    text = request.form.get(name, "")
    if not (text.isascii() and text.isdecimal()):
        raise RegistryError(f"Chọn {label}.", name)
    return int(text)


def csv_file(head: Sequence[str], rows: Iterable[Sequence[object]], name: str) -> Response:
    answer = Response(csv_text(head, rows), content_type="text/csv; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def office(s: Services) -> Office:
    """The agency of whoever is signed in, for the head of a paper."""
    return office_of_agency(s, s.agencies.get(current_account().agency or ""))


def office_of_agency(s: Services, agency: Agency | None) -> Office:
    parent = s.agencies.get(agency.parent) if agency is not None and agency.parent else None
    return office_of(agency, parent)


def issued_by(decision: Decision, office: Office) -> Office:
    """The same head under the name of whoever signed the decision."""
    return replace(office, parent="", name=decision.issuer) if decision.issuer else office


def agency_options(s: Services, on: date) -> list[tuple[str, str]]:
    return [("", "Chưa chọn"), *((agency.id, agency.name) for agency in _sorted(s.agencies.active(on)))]


def agency_names(s: Services) -> Mapping[str, str]:
    return {agency.id: agency.name for agency in s.agencies.all()}


def _sorted(agencies: Iterable[Agency]) -> list[Agency]:
    return sorted(agencies, key=lambda agency: (agency.level.value == "xa", folded(agency.name)))
