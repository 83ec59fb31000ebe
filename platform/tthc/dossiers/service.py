"""Carrying out a command: load, decide, write; and decide again where somebody else wrote first."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Protocol

from definitions.model import Definition
from rules.calendar import TZ, Calendar
from rules.i18n import in_vietnamese, noted
from tthc.dossiers import commands as cmd
from tthc.dossiers.apply import record
from tthc.dossiers.booked import Booked
from tthc.dossiers.codec import milliseconds
from tthc.dossiers.codes import Codes
from tthc.dossiers.context import SYSTEM, Actor, AgencyFacts, Context, Policy
from tthc.dossiers.decide import decide
from tthc.dossiers.decide_version import last_move
from tthc.dossiers.events import Accepted, Event
from tthc.dossiers.needs import assignee_agency
from tthc.dossiers.numbers import (
    Numbers,
    receipt_key,
    result_key,
    wants_number,
    wants_receipt,
    written_by_hand,
)
from tthc.dossiers.permissions import may_read
from tthc.dossiers.references import new_reference
from tthc.dossiers.refusals import Refused
from tthc.dossiers.repository import CodeTakenError, Dossiers, ReferenceTakenError
from tthc.dossiers.state import Dossier

# each race lost is another command carried out: a hundred of them on one dossier in one instant is a fault elsewhere
ATTEMPTS = 100

log = logging.getLogger(__name__)


def _tell_nobody(_dossier_id: str, _entry_id: str) -> None:
    """What waits in the outbox is found by the sweep."""


class RunningClock(Protocol):
    def now(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class DossierService:
    """The one way to change a dossier.

    `definition_of`: a definition by its hash; `agency_of`: an agency's facts by id; `staff_of`: a member of staff by
    account and agency, `None` where that account does not work there, or no longer; `calendar_of`: the working
    calendar of an agency; `agencies_on`: those in force on a day, by id, asked for only where a step is given to agencies
    of a list; `numbers`: the agencies' number books, asked where a result or a receipt wants a number; `after_write`: told the dossier and the first new entry of its outbox once they are
    stored. It is a hint: its failure is logged and changes nothing.
    """

    dossiers: Dossiers
    codes: Codes
    clock: RunningClock
    definition_of: Callable[[str], Definition]
    agency_of: Callable[[str], AgencyFacts | None]
    staff_of: Callable[[str, str], Actor | None]
    calendar_of: Callable[[str], Calendar]
    policy: Policy = field(default_factory=Policy)
    references: Callable[[], str] = new_reference
    after_write: Callable[[str, str], None] = _tell_nobody
    agencies_on: Callable[[date], Mapping[str, AgencyFacts]] | None = None
    numbers: Numbers | None = None

    @in_vietnamese()
    def start(
        self,
        definition: Definition,
        command: cmd.Submit | cmd.OpenChild | cmd.RegisterAtCounter | cmd.CompleteImmediately,
        actor: Actor,
        command_id: str,
    ) -> Dossier:
        """Make a dossier by a published definition. The same `dossier_id` again gives the same dossier.

        Raises:
            Refused: the rules do not allow it, or the id is a dossier of somebody else.
        """
        entry = command.registration if isinstance(command, cmd.CompleteImmediately) else command
        if entry is None:
            raise ValueError("an existing dossier is changed by `execute`")
        context = self._context(entry.agency, actor, command_id, None)
        context = replace(context, agencies=self._agencies(definition, context.now))
        for _ in range(ATTEMPTS):
            existing = self.dossiers.get(entry.dossier_id)
            if existing is not None:
                return _own(existing, actor)
            context = replace(context, reference=self.references())
            events, context = self._decide(definition, None, command, context)
            try:
                made = record(None, events, context)
                stored = self.dossiers.insert(made, _rules_due(definition, made))
            except CodeTakenError:
                context = replace(context, code=None)
                continue
            except ReferenceTakenError:
                continue
            if stored is not None:
                self._written(None, stored)
                return stored
        raise _too_busy()

    @in_vietnamese()  # what is decided is kept, and printed, in the language of the law
    def execute(
        self,
        dossier_id: str,
        command: cmd.Command,
        actor: Actor,
        command_id: str,
        expected_version: int | None = None,
    ) -> Dossier:
        """Carry out a command on a dossier; the dossier as it is afterwards. The same `command_id` again is once.

        Raises:
            Refused: the rules do not allow it; code `unknown` where there is no such dossier.
        """
        code: str | None = None
        for _ in range(ATTEMPTS):
            before = self._known(dossier_id)
            definition, context = self._about(before, command, actor, command_id, expected_version)
            target = self._target(before, command)
            context = replace(context, code=code, target=target)
            events, context = self._decide(definition, before, command, context)
            code = context.code  # kept for the next attempt: a race lost leaves no gap
            if not events:
                return before
            try:
                changed = record(before, events, context)
                own = target if target is not None and target.hash == changed.definition else definition
                after = self.dossiers.apply(before, changed, _rules_due(own, changed))
            except CodeTakenError:
                code = None
                continue
            if after is not None:
                self._written(before, after)
                return after
        raise _too_busy()

    def due_timers(self, limit: int = 200) -> Sequence[tuple[str, str]]:
        """`(dossier id, timer id)` of the timers whose instant has come."""
        return self.dossiers.with_timers_due(self.clock.now(), limit)

    def fire_timers(self, limit: int = 200) -> int:
        """Fire what is due; how many. Doubled and overlapping sweeps do no harm; a dossier that cannot be decided
        (its definition is gone, say) is logged and keeps no other waiting.
        """
        fired = 0
        for dossier_id, timer_id in self.due_timers(limit):
            try:
                self.execute(dossier_id, cmd.FireTimer(timer_id), SYSTEM, f"timer:{dossier_id}:{timer_id}")
            except (Refused, LookupError, ValueError):
                log.exception("timer %s of dossier %s was not fired", timer_id, dossier_id)
            else:
                fired += 1
        return fired

    def read(self, dossier_id: str, actor: Actor) -> Dossier | None:
        """A dossier that this actor may see; `None` for any other, so that nobody learns which exist."""
        dossier = self.dossiers.get(dossier_id)
        return dossier if dossier is not None and may_read(dossier, actor) else None

    def _written(self, before: Dossier | None, after: Dossier) -> None:
        new = after.outbox[len(before.outbox) if before is not None else 0 :]
        if not new:
            return
        try:
            self.after_write(after.id, new[0].id)
        except Exception:
            # the command is carried out and stored: nothing that comes after may make it look undone
            log.exception("nobody was told of the outbox of dossier %s", after.id)

    def _decide(
        self, definition: Definition, before: Dossier | None, command: cmd.Command, context: Context
    ) -> tuple[tuple[Event, ...], Context]:
        """Decide; where the dossier is accepted, draw a code only now that it is known to be wanted; so with the numbers of
        results and receipts.
        """
        events = decide(definition, before, command, context)
        drawn = self._drawn(before, command, context, events)
        if drawn is not context:
            context = drawn
            events = decide(definition, before, command, context)
        if context.code is not None or not any(isinstance(e, Accepted) for e in events):
            return events, context
        code = self.codes.allocate(context.agency, context.now.astimezone(TZ).date())
        context = replace(context, code=code)
        return decide(definition, before, command, context), context

    def check(
        self,
        dossier_id: str,
        command: cmd.Command,
        actor: Actor,
        command_id: str,
        expected_version: int | None = None,
    ) -> Dossier:
        """The dossier, where the command would be carried out now; nothing is drawn and nothing is written.

        Raises:
            Refused: as `execute` would.
        """
        before = self._known(dossier_id)
        definition, context = self._about(before, command, actor, command_id, expected_version)
        decide(definition, before, command, context)
        return before

    def _known(self, dossier_id: str) -> Dossier:
        found = self.dossiers.get(dossier_id)
        if found is None:
            raise Refused("unknown", noted("Không tìm thấy hồ sơ này."))
        return found

    def _about(
        self,
        before: Dossier,
        command: cmd.Command,
        actor: Actor,
        command_id: str,
        expected_version: int | None,
    ) -> tuple[Definition, Context]:
        """What a command on this dossier is decided by: its own version of the procedure, and who and when."""
        definition = self.definition_of(before.definition)
        context = self._context(before.agency, actor, command_id, expected_version)
        assignee = self._assignee(definition, before, command)
        return definition, replace(
            context, assignee=assignee, agencies=self._agencies(definition, context.now)
        )

    def _drawn(
        self, before: Dossier | None, command: cmd.Command, context: Context, events: Sequence[Event]
    ) -> Context:
        """The context with the numbers that the events want; a number written by hand is entered in its book."""
        booked, day = context.booked, context.now.astimezone(TZ).date()
        if self.numbers is None:
            return context
        dossier_id = before.id if before is not None else _new_id(command)
        key = result_key(dossier_id, getattr(command, "token", "tra-ngay"))
        by, at = context.actor.name, context.now
        if booked.results is not None and (by_hand := written_by_hand(events, booked.results)) is not None:
            paper = by_hand.document
            self.numbers.enter(
                booked.results, paper.number, paper.issued_on or day, key=key, by=by, at=at, why=paper.why
            )
        if booked.results is not None and wants_number(events):
            booked = replace(booked, number=self.numbers.draw(booked.results, day, key=key, by=by, at=at))
        if booked.receipts is not None and wants_receipt(events):
            key = receipt_key(dossier_id, context.command_id)
            booked = replace(booked, receipt=self.numbers.draw(booked.receipts, day, key=key, by=by, at=at))
        return context if booked is context.booked else replace(context, booked=booked)

    def _assignee(self, definition: Definition, before: Dossier, command: cmd.Command) -> Actor | None:
        """The colleague whom a command names, in the agency that the step is done by."""
        named = getattr(command, "assignee", None)
        if isinstance(command, cmd.MoveOriginal) and named is not None:
            return self.staff_of(named, before.agency)
        if not isinstance(command, cmd.Act | cmd.Reassign) or named is None:
            return None
        return self.staff_of(named, assignee_agency(definition.workflow, before, command))

    def _target(self, before: Dossier, command: cmd.Command) -> Definition | None:
        """The version that a move leads to."""
        match command:
            case cmd.MoveToVersion(to=content):
                return self.definition_of(content)
            case cmd.MoveBack():
                _, move = last_move(before)
                return self.definition_of(move.before) if move is not None else None
            case _:
                return None

    def _agencies(self, definition: Definition, now: datetime) -> Mapping[str, AgencyFacts] | None:
        if self.agencies_on is None or not any(step.at_item for step in definition.workflow.steps):
            return None
        return self.agencies_on(now.astimezone(TZ).date())

    def _context(
        self,
        agency_id: str,
        actor: Actor,
        command_id: str,
        expected_version: int | None,
    ) -> Context:
        agency = self.agency_of(agency_id)
        if agency is None:
            raise Refused(
                "no_agency",
                noted("Không tìm thấy cơ quan giải quyết hồ sơ; ông/bà chọn lại cơ quan."),
                "Đ7.1",
            )
        now = milliseconds(self.clock.now())
        return Context(
            now=now,
            calendar=self.calendar_of(agency_id),
            actor=actor,
            command_id=command_id,
            agency=agency,
            expected_version=expected_version,
            policy=self.policy,
            booked=self._books(agency_id, now.astimezone(TZ).date()),
        )

    def _books(self, agency_id: str, day: date) -> Booked:
        if self.numbers is None:
            return Booked()
        return Booked(self.numbers.result_book(agency_id, day), self.numbers.receipt_book(agency_id, day))


def _rules_due(definition: Definition, dossier: Dossier) -> datetime | None:
    """Event rules look at every write, at once; at none of a dossier that has ended, nor where there are no rules."""
    return dossier.updated_at if definition.event_rules and not dossier.closed else None


def _own(dossier: Dossier, actor: Actor) -> Dossier:
    if not may_read(dossier, actor):
        raise Refused("exists", noted("Mã hồ sơ này đã được dùng; ông/bà tạo hồ sơ mới."))
    return dossier


def _new_id(command: cmd.Command) -> str:
    entry = command.registration if isinstance(command, cmd.CompleteImmediately) else command
    return str(getattr(entry, "dossier_id", ""))


def _too_busy() -> Refused:
    return Refused(
        "busy", noted("Hồ sơ đang được nhiều người cập nhật cùng lúc; ông/bà thử lại sau ít phút.")
    )
