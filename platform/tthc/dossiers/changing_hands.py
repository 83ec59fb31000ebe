"""What a hand-over and a move of the paper original change in a dossier: facts only (see `decide_custody`)."""

from datetime import datetime

from tthc.dossiers import events as ev
from tthc.dossiers.custody import HandoverState, Original
from tthc.dossiers.state import Dossier
from tthc.dossiers.values import replace


def arrived(event: ev.Submitted, at: datetime) -> Original | None:
    """A dossier that came on paper begins at reception; what is answered at once is handed back there and then."""
    if event.channel == "online" or event.immediate:
        return None
    return Original("reception", at)


def changed_hands(
    dossier: Dossier, event: ev.HandedOver | ev.TakenOver | ev.OriginalMoved, at: datetime, by: str
) -> Dossier:
    original = dossier.original
    match event:
        case ev.HandedOver(to=to):
            given = HandoverState(to, event.due, at, by, event.giver, event.with_original, event.note)
            moved = Original(to.place, at) if event.with_original else original
            return replace(dossier, handover=given, original=moved)
        case ev.TakenOver(name=name):
            handover = dossier.handover
            assert handover is not None
            taken = replace(handover, taken_at=at, taken_by=by, taken_by_name=name)
            if handover.with_original and original is not None:
                original = replace(original, since=at, holder=by, holder_name=name)
            return replace(dossier, handover=taken, original=original)
        case ev.OriginalMoved():
            there = Original(event.place, at, event.holder, event.holder_name, event.note)
            return replace(dossier, original=there)


def succeeded_handover(dossier: Dossier, event: ev.Succeeded) -> Dossier:
    """A hand-over that nobody has confirmed waits for the successor of the agency it was given to."""
    handover = dossier.handover
    if handover is None or handover.taken_at is not None or handover.to.agency != event.left:
        return dossier
    return replace(dossier, handover=replace(handover, to=replace(handover.to, agency=event.taken_by)))
