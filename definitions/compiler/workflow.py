"""Workflows: shared ones bound to a procedure, and steps written in place."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from definitions.compiler.expressions import compile_feel
from definitions.compiler.fields import condition
from definitions.compiler.roles import bind, check_roles
from definitions.compiler.signing import action_ids, signed_steps
from definitions.problems import Report, did_you_mean
from definitions.reading.tree import Path
from rules.deadlines import Unit
from rules.feel import FeelType, T
from rules.workflow.model import (
    Action,
    Branch,
    Child,
    Duration,
    Join,
    Need,
    Outcome,
    Phase,
    Step,
    Together,
    Workflow,
)
from rules.workflow.routing import CHOSEN, ITEM

SAME: Final = "same"


def resolve(
    raw: object, shared: Mapping[str, Mapping[str, Any]], path: Path, report: Report
) -> Mapping[str, Any] | None:
    """The workflow with its steps in place: what a version's content hash is taken of, so that a later change of a
    shared workflow never reaches a published version. None (and a problem) where there is no such workflow.
    """
    if isinstance(raw, str):
        raw = {"use": raw}
    assert isinstance(raw, Mapping)
    if "use" not in raw:
        if "signed" in raw:
            report.error(
                (*path, "signed"),
                "S001",
                "“signed” chỉ dùng cùng với một quy trình dùng chung.",
                "Ghi signature ở needs của thao tác phải ký số.",
                on_key=True,
            )
        if "english" in raw:
            report.error(
                (*path, "english"),
                "S001",
                "Quy trình viết tại chỗ không có bản dịch riêng.",
                "Ghi ở “english” của thủ tục.",
                on_key=True,
            )
        check_roles(raw, path, report)
        return bind(raw, {}, path, report)
    found = shared.get(raw["use"])
    if found is None:
        at: Path = (*path, "use") if (*path, "use") in report.tree.values else path
        report.error(
            at, "T009", f"Không có quy trình dùng chung “{raw['use']}”.", did_you_mean(raw["use"], shared)
        )
        return None
    for key in ("steps", "start", "name", "immediate", "english"):
        if key in raw:
            report.error(
                (*path, key),
                "S001",
                f"Đã dùng quy trình chung “{raw['use']}” thì không viết thêm khóa “{key}”.",
                "Bỏ khóa này, hoặc bỏ “use” và viết đủ các bước tại chỗ.",
                on_key=True,
            )
    durations = raw.get("durations", {})
    steps = {step["id"] for step in found["steps"]}
    for step in durations:
        if step not in steps:
            report.error(
                (*path, "durations", step),
                "T009",
                f"Quy trình “{raw['use']}” không có bước “{step}”.",
                did_you_mean(step, steps),
                on_key=True,
            )
    signed = raw.get("signed", ())
    actions = action_ids(found)
    for number, action in enumerate(signed):
        if action not in actions:
            report.error(
                (*path, "signed", number),
                "T009",
                f"Quy trình “{raw['use']}” không có thao tác “{action}”.",
                did_you_mean(action, actions),
            )
    timed = {
        **found,
        "steps": [
            {**s, "duration": durations[s["id"]]} if s["id"] in durations else s
            for s in (signed_steps(found, signed) if signed else found["steps"])
        ],
    }
    return bind(timed, raw.get("roles", {}), (*path, "roles"), report)


def compile_workflow(
    raw: Mapping[str, Any], path: Path, names: Mapping[str, FeelType], report: Report
) -> Workflow:
    """`raw`: a resolved workflow. Beside `names` its expressions read `chosen`, the agencies picked with the action, and
    `item`, which of them a step is done for.
    """
    names = {**names, CHOSEN: T.list_of(T.STRING), ITEM: T.STRING}
    return Workflow(
        id=raw.get("id", "rieng"),
        name=raw["name"],
        start=raw["start"],
        steps=tuple(_step(step, (*path, "steps", at), names, report) for at, step in enumerate(raw["steps"])),
        immediate=raw.get("immediate", False),
    )


def _step(raw: Mapping[str, Any], path: Path, names: Mapping[str, FeelType], report: Report) -> Step:
    duration = raw.get("duration")
    skip = raw.get("skip_when")
    return Step(
        id=raw["id"],
        name=raw["name"],
        actor=raw.get("actor", ""),
        actions=tuple(
            _action(action, (*path, "actions", at), names, report) for at, action in enumerate(raw["actions"])
        ),
        phase=Phase(raw.get("phase", Phase.SOLVING)),
        duration=None if duration is None else Duration(Decimal(duration["amount"]), Unit(duration["unit"])),
        skip_when=None
        if skip is None
        else compile_feel(skip, (*path, "skip_when"), names, report, "boolean"),
        on_timeout=raw.get("on_timeout"),
        help=raw.get("help", ""),
        automatic=raw.get("automatic", False),
        join=Join(raw["join"]) if "join" in raw else None,
        cancel_rest=raw.get("cancel_rest", False),
        each=compile_feel(raw["each"], (*path, "each"), names, report) if "each" in raw else None,
        at_item=raw.get("at_item", False),
        until=compile_feel(raw["until"], (*path, "until"), names, report, "date") if "until" in raw else None,
        on_payment=raw.get("on_payment"),
        child=_child(raw["child"], (*path, "child"), names, report) if "child" in raw else None,
    )


def _child(raw: Mapping[str, Any], path: Path, names: Mapping[str, FeelType], report: Report) -> Child:
    """`agency: same`, or none, is the agency of this dossier."""
    agency = raw.get("agency", SAME)
    return Child(
        procedure=raw["procedure"],
        answers=tuple(
            (name, compile_feel(told, (*path, "answers", name), names, report))
            for name, told in raw["answers"].items()
        ),
        on_returned=raw["on_returned"],
        on_declined=raw["on_declined"],
        agency=None if agency == SAME else compile_feel(agency, (*path, "agency"), names, report),
        papers=tuple(raw.get("papers", {}).items()),
    )


def _branches(told: object, path: Path, names: Mapping[str, FeelType], report: Report) -> tuple[Branch, ...]:
    """Of `to`: one step, or a list of steps of which each may have a condition."""
    if isinstance(told, str):
        return ()
    assert isinstance(told, (list, tuple))
    return tuple(
        Branch(way)
        if isinstance(way, str)
        else Branch(way["step"], condition(way, "when", (*path, at), names, report))
        for at, way in enumerate(told)
    )


def _action(raw: Mapping[str, Any], path: Path, names: Mapping[str, FeelType], report: Report) -> Action:
    outcome = raw.get("outcome")
    split = _branches(raw["to"], (*path, "to"), names, report)
    return Action(
        id=raw["id"],
        label=raw["label"],
        to=split[0].to if split else raw["to"],
        needs=frozenset(Need(need) for need in raw.get("needs", ())),
        when=condition(raw, "when", path, names, report),
        outcome=None if outcome is None else Outcome(outcome),
        primary=raw.get("primary", False),
        help=raw.get("help", ""),
        split=split,
        together=Together(raw.get("together", Together.ALL)),
        cancels=tuple(raw.get("cancels", ())),
        while_at=raw.get("while_at"),
    )
