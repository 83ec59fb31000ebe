"""Dossiers with nobody to act, told from their state and from who holds which function today. Pure.

The kernel says whose turn it is; whether such a person exists is said by the accounts, the agencies and the outbox, which
change without anybody touching the dossier. So it is asked again and again (`tthc.sticking`), of every open dossier.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from rules.workflow.model import APPLICANT, EXTERNAL
from tthc.dossiers.context import RECEPTION
from tthc.dossiers.family import ChildState
from tthc.dossiers.permissions import function_name
from tthc.dossiers.state import CLOSED, Dossier, Status, Task, Timer

CHILD_PATIENCE: Final = timedelta(hours=2)
"""How long a dossier of another procedure may wait to be opened: the outbox tries for about as long."""

Code = Literal[
    "no_task",
    "agency_closed",
    "assignee_gone",
    "nobody",
    "no_system",
    "no_timer",
    "child_unopened",
    "undelivered",
]


@dataclass(frozen=True, slots=True)
class Standing:
    """Who could act today. `held`: the functions that somebody holds, as `function@agency`; `people`: by account, those
    that this person holds; `agencies`: ids of those in force.
    """

    held: frozenset[str]
    people: Mapping[str, frozenset[str]]
    agencies: frozenset[str]


@dataclass(frozen=True, slots=True)
class Watched:
    """What the detector reads of a dossier; named as in the dossier, so that a row of the database reads as one. `dead`: how
    many entries of its outbox were given up.
    """

    id: str
    reference: str
    procedure_name: str
    agency: str
    status: Status
    code: str | None = None
    owner: str | None = None
    tasks: tuple[Task, ...] = ()
    timers: tuple[Timer, ...] = ()
    children: tuple[ChildState, ...] = ()
    dead: int = 0

    @property
    def number(self) -> str:
        return self.code or self.reference


@dataclass(frozen=True, slots=True)
class Stuck:
    """Why nobody will act, and what to do. `task`: the id of the task it is about, empty where it is none; `waits`: the
    function it waits for; `agency`: whose matter it is; `applicant`: whether the person who waits is told as well.
    """

    code: Code
    sentence: str
    remedy: str
    agency: str
    task: str = ""
    waits: str = ""
    applicant: bool = False

    @property
    def key(self) -> str:
        """The same as long as it is the same trouble."""
        return f"{self.code}:{self.task}:{self.waits}@{self.agency}"


def watched(dossier: Dossier) -> Watched:
    return Watched(
        dossier.id,
        dossier.reference,
        dossier.procedure_name,
        dossier.agency,
        dossier.status,
        dossier.code,
        dossier.owner,
        dossier.tasks,
        dossier.timers,
        dossier.children,
        sum(entry.state == "dead" for entry in dossier.outbox),
    )


def stuck(dossier: Watched, standing: Standing, now: datetime) -> tuple[Stuck, ...]:
    """Everything that keeps it from going on; nothing where somebody or a clock will act."""
    if dossier.status in CLOSED:
        return ()
    found = list(_undelivered(dossier))
    if not dossier.tasks:
        sentence = "Hồ sơ đang mở mà không có bước nào đang chờ ai."
        remedy = "Báo quản trị hệ thống xem lại quy trình của thủ tục và lịch sử hồ sơ."
        found.append(Stuck("no_task", sentence, remedy, dossier.agency, applicant=True))
    for task in dossier.tasks:
        found += _task(dossier, task, standing, now)
    return tuple(found)


def _task(dossier: Watched, task: Task, standing: Standing, now: datetime) -> Iterator[Stuck]:
    if task.agency not in standing.agencies:
        where = task.agency_name or task.agency
        sentence = f"Bước “{task.name}” đang ở {where}, cơ quan không còn hoạt động."
        remedy = "Ở mục Cơ quan, chọn cơ quan kế thừa rồi chuyển hồ sơ đang giải quyết sang đó."
        yield Stuck("agency_closed", sentence, remedy, task.agency, task.id, task.function, applicant=True)
        return
    child = next((c for c in dossier.children if c.task == task.id), None)
    if child is not None and child.standing == "open":
        return  # its end moves the step, and it is watched itself
    if child is not None and child.standing == "wanted":
        yield from _unopened(dossier, task, child, now)
        return
    if task.silent is not None and _has_timer(dossier, task):
        return  # silence decides, and the clock for it runs
    if task.function == APPLICANT:
        yield from _applicant(dossier, task, standing)
    elif task.function == EXTERNAL:
        yield from _external(dossier, task, standing)
    else:
        yield from _staff(task, standing)


def _staff(task: Task, standing: Standing) -> Iterator[Stuck]:
    who, key = function_name(task.function), f"{task.function}@{task.agency}"
    if task.assignee and key not in standing.people.get(task.assignee, frozenset()):
        name = task.assignee_name or "người được giao"
        sentence = f"Bước “{task.name}” đã giao cho {name}, tài khoản này nay bị khóa, đã chuyển đi hoặc không còn là {who}."
        others = "Giao lại cho người khác." if key in standing.held else f"Phân công {who} mới, rồi giao lại."
        giver = task.assigned_by
        if giver and f"{giver}@{task.agency}" not in standing.held:
            others = (
                f"Giao chức năng “{function_name(giver)}” cho một tài khoản, để người đó giao lại bước này."
            )
        yield Stuck("assignee_gone", sentence, others, task.agency, task.id, task.function)
    elif key not in standing.held:
        sentence = f"Bước “{task.name}” chờ {who}, mà cơ quan không có tài khoản nào giữ chức năng này."
        remedy = f"Quản trị của cơ quan đề nghị giao chức năng “{who}” cho một tài khoản đang hoạt động."
        yield Stuck("nobody", sentence, remedy, task.agency, task.id, task.function, applicant=True)


def _applicant(dossier: Watched, task: Task, standing: Standing) -> Iterator[Stuck]:
    """The applicant acts at home, or at the counter without an account; and if never, a clock must end the waiting."""
    if dossier.owner is None and f"{RECEPTION}@{dossier.agency}" not in standing.held:
        who = function_name(RECEPTION)
        sentence = f"Người nộp đang được chờ ở bước “{task.name}”, mà cơ quan không có {who} nào để nhận."
        remedy = f"Quản trị của cơ quan đề nghị giao chức năng “{who}” cho một tài khoản đang hoạt động."
        yield Stuck("nobody", sentence, remedy, dossier.agency, task.id, RECEPTION, applicant=True)
    if not _has_timer(dossier, task):
        sentence = f"Bước “{task.name}” chờ người nộp không thời hạn, không có hẹn giờ nào."
        remedy = "Liên hệ người nộp; nếu họ không muốn tiếp tục, ghi rút hồ sơ kèm lý do."
        yield Stuck("no_timer", sentence, remedy, dossier.agency, task.id, APPLICANT, applicant=True)


def _external(dossier: Watched, task: Task, standing: Standing) -> Iterator[Stuck]:
    if f"{EXTERNAL}@{task.agency}" not in standing.held:
        sentence = f"Bước “{task.name}” chờ hệ thống khác, mà chưa hệ thống nào có khóa kết nối cho bước này."
        remedy = (
            "Quản trị hệ thống cấp khóa kết nối, hoặc chuyển hồ sơ sang bản thủ tục không cần hệ thống đó."
        )
        yield Stuck("no_system", sentence, remedy, task.agency, task.id, EXTERNAL, applicant=True)
    elif not _has_timer(dossier, task):
        sentence = f"Bước “{task.name}” chờ hệ thống khác trả lời, đã quá hạn hoặc không có thời hạn."
        remedy = "Liên hệ đơn vị vận hành hệ thống đó; nhật ký kết nối ở mục Hệ thống."
        yield Stuck("no_timer", sentence, remedy, task.agency, task.id, EXTERNAL)


def _unopened(dossier: Watched, task: Task, child: ChildState, now: datetime) -> Iterator[Stuck]:
    if now - task.entered_at > CHILD_PATIENCE:
        sentence = f"Bước “{task.name}” chờ hồ sơ liên thông của thủ tục {child.procedure}, mà hồ sơ đó chưa mở được."
        remedy = "Xem mục “Việc nền, thông báo hỏng” rồi thử lại; không được thì xử lý bước này bằng tay."
        yield Stuck(
            "child_unopened", sentence, remedy, dossier.agency, task.id, task.function, applicant=True
        )


def _undelivered(dossier: Watched) -> Iterator[Stuck]:
    if dossier.dead:
        sentence = f"Có {dossier.dead} thông báo hoặc việc nền gửi mãi không được, hệ thống đã thôi thử."
        remedy = (
            "Mở mục Thông báo của hồ sơ, xem lỗi, sửa địa chỉ hoặc báo trực tiếp cho người nộp rồi thử lại."
        )
        yield Stuck("undelivered", sentence, remedy, dossier.agency)


def _has_timer(dossier: Watched, task: Task) -> bool:
    return any(timer.target == task.id for timer in dossier.timers)
