"""An open dossier goes on under another version of its procedure, and back again (design §3.5): an explicit act that
somebody answers for, carried out by the system for each dossier of a batch.
"""

from definitions.model import Definition
from renderers.text import instant, money
from rules.calendar import Calendar
from tthc.dossiers import events as ev
from tthc.dossiers.apply import replay
from tthc.dossiers.codec import event_from_json
from tthc.dossiers.commands import MoveBack, MoveToVersion
from tthc.dossiers.decide_payment import go_on_when_paid
from tthc.dossiers.deciding import Deciding
from tthc.dossiers.differences import Difference
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import Dossier, Entry
from tthc.dossiers.versions import (
    Side,
    deadline_by,
    differences,
    fees_by,
    obstacles,
    paid_otherwise,
    side,
    tasks_by,
)

_MOVED = ev.type_name(ev.VersionMoved)
# what the system writes down without anybody having done anything
_NOBODY = frozenset(map(ev.type_name, (ev.Reminded, ev.Warned, ev.FoundStuck, ev.MalwareFound)))
BACK = "Trường hợp, phí, hạn trả và các bước trở lại như trước khi chuyển."


def move_to_version(deciding: Deciding, command: MoveToVersion) -> None:
    """Case, unpaid fees, papers and the due date are those of the new version; answers, files, payments and the intervals
    of the clock stay. Refused where somebody has to look at it first, unless that person says so (`despite`).
    """
    target = _target(deciding, command.to)
    _require_reasons(command.reason, command.decision)
    dossier, context = deciding.dossier, deciding.context
    if command.to == dossier.definition:
        raise Refused("same_version", "Hồ sơ đã theo bản này, không phải chuyển.")
    old = side(deciding.definition, dossier, context.agency, context.calendar)
    new = side(target, dossier, context.agency, context.calendar)
    found = obstacles(old, new, dossier, deciding.now)
    standing = found.firm if command.despite else found.all
    if standing:
        raise Refused("needs_person", f"Cần người xem: {' '.join(standing)}")
    owed = bool(dossier.owed())
    case = new.assessment.case
    deciding.happen(
        ev.VersionMoved(
            before=dossier.definition,
            after=target.hash,
            name=target.name,
            case=case.id if case is not None else "",
            fees=fees_by(new.assessment.fees, dossier.fees),
            deadline=deadline_by(new, dossier, context.calendar),
            tasks=tasks_by(target.workflow, dossier),
            reason=command.reason.strip(),
            decision=command.decision.strip(),
            by=command.by,
            by_name=command.by_name,
            told=told(old, new, dossier, context.calendar),
            despite=found.others if command.despite else (),
        )
    )
    deciding.definition = target
    if owed and not deciding.dossier.owed():
        go_on_when_paid(deciding)


def move_back(deciding: Deciding, command: MoveBack) -> None:
    """Undo a move as long as nothing was done on the dossier since; everything is as it was before."""
    _require_reasons(command.reason, "-")
    dossier = deciding.dossier
    at, move = last_move(dossier)
    if at is None or move is None or move.back or at.command_id != command.of:
        raise Refused("not_moved", "Hồ sơ này không còn theo lần chuyển ấy nên không có gì để hoàn tác.")
    since = next((entry for entry in dossier.history[at.seq :] if entry.type not in _NOBODY), None)
    if since is not None:
        raise Refused(
            "acted",
            "Sau khi chuyển, hồ sơ đã có thao tác mới nên không hoàn tác được; "
            "cần trở lại bản trước thì mở hồ sơ và xử lý từng việc.",
        )
    target = _target(deciding, move.before)
    before = replay(dossier.history[: at.seq - 1])
    deciding.happen(
        ev.VersionMoved(
            before=dossier.definition,
            after=target.hash,
            name=before.procedure_name,
            case=before.case,
            fees=before.fees,
            deadline=before.deadline,
            tasks=before.tasks,
            reason=command.reason.strip(),
            decision=move.decision,
            by=command.by,
            by_name=command.by_name,
            told=(BACK,) if move.told else (),
            back=True,
        )
    )
    deciding.definition = target


def last_move(dossier: Dossier) -> tuple[Entry | None, ev.VersionMoved | None]:
    """The last time that the dossier changed its version, either way."""
    for entry in reversed(dossier.history):
        if entry.type == _MOVED:
            event = event_from_json(entry.type, entry.data)
            assert isinstance(event, ev.VersionMoved)
            return entry, event
    return None, None


def told(old: Side, new: Side, dossier: Dossier, calendar: Calendar) -> tuple[str, ...]:
    """What a move changes for this dossier, one sentence each, for whoever reads its story."""
    paid = {label for label, _, _ in paid_otherwise(new.assessment.fees, dossier.fees)}
    found = [
        each.sentence
        for each in differences(old, new)
        if each.kind != "due" and not (each.kind == "fee" and each.what in paid)
    ]
    found += [
        f"Phí, lệ phí: {label}: đã thu {money(was)}, bản mới là {money(now)}; không thu thêm, không tự hoàn lại."
        for label, was, now in paid_otherwise(new.assessment.fees, dossier.fees)
    ]
    was, now = dossier.deadline, deadline_by(new, dossier, calendar)
    if was is not None and now is not None and was.due != now.due:
        found += [Difference("due", "", instant(was.due), instant(now.due)).sentence]
    names = {task.id: task.name for task in dossier.tasks}
    found += [
        f"Bước “{names[task.id]}” nay là “{task.name}”."
        for task in tasks_by(new.definition.workflow, dossier)
        if names[task.id] != task.name
    ]
    return tuple(found)


def _target(deciding: Deciding, content: str) -> Definition:
    if deciding.context.actor.kind != "system":
        raise Refused("forbidden", "Hồ sơ chỉ đổi bản theo quyết định chuyển của người công bố thủ tục.")
    target = deciding.context.target
    if target is None or target.hash != content:
        raise ValueError("a move is decided with the version that it leads to")
    return target


def _require_reasons(reason: str, decision: str) -> None:
    if not reason.strip():
        raise Refused("reason", "Ghi lý do chuyển hồ sơ để người nộp và cán bộ cùng đọc được.")
    if not decision.strip():
        raise Refused("decision", "Ghi số, ngày của quyết định cho chuyển hồ sơ sang bản mới.")
