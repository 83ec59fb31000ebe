"""After acceptance: the steps of the workflow, and what happens beside them (Đ13, Đ14, Đ15)."""

from rules.calendar import TZ, CalendarRangeError
from rules.deadlines import Extension
from rules.i18n import noted, telling
from rules.workflow.engine import WorkflowError, begin
from rules.workflow.model import END, Action, Need, Outcome, Phase, Step, Workflow
from rules.workflow.reach import endings
from tthc.dossiers import events as ev
from tthc.dossiers.actual_time import require_actual_time
from tthc.dossiers.closing import asked_enough, no_end_while_overdue
from tthc.dossiers.commands import Act, Apologise, Begin, Extend, LogCall, Reassign, Supply
from tthc.dossiers.decide_asking import asked_task, require_question
from tthc.dossiers.decide_child import require_not_waited_for
from tthc.dossiers.decide_claims import given, open_task, require_may_give
from tthc.dossiers.decide_intake import supplement_request, supply
from tthc.dossiers.deciding import Deciding
from tthc.dossiers.filing import add_files, document_id
from tthc.dossiers.grounds import ground
from tthc.dossiers.needs import Attempt, assignee_refusal, document_kind, missing
from tthc.dossiers.numbers import UNDRAWN
from tthc.dossiers.online_signed import unsealed
from tthc.dossiers.permissions import require_reception, require_task
from tthc.dossiers.refusals import Refused
from tthc.dossiers.solving import is_overdue, is_supplement, moved, recount, require_in_time, taken
from tthc.dossiers.state import (
    UNDER_WAY,
    Document,
    DocumentKind,
    Dossier,
    Status,
    SupplementRequest,
    Task,
    takes_turns,
)
from tthc.dossiers.way_of_return import require_reason


def act(deciding: Deciding, command: Act) -> None:
    """Take one action of a step: who, what it needs, what the law says, then the move."""
    require_under_way(deciding)
    task, step = deciding.task(command.token)
    behalf = require_task(deciding.dossier, task, deciding.context.actor, command.reason)
    action = step.action(command.action)
    if action is not None:
        require_reason(deciding.dossier, step, action, command.reason)
    perform(deciding, task, step, command, behalf=behalf)


def perform(deciding: Deciding, task: Task, step: Step, command: Act, *, behalf: bool = False) -> None:
    """The action itself, once it is known that this actor may take it."""
    definition, context, dossier = deciding.definition, deciding.context, deciding.dossier
    action = step.action(command.action)
    if action is None:
        raise Refused("no_action", telling("Bước “{step}” không có thao tác này.", step=step.name), "Đ10.3a")
    require_not_waited_for(dossier, task, step, action)
    require_actual_time(deciding, command.returned_at)
    for refusal in missing(Attempt(definition.workflow, step, action, dossier, command, context)):
        raise refusal
    unsigned = unsealed(context.policy, dossier, action, command)
    if unsigned is not None:
        raise unsigned
    request = _request(deciding, action, command)
    require_question(deciding, action, command)
    require_in_time(deciding, declines=_declines(definition.workflow, step, action), request=request)
    _require_result(deciding, action)
    kind = document_kind(action)
    # what whoever approves signs is still the draft: the result is what the clerk issues (Đ14.2)
    _add(deciding, "draft" if command.signed and kind == "attachment" else kind, command)
    move = taken(deciding, task, action, command.assignee, command.chosen)
    event = ev.Moved(
        left=task,
        action=action.id,
        label=action.label,
        entered=(),
        reason=command.reason.strip(),
        note=command.note.strip(),
        originals_checked=command.originals_checked,
        request=request,
        behalf=behalf,
    )
    moved(
        deciding,
        move,
        event,
        assigned_by=step.actor,
        recipient=command.recipient.strip(),
        entering=lambda task: asked_task(task, command),
    )


