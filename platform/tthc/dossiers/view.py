"""Reading a dossier: what happened, in plain words, and what somebody may do now. Pure; decides nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from definitions.model import Definition
from rules.calendar import Calendar, instant_text
from rules.i18n import gettext, ngettext, noted
from rules.workflow.choosing import asks_whom
from rules.workflow.engine import allowed
from rules.workflow.model import APPLICANT, END, Action, Need, Step, Together
from rules.workflow.routing import turn_taken
from tthc.dossiers import events as ev
from tthc.dossiers import view_aside
from tthc.dossiers.apply_refund import refund_words
from tthc.dossiers.codec import event_from_json
from tthc.dossiers.commands import Act
from tthc.dossiers.context import RECEPTION, Actor, AgencyFacts
from tthc.dossiers.decide_child import waits_for_child
from tthc.dossiers.decide_claims import claimable, giver
from tthc.dossiers.deciding import as_handed_in
from tthc.dossiers.grounds_words import grounds_words
from tthc.dossiers.hands_words import hands_words
from tthc.dossiers.needs import SENTENCES, assignee_agency
from tthc.dossiers.permissions import function_name, holds, is_owner, may_act
from tthc.dossiers.reminding import warned_words
from tthc.dossiers.solving import is_supplement
from tthc.dossiers.state import ISSUED, UNDER_WAY, Dossier, Entry, Proposal, Status, Task
from tthc.dossiers.way_of_return import RULE, asks_reason, in_person_instead

_SUPPLIED = noted("Bổ sung hồ sơ ")  # the space tells what was done from what is to be done
_WITHDRAWN = noted("Rút hồ sơ ")
_NEW_DUE = noted("Hạn mới: {at}.")
_OLD_DUE = noted("Hạn trước: {at}.")
_PROMISED = noted("Hẹn lại: {at}.")
_SAME = noted("Không đổi gì về phí, giấy tờ, hạn trả.")
_ATTACHED = noted("Đính kèm tài liệu")
METHODS = {
    "cash": noted("tiền mặt"),
    "transfer": noted("chuyển khoản"),
    "card": noted("thẻ"),
    "online": noted("thanh toán trực tuyến"),
}


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line of the story. `detail`: reasons, items, numbers; `worked`: working minutes spent at the step that was
    left; `public`: fit for the applicant's own page, where `told` stands in place of `detail` (directions that staff
    give one another stay inside).
    """

    seq: int
    at: datetime
    title: str
    detail: str
    who: str
    worked: int | None = None
    public: bool = True
    told: str = ""


@dataclass(frozen=True, slots=True)
class NeedView:
    need: Need
    sentence: str
    rule: str


@dataclass(frozen=True, slots=True)
class Possible:
    """Something this actor may do now. `command`: the class of `commands` in snake case; `token` and `action` for an
    `act`; `needs`: what must be given along; `function`: who the next step is for, where somebody is to be chosen, in
    `agency`; `asks`: name of the step for which agencies are to be chosen.
    """

    command: str
    label: str
    token: str = ""
    action: str = ""
    needs: tuple[NeedView, ...] = ()
    primary: bool = False
    help: str = ""
    function: str = ""
    asks_items: bool = False
    asks: str = ""
    agency: str = ""


def timeline(dossier: Dossier, calendar: Calendar) -> tuple[TimelineEntry, ...]:
    """The whole history, oldest first."""
    return tuple(_line(entry, calendar) for entry in dossier.history)


def possible(
    definition: Definition, dossier: Dossier, actor: Actor, agency: AgencyFacts, now: datetime
) -> tuple[Possible, ...]:
    """Everything a page should offer to this actor, the main thing first; the last word is `decide`'s."""
    if dossier.closed:
        return ()
    found = [
        *_at_intake(dossier, actor),
        *_steps(definition, dossier, actor, agency, now),
        *_beside(dossier, actor),
        *(
            Possible(name, label, token)
            for name, label, token in view_aside.offers(definition, dossier, actor, now)
        ),
    ]
    return tuple(sorted(found, key=lambda p: not p.primary))


