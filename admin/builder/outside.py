"""What may stand at a place because of what the platform knows: agencies, their units."""

from typing import Final

from definitions.editing.controls import Control
from definitions.reading.tree import Path
from tthc.agencies.model import Agency
from tthc.services import services

Choice = tuple[str, str]

_UNITS: Final = frozenset({"assign.unit", "unit", "agency.units"})


def outside(path: Path, control: Control) -> tuple[Choice, ...]:
    """(value, words); none where nothing outside the definition says what may stand there."""
    if control.name == "offered_by.agencies" and not path:
        return tuple((agency.id, agency.name) for agency in _agencies())
    if path[:1] in {("events",), ("examples",)} and control.name in _UNITS:
        units = {unit.id: unit.name for agency in _agencies() for unit in agency.units}
        return tuple(sorted(units.items(), key=lambda each: each[1]))
    return ()


def _agencies() -> tuple[Agency, ...]:
    s = services()
    return s.agencies.active(s.clock.now().date())
