"""Event rules: conditions in the closed part of FEEL → one set of rules for the engine (`rules.events`), and what each
proposes.

`not` is worked down to the comparisons, each turned into its opposite, so that the set means what the FEEL says: a
comparison with an absent fact does not hold, nor does its opposite; `= null`, `!=` and `not(… in …)` do.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from definitions.compiler.expressions import source, tell
from definitions.compiler.values import source_of
from definitions.event_rules import Alert, Assign, EventRule, Proposed, Take
from definitions.facts import FACTS, FEEL, Fact
from definitions.problems import Report, did_you_mean
from definitions.reading.tree import Path
from forms.model import Field
from forms.names import feel_names
from forms.types import REGISTRY
from rules.events import EventRulesError, Kind, RuleProblem, Ruleset, read
from rules.feel import Expression, FeelError, FeelType, compile, tree  # noqa: A004
from rules.feel.tree import Node, Span

_OPPOSITE: Final = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_TURNED: Final = {"=": "=", "!=": "!=", "<": ">", ">": "<", "<=": ">=", ">=": "<="}
_REMEDY: Final = (
    "Chỉ dùng and, or, not(…), so sánh một dữ kiện với một giá trị (= != < <= > >=), in (…) và = null; "
    "phép tính, hàm thì đặt trong một trường tính (computed) cho đúng/sai, chữ hoặc ngày rồi đọc trường ấy."
)
_ONE: Final = ("alert", "assign", "take")


def compile_events(
    raws: Sequence[Mapping[str, Any]], known: Mapping[str, Fact], fields: Iterable[Field], report: Report
) -> tuple[tuple[EventRule, ...], Ruleset | None]:
    """`known`: what rules may read (`definitions.facts.readable`). Without rules, or with mistakes, there is no set."""
    if not raws:
        return (), None
    own = feel_names(field for field in fields if field.type in REGISTRY)
    names = {**own, **{name: FEEL[fact.kind] for name, fact in FACTS.items()}}
    rules: list[EventRule] = []
    rows: list[Mapping[str, object]] = []
    spans: list[Mapping[str, Span]] = []
    reads: set[str] = set()
    for at, raw in enumerate(raws):
        path: Path = ("events", at)
        proposes = _proposed(raw, path, report)
        when = _when(raw["when"], (*path, "when"), names, report)
        if when is None or proposes is None:
            continue
        writer = _Writer(known, own)
        try:
            row = writer.condition(when.tree, f"rules[{at}].when", opposite=False)
        except _OutsideError as outside:
            mark = report.tree.inside((*path, "when"), outside.span.start)
            report.error((*path, "when"), outside.code, outside.message, outside.remedy, at=mark)
            continue
        rows.append({"id": raw["id"], "when": row})
        spans.append(writer.spans)
        reads |= writer.reads
        moving = any(known[name].moving for name in writer.reads)
        rules.append(
            EventRule(
                raw["id"], raw["label"], when, proposes, frozenset(writer.reads), moving, source_of(raw)
            )
        )
    if len(rows) < len(raws):
        return tuple(rules), None  # what is wrong has been told
    try:
        return tuple(rules), read(
            {"fields": {name: known[name].kind for name in sorted(reads)}, "rules": rows}
        )
    except EventRulesError as error:
        for problem in error.problems:
            _beyond(problem, spans, report)
        return tuple(rules), None


def _proposed(raw: Mapping[str, Any], path: Path, report: Report) -> Proposed | None:
    told = [key for key in _ONE if key in raw]
    if len(told) != 1:
        message = (
            f"Quy tắc “{raw['label']}” đề nghị {len(told)} việc ({', '.join(told)}); mỗi quy tắc chỉ một việc."
            if told
            else f"Quy tắc “{raw['label']}” chưa đề nghị việc gì."
        )
        report.error(
            path, "T104", message, "Ghi đúng một trong ba khóa: alert, assign, take; hai việc là hai quy tắc."
        )
        return None
    (key,) = told
    of: Mapping[str, Any] = raw[key]
    match key:
        case "alert":
            return Alert(of["to"], of["message"])
        case "assign":
            return Assign(of["step"], of["unit"])
        case _:
            return Take(of["step"], of["action"])


def _when(raw: object, path: Path, names: Mapping[str, FeelType], report: Report) -> Expression | None:
    text = source(raw)
    try:
        return compile(text, names)
    except FeelError as error:
        if error.code == "name" and error.suggestion is None:
            mark = report.tree.inside(path, error.offset)
            remedy = f"Quy tắc sự kiện đọc được: {', '.join(FACTS)}, và câu trả lời đơn của biểu mẫu."
            report.error(path, "F002", error.message, remedy, at=mark)
        else:
            tell(error, path, report)
        return None


def _beyond(problem: RuleProblem, spans: Sequence[Mapping[str, Span]], report: Report) -> None:
    """A limit or a value that the engine does not bear, told at the very comparison where it can be."""
    head, _, inner = problem.path.partition(".")
    number = head.removeprefix("rules[").removesuffix("]")
    if inner == "id":
        return  # the same id twice is told as of everything else (T002)
    if not inner or not number.isdecimal():
        report.error(
            ("events",),
            "T101",
            f"Quy tắc sự kiện: {problem.message}",
            "Bớt quy tắc, hoặc gộp các điều kiện trùng nhau vào một trường tính (computed).",
        )
        return
    places = spans[int(number)]
    at = problem.path
    while at not in places and "." in at:
        at = at.rpartition(".")[0]
    path: Path = ("events", int(number), "when")
    offset = places[at].start if at in places else 0
    remedy = (
        "Ghi giá trị đúng kiểu của dữ kiện; số thì ghi số nguyên."
        if problem.path.endswith((".value", ".op"))
        else "Viết điều kiện ngắn hơn, hoặc tách thành nhiều quy tắc."
    )
    report.error(path, "T101", problem.message, remedy, at=report.tree.inside(path, offset))


class _OutsideError(Exception):
    """Leaves a condition at the first thing in it that is not of the closed part."""

    def __init__(self, span: Span, message: str, remedy: str = _REMEDY, code: str = "T100") -> None:
        self.span, self.message, self.remedy, self.code = span, message, remedy, code


class _Writer:
    """One condition. `spans`: where in the text each part of the written data stands; `reads`: the facts met."""

    def __init__(self, known: Mapping[str, Fact], own: Mapping[str, FeelType]) -> None:
        self.known = known
        self.own = own
        self.spans: dict[str, Span] = {}
        self.reads: set[str] = set()

    def condition(self, node: Node, at: str, *, opposite: bool) -> Mapping[str, object]:
        self.spans[at] = node.span
        match node:
            case tree.And(parts=parts) | tree.Or(parts=parts):
                word = "and" if isinstance(node, tree.And) != opposite else "or"
                return {
                    word: [
                        self.condition(part, f"{at}.{word}[{number}]", opposite=opposite)
                        for number, part in enumerate(parts)
                    ]
                }
            case tree.Call(function=tree.Name(name="not"), arguments=(argument,)):
                return self.condition(argument.value, at, opposite=not opposite)
            case tree.Comparison():
                return self._comparison(node, at, opposite=opposite)
            case tree.In(value=value, tests=tests):
                found = {"field": self._fact(value).name, "op": "in", "value": self._listed(tests)}
                return self._negated(found, at, node) if opposite else found
            case tree.Name() | tree.Path():
                fact = self._fact(node)
                if fact.kind is not Kind.BOOLEAN:
                    message = f"“{fact.name}” là {fact.kind.words}, chưa phải một điều kiện."
                    raise _OutsideError(node.span, message, "So sánh nó với một giá trị.")
                return {"field": fact.name, "op": "=", "value": not opposite}
            case tree.Literal(value=bool()):
                raise _OutsideError(node.span, "Điều kiện không đọc dữ kiện nào nên lúc nào cũng như nhau.")
            case _:
                raise _OutsideError(node.span, "Phần này không thuộc ngôn ngữ của quy tắc sự kiện.")

    def _negated(self, found: Mapping[str, object], at: str, node: Node) -> Mapping[str, object]:
        self.spans[f"{at}.not"] = node.span
        return {"not": found}

    def _comparison(self, node: tree.Comparison, at: str, *, opposite: bool) -> Mapping[str, object]:
        left, right, op = node.left, node.right, node.op
        if isinstance(right, (tree.Name, tree.Path)) and not isinstance(left, (tree.Name, tree.Path)):
            left, right, op = right, left, _TURNED[op]
        fact = self._fact(left)
        if isinstance(right, tree.Literal) and right.value is None:
            if op not in {"=", "!="}:
                raise _OutsideError(
                    node.span, f"Không so sánh “{op}” với null được.", "Viết = null hoặc != null."
                )
            found: Mapping[str, object] = {"field": fact.name, "op": "is null"}
            return self._negated(found, at, node) if (op == "!=") != opposite else found
        value = self._constant(right)
        return {"field": fact.name, "op": _OPPOSITE[op] if opposite else op, "value": value}

    def _listed(self, tests: Sequence[Node]) -> list[object]:
        values: list[object] = []
        for test in tests:
            items = test.items if isinstance(test, tree.ListNode) else (test,)
            values += [self._constant(item) for item in items]
        return values

    def _constant(self, node: Node) -> object:
        match node:
            case tree.Literal(value=value) if isinstance(value, (str, bool, Decimal)):
                return value
            case tree.Literal(value=value) if isinstance(value, date) and not isinstance(value, datetime):
                return value
            case tree.Negation(operand=tree.Literal(value=Decimal() as value)):
                return -value
            case tree.Call(
                function=tree.Name(name="date"),
                arguments=(tree.Argument(value=tree.Literal(value=str() as text)),),
            ):
                try:
                    return date.fromisoformat(text)
                except ValueError:
                    raise _OutsideError(
                        node.span, f"Không có ngày “{text}”.", "Xem lại ngày và tháng, ví dụ 2026-11-23."
                    ) from None
            case tree.Name() | tree.Path():
                raise _OutsideError(
                    node.span, "Quy tắc sự kiện chỉ so sánh một dữ kiện với một giá trị ghi sẵn."
                )
            case _:
                raise _OutsideError(
                    node.span, "Chỗ này cần một giá trị ghi sẵn: số, chữ, đúng/sai hoặc ngày."
                )

    def _fact(self, node: Node) -> Fact:
        name = _dotted(node)
        if name is None:
            raise _OutsideError(
                node.span, "Vế này phải là một dữ kiện, không phải một phép tính hay một hàm."
            )
        if name in FACTS and name in self.own:
            raise _OutsideError(
                node.span,
                f"“{name}” vừa là dữ kiện của hồ sơ vừa là trường của biểu mẫu, không biết đọc cái nào.",
                "Đặt mã khác cho trường của biểu mẫu.",
                "T103",
            )
        fact = self.known.get(name)
        if fact is None:
            raise _OutsideError(
                node.span,
                f"Câu trả lời “{name}” không đọc được trong quy tắc sự kiện.",
                "Chỉ đọc chữ, một lựa chọn, số nguyên, tiền, có/không và ngày; danh sách thì dùng một trường tính. "
                + did_you_mean(name, self.known),
            )
        if fact.sensitive:
            raise _OutsideError(
                node.span,
                f"Quy tắc sự kiện không được đọc câu trả lời nhạy cảm “{fact.label}”: việc nó đề nghị sẽ làm lộ ra.",
                "Bỏ phần này khỏi điều kiện.",
                "T102",
            )
        self.reads.add(name)
        return fact


def _dotted(node: Node) -> str | None:
    match node:
        case tree.Name(name=name):
            return name
        case tree.Path(base=base, name=name):
            around = _dotted(base)
            return None if around is None else f"{around}.{name}"
        case _:
            return None
