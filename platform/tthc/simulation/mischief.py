"""Acts that must be refused with nothing written, and acts sent twice that must be carried out once."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from rules.workflow.model import APPLICANT, Need
from tthc.dossiers import commands as cmd
from tthc.dossiers.context import Actor
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import Dossier
from tthc.simulation.kinds import Wrong
from tthc.simulation.offices import Case
from tthc.simulation.place import Place

Ask = Callable[[cmd.Command, Actor, str], Dossier]
"""Carries out a command on the dossier at hand, under this id."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What somebody is about to do to a dossier. `needs`: of the action, where it is one."""

    case: Case
    dossier: Dossier
    command: cmd.Command
    actor: Actor
    ask: Ask
    needs: tuple[Need, ...] = ()

    @property
    def name(self) -> str:
        return self.dossier.code or self.dossier.reference


SHARE: Final = 0.25
"""So many acts are preceded or followed by a wrong one."""


class Mischief:
    """`seen`: how often each wrong act was tried and held off; `faults`: those that were not."""

    def __init__(self, place: Place, share: float = SHARE) -> None:
        """`share`: of the acts, so many are tried wrongly before; none where others work on the same dossiers meanwhile."""
        self._place = place
        self._share = share
        self.seen: Counter[Wrong] = Counter()
        self.faults: list[str] = []

    def before(self, meant: Meant) -> None:
        """Perhaps the same act as somebody else would try it, on an old page, or without what it needs."""
        if meant.case.random.random() >= self._share:
            return
        wrongs = list(self._wrongs(meant))
        if wrongs:
            kind, attempt, who, codes = min(wrongs, key=lambda each: self.seen[each[0]])
            self.refused(kind, replace(meant, command=attempt, actor=who), codes)

    def refused(self, kind: Wrong, meant: Meant, codes: frozenset[str]) -> None:
        """The attempt is refused, by one of these codes, and leaves nothing behind."""
        command_id = meant.case.new_id()
        try:
            meant.ask(meant.command, meant.actor, command_id)
        except Refused as refused:
            if refused.code not in codes:
                self.faults.append(f"{meant.name}: {kind}: từ chối vì “{refused.sentence()}”.")
        else:
            self.faults.append(f"{meant.name}: {kind}: không bị từ chối.")
        if self._written(meant, command_id):
            self.faults.append(f"{meant.name}: {kind}: để lại dấu vết.")
        self.seen[kind] += 1

    def again(self, kind: Wrong, meant: Meant, command_id: str) -> None:
        """The very same command once more does nothing."""
        before = self._written(meant, command_id)
        try:
            meant.ask(meant.command, meant.actor, command_id)
        except Refused as refused:
            self.faults.append(f"{meant.name}: {kind}: “{refused.sentence()}”.")
        if self._written(meant, command_id) != before:
            self.faults.append(f"{meant.name}: {kind}: làm hai lần.")
        self.seen[kind] += 1

    def _written(self, meant: Meant, command_id: str) -> int:
        """How many lines of the history a command has; others may write to the dossier meanwhile."""
        found = self._place.services.repository.get(meant.dossier.id)
        return 0 if found is None else sum(entry.command_id == command_id for entry in found.history)

    def _wrongs(self, meant: Meant) -> Iterator[tuple[Wrong, cmd.Command, Actor, frozenset[str]]]:
        dossier, command, actor = meant.dossier, meant.command, meant.actor
        if isinstance(command, cmd.Act | cmd.Accept) and dossier.version > 1:
            old = replace(command, expected_version=dossier.version - 1)
            yield Wrong.STALE, old, actor, frozenset({"stale"})
        citizen = next(c for c in self._place.citizens if c.key != dossier.owner).actor()
        yield Wrong.OTHER_APPLICANT, cmd.Withdraw("Tôi muốn rút"), citizen, frozenset({"not_owner"})
        if actor.kind == "staff" and isinstance(command, cmd.Act | cmd.Accept):
            function = next(iter(actor.functions))
            others = [f for a, f in self._place.staff if a == actor.agency and f != function]
            if others and actor.agency is not None:
                unfit = self._place.staff[actor.agency, meant.case.random.choice(others)][0].actor(
                    actor.agency
                )
                codes = frozenset({"no_function", "not_owner"})
                task = dossier.task(command.token) if isinstance(command, cmd.Act) else None
                if task is None or task.function != APPLICANT:
                    yield Wrong.OUT_OF_TURN, command, unfit, codes
            elsewhere = next(
                (
                    held[0]
                    for (a, f), held in self._place.staff.items()
                    if a != actor.agency and f == function
                ),
                None,
            )
            if elsewhere is not None:
                yield Wrong.OTHER_AGENCY, command, elsewhere.actor(), frozenset({"other_agency"})
        if isinstance(command, cmd.Act):
            yield from _unmet(meant, command)


def _unmet(meant: Meant, command: cmd.Act) -> Iterator[tuple[Wrong, cmd.Command, Actor, frozenset[str]]]:
    """Without what the action needs."""
    actor, needs, task = meant.actor, meant.needs, meant.dossier.task(command.token)
    if Need.REASON in needs and task is not None and task.function != APPLICANT:
        yield Wrong.EMPTY_REASON, replace(command, reason="  "), actor, frozenset({"reason"})
    if Need.RESULT in needs:
        picture = tuple(replace(file, kind="jpeg") for file in command.files)
        yield Wrong.WRONG_FILE, replace(command, files=picture), actor, frozenset({"result"})
        if command.issued_on is not None:
            later = replace(command, issued_on=command.issued_on + timedelta(days=1))
            yield Wrong.LATER_DATE, later, actor, frozenset({"result"})
