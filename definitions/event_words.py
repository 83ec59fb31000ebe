"""Event rules as sentences: what an officer reads before saying yes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from definitions.event_rules import Alert, Assign, Proposed
from definitions.explain import labels
from definitions.facts import FACTS, HAPPENINGS, OPEN_STATUSES
from definitions.functions import FUNCTIONS
from definitions.model import Definition


@dataclass(frozen=True, slots=True)
class RuleInWords:
    """`when` goes on after “Khi”, `proposes` is a sentence of its own."""

    label: str
    when: str
    proposes: str
    source: str


def rules_in_words(definition: Definition) -> tuple[RuleInWords, ...]:
    """In the order of the definition, codes told by the names they have in it."""
    names = {**labels(definition), **{fact.name: fact.label for fact in FACTS.values()}}
    values = _values(definition)
    return tuple(
        RuleInWords(
            rule.label,
            with_values(rule.when.explain(names), values),
            _proposes(definition, rule.proposes),
            rule.source.text if rule.source is not None else "",
        )
        for rule in definition.event_rules
    )


def _values(definition: Definition) -> Mapping[str, Mapping[str, str]]:
    """What the values of a name are called, by the label of the name."""
    asked = {field.label: {o.value: o.label for o in field.options} for field in definition.fields}
    steps = {step.id: step.name for step in definition.workflow.steps}
    cases = {case.id: case.label for case in definition.cases}
    own = {"event": HAPPENINGS, "status": OPEN_STATUSES, "step": steps, "case": cases}
    return {**asked, **{FACTS[name].label: values for name, values in own.items()}}


def with_values(words: str, values: Mapping[str, Mapping[str, str]]) -> str:
    """The words with the values, which stand in quotation marks behind what they are values of, as people read them."""
    asked: Mapping[str, str] = {}

    def say(found: re.Match[str]) -> str:
        nonlocal asked
        quoted = found[1]
        if quoted in values:
            asked = values[quoted]
            return found[0]
        return f"“{asked.get(quoted, quoted)}”"

    return re.sub("“([^”]*)”", say, words)


def _proposes(definition: Definition, proposes: Proposed) -> str:
    match proposes:
        case Alert(to=to, message=message):
            return f"báo {FUNCTIONS.get(to, to)}: {message}"
        case Assign(step=step_id, unit=unit):
            step = definition.workflow.step(step_id)
            return f"giao bước “{step.name if step else step_id}” cho phòng có mã “{unit}”."
        case _:
            step = definition.workflow.step(proposes.step)
            action = step.action(proposes.action) if step else None
            return (
                f"hệ thống chọn “{action.label if action else proposes.action}” "
                f"ở bước “{step.name if step else proposes.step}”."
            )
