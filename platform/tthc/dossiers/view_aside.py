"""What goes on beside the steps, in words and as what a page may offer. Pure; decides nothing."""

from collections.abc import Iterator
from datetime import datetime

from definitions.model import Definition
from rules.calendar import instant_text
from rules.i18n import gettext
from tthc.dossiers import events as ev
from tthc.dossiers.amounts import rule_words
from tthc.dossiers.apply_aside import Aside, is_asked
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
            return gettext("Hẹn xác minh thực tế: {step}").format(step=event.step_name), _four(one), True
        case ev.VerificationRecorded(verification=one):
            found = f" Kết quả: {one.outcome}" if one.outcome else ""
            title = gettext("Đã xác minh thực tế: {step}").format(step=event.step_name)
            return title, f"{_four(one)}{found}", True
        case ev.ExtensionAsked(request=request):
            return f"Đề nghị gia hạn {rule_words(request.rule)}", request.reason, False
        case ev.ExtensionAnswered(granted=granted, answer=answer):
            return "Đồng ý gia hạn" if granted else "Không đồng ý gia hạn", answer, False


def told(event: ev.VerificationArranged | ev.VerificationRecorded) -> str:
    """What the applicant reads of a verification: when and where; what came of it stays with the officials."""
    one = event.verification
    return gettext("{at}, tại {place}.").format(at=instant_text(one.starts_at), place=one.place)


def _four(one: Verification) -> str:
    return (
        f"Thời gian: {instant_text(one.starts_at)}. Địa điểm: {one.place}. Thành phần: {one.participants}. "
        f"Nội dung: {one.content}."
    )
