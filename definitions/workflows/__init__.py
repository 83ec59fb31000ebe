"""The shared workflows: `*.yaml` beside this file, each named by its `id`."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from definitions.problems import Problem, Report
from definitions.reading import ReadingError, read
from definitions.shape import check_shape


@cache
def texts() -> tuple[tuple[str, str], ...]:
    """(file name, text) of every shared workflow."""
    folder = files("definitions").joinpath("workflows")
    found = [entry for entry in folder.iterdir() if entry.name.endswith(".yaml")]
    return tuple(
        (entry.name, entry.read_text(encoding="utf-8")) for entry in sorted(found, key=lambda e: e.name)
    )


@cache
def shared() -> Mapping[str, Mapping[str, Any]]:
    """Shared workflows as raw data, by id."""
    found: dict[str, Mapping[str, Any]] = {}
    for filename, text in texts():
        raw, problems = load_workflow(text, filename)
        if raw is None:
            raise ValueError(f"Quy trình dùng chung có lỗi: {problems[0]}")
        found[raw["id"]] = raw
    return MappingProxyType(found)


def load_workflow(text: str, filename: str) -> tuple[Mapping[str, Any] | None, tuple[Problem, ...]]:
    """One shared workflow as raw data, or None, and what is wrong with it."""
    from definitions.compiler import SCOPE, compile_workflow
    from definitions.lint.workflow import lint_workflow

    try:
        tree = read(text)
    except ReadingError as error:
        problem = Problem(
            filename, error.mark.line, error.mark.column, "", error.code, "error", error.message, error.remedy
        )
        return None, (problem,)
    report = Report(filename, tree)
    data: Any = tree.data
    if not isinstance(data, dict) or "id" not in data or "use" in data:
        report.error((), "S002", "Quy trình dùng chung cần có mã.", "Thêm dòng “id: …” và viết các bước.")
    elif check_shape(data, report, "workflow"):
        workflow = compile_workflow(data, (), SCOPE, report)
        if not report.has_errors:
            lint_workflow(workflow, (), report)
    return (None if report.has_errors else data), report.problems
