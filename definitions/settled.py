"""A line of the checklist as it stood at the moment of approval (Đ9.3b): in the words of that day, apart from the lists
and checks of today. Pure.
"""

from dataclasses import dataclass
from datetime import datetime

from definitions.checklist import Line


@dataclass(frozen=True, slots=True)
class Settled:
    """`state`: as `Line.state`. `why`: the machine's reason; `by`, `at`, `note`: of the reviewer's tick, if it had one."""

    item: str
    list: str
    clause: str
    text: str
    mandatory: bool
    state: str
    why: str
    by: str = ""
    at: datetime | None = None
    note: str = ""


def settled(line: Line) -> Settled:
    """What is kept of a line."""
    item, tick = line.item, line.tick
    return Settled(
        item=item.id,
        list=item.list,
        clause=item.clause,
        text=item.text,
        mandatory=item.mandatory,
        state=line.state,
        why=line.why,
        by=tick.by if tick else "",
        at=tick.at if tick else None,
        note=tick.note if tick else "",
    )
