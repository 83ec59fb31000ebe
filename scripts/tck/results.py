"""The results of the kit: one for each node that a test case expects something of."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from rules.feel import FeelError, Function
from rules.feel.limits import Run
from rules.feel.text import literal
from scripts.tck.decisions import Evaluation
from scripts.tck.dom import Element, kid, kids, local, parse
from scripts.tck.model import NOW, Foreign, Model
from scripts.tck.values import Unrepresentable, same, value

PASSED, FAILED, ASIDE = "passed", "failed", "set aside"
OTHER = "other"


@dataclass(frozen=True, slots=True)
class Result:
    """`outcome` is passed, failed or set aside; `null` says that nothing (or an error) was expected."""

    level: str
    folder: str
    test: str
    case: str
    node: str
    outcome: str
    null: bool
    reason: str = ""


def level_of(file: Path) -> str:
    """`compliance-level-2` and the like, from the folders above a test."""
    named = (
        part for part in file.resolve().parts if part.startswith("compliance-") or part == "non-compliant"
    )
    return next(named, OTHER)


def results(file: Path) -> Iterator[Result]:
    """The results of one test file; none for an XML file that holds no test cases."""
    level, folder = level_of(file), file.resolve().parent.name
    try:
        tests = parse(file)
    except ParseError as error:
        yield Result(level, folder, file.name, "", "", FAILED, null=False, reason=f"tệp XML hỏng: {error}")
        return
    if local(tests) != "testCases":
        return
    model, broken = _model(file, tests)
    for case in kids(tests, "testCase"):
        try:
            evaluation = Evaluation({node.get("name", ""): value(node) for node in kids(case, "inputNode")})
            unread = ""
        except Exception as error:  # noqa: BLE001 - whatever a case breaks costs that case, not the measurement
            evaluation, unread = Evaluation({}), told(error)
        for node in kids(case, "resultNode"):
            outcome, null, reason = _judge(model, evaluation, case, node, broken or unread)
            yield Result(
                level, folder, file.name, case.get("id", ""), node.get("name", ""), outcome, null, reason
            )


def _model(file: Path, tests: Element) -> tuple[Model | None, str]:
    named = kid(tests, "modelName")
    try:
        name = (named.text or "").strip() if named is not None else ""
        return Model(file.with_name(name or f"{file.parent.name}.dmn")), ""
    except Exception as error:  # noqa: BLE001 - as above
        return None, told(error)


def _judge(
    model: Model | None, evaluation: Evaluation, case: Element, node: Element, broken: str
) -> tuple[str, bool, str]:
    try:
        wanted = None if node.get("errorResult") == "true" else value(kid(node, "expected"))
    except Exception as error:  # noqa: BLE001 - as above
        return FAILED, False, told(error)
    null = wanted is None
    if model is None or broken:
        return FAILED, null, broken
    try:
        got = answer(model, evaluation, case, node.get("name", ""))
    except Foreign:
        return ASIDE, null, "gọi hàm viết bằng ngôn ngữ khác"
    except FeelError:
        got = None  # a limit of our engine, which the kit calls an error
    except Exception as error:  # noqa: BLE001 - as above; an error of ours is never the null that was wanted
        return FAILED, null, told(error)
    if same(wanted, got):
        return PASSED, null, ""
    return FAILED, null, f"mong đợi {shown(wanted)}, thực tế {shown(got)}"


def answer(model: Model, evaluation: Evaluation, case: Element, name: str) -> Any:
    called = case.get("invocableName")
    node = model.by_name[called or name]
    found = evaluation.value(model, node)
    if not called and local(node) not in {"businessKnowledgeModel", "decisionService"}:
        return found
    if not isinstance(found, Function):
        return None
    got = found.invoke(Run.at(NOW), [evaluation.inputs.get(parameter) for parameter in found.params])
    several = local(node) == "decisionService" and len(kids(node, "outputDecision")) > 1
    return got[name] if several and isinstance(got, dict) and name in got else got


def told(error: Exception) -> str:
    return f"lỗi khi chạy: {type(error).__name__}: {error}"[:300]


def shown(found: Any) -> str:
    """A value as FEEL source, cut where it is long."""
    return found.text if isinstance(found, Unrepresentable) else f"{literal(found):.150}"
