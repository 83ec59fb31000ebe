"""Before acceptance: submission, acceptance, supplement at intake, refusal, withdrawal (Đ10.1, Đ10.2, Đ12.1)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from rules.deadlines import due
from rules.i18n import noted
from tthc.dossiers import events as ev
from tthc.dossiers.commands import (
    Accept,
    Refuse,
    RegisterAtCounter,
    RequestSupplement,
    Submit,
    Supply,
    Withdraw,
)
from tthc.dossiers.decide_malware import only_sends_again
from tthc.dossiers.decide_payment import pay, require_paid_before_acceptance
from tthc.dossiers.deciding import Deciding
from tthc.dossiers.delivery import AUTHORISATION, Delivery, delivered, represented
from tthc.dossiers.family import ParentRef
from tthc.dossiers.filing import add_files
from tthc.dossiers.permissions import require_applicant_side, require_reception
from tthc.dossiers.refusals import Refused
from tthc.dossiers.solving import begin
from tthc.dossiers.state import (
    INTAKE,
    Applicant,
    Channel,
    PaperFiles,
    ReceiveBy,
    Status,
    SupplementItem,
    SupplementRequest,
)
from tthc.dossiers.submission import (
    applicable_papers,
    declaration_of,
    fee_states,
    require_checked,
    require_identity,
    require_in_date,
    require_offered,
    require_return,
    require_uploaded,
    require_valid,
)


def submit(deciding: Deciding, command: Submit) -> None:
    """An application becomes a dossier; the intake clock of 8 working hours starts (Đ10.2a)."""
    actor = deciding.context.actor
    if actor.kind != "citizen":
        raise Refused(
            "not_signed_in", noted("Ông/bà đăng nhập bằng tài khoản của mình để nộp hồ sơ."), "Đ10.1a"
        )
    require_offered(deciding.definition, deciding.context, "online")
    require_identity(deciding.definition, command.applicant, by_another=command.delivery is not None)
    if not command.declared:
        raise Refused("not_declared", noted("Đánh dấu vào lời cam đoan trước khi nộp hồ sơ."), "Đ26.2")
    intake = due(deciding.context.policy.intake, deciding.now, deciding.context.calendar).at
    enter(
        deciding,
        dossier_id=command.dossier_id,
        channel="online",
        applicant=command.applicant,
        answers=command.answers,
        papers=command.papers,
        receive_by=command.receive_by,
        postal_address=command.postal_address,
        owner=actor.id,
        intake_due=intake,
        delivery=represented(command.delivery, command.authorisation, actor),
        declaration=declaration_of(deciding.definition),
    )
    add_files(deciding, "attachment", command.authorisation, AUTHORISATION)


def register(deciding: Deciding, command: RegisterAtCounter) -> None:
    """«Thêm mới»: enter and accept a paper dossier (Đ12.1b)."""
    require_reception(deciding.context.actor, deciding.context.agency.id)
    if command.channel == "online":
        raise Refused(
            "channel", "Hồ sơ trực tuyến do người nộp gửi; chọn “tại quầy” hoặc “bưu chính”.", "Đ12.1b"
        )
    require_offered(deciding.definition, deciding.context, command.channel)
    enter(
        deciding,
        dossier_id=command.dossier_id,
        channel=command.channel,
        applicant=command.applicant,
        answers=command.answers,
        papers=command.papers,
        receive_by=command.receive_by,
        postal_address=command.postal_address,
        owner=command.owner,
        intake_due=None,
        delivery=delivered(command.channel, command.delivery, deciding.context.actor),
    )
    if command.method is not None:
        early = tuple(f.id for f in deciding.dossier.owed("before_acceptance"))
        if early:
            pay(deciding, early, command.method, command.receipt)
    receive(deciding, command.checked)


def accept(deciding: Deciding, command: Accept) -> None:
    """Reception receives a dossier handed in online (Đ10.2b)."""
    require_reception(deciding.context.actor, deciding.dossier.agency)
    if deciding.dossier.status is Status.SUPPLEMENT_AT_INTAKE:
        raise Refused(
            "waiting_supplement",
            "Hồ sơ đang chờ người nộp bổ sung; nhận phần bổ sung rồi mới tiếp nhận.",
            "Đ10.2c",
        )
    _require_intake(deciding)
    receive(deciding, command.checked)


def request_supplement(deciding: Deciding, command: RequestSupplement) -> None:
    """Say item by item what is missing (Đ10.2c, Đ12.1a)."""
    require_reception(deciding.context.actor, deciding.dossier.agency)
    _require_intake(deciding)
    request = supplement_request(deciding, command.items, command.note)
    deciding.happen(ev.SupplementRequested(request))


def refuse(deciding: Deciding, command: Refuse) -> None:
    require_reception(deciding.context.actor, deciding.dossier.agency)
    _require_intake(deciding)
    if not command.reason.strip():
        raise Refused("reason", "Ghi lý do không tiếp nhận hồ sơ.", "Đ12.1a")
    deciding.happen(ev.IntakeRefused(command.reason.strip()))


def withdraw(deciding: Deciding, command: Withdraw) -> None:
    """Until there is a result; reception records it for those who ask at the counter, with the reason."""
    dossier = deciding.dossier
    behalf = require_applicant_side(dossier, deciding.context.actor, command.reason)
    if behalf and not command.reason.strip():
        raise Refused("reason", "Ghi lý do rút hồ sơ theo đề nghị của người nộp.", "Đ26.1")
    if dossier.status is Status.RESULT_READY or any(d.kind == "result" for d in dossier.documents):
        raise Refused(
            "has_result",
            noted("Hồ sơ đã có kết quả nên không rút được nữa; ông/bà đến nhận kết quả."),
            "Đ15.2",
        )
    if dossier.accepted_at is not None and not command.reason.strip():
        raise Refused("reason", noted("Ghi lý do đề nghị dừng giải quyết hồ sơ."), "TT 03/2025/TT-VPCP")
    if command.files and not behalf:
        raise Refused("forbidden", "Thông báo dừng giải quyết do bộ phận Một cửa lập.", "TT 03/2025/TT-VPCP")
    add_files(deciding, "notice", command.files, command.reason)
    deciding.happen(ev.Withdrawn(command.reason.strip()))


def supply(deciding: Deciding, command: Supply) -> None:
    """The applicant completes the dossier; before acceptance the intake clock starts anew."""
    dossier = deciding.dossier
    note = command.note.strip()
    require_applicant_side(dossier, deciding.context.actor, note)
    at_intake = dossier.status is Status.SUPPLEMENT_AT_INTAKE
    asked = at_intake or dossier.status is Status.WAITING_APPLICANT
    if not asked and not only_sends_again(dossier, command):
        raise Refused("nothing_asked", noted("Hồ sơ này hiện không cần bổ sung gì."), "Đ10.2c")
    before = dossier.answers or {}
    answers = before if command.answers is None else command.answers
    judged = deciding.assess(answers, dossier.applicant, dossier.channel, dossier.submitted_at)
    case = require_valid(judged)
    # of a version that asked for other papers: they stay with the dossier, and nobody is asked about them
    former = tuple(p for p in dossier.papers if deciding.definition.paper(p.paper_id) is None)
    known = tuple(p for p in dossier.papers if p not in former)
    papers = applicable_papers(deciding.definition, judged.papers, _merge(known, command.papers))
    papers = (*papers, *former)
    if dossier.channel == "online":
        require_uploaded(judged.papers, papers)
    clean = judged.submission.clean
    changed_papers = tuple(p.paper_id for p in papers if p != dossier.paper(p.paper_id))
    changed_answers = _changed(before, clean)
    if not (changed_papers or changed_answers or note or command.action):
        raise Refused(
            "nothing_supplied",
            noted(
                "Ông/bà chưa thay đổi gì: sửa mục được đề nghị, tải giấy tờ thay thế, hoặc nhắn lại cho cán bộ."
            ),
            "Đ10.2c",
        )
    context = deciding.context
    deciding.happen(
        ev.Supplied(
            answers=clean,
            papers=papers,
            fees=fee_states(judged.fees, dossier.fees),
            case=case,
            changed_papers=changed_papers,
            changed_answers=changed_answers,
            note=note,
            intake_due=due(context.policy.intake, deciding.now, context.calendar).at if at_intake else None,
        )
    )


def supplement_request(deciding: Deciding, items: Sequence[SupplementItem], note: str) -> SupplementRequest:
    """Items tied to a paper, a field or a fee, each with its reason; free text alone is not enough."""
    if not items:
        raise Refused("no_items", "Chọn ít nhất một giấy tờ hoặc mục khai cần bổ sung.", "Đ10.2c")
    if any(not item.reason.strip() for item in items):
        raise Refused("item_reason", "Ghi lý do cho từng nội dung cần bổ sung.", "Đ10.2c")
    named = tuple(
        replace(i, name=i.name or _name(deciding, i.target), reason=i.reason.strip()) for i in items
    )
    actor, context = deciding.context.actor, deciding.context
    return SupplementRequest(named, note.strip(), deciding.now, actor.name, context.agency.phone)


def _name(deciding: Deciding, target: str) -> str:
    definition = deciding.definition
    paper = definition.paper(target)
    if paper is not None:
        return paper.name
    root = target.split(".", maxsplit=1)[0]
    field = next((f for f in definition.fields if f.id == root), None)
    if field is not None:
        return field.label
    fee = next((f for f in deciding.dossier.fees if f.id == target), None)
    if fee is not None:
        return fee.label
    raise Refused(
        "unknown_item", "Nội dung yêu cầu bổ sung không thuộc hồ sơ này; chọn lại từ danh sách.", "Đ10.2c"
    )


def _require_intake(deciding: Deciding) -> None:
    if deciding.dossier.status not in INTAKE:
        raise Refused("accepted", "Hồ sơ đã được tiếp nhận.", "Đ10.2b")


def enter(
    deciding: Deciding,
    *,
    dossier_id: str,
    channel: Channel,
    applicant: Applicant,
    answers: Mapping[str, object],
    papers: Sequence[PaperFiles],
    receive_by: ReceiveBy,
    postal_address: str,
    owner: str | None,
    intake_due: datetime | None,
    parent: ParentRef | None = None,
    delivery: Delivery | None = None,
    declaration: str = "",
) -> None:
    """A dossier comes into being: its form, papers and fees are right today."""
    definition, context = deciding.definition, deciding.context
    if not applicant.name.strip():
        raise Refused("applicant", "Ghi họ tên hoặc tên tổ chức của người nộp hồ sơ.", "Đ26.2")
    require_return(definition, receive_by, postal_address)
    judged = deciding.assess(answers, applicant, channel)
    case = require_valid(judged)
    handed = applicable_papers(definition, judged.papers, papers)
    if channel == "online":
        require_uploaded(judged.papers, handed)
    require_in_date(judged.papers, handed)
    deciding.happen(
        ev.Submitted(
            id=dossier_id,
            reference=context.reference or "",
            procedure=definition.procedure,
            procedure_name=definition.name,
            definition=definition.hash,
            agency=context.agency.id,
            channel=channel,
            case=case,
            applicant=applicant,
            receive_by=receive_by,
            postal_address=postal_address.strip(),
            answers=judged.submission.clean,
            papers=handed,
            fees=fee_states(judged.fees),
            owner=owner,
            intake_due=intake_due,
            immediate=definition.workflow.immediate,
            parent=parent,
            delivery=delivery,
            declaration=declaration,
        )
    )


def receive(deciding: Deciding, checked: tuple[str, ...]) -> None:
    """The act of receiving itself: paid, checked, then the solving time begins."""
    dossier = deciding.dossier
    require_paid_before_acceptance(dossier)
    judged = deciding.reassess()
    require_checked(judged.papers, checked, dossier.channel)
    begin(deciding, checked, judged.deadline)


def _merge(before: Sequence[PaperFiles], new: Sequence[PaperFiles]) -> tuple[PaperFiles, ...]:
    fresh = {p.paper_id: p for p in new}
    kept = tuple(fresh.pop(p.paper_id, p) for p in before)
    return (*kept, *fresh.values())


def _changed(before: Mapping[str, object], after: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(sorted(k for k in {*before, *after} if before.get(k) != after.get(k)))
