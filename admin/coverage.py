"""What the examples of a definition leave untried, part by part, for the page that leads to each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from definitions.model import Definition
from definitions.problems import Problem, Report
from definitions.sharing import parsed
from forms.model import Field
from tthc.trials.coverage import lint_coverage
from tthc.trials.run import TrialResult

_PARTS: Final[Mapping[str, str]] = {
    "questions": "Câu hỏi phân loại",
    "form": "Biểu mẫu",
    "cases": "Trường hợp",
    "attachments": "Giấy tờ",
    "fees": "Phí, lệ phí",
    "deadline": "Thời hạn",
    "workflow": "Các bước giải quyết",
    "documents": "Văn bản in",
    "events": "Quy tắc sự kiện",
}


@dataclass(frozen=True, slots=True)
class Part:
    """`things`: of how many `what` the part consists; `untried`: each at its line of the text."""

    label: str
    things: int
    what: str
    untried: tuple[Problem, ...]


def parts(definition: Definition, results: Sequence[TrialResult], text: str) -> tuple[Part, ...]:
    """In the order of a definition; a part that has nothing in it is left out."""
    tree, _ = parsed(text, "")
    if tree is None:
        return ()
    report = Report("", tree)
    lint_coverage(definition, results, report)
    sizes = {
        "questions": (_fields(definition.questions), "câu hỏi"),
        "form": (sum(_fields(page.fields) for page in definition.form.pages), "trường"),
        "cases": (len(definition.cases), "trường hợp"),
        "attachments": (len(definition.attachments), "giấy tờ"),
        "fees": (len(definition.fees), "khoản thu"),
        "deadline": (len(definition.deadlines), "dòng thời hạn"),
        "workflow": (sum(len(step.actions) for step in definition.workflow.steps), "thao tác"),
        "documents": (len(definition.documents), "văn bản"),
        "events": (len(definition.event_rules), "quy tắc"),
    }
    found: dict[str, list[Problem]] = {}
    for problem in report.problems:
        found.setdefault(problem.path.partition(".")[0], []).append(problem)
    return tuple(
        Part(label, *sizes[key], tuple(found.get(key, ())))
        for key, label in _PARTS.items()
        if sizes[key][0] or key in found
    )


def _fields(fields: Iterable[Field]) -> int:
    return sum(1 + _fields(field.item) for field in fields)
