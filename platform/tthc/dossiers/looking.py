"""Which event rules have something to propose of a dossier: pure, and the same in the workers and in a trial.

Rules look at a dossier after each act, not merely as it is when somebody comes round to asking: every act since the
last look is looked at as it left the dossier and at its own instant, once for each kind of event in it. Where a rule
reads what moves with time, the dossier is looked at as it is now as well.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from definitions.model import Definition
from rules.events import Ruleset
from tthc.dossiers import events as ev
from tthc.dossiers.apply import evolve
from tthc.dossiers.codec import event_from_json
from tthc.dossiers.facts import Surroundings, facts_of, moves_by_itself
from tthc.dossiers.state import Dossier, Entry

Ask = Callable[[Ruleset, Mapping[str, object]], tuple[str, ...]]
"""A rule engine: ids of the rules that hold of the facts."""

_PROPOSED = ev.type_name(ev.Proposed)


@dataclass(frozen=True, slots=True)
class Found:
    """A rule that proposes something. `answers`: the last event of the act it looked at, `None` for time passing."""

    rule: str
    answers: int | None


@dataclass(frozen=True, slots=True)
class Look:
    """The dossier as an act left it, and one kind of event in the act."""

    dossier: Dossier
    event: str
    at: datetime
    seq: int | None


def found(around: Surroundings, dossier: Dossier, seen: int, now: datetime, ask: Ask) -> tuple[Found, ...]:
    """What is to be proposed, each rule once, in the order of the looks. `seen`: the last event looked at before."""
    definition = around.definition
    ruleset = definition.ruleset
    if ruleset is None or dossier.closed:
        return ()
    done = {proposal.rule for proposal in dossier.proposals}
    left = [rule for rule in definition.event_rules if rule.id not in done]
    if not left:
        return ()
    wanted: dict[str, Found] = {}
    looks = list(_acts(dossier.history, seen, by_event="event" in ruleset.fields))
    if any(rule.moving for rule in left):
        looks += _now(dossier, now)
    for look in looks:
        facts = facts_of(around, look.dossier, look.event, look.at)
        for rule in ask(ruleset, facts):
            if rule not in done:
                wanted.setdefault(rule, Found(rule, look.seq))
    return tuple(wanted.values())


def waits_for_time(definition: Definition, dossier: Dossier) -> bool:
    """Whether a rule that has not proposed yet may come to hold with nobody doing anything."""
    done = {proposal.rule for proposal in dossier.proposals}
    return moves_by_itself(dossier) and any(
        rule.moving and rule.id not in done for rule in definition.event_rules
    )


def _acts(history: Sequence[Entry], seen: int, *, by_event: bool) -> Iterator[Look]:
    """One look for each kind of event of each act after `seen`; a mere proposal changed nothing to look at."""
    if not history or history[-1].seq <= seen:
        return
    dossier: Dossier | None = None
    told: tuple[Entry, ...] = ()
    for _, act in groupby(history, key=lambda entry: entry.command_id):
        entries = tuple(act)
        for entry in entries:
            dossier = evolve(dossier, event_from_json(entry.type, entry.data), entry.at, entry.actor.id)
        assert dossier is not None
        told = (*told, *entries)
        last = entries[-1]
        kinds = tuple(dict.fromkeys(entry.type for entry in entries if entry.type != _PROPOSED))
        if last.seq <= seen or not kinds:
            continue
        whole = replace(dossier, history=told)
        for kind in kinds if by_event else kinds[-1:]:
            yield Look(whole, kind, last.at, last.seq)


def _now(dossier: Dossier, now: datetime) -> Iterator[Look]:
    last = next((entry.type for entry in reversed(dossier.history) if entry.type != _PROPOSED), None)
    if last is not None:
        yield Look(dossier, last, now, None)