def _at_intake(dossier: Dossier, actor: Actor) -> list[Possible]:
    owner = is_owner(dossier, actor)
    reception = holds(actor, RECEPTION, dossier.agency)
    if dossier.status is Status.SUBMITTED and reception:
        return [
            Possible("accept", "Tiếp nhận", primary=True),
            Possible("request_supplement", "Yêu cầu bổ sung", asks_items=True),
            Possible("refuse", "Không tiếp nhận", needs=(_need(Need.REASON),)),
        ]
    if dossier.status is Status.SUPPLEMENT_AT_INTAKE and (owner or reception):
        found = [Possible("supply", "Bổ sung hồ sơ", primary=owner)]
        if reception:
            found.append(Possible("refuse", "Không tiếp nhận", needs=(_need(Need.REASON),)))
        return found
    return []


def _steps(
    definition: Definition, dossier: Dossier, actor: Actor, agency: AgencyFacts, now: datetime
) -> list[Possible]:
    mine = [t for t in dossier.tasks if dossier.status in UNDER_WAY and may_act(dossier, t, actor)]
    if not mine:
        return []
    scope = scope_of(definition, dossier, agency)
    found: list[Possible] = []
    for task in mine:
        step = definition.workflow.step(task.step)
        for action in allowed(definition.workflow, task.token(), scope, now, dossier.tokens):
            if step is not None and waits_for_child(dossier, task, step, action):
                continue
            to = definition.workflow.step(action.to) if action.to != END else None
            found.append(
                Possible(
                    command="act",
                    label=action.label,
                    token=task.id,
                    action=action.id,
                    needs=_needs(dossier, step, action),
                    primary=action.primary,
                    help=action.help,
                    function=to.actor if to is not None and Need.ASSIGNEE in action.needs else "",
                    asks_items=is_supplement(to),
                    asks=_asked(definition, action),
                    agency=assignee_agency(definition.workflow, dossier, Act(task.id, action.id)),
                )
            )
        if may_begin(dossier, task):
            found.append(Possible("begin", "Nhận làm bước này", token=task.id))
        if task.function == APPLICANT:
            found.append(Possible("supply", "Bổ sung hồ sơ", token=task.id))
    return found


def _beside(dossier: Dossier, actor: Actor) -> list[Possible]:
    found: list[Possible] = []
    reception = holds(actor, RECEPTION, dossier.agency)
    if reception and dossier.owed():
        found.append(Possible("record_payment", "Thu phí, lệ phí"))
    ready = dossier.status is Status.RESULT_READY and not dossier.owed()
    if reception and ready and dossier.receive_by == "post" and dossier.post is None:
        found.append(Possible("hand_to_post", "Giao bưu điện"))
    if reception:
        found.append(Possible("log_call", "Ghi cuộc gọi hướng dẫn"))
    if reception and dossier.status in UNDER_WAY and dossier.solved_at is None and dossier.deadline:
        found.append(Possible("apologise", "Xin lỗi", needs=(_need(Need.REASON),)))
        if all(each.granted is not None for each in dossier.extension_requests):
            found.append(Possible("extend", "Gia hạn", needs=(_need(Need.REASON),)))
    for task in dossier.tasks:
        if claimable(task, actor):
            found.append(Possible("claim", "Nhận việc", token=task.id))
        if task.assignee == actor.id and not task.assigned_by:
            found.append(Possible("give_back", "Trả lại việc", token=task.id, needs=(_need(Need.REASON),)))
        if giver(task, actor) is not None:
            both = (_need(Need.ASSIGNEE), _need(Need.REASON))
            label = "Bàn giao cho người khác" if task.assignee == actor.id else "Giao lại"
            label = label if task.assignee is not None else "Giao việc"
            found.append(
                Possible(
                    "reassign", label, token=task.id, needs=both, function=task.function, agency=task.agency
                )
            )
    has_result = dossier.status is Status.RESULT_READY or any(d.kind == "result" for d in dossier.documents)
    if (is_owner(dossier, actor) or reception) and not has_result:
        needs = (_need(Need.REASON),) if reception else ()
        found.append(Possible("withdraw", "Rút hồ sơ", needs=needs))
    return found


