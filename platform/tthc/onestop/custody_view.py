"""The hand-over and the paper original of one dossier, as its page shows them (Đ12.3)."""

from dataclasses import dataclass
from datetime import datetime

from tthc.accounts.model import Account
from tthc.dossiers.context import RECEPTION, Actor
from tthc.dossiers.custody import FUNCTION_OF, PLACES, Destination, Place
from tthc.dossiers.decide_custody import may_take, ways, where
from tthc.dossiers.handing_over import destination, given_by, is_waiting
from tthc.dossiers.permissions import holds
from tthc.dossiers.state import Dossier
from tthc.services import services


@dataclass(frozen=True, slots=True)
class CustodyView:
    """`where`: of the paper, empty where none is known of; `ways`: (place, its name, colleagues who may receive there);
    `to`, `due`: of a hand-over that waits at reception; `gives`, `takes`: this official may press it.
    """

    where: str
    since: datetime | None
    note: str
    ways: tuple[tuple[Place, str, tuple[Account, ...]], ...]
    waits: bool
    to: Destination | None
    due: datetime | None
    late: bool
    gives: bool
    takes: bool


def custody_of(found: Dossier, actor: Actor) -> CustodyView | None:
    """What the page shows; `None` before acceptance and where there is nothing to say or do."""
    s = services()
    if found.accepted_at is None or found.immediate:
        return None
    waits, handover, original = is_waiting(found), found.handover, found.original
    policy = s.dossiers.policy
    due = handover.due if handover is not None else None
    if waits:
        calendar = s.calendar(found.agency)
        due = given_by(found.accepted_at, calendar, policy.handover_cutoff, policy.handover_grace)
    late = handover.late if handover is not None else due is not None and s.clock.now() > due
    return CustodyView(
        where="" if original is None else where(original),
        since=None if original is None else original.since,
        note="" if original is None else original.note,
        ways=tuple((place, PLACES[place], _at(place, found, actor)) for place in ways(found, actor)),
        waits=waits,
        to=destination(found) if handover is None else handover.to,
        due=due,
        late=late,
        gives=waits and holds(actor, RECEPTION, found.agency),
        takes=handover is not None
        and handover.taken_at is None
        and not found.closed
        and may_take(found, actor),
    )


def _at(place: Place, found: Dossier, actor: Actor) -> tuple[Account, ...]:
    function = FUNCTION_OF.get(place)
    if function is None:
        return ()
    staff = services().accounts.staff_with(found.agency, function)
    original = found.original
    mine = original is not None and (
        original.holder == actor.id
        if original.holder
        else holds(actor, FUNCTION_OF.get(original.place, RECEPTION), found.agency)
    )
    return tuple(one for one in staff if mine or one.key == actor.id)