def begin_step(deciding: Deciding, command: Begin) -> None:
    """Take up a step that takes turns with others (interleaved routing): the others wait until it is done."""
    require_under_way(deciding)
    task, step = deciding.task(command.token)
    require_task(deciding.dossier, task, deciding.context.actor, f"Nhận làm bước “{step.name}”")
    try:
        begin(deciding.definition.workflow, deciding.dossier.tokens, task.id)
    except WorkflowError as error:
        raise Refused("turn", error.message, "Đ10.3a") from error
    if task.begun_by:
        raise Refused("begun", f"Bước này {task.begun_by} đã nhận làm.", "Đ10.3a")
    if not takes_turns(task):
        raise Refused(
            "no_turns", f"Bước “{step.name}” không phải chờ lượt nên không cần nhận trước.", "Đ10.3a"
        )
    deciding.happen(ev.Begun(task.id, task.step, task.name, deciding.context.actor.name))


def reassign(deciding: Deciding, command: Reassign) -> None:
    """By those who hold the function that gave the step, a head above it, or the person who has it (Đ13.2)."""
    task = open_task(deciding, command.token)
    by = require_may_give(task, deciding.context.actor)
    if not command.reason.strip():
        raise Refused("reason", "Ghi lý do giao lại.", "Đ13.2")
    refusal = assignee_refusal(command.assignee, task.function, task.agency, deciding.context)
    if refusal is not None:
        raise refusal
    chosen = deciding.context.assignee
    assert chosen is not None
    deciding.happen(given(task, by, chosen, command.reason.strip()))


def supply_and_hand_back(deciding: Deciding, command: Supply) -> None:
    """A supplement, and in appraisal the action that hands the dossier back to whoever asked."""
    supply(deciding, command)
    if deciding.dossier.status is not Status.WAITING_APPLICANT:
        return
    for task in deciding.dossier.tasks:
        step = deciding.definition.workflow.step(task.step)
        if step is None or not is_supplement(step):
            continue
        action = command.action or (step.actions[0].id if len(step.actions) == 1 else None)
        if action is not None:
            act(deciding, Act(task.id, action, reason=command.note.strip() or "Đã bổ sung theo yêu cầu."))
        return


def log_call(deciding: Deciding, command: LogCall) -> None:
    """Guidance by telephone, on the record (Đ10.2c)."""
    require_reception(deciding.context.actor, deciding.dossier.agency)
    if not command.content.strip():
        raise Refused("content", "Ghi nội dung đã hướng dẫn qua điện thoại.", "Đ10.2c")
    deciding.happen(ev.CallLogged(command.phone.strip(), command.content.strip()))


def apologise(deciding: Deciding, command: Apologise) -> None:
    """Đ15.1d: a new day is promised; the deadline and the statistics stay as they are."""
    require_under_way(deciding)
    dossier, limit = deciding.dossier, deciding.context.policy.apology_max
    require_reception(deciding.context.actor, dossier.agency)
    if dossier.deadline is None or dossier.status is Status.RESULT_READY:
        raise Refused("no_deadline", "Hồ sơ này không có hạn trả đang chờ nên không cần xin lỗi.", "Đ15.1d")
    if limit is not None and dossier.apologies >= limit:
        raise Refused(
            "apology_limit", f"Đã xin lỗi và hẹn lại {limit} lần; không hẹn lại thêm.", "NĐ 107/2021"
        )
    if not command.reason.strip():
        raise Refused("reason", "Ghi lý do chậm trả kết quả trong thư xin lỗi.", "Đ15.1d")
    if command.promised <= deciding.now:
        raise Refused("promised", "Ngày hẹn lại phải ở sau thời điểm này.", "Đ15.1d")
    add_files(deciding, "apology", command.files, command.reason)
    deciding.happen(ev.Apologised(command.reason.strip(), command.promised))


def _declines(workflow: Workflow, step: Step, action: Action) -> bool:
    """Whether this is the way not to solve the dossier; handing over a notice that was issued in time may come later."""
    return step.phase is not Phase.RESULT_READY and endings(workflow, action) == {Outcome.DECLINED}


def extend(deciding: Deciding, command: Extend) -> None:
    """Đ13.3đ: reception moves the date on the agency's written proposal; both dates are kept."""
    require_under_way(deciding)
    dossier = deciding.dossier
    require_reception(deciding.context.actor, dossier.agency)
    require_extensible(dossier)
    if any(each.granted is None for each in dossier.extension_requests):
        raise Refused(
            "request_waiting", "Có Phiếu đề nghị gia hạn đang chờ; quyết định phiếu đó trước.", "Đ13.3đ"
        )
    if not command.reason.strip() or not command.source.strip():
        raise Refused("reason", "Ghi lý do và số Phiếu đề nghị gia hạn.", "Đ13.3đ")
    basis = ground(deciding.definition, command.basis)
    add_files(deciding, "extension", command.files, command.source)
    more = Extension(deciding.now, command.rule, command.reason.strip(), command.source.strip(), basis)
    lengthen(deciding, more)


