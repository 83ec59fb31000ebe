"""What the system knows of how a dossier was solved, in points from 0 to 2; `None` where there is nothing to tell.

Told by the same life that reports count (`tthc.measures.life`), so a rating and Biểu II.06a say the same of a dossier.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from tthc.measures.life import Life

GOOD: Final = 2
FAIR: Final = 1
POOR: Final = 0


def _solved_at(life: Life) -> datetime | None:
    return life.marks[-1].solved_at if life.marks else None


def solved_in_time(life: Life) -> int | None:
    """By the date promised first: 2; by the date as moved by pauses and extensions: 1; later: 0."""
    solved = _solved_at(life)
    due = life.marks[-1].due if life.marks else None
    if solved is None or due is None:
        return None
    if life.original_due is not None and solved <= life.original_due:
        return GOOD
    return FAIR if solved <= due else POOR


def steps_in_time(life: Life) -> int | None:
    """All steps within their time: 2; at least four of five: 1; else 0."""
    timed = [step for step in life.steps if step.due is not None]
    if not timed:
        return None
    late = sum(1 for step in timed if step.due is not None and step.at > step.due)
    if late == 0:
        return GOOD
    return FAIR if late * 5 <= len(timed) else POOR


def asked_again(life: Life) -> int | None:
    """Never asked for a supplement: 2; once: 1; oftener: 0."""
    return max(POOR, GOOD - len(life.supplements))


def received_in_time(life: Life) -> int | None:
    """Handed in online and received or answered within the hours of Đ10.2a: 2, else 0; at a counter there is no wait."""
    if life.intake_due is None or life.accepted_at is None:
        return None
    return GOOD if life.accepted_at <= life.intake_due else POOR


MEASURES: Final[Mapping[str, Callable[[Life], int | None]]] = {
    "solved_in_time": solved_in_time,
    "steps_in_time": steps_in_time,
    "asked_again": asked_again,
    "received_in_time": received_in_time,
}
