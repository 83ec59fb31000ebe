"""Lists published by decision (Đ21.5): frozen on the day they were made, whatever becomes of the procedures."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from definitions.model import Definition
from renderers.html.procedure import procedure_view
from tthc.agencies.model import LEVEL_LABELS, Agency
from tthc.registry.model import Decision


@dataclass(frozen=True, slots=True)
class Listed:
    """One procedure as the list says it. `hash`: content of the version in force; `agencies`: who solves it, in words."""

    code: str
    name: str
    sector: str
    level: int
    agencies: str
    hash: str


@dataclass(frozen=True, slots=True)
class Publication:
    """`day`: whose state the list holds."""

    id: str
    decision: Decision
    day: date
    title: str
    rows: tuple[Listed, ...]
    by: str
    at: datetime


def received_online(definition: Definition, on: date) -> bool:
    """Whether dossiers of it are handed in at the portal, here."""
    return "online" in definition.submit_by and procedure_view(definition, on).elsewhere is None


def listed(published: Iterable[Definition], agencies: Iterable[Agency], on: date) -> tuple[Listed, ...]:
    """What the portal receives on that day, by sector and code."""
    names = {agency.id: agency.name for agency in agencies}
    found = (
        Listed(
            definition.procedure,
            definition.name,
            definition.sector,
            definition.service_level,
            agencies_of(definition, names),
            definition.hash,
        )
        for definition in published
        if received_online(definition, on)
    )
    return tuple(sorted(found, key=lambda row: (row.sector, row.code)))


def agencies_of(definition: Definition, names: dict[str, str]) -> str:
    """`Cấp xã`, or the agencies by name."""
    offered = definition.offered_by
    if offered.agencies:
        return "; ".join(names.get(one, one) for one in offered.agencies)
    return LEVEL_LABELS.get(offered.level or "", offered.level or "")
