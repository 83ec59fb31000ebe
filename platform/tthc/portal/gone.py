"""A procedure that is offered no more, or not yet: since when, by which decision, and what took its place (Đ7.2a, Đ24.3)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from definitions.lifecycle import State, Version
from definitions.model import Definition
from definitions.store import UnknownDefinitionError
from rules.i18n import gettext
from tthc.registry.model import Entry, Kind, in_force
from tthc.services import Services
from tthc.web.speaking import shown_definition


@dataclass(frozen=True, slots=True)
class Gone:
    """`last_day`: the last on which dossiers were taken, none for one whose time is to come at `starts`; `decision`: by
    which it ended, where that is known; `instead`: what took its place.
    """

    code: str
    name: str
    last_day: date | None
    starts: date | None
    decision: str
    instead: tuple[Definition, ...]


def gone_procedure(services: Services, code: str, today: date) -> Gone | None:
    """None for a code that nobody ever heard of, and for one that was never published."""
    instead = tuple(
        shown_definition(d) for d in services.definitions.list_published(today) if code in d.replaces
    )
    versions = [v for v in services.definitions.versions(code) if v.hash and v.state in _LAW]
    rows = services.registry.store.entries(code)
    entry = services.registry.official(code, today)
    if entry is not None and in_force(rows, today) is not None:
        entry = None  # it is in the catalogue, and merely not offered here: no end to tell of
    starts = min((v.start for v in versions if v.start is not None and v.start > today), default=None)
    ended = [v for v in versions if v.end is not None and v.end < today]
    if starts is not None and not ended:
        return Gone(code, _name(services, versions), None, starts, "", ())
    last = max((v.end for v in ended if v.end is not None), default=None) or _last_day(entry)
    if last is None:
        last = min((_eve(d) for d in instead if d.effective.start is not None), default=None)
    if last is None and not instead:
        return None
    name = _name(services, versions) or (entry.name if entry is not None else "")
    return Gone(code, name, last or today, None, _decision(entry, ended), instead)


_LAW = frozenset({State.PUBLISHED, State.SUPERSEDED, State.ABOLISHED})


def _last_day(entry: Entry | None) -> date | None:
    if entry is None:
        return None
    if entry.kind is Kind.ABOLISHED:
        return date.fromordinal(entry.start.toordinal() - 1)
    return entry.end


def _eve(definition: Definition) -> date:
    start = definition.effective.start
    assert start is not None
    return date.fromordinal(start.toordinal() - 1)


def _decision(entry: Entry | None, ended: Sequence[Version]) -> str:
    if entry is not None and entry.kind is Kind.ABOLISHED:
        return gettext("Quyết định {number}").format(number=entry.decision)
    acts = [act for version in ended for act in version.acts if act.kind == "abolish" and act.text]
    return max(acts, key=lambda act: act.at).text if acts else ""


def _name(services: Services, versions: Sequence[Version]) -> str:
    """As it was called last."""
    for version in reversed(versions):
        try:
            return shown_definition(services.definitions.by_hash(version.hash)).name
        except UnknownDefinitionError:
            continue
    return ""
