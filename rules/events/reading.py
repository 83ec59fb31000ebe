"""Reading event rules from mappings, refusing whatever is not of the language, with its place.

fields: {so_lan_tra_lai: number, con_lai_phut: number}
rules:
  - id: bao_lanh_dao
    when: {and: [{field: so_lan_tra_lai, op: ">=", value: 2}, {field: con_lai_phut, op: "<", value: 480}]}
"""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from rules.events.model import (
    MAX_CHOICES,
    MAX_DEPTH,
    MAX_FIELDS,
    MAX_PATHS,
    MAX_RULES,
    MAX_TESTS,
    MAX_TESTS_PER_FIELD,
    MAX_TEXT,
    All,
    Condition,
    EventRule,
    EventRulesError,
    Kind,
    Not,
    Op,
    RuleProblem,
    Ruleset,
    Scalar,
    Some,
    Test,
)
from rules.events.network import emit, paths, ways
from rules.events.values import scalar


def read(data: Mapping[str, object]) -> Ruleset:
    """Checked rules, or EventRulesError with all that is wrong."""
    reader = _Reader()
    fields = reader.fields(data.get("fields"))
    rules = reader.rules(data.get("rules"), fields)
    if reader.problems:
        raise EventRulesError(reader.problems)
    content = json.dumps(
        {"fields": fields, "rules": [[rule.id, _plain(rule.when)] for rule in rules]}, sort_keys=True
    )
    return Ruleset(hashlib.sha256(content.encode()).hexdigest(), fields, tuple(rules))


def _plain(condition: Condition) -> list[object]:
    return (
        [type(condition).__name__, asdict(condition)]
        if isinstance(condition, Test)
        else [
            type(condition).__name__,
            [_plain(part) for part in ((condition.part,) if isinstance(condition, Not) else condition.parts)],
        ]
    )


class _RefusedError(Exception):
    """Leaves a rule at the first thing wrong in it."""

    def __init__(self, path: str, message: str) -> None:
        self.problem = RuleProblem(path, message)


