"""Is what is handed in right and complete? The same questions for an application and for its supplement."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from definitions.assess import Assessment
from definitions.model import Definition, FeeDue, PaperDue
from forms.model import FieldError
from rules.calendar import TZ
from rules.i18n import noted, ntelling, one_after_another, telling
from tthc.dossiers.context import Context
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import Applicant, Channel, FeeState, PaperFiles, ReceiveBy

DECLARATION: Final = noted(
    "Tôi cam đoan những nội dung kê khai và giấy tờ gửi kèm là đúng sự thật và chịu trách nhiệm trước pháp luật."
)
"""What is declared where the procedure has no words of its own."""


def declaration_of(definition: Definition) -> str:
    """The words that whoever hands in online makes their own (Đ26.2)."""
    return definition.declaration or DECLARATION


def require_offered(definition: Definition, context: Context, channel: Channel) -> None:
    """The agency offers the procedure, today, on this channel."""
    offered, agency = definition.offered_by, context.agency
    listed = agency.id in offered.agencies
    if not listed and (offered.level is None or offered.level != agency.level):
        raise Refused(
            "not_offered",
            telling(
                "{agency} không giải quyết thủ tục “{procedure}”.",
                agency=agency.name,
                procedure=definition.name,
            ),
            "Đ7.2a",
        )
    if not definition.effective.covers(context.now.astimezone(TZ).date()):
        raise Refused(
            "not_effective",
            noted(
                "Thủ tục này chưa có hiệu lực hoặc đã được thay thế; ông/bà mở lại trang thủ tục để nộp theo bản mới."
            ),
            "Đ24.3",
        )
    # a counter takes what comes by post, and must never turn away who stands before it (Đ9.1đ)
    if channel == "online" and "online" not in definition.submit_by:
        raise Refused(
            "not_online",
            noted("Thủ tục này chưa nhận hồ sơ trực tuyến; ông/bà nộp tại Bộ phận Một cửa."),
            "Đ2.4",
        )


def require_identity(definition: Definition, applicant: Applicant, *, by_another: bool = False) -> None:
    """Online nobody sees the applicant: where the procedure asks for it, the account's owner was confirmed before."""
    if definition.identity == "verified" and by_another:
        raise Refused(
            "identity_by_another",
            noted(
                "Thủ tục này chỉ nhận hồ sơ trực tuyến do chính người đã xác thực danh tính nộp. Nộp thay người khác thì "
                "ông/bà mang giấy ủy quyền đến Bộ phận Một cửa; những gì đã khai vẫn được giữ."
            ),
            "Đ10.1a",
        )
    if definition.identity == "verified" and applicant.identity != "verified":
        raise Refused(
            "identity",
            noted(
                "Thủ tục này chỉ nhận hồ sơ trực tuyến từ tài khoản đã xác thực danh tính. Ông/bà mang căn cước đến "
                "Bộ phận Một cửa một lần, hoặc đăng nhập bằng tài khoản định danh điện tử, rồi nộp; những gì đã khai vẫn "
                "được giữ."
            ),
            "Đ10.1a",
        )
    if definition.identity == "contact" and not applicant.identity:
        raise Refused(
            "identity",
            noted(
                "Thủ tục này cần số điện thoại hoặc thư điện tử đã xác nhận. Ông/bà mở trang Tài khoản, bấm gửi mã và nhập "
                "mã, rồi nộp; những gì đã khai vẫn được giữ."
            ),
            "Đ10.1a",
        )


def require_return(definition: Definition, receive_by: ReceiveBy, postal_address: str) -> None:
    """The way of receiving the result is offered, and postal return has an address (Đ8.2)."""
    if receive_by not in definition.receive_by:
        raise Refused(
            "receive_by",
            noted("Thủ tục này không có cách nhận kết quả ông/bà đã chọn; chọn cách khác."),
            "Đ8.2",
        )
    if receive_by == "post" and not postal_address.strip():
        raise Refused("postal_address", noted("Ghi địa chỉ nhận kết quả qua bưu chính."), "Đ8.2")


def require_valid(assessment: Assessment) -> str:
    """The form has no mistakes and the definition answers for it; the case's id, empty where there are none."""
    submission = assessment.submission
    if assessment.case is not None and assessment.case.ends is not None:
        ends = assessment.case.ends
        raise Refused("case_ends", one_after_another(ends.reason, ends.remedy), "Đ7.2b")
    if not submission.valid:
        errors = tuple(e for e in submission.errors if e.severity == "error")
        left = ntelling(
            "Tờ khai còn {n} chỗ cần sửa: {first}",
            "Tờ khai còn {n} chỗ cần sửa: {first}",
            len(errors),
            first=errors[0].told,
        )
        raise Refused("invalid", left, "Đ26.2", errors)
    if assessment.gaps:
        why = one_after_another(assessment.gaps[0].message, noted("Đề nghị báo cơ quan giải quyết thủ tục."))
        raise Refused("gap", why, "Đ7.2b")
    return assessment.case.id if assessment.case is not None else ""