def may_begin(dossier: Dossier, task: Task) -> bool:
    """Whether taking a step up would keep others waiting for their turn, and nobody has begun yet."""
    turns = {fork.id for fork in task.forks if fork.together is Together.TURNS}
    there = [t for t in dossier.tasks if any(fork.id in turns for fork in t.forks)]
    return len(there) > 1 and not any(t.begun_by for t in there)


def turn_of(dossier: Dossier, task: Task) -> str | None:
    """For what a step waits whose turn it is not: which step, and who took it up."""
    other = turn_taken(dossier.tokens, task.token())
    begun = dossier.task(other.id) if other is not None else None
    return f"{step_name(begun)}, {begun.begun_by} đang làm" if begun is not None else None


def _asked(definition: Definition, action: Action) -> str:
    step = asks_whom(definition.workflow, action)
    return step.name if step is not None else ""


def scope_of(definition: Definition, dossier: Dossier, agency: AgencyFacts) -> Mapping[str, object]:
    """What the workflow's expressions read for this dossier."""
    return as_handed_in(definition, dossier, agency).context


def _needs(dossier: Dossier, step: Step | None, action: Action) -> tuple[NeedView, ...]:
    found = tuple(_need(n) for n in Need if n in action.needs)
    if step is None or Need.REASON in action.needs or not in_person_instead(dossier, step, action):
        return found
    return (NeedView(Need.REASON, asks_reason(dossier), RULE), *found)


def _need(need: Need) -> NeedView:
    sentence, rule = SENTENCES[need]
    return NeedView(need, sentence, rule)


def _line(entry: Entry, calendar: Calendar) -> TimelineEntry:
    event = event_from_json(entry.type, entry.data)
    title, detail, public = _words(event)
    worked = None
    if isinstance(event, ev.Moved) and event.left is not None:
        worked = calendar.minutes_between(event.left.entered_at, entry.at)
    told = _told(event) if isinstance(event, ev.Moved) else detail
    who = entry.actor.name
    if isinstance(event, (ev.VerificationArranged, ev.VerificationRecorded, ev.MalwareFound)):
        told = view_aside.told(event)
    if isinstance(event, ev.VersionMoved):
        who = event.by_name  # the system only carried it out
        told = " ".join(event.told) or gettext(_SAME)  # what officials weighed stays inside
    return TimelineEntry(entry.seq, entry.at, title, detail, who, worked, public, told)


