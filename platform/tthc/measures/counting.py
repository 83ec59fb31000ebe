"""Which measures a dossier counts for in a period: the one place that every figure and every list behind it asks."""

from datetime import datetime

from tthc.measures.form_06a import columns_of
from tthc.measures.life import OPEN, Life, Stand


def counted(life: Life, start: datetime, end: datetime) -> frozenset[str]:
    """The measures of `tthc.measures.meaning` that the dossier adds one to in [start, end); none where it counts
    for nothing.
    """
    columns = columns_of(life, start, end)
    if not columns:
        return frozenset()
    mark = life.before(end)
    assert mark is not None
    found = set(columns)
    if "carried" not in found:
        found.add("accepted")
    if found & {"early", "on_time"}:
        found.add("solved_in_time")
    until = mark.solved_at or end
    if life.original_due is not None and until > life.original_due:
        found.add("late_original" if mark.solved_at is not None else "overdue_original")
    if mark.stand is Stand.GIVEN_BACK:
        found.add("given_back")
    if mark.stand is Stand.WAITING:
        found.add("waiting")
    if mark.stand is Stand.RESULT:
        found.add("uncollected")
    # a wait that was over in the instant it began stopped nothing
    if any(begun < end and (over is None or over >= start) and over != begun for begun, over in life.pauses):
        found.add("paused")
    for name, instants in (
        ("supplemented", life.supplements),
        ("extended", tuple(g.at for g in life.extensions)),
        ("apologised", tuple(g.at for g in life.apologies)),
    ):
        if any(start <= at < end for at in instants):
            found.add(name)
    return frozenset(found)


def due_soon(life: Life, now: datetime, until: datetime) -> bool:
    """Open, not waiting for the applicant, and due from now on, before `until`."""
    mark = life.before(now)
    return (
        mark is not None
        and mark.stand in OPEN
        and mark.stand is not Stand.WAITING
        and mark.due is not None
        and now <= mark.due < until
    )
