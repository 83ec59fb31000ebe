"""The catalogue as the public looks through it: its index, its filters with their counts (Đ7.1, Đ7.2a, Đ8.1). Pure.

A filter's counts say how many procedures would be shown if it were chosen beside the others, so that no choice leads to
an empty page; all of them are counted from the same list that is shown.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Final

from definitions.cache import Lru
from definitions.finding import life_events
from definitions.model import Definition
from renderers.text import folded
from rules.i18n import gettext, language, noted
from tthc.agencies.model import LEVEL_LABELS, Agency
from tthc.portal.search import Entry, Index
from tthc.registry.coverage import offers
from tthc.registry.levels import told
from tthc.registry.sectors import sector_id, sector_name

KINDS: Final[Mapping[str, str]] = {"person": noted("Cá nhân"), "organisation": noted("Tổ chức")}
_indexes: Lru[Index] = Lru(8)


def entry_of(definition: Definition) -> Entry:
    """What a procedure is found by: all of it in its own words, and by readers of English in those too."""
    information = definition.information
    english = definition.english if language() == "en" else {}
    own = (*(case.label for case in definition.cases), *(paper.name for paper in definition.attachments))
    named = (definition.name, definition.result_name, definition.summary)
    return Entry(
        key=definition.procedure,
        name=definition.name,
        keywords=(*definition.keywords, *(english[text] for text in named if text in english)),
        sector=sector_name(definition.sector),
        result=definition.result_name or information.result,
        summary=definition.summary,
        words=(
            *own,
            *(english[text] for text in own if text in english),
            *information.forms,
            information.applicants,
        ),
        codes=definition.replaces,
    )


def index_of(definitions: Sequence[Definition]) -> Index:
    """The index over these versions; made once for the same ones."""
    key = " ".join((language(), *(definition.hash for definition in definitions)))
    found = _indexes.get(key)
    if found is None:
        found = Index(map(entry_of, definitions))
        _indexes.put(key, found)
    return found


@dataclass(frozen=True, slots=True)
class Filters:
    """What is chosen, as addresses say it; empty is not chosen. `agency`: an agency's id; `place`: a level of agencies."""

    place: str = ""
    agency: str = ""
    sector: str = ""
    level: str = ""
    kind: str = ""
    event: str = ""

    @property
    def chosen(self) -> bool:
        return any(getattr(self, each.name) for each in fields(self))


PARAMETERS: Final[Mapping[str, str]] = {
    "place": "cap",
    "agency": "co-quan",
    "sector": "linh-vuc",
    "level": "muc-do",
    "kind": "doi-tuong",
    "event": "su-kien",
}
LABELS: Final[Mapping[str, str]] = {
    "event": noted("Việc của ông/bà"),
    "sector": noted("Lĩnh vực"),
    "place": noted("Cấp thực hiện"),
    "agency": noted("Cơ quan"),
    "level": noted("Mức độ dịch vụ công"),
    "kind": noted("Ai nộp"),
}


def read(arguments: Mapping[str, str]) -> Filters:
    """From an address; what is too long to be any choice counts as none."""
    return Filters(**{name: arguments.get(key, "")[:80] for name, key in PARAMETERS.items()})


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """`parameter`: its name in addresses."""

    name: str
    parameter: str
    label: str
    choices: tuple[Choice, ...]

    @property
    def chosen(self) -> Choice | None:
        return next((choice for choice in self.choices if choice.chosen), None)


@dataclass(frozen=True, slots=True)
class Place:
    """The day's agencies: whose choices there are."""

    agencies: tuple[Agency, ...]
    on: date

    def of(self, definition: Definition) -> tuple[Agency, ...]:
        return tuple(agency for agency in self.agencies if offers(definition.offered_by, agency))


def narrowed(definitions: Iterable[Definition], filters: Filters, place: Place) -> tuple[Definition, ...]:
    """Those that all the filters let through, in their order."""
    values = _values(place)
    wanted = [(name, value) for name in PARAMETERS if (value := getattr(filters, name))]
    return tuple(d for d in definitions if all(value in values[name](d) for name, value in wanted))


def facets(definitions: Sequence[Definition], filters: Filters, place: Place) -> tuple[Facet, ...]:
    """Every filter with the choices that lead somewhere, and that which is chosen."""
    values = _values(place)
    found = []
    for name, label in LABELS.items():
        others = narrowed(definitions, replace(filters, **{name: ""}), place)
        counts: dict[str, int] = {}
        for definition in others:
            for value in frozenset(values[name](definition)):
                counts[value] = counts.get(value, 0) + 1
        chosen = getattr(filters, name)
        choices = tuple(
            Choice(value, words, counts.get(value, 0), value == chosen)
            for value, words in _choices(name, definitions, place)
            if counts.get(value) or value == chosen
        )
        found.append(Facet(name, PARAMETERS[name], gettext(label), choices))
    return tuple(facet for facet in found if facet.choices)


def _values(place: Place) -> Mapping[str, Callable[[Definition], Iterable[str]]]:
    return {
        "place": lambda d: (agency.level.value for agency in place.of(d)),
        "agency": lambda d: (agency.id for agency in place.of(d)),
        "sector": lambda d: (sector_id(d.sector),),
        "level": lambda d: (str(d.service_level),),
        "kind": lambda d: d.applicant_kinds,
        "event": lambda d: d.life_events,
    }


def _choices(name: str, definitions: Sequence[Definition], place: Place) -> Iterator[tuple[str, str]]:
    """(value, label) in the order in which they are shown."""
    match name:
        case "event":
            yield from life_events().items()
        case "sector":
            sectors = {sector_id(d.sector): sector_name(d.sector) for d in definitions}
            yield from sorted(sectors.items(), key=lambda pair: folded(pair[1]))
        case "place":
            yield from ((str(level), gettext(label)) for level, label in LEVEL_LABELS.items())
        case "agency":
            yield from ((agency.id, agency.name) for agency in place.agencies)
        case "level":
            yield from ((str(level), told(level, place.on)) for level in range(1, 5))
        case "kind":
            yield from ((kind, gettext(label)) for kind, label in KINDS.items())
