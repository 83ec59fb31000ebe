"""Deciding whether a rating may be given, and what is kept of it (Đ8.3). Pure: no clock, no database."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from rules.i18n import gettext, noted
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import Dossier, Status
from tthc.measures.life import Life
from tthc.ratings.criteria import RatingSet
from tthc.ratings.measured import MEASURES

RULE: Final = "Đ8.3"  # vi: an article
LONGEST: Final = 1_000
RATED_BEFORE: Final = noted(
    "Hồ sơ này đã được đánh giá. Ai cầm giấy hẹn cũng mở được trang này, nên ở đây không xem lại và không sửa được phiếu đã gửi."
)
RATED: Final = frozenset({Status.RETURNED, Status.DECLINED, Status.REFUSED})
"""Where there is an answer of the agency to rate; who withdrew had none."""


@dataclass(frozen=True, slots=True)
class Rating:
    """`ticket`: of which dossier, to be known again by nobody without the installation's key. Neither the dossier's number,
    nor who gave it, nor who solved it is kept: who is rated learns what was said, never by whom.

    `answers`: criterion → answer; `points`: criterion → 0 to 2, asked and measured; `month`: in which it was given.
    """

    ticket: str
    set_id: str
    agency: str
    procedure: str
    procedure_name: str
    month: str
    answers: Mapping[str, str]
    points: Mapping[str, int]
    comment: str
    given_at: datetime


def may_rate(dossier: Dossier) -> bool:
    return dossier.status in RATED


def changeable_until(rating: Rating, chosen: RatingSet) -> datetime:
    return rating.given_at + timedelta(days=chosen.window_days)


def rate(
    dossier: Dossier,
    life: Life,
    chosen: RatingSet,
    answers: Mapping[str, str],
    comment: str,
    *,
    before: Rating | None,
    ticket: str,
    now: datetime,
) -> Rating:
    """The rating that is kept now. Raises Refused: too early, an answer missing or unknown, past its window."""
    if not may_rate(dossier):
        raise Refused(
            "not_over", noted("Hồ sơ chưa có kết quả; ông/bà đánh giá được sau khi nhận kết quả."), RULE
        )
    if before is not None and now > changeable_until(before, chosen):
        raise Refused(
            "rated",
            gettext("Hồ sơ này đã được đánh giá và chỉ sửa được trong {n} ngày sau đó.").format(
                n=chosen.window_days
            ),
            RULE,
        )
    if len(comment) > LONGEST:
        raise Refused(
            "too_long", gettext("Ý kiến dài quá {n} ký tự; ông/bà viết ngắn lại.").format(n=LONGEST), RULE
        )
    points: dict[str, int] = {}
    kept: dict[str, str] = {}
    for criterion in chosen.asked:
        answer = next((a for a in criterion.answers if a.id == answers.get(criterion.id)), None)
        if answer is None:
            raise Refused(
                "unanswered",
                gettext("Ông/bà chọn một câu trả lời cho “{question}”").format(question=criterion.asks),
                RULE,
            )
        kept[criterion.id] = answer.id
        if answer.points is not None:
            points[criterion.id] = answer.points
    for criterion in chosen.measured:
        found = MEASURES[criterion.measure](life)
        if found is not None:
            points[criterion.id] = found
    if before is not None:
        return replace(before, answers=kept, points=points, comment=comment)
    return Rating(
        ticket=ticket,
        set_id=chosen.id,
        agency=dossier.agency,
        procedure=dossier.procedure,
        procedure_name=dossier.procedure_name,
        month=now.strftime("%Y-%m"),
        answers=kept,
        points=points,
        comment=comment,
        given_at=now,
    )
