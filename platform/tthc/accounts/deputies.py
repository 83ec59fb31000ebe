"""Who acts for the head of an agency, in what capacity, from when until when, and by which decision (Đ13 đầu)."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final, cast

from mongoengine import DateField, EmbeddedDocument, ListField, StringField

from definitions.functions import FUNCTIONS as OF_STEPS
from tthc.dossiers.context import Capacity, StandIn

CAPACITIES: Final[Mapping[str, str]] = {
    "KT.": "KT. (cấp phó ký thay người đứng đầu)",
    "TUQ.": "TUQ. (được người đứng đầu thừa ủy quyền)",
}


class DeputyGrant(EmbeddedDocument):
    """One decision; `start` and `until` are both inclusive."""

    id = StringField(required=True)
    agency = StringField(required=True)
    functions = ListField(StringField(choices=tuple(OF_STEPS.items())))
    capacity = StringField(required=True, choices=tuple(CAPACITIES.items()))
    whom = StringField(required=True)
    whom_name = StringField(required=True, max_length=200)
    title = StringField(default="", max_length=100)
    start = DateField(required=True)
    until = DateField(required=True)
    decision = StringField(required=True, max_length=200)


@dataclass(frozen=True, slots=True)
class Deputy:
    """As `DeputyGrant`. `name`: of whom it is for, with their office, as history and papers call them."""

    id: str
    agency: str
    capacity: Capacity
    whom: str
    name: str
    functions: frozenset[str]
    start: date
    until: date
    decision: str

    def in_force(self, on: date) -> bool:
        return self.start <= on <= self.until

    def stands_in(self) -> StandIn:
        return StandIn(self.capacity, self.whom, self.name, self.functions, self.decision)


def deputies_from(row: Mapping[str, Any]) -> tuple[Deputy, ...]:
    """All that an account ever was given, the latest first."""
    found = [
        Deputy(
            each["id"],
            each["agency"],
            cast("Capacity", each["capacity"]),
            each["whom"],
            f"{each.get('title') or ''} {each['whom_name']}".strip(),
            frozenset(each.get("functions") or ()),
            each["start"].date(),
            each["until"].date(),
            each["decision"],
        )
        for each in row.get("deputies") or ()
    ]
    return tuple(sorted(found, key=lambda one: one.start, reverse=True))


def granted(
    *,
    agency: str,
    functions: Iterable[str],
    capacity: str,
    whom: str,
    whom_name: str,
    title: str,
    start: date,
    until: date,
    decision: str,
) -> dict[str, object]:
    """A decision as it is kept."""
    return {
        "id": secrets.token_hex(8),
        "agency": agency,
        "functions": sorted(functions),
        "capacity": capacity,
        "whom": whom,
        "whom_name": whom_name,
        "title": title,
        "start": _midnight(start),
        "until": _midnight(until),
        "decision": decision,
    }


def _midnight(day: date) -> datetime:
    """Dates are kept as midnight UTC, as MongoEngine keeps them."""
    return datetime(day.year, day.month, day.day, tzinfo=UTC)
