"""What goes on beside the steps, in words and as what a page may offer. Pure; decides nothing."""

from collections.abc import Iterator
from datetime import datetime

from definitions.model import Definition
from rules.calendar import instant_text
from rules.i18n import gettext, noted
from tthc.dossiers import events as ev
from tthc.dossiers.amounts import rule_words
from tthc.dossiers.apply_aside import Aside, is_asked
from tthc.dossiers.blocked import names
from tthc.dossiers.context import Actor
from tthc.dossiers.decide_aside import decides_extension, solves
from tthc.dossiers.decide_asking import asked_by
from tthc.dossiers.permissions import holds, may_act
from tthc.dossiers.state import UNDER_WAY, Dossier, Verification
from tthc.dossiers.verifying import verifies


def offers(
    definition: Definition, dossier: Dossier, actor: Actor, now: datetime
) -> Iterator[tuple[str, str, str]]:
    """Command, label and the token it is for."""
    if dossier.status not in UNDER_WAY:
        return
    for task in dossier.tasks:
        step = definition.workflow.step(task.step)
        if step is not None and verifies(step) and may_act(dossier, task, actor):
            yield "arrange_verification", "Hẹn xác minh thực tế", task.id
            yield "record_verification", "Ghi kết quả xác minh", task.id
        late = task.due is not None and now > task.due
        if is_asked(task) and late and holds(actor, asked_by(dossier, task), dossier.agency):
            yield "waive_opinion", "Đi tiếp, không chờ ý kiến", task.id
    waits = any(each.granted is None for each in dossier.extension_requests)
    if dossier.deadline is None or dossier.solved_at is not None:
        return
    if waits and decides_extension(dossier, actor):
        yield "answer_extension", "Quyết định đề nghị gia hạn", ""
    if not waits and solves(dossier, actor):
        yield "ask_extension", "Đề nghị gia hạn", ""


def words(event: Aside) -> tuple[str, str, bool]:
    """Title, detail, and whether the applicant reads it too."""
    match event:
        case ev.VerificationArranged(verification=one):
            return (
                gettext("Hẹn xác minh thực tế: {step}").format(step=gettext(event.step_name)),
                _four(one),
                True,
            )
        case ev.VerificationRecorded(verification=one):
            found = f" Kết quả: {one.outcome}" if one.outcome else ""
            title = gettext("Đã xác minh thực tế: {step}").format(step=gettext(event.step_name))
            return title, f"{_four(one)}{found}", True
        case ev.ExtensionAsked(request=request):
            return f"Đề nghị gia hạn {rule_words(request.rule)}", request.reason, False
        case ev.ExtensionAnswered(granted=granted, answer=answer):
            return "Đồng ý gia hạn" if granted else "Không đồng ý gia hạn", answer, False


def told(event: ev.VerificationArranged | ev.VerificationRecorded | ev.MalwareFound) -> str:
    """What the applicant reads of a verification: when and where; what came of it stays with the officials. Of a blocked
    file: of which paper it is, which officials may see covered.
    """
    if isinstance(event, ev.MalwareFound):
        return gettext("Tệp của: {papers}.").format(papers=names(event.places, staff=False))
    one = event.verification
    return gettext("{at}, tại {place}.").format(at=instant_text(one.starts_at), place=one.place)


def malware_words(event: ev.MalwareFound) -> tuple[str, str, bool]:
    papers = gettext("Tệp của: {papers}.").format(papers=names(event.places, staff=True))
    title = gettext("Phát hiện mã độc trong một tệp, tệp bị chặn")
    return title, f"{papers} Mã độc: {event.malware}.", event.applicant


def _four(one: Verification) -> str:
    return (
        f"Thời gian: {instant_text(one.starts_at)}. Địa điểm: {one.place}. Thành phần: {one.participants}. "
        f"Nội dung: {one.content}."
    )


def child_words(event: ev.ChildWanted | ev.ChildTold) -> tuple[str, str, bool]:
    if isinstance(event, ev.ChildWanted):
        return f"Chuẩn bị mở hồ sơ liên thông của thủ tục {event.child.procedure}", "", False
    name = f" “{event.name}”" if event.name else ""
    told = {
        "open": noted("Đã mở hồ sơ liên thông{name}, mã {code}"),
        "returned": noted("Hồ sơ liên thông {code} đã có kết quả"),
        "declined": noted("Hồ sơ liên thông {code} không được giải quyết"),
        "failed": "Không mở được hồ sơ liên thông",  # vi: officials read it
    }.get(event.standing, noted("Hồ sơ liên thông"))
    title = gettext(told).format(name=name, code=event.reference)
    by_hand = f" Người thực hiện bước “{event.label}” xử lý tiếp." if event.standing == "failed" else ""
    # why it could not be opened is the officials' business; how it ended is the applicant's too
    return title, f"{event.reason}{by_hand}".strip(), event.standing != "failed"
