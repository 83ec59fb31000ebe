"""DMN decision tables read into `rules.tables`."""

from collections.abc import Mapping
from typing import Any

from rules.feel import FeelType
from rules.tables import DecisionTable, Input, Output, Row, TableError
from rules.tables.dmn.names import POLICIES
from scripts.tck.dom import Element, kid, kids, need, text
from scripts.tck.model import NOW, Model, conform


def decide(element: Element, model: Model, values: Mapping[str, Any], names: Mapping[str, FeelType]) -> Any:
    hit = POLICIES[element.get("hitPolicy", "UNIQUE"), element.get("aggregation", "")]
    rows = [
        Row(
            [text(cell) for cell in kids(rule, "inputEntry")],
            [text(cell) for cell in kids(rule, "outputEntry")],
        )
        for rule in kids(element, "rule")
    ]
    outputs = kids(element, "output")
    try:
        table = DecisionTable.compile(
            [_input(each) for each in kids(element, "input")], [_output(o) for o in outputs], rows, hit, names
        )
    except TableError:
        return None
    value = table.decide(values, now=NOW).value
    if len(outputs) == 1 and table.hit.single:
        return conform(value, model.type(outputs[0].get("typeRef")))
    return value


def _input(element: Element) -> Input:
    allowed = kid(element, "inputValues")
    return Input(text(need(element, "inputExpression")), allowed=None if allowed is None else text(allowed))


def _output(element: Element) -> Output:
    values, default = kid(element, "outputValues"), kid(element, "defaultOutputEntry")
    return Output(
        element.get("name", ""),
        values=() if values is None else tuple(part.strip() for part in text(values).split(",")),
        default=None if default is None else text(default),
    )