def applicable_papers(
    definition: Definition, due: Iterable[PaperDue], handed: Sequence[PaperFiles]
) -> tuple[PaperFiles, ...]:
    """What was handed in for papers that this dossier needs; a paper that does not apply is absent."""
    needed = {paper.id for paper in due}
    # what could not be looked up after all is asked for in a supplement, and taken
    needed |= {paper.id for paper in definition.attachments if paper.replaced_by_data}
    for paper in handed:
        known = definition.paper(paper.paper_id)
        if known is None:
            raise Refused(
                "unknown_paper", noted("Có tệp đính kèm không thuộc thành phần hồ sơ của thủ tục này.")
            )
        most = known.max_files
        if most and len(paper.files) > most:
            name = known.name
            told = (
                telling("“{name}” chỉ nhận một tệp; gộp các trang vào một tệp .pdf.", name=name)
                if most == 1
                else telling("“{name}” chỉ nhận {n} tệp; gộp các trang vào một tệp .pdf.", name=name, n=most)
            )
            raise Refused("one_file", told)
    return tuple(p for p in handed if p.paper_id in needed and (p.files or p.presented or p.note))


def require_uploaded(due: Iterable[PaperDue], handed: Sequence[PaperFiles]) -> None:
    """Online: every required paper has a picture or scan (Đ10.1b), those shown at the counter aside."""
    have = {p.paper_id for p in handed if p.files}
    lacking = [
        p for p in due if p.required and not p.presented_only and not p.form_generated and p.id not in have
    ]
    if lacking:
        errors = tuple(
            FieldError(f"papers.{p.id}", telling("Đính kèm “{name}”.", name=p.name)) for p in lacking
        )
        told = ntelling(
            "Còn thiếu {n} giấy tờ: {first}.",
            "Còn thiếu {n} giấy tờ: {first}.",
            len(lacking),
            first=lacking[0].name,
        )
        raise Refused("paper_missing", told, "Đ10.1b", errors)


def require_in_date(due: Iterable[PaperDue], handed: Sequence[PaperFiles]) -> None:
    """No paper that is required or was handed in has run out by the day of submission."""
    have = {p.paper_id for p in handed}
    expired = [p for p in due if p.expired and (p.required or p.id in have)]
    if expired:
        errors = tuple(FieldError(f"papers.{p.id}", p.expiry) for p in expired)
        raise Refused("paper_expired", expired[0].expiry, "Đ10.1b", errors)


def require_checked(due: Iterable[PaperDue], checked: Sequence[str], channel: Channel) -> None:
    """Reception has ticked every required paper it could see (Đ12.1)."""
    seen = set(checked)
    left = [
        p
        for p in due
        if p.required
        and not p.form_generated
        and not (p.presented_only and channel == "online")
        and p.id not in seen
    ]
    if left:
        errors = tuple(FieldError(f"papers.{p.id}", f"Kiểm tra “{p.name}”.") for p in left)
        raise Refused(
            "unchecked", f"Chưa đánh dấu đã kiểm tra {len(left)} giấy tờ: {left[0].name}.", "Đ12.1", errors
        )


def fee_states(due: Iterable[FeeDue], before: Sequence[FeeState] = ()) -> tuple[FeeState, ...]:
    """What is owed now. What was paid stays paid; where the amount has risen, the rest is a line of its own. What a move to
    another version left unasked (`waived`) is no rest.
    """
    states: list[FeeState] = []
    paid = {fee.id: fee for fee in before if fee.paid_at is not None}
    for fee in due:
        fresh = FeeState(fee.id, fee.label, fee.kind, fee.amount, fee.collect, fee.explanation)
        lines = [f for i, f in paid.items() if i == fee.id or i.startswith(f"{fee.id}+")]
        states += lines
        rest = fee.amount - sum(line.amount + line.waived for line in lines)
        if not lines:
            states.append(fresh)
        elif rest > 0:
            more = f"{fee.id}+{len(lines)}"
            states.append(replace(fresh, id=more, label=f"{fee.label} (phần còn thiếu)", amount=rest))
    told = {s.id for s in states}
    return (*states, *(fee for fee in paid.values() if fee.id not in told))