def _words(event: ev.Event) -> tuple[str, str, bool]:
    """Title, detail, and whether the applicant reads it too."""
    match event:
        case ev.Submitted():
            until = _dated(noted("Hạn tiếp nhận: {at}."), event.intake_due)
            return gettext("Nộp hồ sơ, mã tra cứu {code}").format(code=event.reference), until, True
        case ev.Accepted():
            due = event.deadline.due if event.deadline is not None else None
            until = _dated(noted("Hẹn trả kết quả: {at}."), due)
            return gettext("Tiếp nhận hồ sơ, mã số {code}").format(code=event.code), until, True
        case ev.SupplementRequested(request=request):
            items = "; ".join(f"{i.name}: {i.reason}" for i in request.items)
            return (
                gettext("Yêu cầu bổ sung hồ sơ"),
                items + (f". {request.note}" if request.note else ""),
                True,
            )
        case ev.IntakeRefused(reason=reason):
            return gettext("Không tiếp nhận hồ sơ"), reason, True
        case ev.Supplied():
            return gettext(_SUPPLIED).strip(), _supplied_words(event), True
        case ev.Withdrawn(reason=reason):
            return gettext(_WITHDRAWN).strip(), reason, True
        case ev.Moved():
            return _moved_words(event)
        case ev.ChildWanted() | ev.ChildTold():
            return view_aside.child_words(event)
        case (
            ev.ExtensionAsked()
            | ev.ExtensionAnswered()
            | ev.VerificationArranged()
            | ev.VerificationRecorded()
        ):
            return view_aside.words(event)
        case ev.Begun():
            return f"{event.label}: {event.name} nhận làm", "", False
        case ev.Reassigned():
            return f"Giao lại cho {event.assignee_name}", event.reason, False
        case ev.Assigned():
            return f"{event.label}: giao cho {event.assignee_name}", event.reason, False
        case ev.Claimed():
            return f"{event.label}: {event.assignee_name} nhận việc", "", False
        case ev.GivenBack():
            return f"{event.label}: trả lại việc", event.reason, False
        case ev.DocumentAdded(document=document):
            kinds = {
                "draft": noted("Đính kèm dự thảo"),
                "result": noted("Đính kèm kết quả"),
                "notice": noted("Đính kèm thông báo"),
                "apology": noted("Đính kèm thư xin lỗi"),
                "extension": noted("Đính kèm phiếu đề nghị gia hạn"),
                "minutes": noted("Đính kèm biên bản xác minh"),
            }
            number = gettext("Số {number}.").format(number=document.number) if document.number else ""
            title = gettext(kinds.get(document.kind, _ATTACHED))
            return title, f"{number} {document.note}".strip(), document.kind in ISSUED
        case ev.FeesPaid():
            amount = f"{event.amount:,}".replace(",", ".")
            receipt = gettext(", biên lai số {number}").format(number=event.receipt) if event.receipt else ""
            told = (
                gettext(", mã giao dịch {code}").format(code=event.transaction) if event.transaction else ""
            )
            method = gettext(METHODS.get(event.method, event.method))
            return (
                gettext("Thu {amount} đồng").format(amount=amount),
                gettext("Bằng {method}{receipt}{transaction}.").format(
                    method=method, receipt=receipt, transaction=told
                ),
                True,
            )
        case ev.CallLogged():
            return gettext("Hướng dẫn qua điện thoại"), f"{event.phone}: {event.content}", True
        case ev.Apologised():
            return (
                gettext("Xin lỗi vì chậm trả kết quả"),
                f"{event.reason} {_dated(_PROMISED, event.promised)}",
                True,
            )
        case ev.Extended():
            due = event.deadline.due
            until = "" if due is None else f" {_dated(_NEW_DUE, due)}"
            told = f"{event.extension.reason} ({event.extension.source}).{until}{grounds_words(event)}"
            return gettext("Gia hạn giải quyết"), told, True
        case ev.Recounted():
            due = event.deadline.due
            until = "" if due is None else f" {_dated(_NEW_DUE, due)}"
            return (
                gettext("Tính lại ngày trả do lịch làm việc thay đổi"),
                f"{_dated(_OLD_DUE, event.previous)}{until}",
                True,
            )
        case ev.VersionMoved():
            return _version_words(event)
        case ev.Succeeded():
            return (
                gettext("Chuyển sang cơ quan kế thừa"),
                f"{event.left_name} → {event.name}. {event.note}".strip(),
                True,
            )
        case ev.Reminded():
            return _reminded_words(event)
        case ev.Warned():
            return warned_words(event)
        case ev.MalwareFound():
            return view_aside.malware_words(event)
        case ev.FoundStuck():
            return "Hệ thống báo hồ sơ kẹt", f"{event.sentence} {event.remedy}", False
        case ev.Proposed(proposal=proposal):
            return _proposed_words(proposal)
        case ev.HandedOver() | ev.TakenOver() | ev.OriginalMoved():
            return hands_words(event)
        case ev.HandedToPost():
            return (
                gettext("Giao kết quả cho bưu điện"),
                gettext("{carrier}, số hiệu bưu gửi {number}.").format(
                    carrier=event.carrier, number=event.tracking
                ),
                True,
            )
        case ev.RefundAsked() | ev.RefundAnswered() | ev.RefundMade():
            return refund_words(event)
        case ev.ReturnCorrected():
            detail = gettext(
                "Đã ghi: {before}, người nhận {former}. Đúng là: {after}, người nhận {recipient}. Lý do: {reason}"
            ).format(
                before=instant_text(event.before),
                former=event.former_recipient or gettext("không ghi"),
                after=instant_text(event.after),
                recipient=event.recipient,
                reason=event.reason,
            )
            return gettext("Đính chính việc trả kết quả"), detail, True
        case ev.Ended():
            to = (
                gettext("Người nhận: {name}.").format(name=event.recipient)
                if event.recipient
                else event.reason
            )
            if event.outcome == "returned":
                return gettext("Trả kết quả, kết thúc hồ sơ"), to, True
            return gettext("Trả lại hồ sơ, kết thúc"), to, True


