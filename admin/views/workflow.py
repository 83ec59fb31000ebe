"""The workflow of a version: drawn, told in words, held against the statutory time, with what is wrong with it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from urllib.parse import urlencode

from flask import request
from flask_admin import expose

from admin.stages import StepDetail, detail
from admin.version_page import Shown, frame, open_version
from admin.views.base import Page
from admin.views.versions import READERS
from definitions.lint.witness import Witness, edges, witnesses
from definitions.model import Definition
from definitions.workflow_time import RowTime, times
from definitions.workflow_words import Words
from renderers.drawing import Direction, Marks, drawn
from renderers.drawing.workflow import Edge
from tthc.accounts.session import current_account
from tthc.services import services
from tthc.trials import coverage
from tthc.trials.run import run_all

ACROSS: Final = "ngang"
TOLD: Final = "loi"
_T = TypeVar("_T")
_KEYS: Final = ("buoc", "loi", "dai", "chua", "huong")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks to see. `problem`, `row`: numbers from 1, 0 for none."""

    step: str
    problem: int
    row: int
    untried: bool
    direction: Direction
    told: bool


class WorkflowTab(Page):
    """/quan-tri/ban-cau-hinh/<code>/<version>/quy-trinh."""

    rules = READERS
    listed = False

    @expose("/<code>/<version_id>/quy-trinh")
    def tab(self, code: str, version_id: str) -> str:
        """`?buoc=` a step; `loi=`, `dai=` the problem, the row of the deadline whose way is shown; `chua=1` what no example
        comes by; `huong=ngang` from left to right, `huong=loi` in words.
        """
        shown = open_version(code, version_id)
        around = frame(shown, "workflow.tab")
        definition = shown.loaded.definition
        template = "admin/version_workflow.html"
        if definition is None:
            return self.show(template, **around, workflow=None)
        return self.show(template, **around, **_context(definition, shown, _asked()))


def _asked() -> Asked:
    return Asked(
        request.args.get("buoc", ""),
        request.args.get("loi", 0, type=int),
        request.args.get("dai", 0, type=int),
        "chua" in request.args,
        "right" if request.args.get("huong") == ACROSS else "down",
        told=request.args.get("huong") == TOLD,
    )


def _context(definition: Definition, shown: Shown, asked: Asked) -> dict[str, Any]:
    kept = {key: value for key, value in request.args.items() if key in _KEYS}

    def link(*, to: str = "", **changes: object) -> str:
        """This page with something else asked of it, nothing where it is None."""
        said = {key: str(value) for key, value in {**kept, **changes}.items() if value is not None}
        return f"?{urlencode(said)}{f'#{to}' if to else ''}"

    words = Words.of(definition)
    problems = witnesses(definition, shown.loaded.problems)
    rows = times(definition)
    untried = _untried(definition) if asked.untried else frozenset()
    problem = _numbered(problems, asked.problem)
    row = None if problem is not None else _numbered(rows, asked.row)
    step = definition.workflow.step(asked.step)
    marks = _marks(definition, asked.step if step else "", problem, row, untried)
    return {
        "drawing": None
        if asked.told
        else drawn(
            definition.workflow,
            words,
            direction=asked.direction,
            marks=marks,
            href=lambda name: link(buoc=name, to=f"o-{name}"),
        ),
        "workflow": definition.workflow,
        "words": words,
        "problems": problems,
        "problem": problem,
        "times": rows,
        "row_shown": row,
        "asked": asked,
        "link": link,
        "untried": untried,
        "untried_steps": marks.untried_steps,
        "step": step,
        "detail": None if step is None else _detail(definition, words, step.id),
    }


def _detail(definition: Definition, words: Words, step_id: str) -> StepDetail:
    step = definition.workflow.step(step_id)
    assert step is not None
    return detail(definition, words, step)


def _numbered(found: Sequence[_T], number: int) -> _T | None:
    return found[number - 1] if 1 <= number <= len(found) else None


def _untried(definition: Definition) -> frozenset[Edge]:
    """Actions that no example takes (C010)."""
    results = run_all(definition, services().calendar(current_account().agency or ""))

    def find() -> Iterator[Edge]:
        for each in coverage.untried(definition, results):
            match each.path:
                case ("workflow", "steps", int(at), "actions", int(number)) if each.code == "C010":
                    step = definition.workflow.steps[at]
                    yield step.id, step.actions[number].id
                case _:
                    continue

    return frozenset(find())


def _marks(
    definition: Definition,
    selected: str,
    problem: Witness | None,
    row: RowTime | None,
    untried: frozenset[Edge],
) -> Marks:
    workflow = definition.workflow
    # a step of which no action is ever taken is one that no example comes by
    lonely = frozenset(
        step.id
        for step in workflow.steps
        if not step.automatic and all((step.id, action.id) in untried for action in step.actions)
    )
    if problem is not None:
        return Marks(
            selected, problem.steps, problem.edges, "bad", problem.spot, untried_steps=lonely, untried=untried
        )
    if row is not None:
        return Marks(
            selected,
            row.way,
            edges(workflow, row.way),
            "bad" if row.late else "long",
            untried_steps=lonely,
            untried=untried,
        )
    return Marks(selected, untried_steps=lonely, untried=untried)