class _Reader:
    def __init__(self) -> None:
        self.problems: list[RuleProblem] = []
        self.tests: Counter[str] = Counter()

    def fields(self, data: object) -> dict[str, Kind]:
        found: dict[str, Kind] = {}
        if not isinstance(data, Mapping) or not 0 < len(data) <= MAX_FIELDS:
            self._say("fields", f"Cần từ 1 đến {MAX_FIELDS} trường, mỗi trường một kiểu.")
            return found
        for name, kind in data.items():
            known = next((k for k in Kind if k == kind), None)
            if not isinstance(name, str) or not 0 < len(name) <= MAX_TEXT:
                self._say("fields", f"Tên trường {str(name)[:60]!r} không dùng được.")
            elif known is None:
                self._say(f"fields.{name}", f"Kiểu “{kind}” phải là một trong: {', '.join(Kind)}.")
            else:
                found[name] = known
        return found

    def rules(self, data: object, fields: Mapping[str, Kind]) -> list[EventRule]:
        if not isinstance(data, Sequence) or isinstance(data, str) or not 0 < len(data) <= MAX_RULES:
            self._say("rules", f"Cần từ 1 đến {MAX_RULES} quy tắc.")
            return []
        found: list[EventRule] = []
        seen: set[str] = set()
        for i, row in enumerate(data):
            try:
                rule = self._rule(row, fields, f"rules[{i}]")
            except _RefusedError as refused:
                self.problems.append(refused.problem)
                continue
            if rule.id in seen:
                self._say(f"rules[{i}].id", f"Mã “{rule.id}” đã dùng cho quy tắc khác.")
            seen.add(rule.id)
            found.append(rule)
        self._sizes()
        return found

    def _rule(self, row: object, fields: Mapping[str, Kind], at: str) -> EventRule:
        if not isinstance(row, Mapping) or set(row) != {"id", "when"}:
            raise _RefusedError(at, "Mỗi quy tắc gồm đúng hai khóa: id và when.")
        name = row["id"]
        if not isinstance(name, str) or not 0 < len(name) <= MAX_TEXT:
            raise _RefusedError(f"{at}.id", "Cần mã quy tắc.")
        when = self._condition(row["when"], fields, f"{at}.when", 1)
        node = emit(when)
        count = paths(node)
        if count > MAX_PATHS or sum(map(len, ways(node))) > MAX_TESTS:
            message = f"Điều kiện có {count} cách đúng; quá {MAX_PATHS} cách hoặc quá dài, xin tách thành nhiều quy tắc."
            raise _RefusedError(f"{at}.when", message)
        return EventRule(name, when)

    def _sizes(self) -> None:
        if self.tests.total() > MAX_TESTS:
            self._say("rules", f"Có {self.tests.total()} phép so sánh, tối đa {MAX_TESTS}.")
        for name, count in self.tests.items():
            if count > MAX_TESTS_PER_FIELD:
                self._say("rules", f"Trường “{name}” được so sánh {count} lần, tối đa {MAX_TESTS_PER_FIELD}.")

    def _condition(self, data: object, fields: Mapping[str, Kind], at: str, depth: int) -> Condition:
        if depth > MAX_DEPTH:
            raise _RefusedError(at, f"Điều kiện lồng nhau quá {MAX_DEPTH} tầng.")
        if not isinstance(data, Mapping):
            raise _RefusedError(at, "Cần một điều kiện: {field, op, value}, and, or hoặc not.")
        keys = set(data)
        if keys == {"not"}:
            return Not(self._condition(data["not"], fields, f"{at}.not", depth + 1))
        if keys in ({"and"}, {"or"}):
            (word,) = keys
            rows = data[word]
            if not isinstance(rows, Sequence) or isinstance(rows, str) or not rows:
                raise _RefusedError(f"{at}.{word}", "Cần ít nhất một điều kiện.")
            if len(rows) > MAX_TESTS:
                raise _RefusedError(f"{at}.{word}", f"Có {len(rows)} điều kiện, tối đa {MAX_TESTS}.")
            parts = tuple(
                self._condition(part, fields, f"{at}.{word}[{i}]", depth + 1) for i, part in enumerate(rows)
            )
            return All(parts) if word == "and" else Some(parts)
        return self._test(data, fields, at)

    def _test(self, data: Mapping[str, object], fields: Mapping[str, Kind], at: str) -> Test:
        name, op = data.get("field"), next((op for op in Op if op == data.get("op")), None)
        if op is None:
            raise _RefusedError(
                f"{at}.op", f"Phép so sánh “{data.get('op')}” phải là một trong: {', '.join(Op)}."
            )
        if set(data) != ({"field", "op"} if op is Op.NULL else {"field", "op", "value"}):
            raise _RefusedError(
                at, "So sánh gồm đúng các khóa field, op và value («is null» thì không có value)."
            )
        if not isinstance(name, str) or name not in fields:
            raise _RefusedError(f"{at}.field", f"Không có trường “{name}”.")
        kind = fields[name]
        if op in {Op.LT, Op.LE, Op.GT, Op.GE} and not kind.ordered:
            raise _RefusedError(
                f"{at}.op", f"“{op}” chỉ dùng cho số và ngày, trường “{name}” là {kind.words}."
            )
        values = self._values(op, kind, data.get("value"), f"{at}.value")
        self.tests[name] += max(1, len(values))
        return Test(name, op, values)

    def _values(self, op: Op, kind: Kind, data: object, at: str) -> tuple[Scalar, ...]:
        if op is Op.NULL:
            return ()
        rows: Sequence[object] = [data]
        if op is Op.IN:
            if not isinstance(data, Sequence) or isinstance(data, str) or not 0 < len(data) <= MAX_CHOICES:
                raise _RefusedError(at, f"“in” cần danh sách từ 1 đến {MAX_CHOICES} giá trị.")
            rows = data
        found: list[Scalar] = []
        for row in rows:
            value = scalar(kind, row)
            if value is None or (isinstance(value, str) and len(value) > MAX_TEXT):
                raise _RefusedError(
                    at, f"Giá trị {str(row)[:60]!r} không phải là {kind.words} dùng được ở đây."
                )
            found.append(value)
        return tuple(dict.fromkeys(found))

    def _say(self, path: str, message: str) -> None:
        self.problems.append(RuleProblem(path, message))
