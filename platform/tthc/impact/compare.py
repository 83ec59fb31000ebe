"""One dossier on two versions: its own answers, channel, agency, dates and the actions taken on it, checked by each. Pure.

The moment of submission stays the dossier's, so the law of that day is asked of both versions: what differs is what the
versions say otherwise, never that time went by.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from definitions.assess import Assessment, assess
from definitions.model import Definition, PaperDue
from renderers.text import instant, money
from rules.calendar import Calendar
from rules.deadlines import due
from tthc.dossiers.context import AgencyFacts
from tthc.dossiers.deciding import applicant_scope
from tthc.dossiers.state import INTAKE_TASK, Dossier
from tthc.impact.model import Difference, Impact, Verdict
from tthc.impact.route import Route, route

NO_DUE = "không quy định"


@dataclass(frozen=True, slots=True)
class Side:
    """What one version makes of the dossier. `due`: with the pauses and extensions that it has had."""

    definition: Definition
    assessment: Assessment
    due: datetime | None
    route: Route | None


def impact(
    before: Definition, after: Definition, dossier: Dossier, agency: AgencyFacts, calendar: Calendar
) -> Impact:
    old = _side(before, dossier, agency, calendar)
    new = _side(after, dossier, agency, calendar)
    differences = tuple(_differences(old, new))
    reasons = () if dossier.closed else tuple(_reasons(old, new, dossier))
    verdict = None
    if not dossier.closed:
        verdict = Verdict.PERSON if reasons else Verdict.MOVABLE if differences else Verdict.UNTOUCHED
    return Impact(
        dossier.id, dossier.code or dossier.reference, dossier.agency, differences, verdict, reasons
    )


def _side(definition: Definition, dossier: Dossier, agency: AgencyFacts, calendar: Calendar) -> Side:
    found = assess(
        definition,
        dossier.answers or {},
        now=dossier.submitted_at,
        channel=dossier.channel,
        agency=agency.scope(),
        applicant=applicant_scope(dossier.applicant),
    )
    ends = None
    if found.deadline is not None:
        state = dossier.deadline
        ends = due(
            found.deadline.rule,
            dossier.accepted_at or dossier.submitted_at,
            calendar,
            state.pauses if state is not None else (),
            state.extensions if state is not None else (),
        ).at
    return Side(definition, found, ends, route(definition.workflow, dossier, found.context, calendar))


def _differences(old: Side, new: Side) -> Iterator[Difference]:
    cases = [side.assessment.case.label if side.assessment.case else "không có" for side in (old, new)]
    if cases[0] != cases[1]:
        yield Difference("case", "", *cases)
    known = {(error.path, error.message) for error in old.assessment.submission.errors}
    for error in new.assessment.submission.errors:
        if error.severity == "error" and (error.path, error.message) not in known:
            yield Difference("answers", error.path, "", error.told)
    papers = [{paper.id: paper for paper in side.assessment.papers} for side in (old, new)]
    for paper_id in dict.fromkeys((*papers[0], *papers[1])):
        told = [_copies(found.get(paper_id)) for found in papers]
        if told[0] != told[1]:
            name = (papers[1].get(paper_id) or papers[0][paper_id]).name
            yield Difference("paper", name, *told)
    fees = [{fee.id: fee for fee in side.assessment.fees} for side in (old, new)]
    for fee_id in dict.fromkeys((*fees[0], *fees[1])):
        was, now = fees[0].get(fee_id), fees[1].get(fee_id)
        if (was and was.amount) != (now and now.amount):
            label = (now or was or fees[0][fee_id]).label
            yield Difference("fee", label, money(was.amount) if was else "", money(now.amount) if now else "")
    if old.due != new.due:
        yield Difference("due", "", instant(old.due) or NO_DUE, instant(new.due) or NO_DUE)
    if old.route != new.route and old.route is not None and new.route is not None:
        yield Difference("route", "", _way(old.route), _way(new.route))


def _copies(paper: PaperDue | None) -> str:
    """How many of it, as two versions may say it differently; empty where it is not asked for."""
    if paper is None:
        return ""
    counted = [f"{paper.original} bản chính"] * bool(paper.original) + [f"{paper.copy} bản sao"] * bool(
        paper.copy
    )
    told = ", ".join(counted) or "có"
    return told if paper.required else f"{told} (không bắt buộc)"


def _way(way: Route) -> str:
    steps = " – ".join(way.steps)
    return f"{steps} (dừng: {way.broken})" if way.broken else steps


def _reasons(old: Side, new: Side, dossier: Dossier) -> Iterator[str]:
    """Why an open dossier cannot simply go on under the new version."""
    found = new.assessment
    if found.ended:
        yield "Trường hợp này không còn được giải quyết ở đây."
        return
    if old.assessment.case is not None and (found.case is None or found.case.id != old.assessment.case.id):
        yield "Hồ sơ rơi vào trường hợp khác."
    if not found.submission.valid:
        wrong = next(error for error in found.submission.errors if error.severity == "error")
        yield f"Câu trả lời chưa đạt theo bản mới: {wrong.told}"
    yield from (gap.message for gap in found.gaps)
    asked = {paper.id for paper in old.assessment.papers if paper.required}
    for paper in found.papers:
        brought = paper.form_generated or paper.id in asked or dossier.paper(paper.id) is not None
        if paper.required and not brought:
            yield f"Phải bổ sung “{paper.name}”."
    amounts = {fee.id: fee.amount for fee in found.fees}
    for fee in dossier.fees:
        if fee.paid_at is not None and amounts.get(fee.id, 0) != fee.amount:
            yield f"Đã thu {money(fee.amount)} của “{fee.label}”, bản mới là {money(amounts.get(fee.id, 0))}."
    for task in dossier.tasks:
        if task.id == INTAKE_TASK:
            continue
        step = new.definition.workflow.step(task.step)
        if step is None:
            yield f"Quy trình mới không có bước “{task.name}” mà hồ sơ đang đứng."
        elif step.actor != task.function:
            yield f"Bước “{task.name}” do người giữ chức năng khác làm."
    promised = dossier.deadline.due if dossier.deadline is not None else None
    if promised is not None and (new.due is None or new.due > promised):
        yield f"Hạn trả muộn hơn ngày đã hẹn với người nộp: {instant(promised)}."