def require_extensible(dossier: Dossier) -> None:
    deadline = dossier.deadline
    if (
        deadline is None
        or deadline.due is None
        or dossier.accepted_at is None
        or dossier.solved_at is not None
    ):
        raise Refused("no_deadline", "Hồ sơ này không có hạn trả đang chờ nên không gia hạn được.", "Đ13.3đ")


def lengthen(deciding: Deciding, extension: Extension) -> None:
    """The solving time with an extension more; the date promised first is kept."""
    deadline, accepted_at = deciding.dossier.deadline, deciding.dossier.accepted_at
    assert deadline is not None
    assert accepted_at is not None
    if extension.rule.amount <= 0:
        raise Refused("amount", "Thời gian gia hạn phải lớn hơn 0.", "Đ13.3đ")
    extensions = (*deadline.extensions, extension)
    try:
        counted = recount(deadline, accepted_at, deciding.context.calendar, deadline.pauses, extensions)
    except CalendarRangeError as error:
        raise Refused("amount", f"Gia hạn quá dài: {error} Ghi số nhỏ hơn.", "Đ13.3đ") from None
    deciding.happen(ev.Extended(extension, counted))


def require_under_way(deciding: Deciding) -> None:
    if deciding.dossier.status not in UNDER_WAY:
        raise Refused("not_accepted", noted("Hồ sơ chưa được tiếp nhận nên chưa có bước xử lý."), "Đ10.3b")


def _request(deciding: Deciding, action: Action, command: Act) -> SupplementRequest | None:
    """A request for supplement in appraisal: its items, or in words what is missing, within the number that the policy
    allows.
    """
    if not is_supplement(deciding.definition.workflow.step(action.to)):
        if command.items:
            raise Refused("items", "Thao tác này không gửi yêu cầu bổ sung cho người nộp.", "Đ13.3d")
        return None
    if (
        enough := asked_enough(deciding.dossier, action.to, deciding.context.policy.supplement_max)
    ) is not None:
        raise enough
    said = command.reason or command.note
    if command.items:
        return supplement_request(deciding, command.items, said)
    context = deciding.context
    return SupplementRequest((), said.strip(), deciding.now, context.actor.name, context.agency.phone)


def _require_result(deciding: Deciding, action: Action) -> None:
    """Đ15.1d: nothing ends as returned while there is no result."""
    workflow, dossier = deciding.definition.workflow, deciding.dossier
    if action.to != END or action.outcome is Outcome.DECLINED or workflow.immediate:
        return
    if Need.RESULT in action.needs or any(d.kind == "result" for d in dossier.documents):
        return
    if is_overdue(dossier, deciding.now):
        raise no_end_while_overdue()
    if any(Need.RESULT in a.needs for s in workflow.steps for a in s.actions):
        raise Refused("no_result", "Chưa có kết quả do văn thư đính kèm nên chưa trả được.", "Đ14.2")


def _add(deciding: Deciding, kind: DocumentKind, command: Act) -> None:
    result = kind == "result"
    book = deciding.context.booked.results if result and not command.number.strip() else None
    today = deciding.now.astimezone(TZ).date() if result else None
    for file in command.files:
        document = Document(
            id=document_id(deciding),
            kind=kind,
            at=deciding.now,
            by=deciding.context.actor.id,
            file=file,
            number=_number(deciding, command) if result else "",
            issued_on=(command.issued_on or today) if result else None,
            signed_by=command.signed_by.strip() if result else "",
            note=command.note.strip(),
            signed=command.signed,
            book=book.id if book is not None else "",
            why=command.why.strip() if result and book is None else "",
        )
        deciding.happen(ev.DocumentAdded(document))


def _number(deciding: Deciding, command: Act) -> str:
    """As it was written, or as it was drawn from the agency's book."""
    return command.number.strip() or deciding.context.booked.number or UNDRAWN
