"""The inboxes of a workspace: which dossiers each holds, and for whom.

Names are those the regulation fixes: “Hồ sơ trực tuyến” (Đ12.1c), “Tiếp nhận” (Đ12.1b), “Trả kết quả” (Đ15).
Every list is of one agency (Đ2.7).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tthc.dossiers.context import RECEPTION, Actor
from tthc.dossiers.queries import Lists, Page
from tthc.dossiers.state import INTAKE, UNDER_WAY, Status

SOON = timedelta(days=1)
OPEN = tuple(INTAKE | UNDER_WAY)


@dataclass(frozen=True, slots=True)
class Inbox:
    """`functions`: who sees it; empty means everybody who works at the agency. `tone`: of its count."""

    id: str
    label: str
    empty: str
    functions: frozenset[str] = frozenset()
    tone: str = ""

    def shown_to(self, actor: Actor) -> bool:
        return not self.functions or bool(self.functions & actor.functions)


ONLINE = Inbox(
    "truc-tuyen", "Hồ sơ trực tuyến", "Không có hồ sơ trực tuyến nào chờ tiếp nhận", frozenset({RECEPTION})
)
MINE = Inbox("cho-toi", "Chờ tôi xử lý", "Không có việc nào chờ ông/bà")
SUPPLEMENT = Inbox("cho-bo-sung", "Chờ bổ sung", "Không có hồ sơ nào chờ người nộp")
SOON_DUE = Inbox("sap-den-han", "Sắp đến hạn", "Không có hồ sơ nào đến hạn trong một ngày tới", tone="warn")
OVERDUE = Inbox("qua-han", "Quá hạn", "Không có hồ sơ nào quá hạn", tone="bad")
WAITING = Inbox("cho-tra-ket-qua", "Chờ trả kết quả", "Không có kết quả nào chờ trả", frozenset({RECEPTION}))
ALL = Inbox("tat-ca", "Tất cả hồ sơ", "Chưa có hồ sơ nào")

INBOXES = (ONLINE, MINE, SUPPLEMENT, SOON_DUE, OVERDUE, WAITING, ALL)


def for_actor(actor: Actor) -> tuple[Inbox, ...]:
    return tuple(inbox for inbox in INBOXES if inbox.shown_to(actor))


def find(inbox_id: str, actor: Actor) -> Inbox | None:
    return next((inbox for inbox in for_actor(actor) if inbox.id == inbox_id), None)


def page(
    lists: Lists, inbox: Inbox, actor: Actor, agency: str, now: datetime, *, after: str | None = None
) -> Page:
    """One page of an inbox, nearest due first."""
    match inbox.id:
        case ONLINE.id:
            return lists.in_agency(agency, (Status.SUBMITTED,), after=after)
        case MINE.id:
            return lists.inbox(sorted(actor.functions), agency, assignee=actor.id, after=after)
        case SUPPLEMENT.id:
            return lists.in_agency(
                agency, (Status.SUPPLEMENT_AT_INTAKE, Status.WAITING_APPLICANT), after=after
            )
        case SOON_DUE.id:
            return lists.in_agency(agency, OPEN, due_from=now, due_before=now + SOON, after=after)
        case OVERDUE.id:
            return lists.in_agency(agency, OPEN, due_before=now, after=after)
        case WAITING.id:
            return lists.in_agency(agency, (Status.RESULT_READY,), after=after)
        case _:
            # with the old ones of the agencies whose work it took over, which are read here (Đ1.2)
            return lists.in_agency((agency, *sorted(actor.predecessors)), tuple(Status), after=after)


def count(lists: Lists, inbox: Inbox, actor: Actor, agency: str, now: datetime) -> int | None:
    """How many an inbox holds; `None` where counting would say nothing."""
    match inbox.id:
        case ONLINE.id:
            return lists.count_in_agency(agency, (Status.SUBMITTED,))
        case MINE.id:
            return lists.inbox_count(sorted(actor.functions), agency, assignee=actor.id)
        case SUPPLEMENT.id:
            return lists.count_in_agency(agency, (Status.SUPPLEMENT_AT_INTAKE, Status.WAITING_APPLICANT))
        case SOON_DUE.id:
            return lists.count_in_agency(agency, OPEN, due_from=now, due_before=now + SOON)
        case OVERDUE.id:
            return lists.count_in_agency(agency, OPEN, due_before=now)
        case WAITING.id:
            return lists.count_in_agency(agency, (Status.RESULT_READY,))
        case _:
            return None
