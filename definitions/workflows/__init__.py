"""The shared workflows: `*.yaml` beside this file, each named by its `id`."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from definitions.problems import Report
from definitions.shape import check_shape
from definitions.sharing import Found, by_id, parsed


@cache
def shared() -> Mapping[str, Mapping[str, Any]]:
    """Shared workflows as raw data, by id."""
    return by_id("workflows", load_workflow)


def load_workflow(text: str, filename: str) -> Found:
    """One shared workflow as raw data, or None, and what is wrong with it."""
    from definitions.compiler import SCOPE, compile_workflow
    from definitions.compiler.roles import bind, check_roles
    from definitions.lint.workflow import lint_workflow

    tree, problems = parsed(text, filename)
    if tree is None:
        return None, problems
    report = Report(filename, tree)
    data: Any = tree.data
    if not isinstance(data, dict) or "id" not in data or "use" in data:
        report.error((), "S002", "Quy trình dùng chung cần có mã.", "Thêm dòng “id: …” và viết các bước.")
    elif check_shape(data, report, "workflow"):
        check_roles(data, (), report)
        workflow = compile_workflow(bind(data, {}, ("roles",), report), (), SCOPE, report)
        if not report.has_errors:
            lint_workflow(workflow, (), report)
    return (None if report.has_errors else data), report.problems
