"""The full check: what one set of answers comes to under one definition. Pure.

1. The questions alone decide which case it is.
2. The whole form is evaluated with the case known.
3. Papers, fees and the deadline are read off with the values of the visible fields.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Literal

from definitions.fees import Facts, fees_due
from definitions.holding import Judge
from definitions.model import Case, DeadlineRow, Definition, FeeDue, PaperDue
from definitions.papers import papers_due
from forms.evaluate import evaluate, evaluate_fields
from forms.model import Answers, Submission
from rules.calendar import local
from rules.i18n import noted, telling


@dataclass(frozen=True, slots=True)
class Gap:
    """Something the definition does not answer for these facts; `id` of the fee, empty for the others. `condition`: one
    that needs more work than any may take.
    """

    kind: Literal["case", "fee", "deadline", "condition"]
    id: str
    message: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """`context`: scope and values together, what guards of the workflow are evaluated in. `gaps`: to be looked at
    when the submission is valid; then a dossier cannot be handed in until the definition is mended. `papers`: what
    somebody brings, shows or fills in; `paper_rows`: with notes and what the agency looks up itself in their places.
    `scope`: what expressions read besides the fields, for drawing the form.
    """

    submission: Submission
    case: Case | None
    papers: tuple[PaperDue, ...]
    fees: tuple[FeeDue, ...]
    deadline: DeadlineRow | None
    context: Mapping[str, object]
    gaps: tuple[Gap, ...] = ()
    paper_rows: tuple[PaperDue, ...] = ()
    scope: Mapping[str, object] = field(default_factory=dict)

    @property
    def ended(self) -> bool:
        """The case makes no dossier here."""
        return self.case is not None and self.case.ends is not None

    @property
    def total(self) -> int:
        """Đồng, all lines together."""
        return sum(fee.amount for fee in self.fees)


def legal_day(submitted_at: datetime) -> date:
    """The day whose law applies to fees: the day of submission, Việt Nam time. Said here and nowhere else."""
    return local(submitted_at).date()


def assess(
    definition: Definition,
    answers: Answers,
    *,
    now: datetime,
    channel: str,
    agency: Mapping[str, object],
    applicant: Mapping[str, object],
    page: str | None = None,
    submitted_at: datetime | None = None,
) -> Assessment:
    """Answers → errors, case, papers, fees, deadline.

    `now`: what `today()` and `now()` say. `submitted_at`: the moment of submission, `now` while the form is still
    being filled in. `page`: only that page's errors (`forms.evaluate`).
    """
    handed_in = now if submitted_at is None else submitted_at
    scope = given(now, channel, agency, applicant, submitted_at)
    judge = Judge(now)
    case = case_of(definition, answers, scope, judge)
    scope["case"] = None if case is None else case.id
    submission = evaluate(definition.whole_form, answers, scope, now, page=page)
    context = {**dict.fromkeys(_stored(definition)), **scope, **submission.values}
    if case is not None and case.ends is not None:
        return Assessment(
            submission, case, (), (), None, context, scope=scope
        )  # nothing is owed for what is not taken
    day = legal_day(handed_in)
    fees, missing = fees_due(Facts(definition, submission.clean, context, now, day, judge))
    gaps = [Gap("fee", fee, why) for fee, why in missing]
    deadline = _deadline(definition.deadlines, context, judge)
    if definition.cases and case is None:
        gaps.insert(0, Gap("case", "", noted("Không có trường hợp nào phù hợp với các câu trả lời.")))
    if definition.deadlines and deadline is None:
        gaps.append(Gap("deadline", "", noted("Không có dòng thời hạn nào phù hợp với hồ sơ này.")))
    proofs = frozenset(fee.proof for fee in fees if fee.proof)
    rows = papers_due(definition, context, judge=judge, on=day, proofs=proofs)
    papers = tuple(row for row in rows if row.component)
    gaps += [Gap("condition", "", _exhausted(text)) for text in dict.fromkeys(judge.exhausted)]
    return Assessment(submission, case, papers, fees, deadline, context, tuple(gaps), rows, scope)


def given(
    now: datetime,
    channel: str,
    agency: Mapping[str, object],
    applicant: Mapping[str, object],
    submitted_at: datetime | None,
) -> dict[str, object]:
    """What expressions read besides the fields, before the case is known."""
    return {
        "channel": channel,
        "agency": agency,
        "submitted_at": local(now if submitted_at is None else submitted_at),
        "applicant": applicant,
        "case": None,
    }


def _exhausted(condition: str) -> str:
    return telling(
        "Chưa xét được một điều kiện của thủ tục vì cần quá nhiều phép tính: {condition}.",
        condition=condition,
    )


def _stored(definition: Definition) -> Sequence[str]:
    return [field.id for field in definition.fields]


def case_of(
    definition: Definition, answers: Answers, scope: Mapping[str, object], judge: Judge
) -> Case | None:
    """The case that the answers to the questions make; `scope` as from `given`."""
    if not definition.cases:
        return None
    values = (
        evaluate_fields(definition.questions, answers, scope, judge.now).values
        if definition.questions
        else {}
    )
    context = {**scope, **values}
    return next((case for case in definition.cases if judge.holds(case.when, context)), None)


def _deadline(rows: Sequence[DeadlineRow], context: Mapping[str, object], judge: Judge) -> DeadlineRow | None:
    found = next((row for row in rows if row.when is None or judge.holds(row.when, context)), None)
    if found is None or not found.more:
        return found
    given = tuple(
        more.addition for more in found.more if more.when is None or judge.holds(more.when, context)
    )
    return replace(found, rule=replace(found.rule, additions=given))
