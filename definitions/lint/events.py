"""Event rules: they speak of what is there, propose what the system may do, and can hold (T105–T109).

What the compiler refuses (T100–T104) is told where a rule is read (`definitions.compiler.events`).
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from definitions.event_rules import Alert, Assign, EventRule, Take
from definitions.facts import Fact, readable
from definitions.functions import FUNCTIONS
from definitions.model import Definition
from definitions.problems import Report, did_you_mean
from definitions.reading.tree import Path
from rules.events import Kind, Op
from rules.events.model import All, Condition, Not, Some, Test
from rules.events.network import Leaf, emit, ways
from rules.workflow.model import APPLICANT, END, EXTERNAL, Step

_STAFF: Final = tuple(name for name in FUNCTIONS if name not in {APPLICANT, EXTERNAL})


def lint_events(definition: Definition, report: Report) -> None:
    known = readable(definition.fields, definition.cases, definition.workflow)
    for at, rule in enumerate(definition.event_rules):
        _proposal(definition, rule, ("events", at), report)
    if definition.ruleset is None:
        return
    for at, asked in enumerate(definition.ruleset.rules):
        path: Path = ("events", at, "when")
        label = definition.event_rules[at].label
        strange = list(_strange(asked.when, known))
        for name, value in strange:
            report.error(
                path,
                "T108",
                f"“{known[name].label}” ({name}) không bao giờ là “{value}”.",
                did_you_mean(value, known[name].choices),
            )
        if not strange and not any(may_hold(way, known) for way in ways(emit(asked.when))):
            report.error(
                path,
                "T107",
                f"Quy tắc “{label}” không bao giờ đúng: các phần của điều kiện mâu thuẫn nhau.",
                "Sửa điều kiện, hoặc bỏ quy tắc này.",
            )


def _proposal(definition: Definition, rule: EventRule, path: Path, report: Report) -> None:
    match rule.proposes:
        case Alert(to=to):
            if to not in _STAFF:
                report.error(
                    (*path, "alert", "to"),
                    "T105",
                    f"Quy tắc “{rule.label}” báo cho chức năng không có ở cơ quan: “{to}”.",
                    did_you_mean(to, _STAFF),
                )
            return
        case Assign(step=step_id):
            key = "assign"
        case Take(step=step_id):
            key = "take"
    step = definition.workflow.step(step_id)
    if step is None:
        report.error(
            (*path, key, "step"),
            "T105",
            f"Quy tắc “{rule.label}” nhắc tới bước không có: “{step_id}”.",
            did_you_mean(step_id, [each.id for each in definition.workflow.steps]),
        )
        return
    if step.actor not in _STAFF or step.automatic or step.at_item:
        report.error(
            (*path, key, "step"),
            "T106",
            f"Bước “{step.name}” không do cán bộ của cơ quan giải quyết làm, quy tắc không đụng vào được.",
            "Chọn một bước của cơ quan giải quyết; người nộp im lặng thì dùng on_timeout của bước.",
        )
    elif isinstance(rule.proposes, Take):
        _action(rule, step, rule.proposes.action, (*path, key, "action"), report)
    if "step" not in rule.reads:
        report.warn(
            (*path, "when"),
            "T109",
            f"Quy tắc “{rule.label}” chỉ được đề nghị một lần mà không nói bước “{step.name}” đang mở.",
            f'Thêm vào điều kiện: and step = "{step.id}".',
        )


def _action(rule: EventRule, step: Step, action_id: str, path: Path, report: Report) -> None:
    action = step.action(action_id)
    if action is None:
        report.error(
            path,
            "T105",
            f"Quy tắc “{rule.label}”: bước “{step.name}” không có thao tác “{action_id}”.",
            did_you_mean(action_id, [each.id for each in step.actions]),
        )
    elif action.needs:
        needs = ", ".join(sorted(need.value for need in action.needs))
        report.error(
            path,
            "T106",
            f"Thao tác “{action.label}” đòi {needs}, hệ thống không tự có được.",
            "Chọn một thao tác không đòi gì, hoặc dùng alert để báo người làm.",
        )
    elif END in action.targets:
        report.error(
            path,
            "T106",
            f"Thao tác “{action.label}” kết thúc hồ sơ; việc ấy phải có người làm (Đ15).",
            "Dùng alert để báo người làm.",
        )


def _strange(condition: Condition, known: Mapping[str, Fact]) -> Iterator[tuple[str, str]]:
    """(fact, value) of each comparison with something that the fact never is."""
    for test in _tests(condition):
        choices = known[test.field].choices
        for value in test.values if choices else ():
            if value not in choices:
                yield test.field, str(value)


def _tests(condition: Condition) -> Iterator[Test]:
    match condition:
        case Test():
            yield condition
        case Not(part):
            yield from _tests(part)
        case All(parts) | Some(parts):
            for part in parts:
                yield from _tests(part)


def may_hold(way: Iterable[Leaf], known: Mapping[str, Fact]) -> bool:
    """Whether no fact is asked for two things at once. Facts are taken as independent of each other, so that what is
    found impossible is.
    """
    of: dict[str, list[Leaf]] = {}
    for leaf in way:
        of.setdefault(leaf.field, []).append(leaf)
    return all(_possible(leaves, known[name]) for name, leaves in of.items())


def _possible(leaves: list[Leaf], fact: Fact) -> bool:
    absent = any(leaf.value is None and not leaf.present for leaf in leaves)
    present = any(leaf.present or (leaf.value is not None and leaf.op is not Op.NE) for leaf in leaves)
    if absent:
        return not present and not fact.always
    if not present and not fact.always:
        return True  # only `!=`, which holds of what is absent
    unlike = {leaf.value for leaf in leaves if leaf.op is Op.NE}
    equal = {leaf.value for leaf in leaves if leaf.op is Op.EQ and leaf.value is not None}
    if len(equal) > 1 or equal & unlike:
        return False
    if fact.kind is Kind.STRING:
        return bool(equal) or not fact.choices or bool(set(fact.choices) - unlike)
    low, high = _bounds(leaves, fact)
    if equal:
        (value,) = equal
        assert isinstance(value, int)
        return (low is None or value >= low) and (high is None or value <= high)
    if low is None or high is None:
        return True
    return any(value not in unlike for value in range(low, min(high, low + len(unlike)) + 1))


def _bounds(leaves: Iterable[Leaf], fact: Fact) -> tuple[int | None, int | None]:
    """The least and the greatest whole number that every comparison allows; None where there is no bound."""
    low, high = (0, 1) if fact.kind is Kind.BOOLEAN else (fact.least, None)
    for leaf in leaves:
        value = leaf.value
        if not isinstance(value, int):
            continue
        match leaf.op:
            case Op.GE | Op.GT:
                least = value + (leaf.op is Op.GT)
                low = least if low is None else max(low, least)
            case Op.LE | Op.LT:
                most = value - (leaf.op is Op.LT)
                high = most if high is None else min(high, most)
    return low, high
