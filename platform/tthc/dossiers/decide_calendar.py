"""The working calendar has changed: promised days that it moves are counted again (a swap announced late, say)."""

from tthc.dossiers import events as ev
from tthc.dossiers.deciding import Deciding
from tthc.dossiers.refusals import Refused
from tthc.dossiers.solving import recount


def follow_calendar(deciding: Deciding) -> None:
    """Nothing happens to a dossier that is solved, has no due date, or whose due date the change does not move."""
    if deciding.context.actor.kind != "system":
        raise Refused("forbidden", "Chỉ hệ thống mới tính lại hạn theo lịch làm việc.")
    dossier = deciding.dossier
    deadline, accepted_at = dossier.deadline, dossier.accepted_at
    if deadline is None or deadline.due is None or accepted_at is None or dossier.solved_at is not None:
        return
    counted = recount(deadline, accepted_at, deciding.context.calendar, deadline.pauses, deadline.extensions)
    if counted.due is not None and counted.due != deadline.due:
        deciding.happen(ev.Recounted(deadline.due, counted))
