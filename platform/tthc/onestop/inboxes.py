"""The inboxes of a workspace: which dossiers each holds, and for whom.

Names are those the regulation fixes: “Hồ sơ trực tuyến” (Đ12.1c), “Tiếp nhận” (Đ12.1b), “Trả kết quả” (Đ15).
Every list is of one agency (Đ2.7).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tthc.dossiers.context import RECEPTION, Actor
from tthc.dossiers.listing import COUNTED, Listed, Listing, Wanted
from tthc.dossiers.state import INTAKE, UNDER_WAY, Status

SOON = timedelta(days=1)
OPEN = tuple(sorted(INTAKE | UNDER_WAY))
WITH_APPLICANT = (Status.SUPPLEMENT_AT_INTAKE, Status.WAITING_APPLICANT)


@dataclass(frozen=True, slots=True)
class Inbox:
    """`functions`: who sees it; empty means everybody who works at the agency. `tone`: of its count; `own`: of the
    reader's own work, so nothing for those who only look on.
    """

    id: str
    label: str
    empty: str
    functions: frozenset[str] = frozenset()
    tone: str = ""
    own: bool = False

    def shown_to(self, actor: Actor) -> bool:
        if actor.oversees and not actor.functions:
            return not self.own
        return not self.functions or bool(self.functions & actor.functions)


ONLINE = Inbox(
    "truc-tuyen", "Hồ sơ trực tuyến", "Không có hồ sơ trực tuyến nào chờ tiếp nhận", frozenset({RECEPTION})
)
MINE = Inbox("cho-toi", "Chờ tôi xử lý", "Không có việc nào chờ ông/bà", own=True)
UNCLAIMED = Inbox("chua-ai-nhan", "Chưa ai nhận", "Việc nào cũng đã có người nhận", own=True)
SUPPLEMENT = Inbox("cho-bo-sung", "Chờ bổ sung", "Không có hồ sơ nào chờ người nộp")
SOON_DUE = Inbox("sap-den-han", "Sắp đến hạn", "Không có hồ sơ nào đến hạn trong một ngày tới", tone="warn")
OVERDUE = Inbox("qua-han", "Quá hạn", "Không có hồ sơ nào quá hạn", tone="bad")
WAITING = Inbox("cho-tra-ket-qua", "Chờ trả kết quả", "Không có kết quả nào chờ trả", frozenset({RECEPTION}))
ALL = Inbox("tat-ca", "Tất cả hồ sơ", "Chưa có hồ sơ nào")

INBOXES = (ONLINE, MINE, UNCLAIMED, SUPPLEMENT, SOON_DUE, OVERDUE, WAITING, ALL)


def for_actor(actor: Actor) -> tuple[Inbox, ...]:
    return tuple(inbox for inbox in INBOXES if inbox.shown_to(actor))


def find(inbox_id: str, actor: Actor) -> Inbox | None:
    return next((inbox for inbox in for_actor(actor) if inbox.id == inbox_id), None)


def wanted(inbox: Inbox, actor: Actor, agency: str, now: datetime) -> Wanted:
    """What an inbox holds for this reader."""
    here = (agency,)
    match inbox.id:
        case ONLINE.id:
            return Wanted(here, statuses=(Status.SUBMITTED,))
        case MINE.id:
            return mine(actor, agency)
        case UNCLAIMED.id:
            return Wanted(functions=tuple(sorted(actor.functions)), at=agency, holders=(None,))
        case SUPPLEMENT.id:
            return Wanted(here, statuses=WITH_APPLICANT)
        case SOON_DUE.id:
            return Wanted(here, statuses=OPEN, due_from=now, due_before=now + SOON)
        case OVERDUE.id:
            return Wanted(here, statuses=OPEN, due_before=now)
        case WAITING.id:
            return Wanted(here, statuses=(Status.RESULT_READY,))
        case _:
            # with the old ones of the agencies whose work it took over, which are read here (Đ1.2)
            return Wanted((agency, *sorted(actor.predecessors)))


def mine(actor: Actor, agency: str) -> Wanted:
    """What waits for the reader: given to them, to somebody in whose place they act, or to nobody yet."""
    holders = (actor.id, None, *(one.whom for one in actor.stands_in))
    return Wanted(functions=tuple(sorted(actor.functions)), at=agency, holders=holders)


def page(
    listing: Listing, inbox: Inbox, actor: Actor, agency: str, now: datetime, *, after: str | None = None
) -> Listed:
    """One page of an inbox, nearest due first."""
    return listing.page(wanted(inbox, actor, agency, now), after=after)


def count(listing: Listing, inbox: Inbox, actor: Actor, agency: str, now: datetime) -> str | None:
    """How many an inbox holds, in figures; `None` where counting would say nothing."""
    if inbox.id == ALL.id:
        return None
    return figure(listing.count(wanted(inbox, actor, agency, now)))


def figure(count: int) -> str:
    """A count as far as it was counted."""
    return f"{COUNTED - 1}+" if count >= COUNTED else str(count)
