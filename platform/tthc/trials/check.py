"""What `tthc check` says of a file: what is wrong with it, how its examples come out, and what they leave untried."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Final

from definitions.calendars import shipped
from definitions.loader import load
from definitions.problems import Problem, Report
from definitions.reading.tree import Path
from definitions.sharing import parsed
from tthc.trials.coverage import lint_coverage
from tthc.trials.run import run_all

EXAMPLE: Final = "X001"
"""The code of an example that does not come out as it says."""


@dataclass(frozen=True, slots=True)
class Checked:
    """`ok`: it could be registered. `problems`: in the order of the text; `summary`: one sentence to end with."""

    ok: bool
    problems: tuple[Problem, ...]
    summary: str

    @property
    def lines(self) -> tuple[str, ...]:
        """Sentences to print, one a line."""
        return (*(str(problem) for problem in self.problems), self.summary)

    @property
    def data(self) -> list[Mapping[str, object]]:
        """The problems for programs: file, line, column, path, code, severity, message, remedy."""
        return [asdict(problem) for problem in self.problems]


def check_text(text: str, filename: str) -> Checked:
    """Schema, lint, examples and coverage. Coverage is looked at when the examples themselves come out."""
    loaded = load(text, filename)
    tree, _ = parsed(text, filename)
    if loaded.definition is None or loaded.errors or tree is None:
        many = len(loaded.errors)
        return Checked(ok=False, problems=loaded.problems, summary=f"{filename}: {many} lỗi, chưa dùng được.")
    results = run_all(loaded.definition, shipped())
    report = Report(filename, tree)
    for at, result in enumerate(results):
        for mismatch in result.mismatches:
            report.error(
                _place(at, mismatch.key), EXAMPLE, f"Ví dụ “{result.name}”: {mismatch.message}", _REMEDY
            )
    passed = sum(result.ok for result in results)
    if passed == len(results):
        lint_coverage(loaded.definition, results, report)
    problems = sorted((*loaded.problems, *report.problems), key=lambda p: (p.line, p.column, p.code))
    summary = f"{filename}: {loaded.definition.name}: {passed}/{len(results)} ví dụ đạt."
    if untried := len(report.problems) * (passed == len(results)):
        summary += f" Còn {untried} chỗ chưa được thử."
    return Checked(ok=not report.has_errors, problems=tuple(problems), summary=summary)


_REMEDY: Final = "Xem lại ví dụ và phần cấu hình mà ví dụ thử: một trong hai đang ghi sai."


def _place(at: int, key: str) -> Path:
    """Where an expectation stands: those of steps and answers beside `expect`, all others in it."""
    parts: Path = tuple(int(part) if part.isdecimal() else part for part in key.split(".") if part)
    return (
        ("examples", at, *parts)
        if not parts or parts[0] in {"steps", "answers"}
        else ("examples", at, "expect", *parts)
    )
