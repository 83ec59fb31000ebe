"""At which level the procedures of the catalogue are, per agency and per sector (Đ7.2a, Đ9.3a). Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from definitions.model import Definition, OfferedBy
from renderers.text import folded
from tthc.agencies.model import Agency
from tthc.registry.levels import LEAST, LEVELS
from tthc.registry.model import Entry
from tthc.registry.sectors import sector_id


@dataclass(frozen=True, slots=True)
class Line:
    """One procedure at one place: `level` 0 where no version of it is in force there. `definition`: that version."""

    entry: Entry
    level: int
    definition: Definition | None

    @property
    def short(self) -> bool:
        return self.level < LEAST


@dataclass(frozen=True, slots=True)
class Group:
    """An agency or a sector with its procedures."""

    id: str
    name: str
    lines: tuple[Line, ...]

    @property
    def total(self) -> int:
        return len(self.lines)

    @property
    def counts(self) -> tuple[int, ...]:
        """How many at each of `LEVELS`."""
        return tuple(sum(line.level == level for line in self.lines) for level in LEVELS)

    @property
    def short(self) -> tuple[Line, ...]:
        """Those below level 2."""
        return tuple(line for line in self.lines if line.short)

    @property
    def share(self) -> int | None:
        """Percent at level 2 or above, rounded down so that 100 is said only of all; none where there is nothing."""
        return None if not self.lines else 100 * (self.total - len(self.short)) // self.total


@dataclass(frozen=True, slots=True)
class Coverage:
    whole: Group
    agencies: tuple[Group, ...]
    sectors: tuple[Group, ...]


def offers(offered_by: OfferedBy, agency: Agency) -> bool:
    if offered_by.agencies:
        return agency.id in offered_by.agencies
    return agency.level.value == offered_by.level


def coverage(
    entries: Sequence[Entry],
    published: Iterable[Definition],
    agencies: Sequence[Agency],
    sector_name: Callable[[str], str],
) -> Coverage:
    """`entries`: the catalogue of the day; `published`: versions in force; `agencies`: those that exist on the day.

    A procedure counts for the whole, and for its sector, by its lowest level among the agencies that are competent.
    """
    versions = {definition.procedure: definition for definition in published}
    groups = []
    lowest: dict[str, int] = {}
    for agency in agencies:
        there = {code: one for code, one in versions.items() if offers(one.offered_by, agency)}
        lines = tuple(_line(entry, there) for entry in entries if entry.competent(agency))
        for line in lines:
            lowest[line.entry.code] = min(line.level, lowest.get(line.entry.code, line.level))
        if lines:
            groups.append(Group(agency.id, agency.name, lines))
    every = tuple(_at_most(_line(entry, versions), lowest) for entry in entries)
    sectors: dict[str, list[Line]] = {}
    for line in every:
        sectors.setdefault(sector_id(line.entry.sector), []).append(line)
    named = [Group(id_, sector_name(lines[0].entry.sector), tuple(lines)) for id_, lines in sectors.items()]
    return Coverage(
        Group("", "Toàn tỉnh", every), tuple(groups), tuple(sorted(named, key=lambda g: folded(g.name)))
    )


def _line(entry: Entry, versions: Mapping[str, Definition]) -> Line:
    definition = versions.get(entry.code)
    return Line(entry, 0 if definition is None else definition.service_level, definition)


def _at_most(line: Line, lowest: Mapping[str, int]) -> Line:
    return Line(line.entry, min(line.level, lowest.get(line.entry.code, line.level)), line.definition)
