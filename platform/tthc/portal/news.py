"""News of procedures: begun, changed, no more, each with the little that matters to whoever needs it (Đ4.1, Đ21.6).

Nobody writes it: it is what the versions themselves say. Versions never change, so what two of them differ in is worked
out once a process and language.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import Final

from definitions.cache import Lru
from definitions.lifecycle import Version, in_force
from definitions.model import Definition
from definitions.store import UnknownDefinitionError
from definitions.turns import Kind, Turn, fee_turns, turns
from renderers.html.procedure import procedure_view
from renderers.html.upcoming import SOON, Otherwise, changes
from rules.i18n import language
from tthc.portal.finding import Place
from tthc.services import Services
from tthc.web.speaking import shown_definition

FEW: Final = 3
"""So many sentences say what a change is about; the procedure's page has them all."""
LATELY: Final = timedelta(days=365)
_ONE_DAY: Final = timedelta(days=1)
_said: Lru[tuple[Otherwise, ...]] = Lru(2_000)
History = Sequence[Version]


@dataclass(frozen=True, slots=True)
class News:
    """`definition`: as the reader reads it, of one that is no more as it was last; `coming`: its day is not here yet;
    `sentences`: at most `FEW` of those on what changes, `more` than these; `replaced`: codes it takes the place of;
    `instead`: what takes its place.
    """

    turn: Turn
    definition: Definition
    coming: bool
    sentences: tuple[str, ...] = ()
    more: int = 0
    replaced: tuple[str, ...] = ()
    instead: tuple[Definition, ...] = ()


@dataclass(frozen=True, slots=True)
class Newsroom:
    """What the system knows on the day `today`, read once: `histories`, and the `published` versions of the day."""

    services: Services
    today: date
    histories: Sequence[History]
    published: Sequence[Definition]

    def page(
        self, limit: int, *, after: str = "", level: str = "", since: date = date.min
    ) -> tuple[tuple[News, ...], str]:
        """The news behind the key `after`, the latest day first, and the key that the next page begins behind, empty for none.

        `level`: of the agencies that take dossiers of it, any where empty.
        """
        found: list[News] = []
        for turn in self._turns(since):
            if (after and turn.key >= after) or not self._readable(turn):
                continue
            if level and level not in self._levels(turn):
                continue
            told = self._told(turn)
            if told is None:
                continue
            if len(found) == limit:
                return tuple(found), found[-1].turn.key
            found.append(told)
        return tuple(found), ""

    def last_of(self, definition: Definition) -> News | None:
        """What changed last about one procedure, up to today, with all its sentences; none where it never did."""
        mine = (turn for turn in self._turns() if turn.procedure == definition.procedure)
        changed = (turn for turn in mine if turn.kind is Kind.CHANGED and turn.day <= self.today)
        past = (turn for turn in changed if self._readable(turn))
        return next(filter(None, (self._told(turn, few=False) for turn in past)), None)

    def _turns(self, since: date = date.min) -> list[Turn]:
        until = self.today + SOON
        law = {definition.hash: definition for definition in self.published}
        found = (turn for history in self.histories for turn in self._of(history, law))
        return sorted((t for t in found if since <= t.day <= until), key=lambda t: t.key, reverse=True)

    def _of(self, history: History, law: Mapping[str, Definition]) -> Iterator[Turn]:
        yield from turns(history)
        running = in_force(history, self.today)
        if running is not None and running.hash in law:
            yield from fee_turns(running, law[running.hash])

    def _definition(self, content: str) -> Definition:
        return self.services.definitions.by_hash(content)

    def _readable(self, turn: Turn) -> bool:
        """What an older product stored may say another thing to this one: no news is made of that."""
        try:
            return all(self._definition(one) for one in (turn.before, turn.after) if one)
        except UnknownDefinitionError:
            return False

    def _levels(self, turn: Turn) -> frozenset[str]:
        place = Place(self.services.agencies.active(turn.day), turn.day)
        offering = place.of(self._definition(turn.after or turn.before))
        return frozenset(agency.level.value for agency in offering)

    def _told(self, turn: Turn, *, few: bool = True) -> News | None:
        """None for a day on which nothing changes that a citizen would notice."""
        definition = shown_definition(self._definition(turn.after or turn.before))
        coming = turn.day > self.today
        if turn.kind is Kind.BEGUN:
            return News(turn, definition, coming, replaced=definition.replaces)
        if turn.kind is Kind.ENDED:
            instead = tuple(shown_definition(d) for d in self.published if turn.procedure in d.replaces)
            return News(turn, definition, coming, instead=instead)
        groups = self._changes(turn)
        if not groups:
            return None
        if not few:
            return News(turn, definition, coming, tuple(chain.from_iterable(each.full for each in groups)))
        told = _round_robin([each.brief for each in groups], FEW)
        return News(turn, definition, coming, told, sum(len(each.brief) for each in groups) - len(told))

    def _changes(self, turn: Turn) -> tuple[Otherwise, ...]:
        key = f"{turn.before} {turn.after} {turn.day} {language()}"
        found = _said.get(key)
        if found is None:
            before, after = (shown_definition(self._definition(one)) for one in (turn.before, turn.after))
            found = changes(procedure_view(before, turn.day - _ONE_DAY), procedure_view(after, turn.day))
            _said.put(key, found)
        return found


def by_day(news: Sequence[News]) -> Mapping[date, Sequence[News]]:
    """In their order, under their days."""
    found: dict[date, list[News]] = {}
    for each in news:
        found.setdefault(each.turn.day, []).append(each)
    return found


def _round_robin(groups: Sequence[Sequence[str]], limit: int) -> tuple[str, ...]:
    """The first of each kind before the second of any."""
    longest = max(map(len, groups), default=0)
    in_turn = (group[at] for at in range(longest) for group in groups if at < len(group))
    chosen = {sentence for _, sentence in zip(range(limit), in_turn, strict=False)}
    return tuple(sentence for group in groups for sentence in group if sentence in chosen)