def _dated(text: str, at: datetime | None) -> str:
    return "" if at is None else gettext(text).format(at=instant_text(at))


def _stop(text: str) -> str:
    """A sentence, also where whoever typed it left its end open."""
    text = text.strip()
    return text if text.endswith((".", "!", "?", "…", ":")) else f"{text}."


def _supplied_words(event: ev.Supplied) -> str:
    papers, answers = len(event.changed_papers), len(event.changed_answers)
    counts = (
        (papers, ngettext("{n} giấy tờ", "{n} giấy tờ", papers)),
        (answers, ngettext("{n} mục khai", "{n} mục khai", answers)),
    )
    listed = ", ".join(text.format(n=count) for count, text in counts if count)
    changed = gettext("{things} thay đổi.").format(things=listed) if listed else ""
    said = gettext("Lời nhắn: {note}").format(note=event.note) if event.note else ""
    return " ".join(part for part in (changed, said) if part)


def _moved_words(event: ev.Moved) -> tuple[str, str, bool]:
    nexts = ", ".join(
        f"{t.name} ({t.assignee_name or t.agency_name})" if t.assignee_name or t.agency_name else t.name
        for t in event.entered
    )
    onward = f"Bước tiếp theo: {nexts}." if nexts else ""
    label = gettext(event.label)
    step = label if event.left is None else step_name(event.left)
    title = step if step == label else f"{step}: {label}"
    question = next((f"Hỏi: {t.question}" for t in event.entered if t.question), "")
    return (
        title,
        " ".join(_stop(p) for p in (event.reason, event.note, _told(event), question, onward) if p.strip()),
        True,
    )


def _version_words(event: ev.VersionMoved) -> tuple[str, str, bool]:
    title = (
        gettext("Trở lại bản thủ tục trước khi chuyển")
        if event.back
        else gettext("Chuyển sang bản mới của thủ tục")
    )
    told = " ".join(event.told) or gettext(_SAME)
    despite = f"Đã xem và vẫn chuyển: {' '.join(event.despite)}" if event.despite else ""
    decision = f"Theo {event.decision}." if event.decision else ""
    return title, " ".join(p for p in (told, f"Lý do: {event.reason}", decision, despite) if p), True


def step_name(task: Task) -> str:
    """Of a step that an agency was asked to do, with that agency."""
    name = gettext(task.name)
    return f"{name} ({task.agency_name})" if task.agency_name else name


def _told(event: ev.Moved) -> str:
    """What the applicant reads of a move."""
    parts: list[str] = []
    if event.waived:
        parts.append(gettext("Cơ quan được hỏi quá hạn chưa trả lời."))
    if event.request is not None:
        parts += [f"{i.name}: {i.reason}." for i in event.request.items]
    if event.silent:
        parts.append(gettext("Quá hạn không có ý kiến, hệ thống coi như đồng ý."))
    if event.behalf:
        parts.append(gettext("Cán bộ một cửa thực hiện thay người nộp."))
    return " ".join(parts)


def _proposed_words(proposal: Proposal) -> tuple[str, str, bool]:
    rule = f"Quy tắc “{proposal.label}”"
    if not proposal.accepted:
        return f"{rule}: không thực hiện được", proposal.refusal, False
    match proposal.kind:
        case "alert":
            return f"{rule}: báo {function_name(proposal.to)}", proposal.message, False
        case "assign":
            return f"{rule}: giao {proposal.unit}", f"Bước “{proposal.step}”.", False
        case _:
            done = f"Hệ thống chọn “{proposal.action}” ở bước “{proposal.step}”."
            return f"{rule}: tự chuyển hồ sơ", done, False


def _reminded_words(event: ev.Reminded) -> tuple[str, str, bool]:
    what = {
        "intake": "Quá hạn tiếp nhận",
        "deadline": "Quá hạn trả kết quả",
    }.get(event.kind, "Quá hạn bước xử lý")
    detail = f"Hạn là {instant_text(event.due)}."
    if event.task is not None:
        detail = f"{step_name(event.task)} ({function_name(event.task.function)}). {detail}"
    return what, detail, False
