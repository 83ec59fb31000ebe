"""How commands go out, and when somebody comes back to a dossier: what the rest of a month is made of."""

import heapq
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from itertools import count

from rules.workflow.model import Need
from tthc.dossiers import commands as cmd
from tthc.dossiers.context import Actor
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import Dossier
from tthc.dossiers.view import Possible, possible
from tthc.simulation.deck import Application
from tthc.simulation.kinds import Wrong
from tthc.simulation.mischief import SHARE, Meant, Mischief
from tthc.simulation.offices import Case, Offices
from tthc.simulation.place import Place


@dataclass(slots=True)
class Acknowledged:
    """Every command that was answered for."""

    dossier: str
    command: str


@dataclass(slots=True)
class Played:
    """What the player knows afterwards, beside what the database holds. `unexpected`: refusals nobody meant to provoke."""

    applications: dict[str, Application] = field(default_factory=dict)
    acknowledged: list[Acknowledged] = field(default_factory=list)
    unexpected: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    wrongs: Counter[Wrong] = field(default_factory=Counter)
    without: tuple[str, ...] = ()


Carry = Callable[[Callable[[], Dossier]], Dossier]


def at_once(ask: Callable[[], Dossier]) -> Dossier:
    return ask()


class Acting(ABC):
    """`carry`: asks a command until it is answered, where the connection may break; `wrong`: the share of acts that are
    tried wrongly first.
    """

    def __init__(self, place: Place, carry: Carry = at_once, wrong: float = SHARE) -> None:
        self.place = place
        self.played = Played()
        self.mischief = Mischief(place, wrong)
        self._carry = carry
        self._offices = Offices(place)
        self._calendar = place.services.calendar(place.agency.id)
        self._agenda: list[tuple[datetime, int, Callable[[], None]]] = []
        self._numbers = count()
        self._facts = place.agency.facts()
        self._written = False

    @property
    def now(self) -> datetime:
        return self.place.clock.now()

    @abstractmethod
    def _look(self, case: Case, dossier: Dossier) -> None:
        """Plan what is to come for a dossier that has just been changed."""

    @abstractmethod
    def _apologise(self, case: Case) -> None:
        """What opens the door that is closed to an overdue dossier."""

    def _later(self, case: Case, least: int, most: int, *, anytime: bool = False) -> datetime:
        """In so many minutes from now: of working time, or by the wall clock."""
        if anytime:
            return self.now + timedelta(seconds=case.random.randint(least * 60, most * 60))
        return self._after(case, self.now, least, most)

    def _after(self, case: Case, start: datetime, least: int, most: int) -> datetime:
        at = self._calendar.add_minutes(start, case.random.randint(least, most))
        # the very end of the day is working time still; a second later is not
        return max(self.now, at - timedelta(seconds=case.random.randint(1, 59)))

    def _plan(self, at: datetime, what: Callable[[], None]) -> None:
        heapq.heappush(self._agenda, (at, next(self._numbers), what))

    def _current(self, case: Case) -> Dossier | None:
        found = self.place.services.repository.get(case.id)
        return None if found is None or found.closed else found

    def _offered(self, case: Case, dossier: Dossier, actor: Actor) -> tuple[Possible, ...]:
        """What this actor's page offers."""
        return tuple(possible(case.definition, dossier, actor, self._facts, self.now))

    def _pay(self, case: Case, dossier: Dossier, collect: str | None = None) -> Dossier | None:
        owed = tuple(fee.id for fee in dossier.owed(collect))
        receipt = f"BL{case.random.randrange(10**6):06}"
        command = cmd.RecordPayment(owed, "cash", receipt)
        return self._do(case, dossier, command, self._offices.reception(dossier, case), plan=False)

    def _do(
        self,
        case: Case,
        dossier: Dossier,
        command: cmd.Command,
        actor: Actor,
        needs: tuple[Need, ...] = (),
        *,
        plan: bool = True,
    ) -> Dossier | None:
        """Carried out, perhaps with wrong acts before and after; None where it was refused."""
        meant = self._meant(case, dossier, command, actor, needs)
        self.mischief.before(meant)
        command_id = case.new_id()
        try:
            after = self._ask(case, command, actor, command_id)
        except Refused as refused:
            if refused.code == "overdue":
                self.mischief.seen[Wrong.CLOSED_DOOR] += 1
                self._plan(self._later(case, 10, 50), partial(self._apologise, case))
            else:
                self._unexpected(case, refused)
            return None
        self._written = True
        self.played.acknowledged.append(Acknowledged(case.id, command_id))
        drawn = case.random.random()
        if drawn < SHARE / 3:
            self.mischief.again(Wrong.DOUBLE_CLICK, meant, command_id)
        elif drawn < SHARE / 2:
            what = partial(self.mischief.again, Wrong.REPLAYED, meant, command_id)
            self._plan(self._later(case, 60, 3_000, anytime=True), what)
        if plan:
            self._look(case, after)
        return after

    def _meant(
        self, case: Case, dossier: Dossier, command: cmd.Command, actor: Actor, needs: tuple[Need, ...] = ()
    ) -> Meant:
        return Meant(case, dossier, command, actor, partial(self._ask, case), needs)

    def _ask(self, case: Case, command: cmd.Command, actor: Actor, command_id: str) -> Dossier:
        return self._carry(lambda: self.place.services.dossiers.execute(case.id, command, actor, command_id))

    def _unexpected(self, case: Case, refused: Refused) -> None:
        self.played.unexpected[f"{case.course}: {refused.sentence()}"] += 1
