"""The slip as data: which criteria are asked and which are measured, from what day (Đ8.3, NĐ 61/2018).

A file that cannot be used is refused whole when the site starts, with its place named.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from renderers.pdf.sets import RATING
from rules.i18n import language
from tthc.ratings.measured import MEASURES
from tthc.settings import SettingsError

SHIPPED: Final = RATING
MOST_POINTS: Final = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """`points`: 0 to 2, `None` where it says that there is nothing to rate. `label_en`: in English, where it has any."""

    id: str
    label: str
    points: int | None
    label_en: str = ""

    @property
    def said(self) -> str:
        """In the reader's language."""
        return _said(self.label, self.label_en)


@dataclass(frozen=True, slots=True)
class Criterion:
    """`answers`: what a citizen chooses from; `measure`: what the system measures it by. One of the two. `label_en`,
    `question_en`: in English, where they have any; the printed slip has none.
    """

    id: str
    label: str
    question: str = ""
    answers: tuple[Answer, ...] = ()
    measure: str = ""
    label_en: str = ""
    question_en: str = ""

    @property
    def said(self) -> str:
        """The label in the reader's language."""
        return _said(self.label, self.label_en)

    @property
    def asks(self) -> str:
        """The question in the reader's language."""
        return _said(self.question, self.question_en)


@dataclass(frozen=True, slots=True)
class RatingSet:
    """The slip in force from a day on. `window_days`: how long a rating may be changed; `shown_from`: from how many ratings
    on aggregates are shown.
    """

    id: str
    valid_from: date
    legal_basis: str
    window_days: int
    shown_from: int
    criteria: tuple[Criterion, ...]
    legal_basis_en: str = ""

    @property
    def basis(self) -> str:
        """The legal basis in the reader's language."""
        return _said(self.legal_basis, self.legal_basis_en)

    @property
    def asked(self) -> tuple[Criterion, ...]:
        return tuple(c for c in self.criteria if c.answers)

    @property
    def measured(self) -> tuple[Criterion, ...]:
        return tuple(c for c in self.criteria if c.measure)


def load(path: Path | None = None) -> tuple[RatingSet, ...]:
    """The sets of a file of the shipped one's shape, oldest first. Raises SettingsError."""
    place = path or SHIPPED
    try:
        told = YAML(typ="safe", pure=True).load(place.read_text(encoding="utf-8"))
        sets = sorted((_set(row) for row in told["sets"]), key=lambda s: s.valid_from)
    except (OSError, YAMLError, UnicodeDecodeError, KeyError, TypeError, ValueError) as error:
        told = f"Tệp phiếu đánh giá {place} không dùng được: {error}"  # vi: operators read it
        raise SettingsError(told) from error
    if not sets or len({s.id for s in sets}) != len(sets):
        raise SettingsError(
            f"Tệp phiếu đánh giá {place}: cần ít nhất một bộ, mỗi bộ một mã riêng."  # vi: to operators
        )
    return tuple(sets)


def in_force(sets: Sequence[RatingSet], on: date) -> RatingSet:
    """The set of that day; the first one before any was in force."""
    return next((s for s in reversed(sets) if s.valid_from <= on), sets[0])


def by_id(sets: Sequence[RatingSet], set_id: str) -> RatingSet | None:
    return next((s for s in sets if s.id == set_id), None)


def _said(vietnamese: str, english: str) -> str:
    return english if english and language() == "en" else vietnamese


def _set(row: Mapping[str, Any]) -> RatingSet:
    criteria = tuple(_criterion(each) for each in row["criteria"])
    if len({c.id for c in criteria}) != len(criteria):
        raise ValueError(f"bộ {row['id']}: hai tiêu chí cùng mã")
    if not isinstance(row["valid_from"], date):
        raise ValueError(f"bộ {row['id']}: valid_from phải là một ngày")  # noqa: TRY004 — one kind of error, as in policy.py
    window, shown = int(row["window_days"]), int(row["shown_from"])
    if window < 0 or shown < 1:
        raise ValueError(f"bộ {row['id']}: window_days từ 0, shown_from từ 1")
    return RatingSet(
        str(row["id"]),
        row["valid_from"],
        str(row.get("legal_basis", "")),
        window,
        shown,
        criteria,
        legal_basis_en=str(row.get("legal_basis_en", "")),
    )


def _criterion(row: Mapping[str, Any]) -> Criterion:
    name, english = str(row["id"]), str(row.get("label_en", ""))
    if row["from"] == "system":
        if row["measure"] not in MEASURES:
            raise ValueError(f"tiêu chí {name}: không có phép đo “{row['measure']}”")
        return Criterion(name, str(row["label"]), measure=str(row["measure"]), label_en=english)
    if row["from"] != "citizen":
        raise ValueError(f"tiêu chí {name}: from là citizen hoặc system")
    answers = tuple(
        Answer(str(a["id"]), str(a["label"]), a["points"], str(a.get("label_en", ""))) for a in row["answers"]
    )
    if len(answers) < MOST_POINTS or len({a.id for a in answers}) != len(answers):
        raise ValueError(f"tiêu chí {name}: cần từ hai câu trả lời, mỗi câu một mã riêng")
    if any(a.points is not None and not 0 <= a.points <= MOST_POINTS for a in answers):
        raise ValueError(f"tiêu chí {name}: điểm từ 0 đến {MOST_POINTS}")
    question = str(row.get("question_en", ""))
    return Criterion(
        name, str(row["label"]), str(row["question"]), answers, label_en=english, question_en=question
    )
