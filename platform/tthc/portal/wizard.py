"""The steps of an application, worked out from its definition and what was answered so far. Pure (ux.md §3).

1 trường hợp → 2 form pages → 3 papers → 4 fee and way of receiving → 5 review and declaration. Steps that ask
nothing (no questions, no papers to upload) are not there. A case that makes no dossier here ends after the questions
with what to do instead.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from definitions.assess import Assessment
from definitions.model import QUESTIONS_PAGE, Definition
from forms.model import Page
from rules.i18n import gettext, noted


class Kind(StrEnum):
    BEHALF = "behalf"
    PAGE = "page"
    PAPERS = "papers"
    RECEIVE = "receive"
    REVIEW = "review"
    END = "end"


@dataclass(frozen=True, slots=True)
class Step:
    """One screen of the wizard; `id` is what stands in the URL."""

    id: str
    label: str
    kind: Kind
    page: Page | None = None

    @property
    def title(self) -> str:
        """The label in the reader's language; a page of the form has it from its definition."""
        return self.label if self.page is not None else gettext(self.label)


BEHALF = Step("nguoi-nop", noted("Ông/bà nộp thay ai?"), Kind.BEHALF)
PAPERS = Step("giay-to", noted("Giấy tờ kèm theo"), Kind.PAPERS)
RECEIVE = Step("nhan-ket-qua", noted("Phí và cách nhận kết quả"), Kind.RECEIVE)
REVIEW = Step("kiem-tra", noted("Kiểm tra và nộp"), Kind.REVIEW)
END = Step("huong-giai-quyet", noted("Hướng giải quyết"), Kind.END)


def steps(definition: Definition, assessment: Assessment, *, behalf: bool = False) -> tuple[Step, ...]:
    """Every step of this application, in order; what its answers hide is left out. `behalf`: for somebody else."""
    visible = set(assessment.submission.pages)
    if assessment.ended:
        visible &= {QUESTIONS_PAGE}
    pages = tuple(
        Step(page.id, page.title, Kind.PAGE, page)
        for page in definition.whole_form.pages
        if page.id in visible
    )
    first = (BEHALF,) if behalf else ()
    if assessment.ended:
        return (*first, *pages, END)
    papers = (PAPERS,) if assessment.papers or behalf else ()
    return (*first, *pages, *papers, RECEIVE, REVIEW)


def find(all_steps: Sequence[Step], step_id: str) -> Step | None:
    return next((step for step in all_steps if step.id == step_id), None)


def number(all_steps: Sequence[Step], step: Step) -> int:
    """1 for the first, as “Bước 2/5” counts."""
    return [candidate.id for candidate in all_steps].index(step.id) + 1


def after(all_steps: Sequence[Step], step: Step) -> Step:
    index = number(all_steps, step)
    return all_steps[min(index, len(all_steps) - 1)]


def before(all_steps: Sequence[Step], step: Step) -> Step | None:
    index = number(all_steps, step) - 1
    return all_steps[index - 1] if index > 0 else None


def step_of_path(definition: Definition, path: str) -> str | None:
    """The step on which the field of an error's path is asked."""
    top = path.split(".", 1)[0]
    return next(
        (page.id for page in definition.whole_form.pages if any(field.id == top for field in page.fields)),
        None,
    )
