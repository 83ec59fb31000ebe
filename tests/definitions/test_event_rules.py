"""Event rules: the closed part of FEEL means what FEEL means, and whatever is outside of it is refused where it stands."""

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from definitions.compiler.events import compile_events
from definitions.event_rules import Alert, Assign, Take
from definitions.event_words import rules_in_words
from definitions.facts import FACTS, HAPPENINGS, readable
from definitions.lint.events import may_hold
from definitions.lint.patching import Patch, base, patched
from definitions.loader import load
from definitions.problems import Report
from definitions.reading import Tree
from rules.events import EventRules
from rules.events.network import emit, ways

ALERT = {"alert": {"to": "phe_duyet", "message": "Xem hồ sơ này."}}
PAGE = Path(__file__).parents[2] / "docs" / "event-rules.md"
TWIN = EventRules(use_extension=False)


def loaded(*rules, put=None):
    raws = [{"id": f"r{at}", "label": f"Quy tắc {at}", **rule} for at, rule in enumerate(rules)]
    return load(patched(Patch({**(put or {}), "events": json.loads(json.dumps(raws))})), "vi-du.yaml")


def problems(when, **changes):
    return loaded({"when": when, **ALERT}, **changes).problems


def holds(when, facts, **changes):
    """Whether a rule holds of the facts, asked of the twin."""
    found = loaded({"when": when, **ALERT}, **changes)
    assert found.definition is not None, found.problems
    return TWIN.holding(found.definition.ruleset, facts) == ("r0",)


def test_rules_are_compiled_with_what_they_propose_and_read():
    found = loaded(
        {"when": "returned >= 2 and minutes_left < 480", **ALERT},
        {"when": 'step = "tham_dinh"', "assign": {"step": "tham_dinh", "unit": "kinh-te"}},
        {"when": 'step = "phe_duyet" and copies = 1', "take": {"step": "phe_duyet", "action": "duyet"}},
    )
    assert found.problems == ()
    rules = found.definition.event_rules
    assert [rule.proposes for rule in rules] == [
        Alert("phe_duyet", "Xem hồ sơ này."),
        Assign("tham_dinh", "kinh-te"),
        Take("phe_duyet", "duyet"),
    ]
    assert [(sorted(rule.reads), rule.moving) for rule in rules] == [
        (["minutes_left", "returned"], True),
        (["step"], False),
        (["copies", "step"], False),
    ]
    assert found.definition.event_rule("r1") is rules[1]
    assert found.definition.event_rule("khac") is None
    assert set(found.definition.ruleset.fields) == {"minutes_left", "returned", "step", "copies"}


def test_a_definition_without_rules_has_none_and_its_hash_does_not_change():
    definition = load(base(), "base.yaml").definition
    assert (definition.event_rules, definition.ruleset) == ((), None)


@pytest.mark.parametrize(
    ("when", "facts", "expected"),
    [
        ("returned >= 2", {"returned": 2}, True),
        ("2 <= returned", {"returned": 1}, False),
        ("minutes_left < -480", {"minutes_left": -481}, True),
        ("minutes_left < 480", {}, False),
        ("not(minutes_left < 480)", {}, False),
        ("minutes_left = null", {}, True),
        ("null != minutes_left", {"minutes_left": 3}, True),
        ("not(minutes_left != null)", {}, True),
        ('step in ("tham_dinh", "phe_duyet")', {"step": "phe_duyet"}, True),
        ('not(step in ["tham_dinh", "phe_duyet"])', {}, True),
        ('step != "tham_dinh"', {}, True),
        ("overdue", {"overdue": True}, True),
        ("not(overdue)", {"overdue": False}, True),
        ("not(step_overdue)", {}, False),
        ("step_overdue != true", {}, True),
        ("not(overdue or owed > 0)", {"overdue": False, "owed": 0}, True),
        ('area = "xa" and copies > 3', {"area": "xa", "copies": Decimal(4)}, True),
    ],
)
def test_conditions_hold_as_they_read(when, facts, expected):
    assert holds(when, facts) is expected


@pytest.mark.parametrize(
    ("when", "code", "column", "said"),
    [
        ("copies * 2 > 20", "T100", 0, "không phải một phép tính"),
        ("copies > 2 * 10", "T100", 9, "giá trị ghi sẵn"),
        ("returned > copies", "T100", 11, "giá trị ghi sẵn"),
        ("returned in [1..3]", "T100", 12, "giá trị ghi sẵn"),
        ("returned between 1 and 3", "T100", 0, "không thuộc ngôn ngữ"),
        ('returned > 1 and contains(note, "x")', "T100", 17, "không thuộc ngôn ngữ"),
        ("if overdue then true else false", "T100", 0, "không thuộc ngôn ngữ"),
        ("true", "T100", 0, "lúc nào cũng như nhau"),
        ("returned", "T100", 0, "chưa phải một điều kiện"),
        ('event in ("moved", null)', "T100", 19, "giá trị ghi sẵn"),
        ("returned > 1.5", "T101", 0, "số nguyên"),
        ('returned > 1 and note = "' + "x" * 501 + '"', "T101", None, "không phải là chuỗi"),
        ("retuned > 1", "F002", 0, "retuned"),
        ('returned > "2"', "F006", 0, ""),
        ('step = "tham_din"', "T108", None, "tham_din"),
        ('case = "thanh_thi"', "T108", None, "thanh_thi"),
        ('area = "huyen"', "T108", None, "huyen"),
        ("owed < 0", "T107", None, "không bao giờ đúng"),
        ('status = "solving" and status = "submitted"', "T107", None, "không bao giờ đúng"),
        ("overdue = true and overdue = false", "T107", None, "không bao giờ đúng"),
        ("event = null", "T107", None, "không bao giờ đúng"),
        ("minutes_left > 9 and minutes_left < 11 and minutes_left != 10", "T107", None, "không bao giờ đúng"),
    ],
)
def test_what_is_outside_is_refused_where_it_stands(when, code, column, said):
    found = [problem for problem in problems(when) if problem.code != "T080"]
    assert [problem.code for problem in found] == [code], found
    (problem,) = found
    assert said in problem.message
    assert problem.remedy
    assert problem.path == "events.0.when"
    if column is not None:
        text = patched(Patch({"events": [{"id": "r0", "label": "Quy tắc 0", "when": when, **ALERT}]}))
        line = text.splitlines()[problem.line - 1]
        assert line[problem.column - 1 :].lstrip("'\"").startswith(when[column : column + 3]), (line, problem)


def test_an_unknown_name_is_answered_by_the_nearest_or_by_the_list():
    (near,) = problems("supplement > 1")
    assert "“supplements”" in near.remedy
    (far,) = problems("zzz > 1")
    assert far.code == "F002"
    assert "minutes_left" in far.remedy


def test_parts_of_groups_are_read_by_path_unless_they_are_sensitive():
    group = {
        "id": "house",
        "type": "group",
        "label": "Nhà",
        "help": "Nhà đang ở.",
        "item": [
            {"id": "floors", "type": "integer", "label": "Số tầng", "help": "Số tầng của nhà."},
            {"id": "owner", "type": "text", "label": "Chủ nhà", "help": "Tên chủ nhà.", "sensitive": True},
            {"id": "height", "type": "decimal", "label": "Chiều cao", "help": "Mét."},
        ],
    }
    put = {"form.pages.chung.fields.+": group}
    assert holds("house.floors > 2", {"house.floors": 3}, put=put)
    (secret,) = problems('house.owner = "A"', put=put)
    assert (secret.code, "Chủ nhà" in secret.message) == ("T102", True)
    (odd,) = problems("house.height > 2", put=put)
    assert (odd.code, "house.height" in odd.message) == ("T100", True)


def test_limits_are_told_with_the_place():
    found = loaded(*({"when": f"returned = {at}", **ALERT} for at in range(60)))
    assert {(p.code, p.path) for p in found.problems} == {("T101", "events")}
    deep = "returned > 1"
    for at in range(9):
        deep = f"({deep} {('and', 'or')[at % 2]} owed > {at})"
    (problem,) = problems(deep)
    assert (problem.code, problem.path) == ("T101", "events.0.when")
    many = " and ".join(f"(returned = {at} or owed = {at})" for at in range(6))
    (wide,) = problems(many)
    assert "cách" in wide.message


def test_ids_are_unique_and_each_rule_proposes_one_thing():
    first = {"when": "returned > 1", **ALERT}
    both = {**first, "take": {"step": "phe_duyet", "action": "duyet"}}
    assert {p.code for p in loaded(both).problems} == {"T104"}
    twice = loaded({**first, "id": "a"}, {**first, "id": "a"})
    assert {p.code for p in twice.problems} == {"T002"}


@pytest.mark.parametrize(
    ("proposes", "code", "path"),
    [
        ({"alert": {"to": "giam_doc", "message": "A"}}, "T105", "events.0.alert.to"),
        ({"assign": {"step": "x", "unit": "kinh-te"}}, "T105", "events.0.assign.step"),
        ({"take": {"step": "phe_duyet", "action": "ky"}}, "T105", "events.0.take.action"),
        ({"take": {"step": "phe_duyet", "action": "chuyen_lai"}}, "T106", "events.0.take.action"),
        ({"take": {"step": "tra_ket_qua", "action": "tra"}}, "T106", "events.0.take.action"),
    ],
)
def test_proposals_speak_of_what_is_there_and_may_be_done(proposes, code, path):
    found = loaded({"when": 'step != "tham_dinh"', **proposes}).problems
    assert [(p.code, p.path) for p in found] == [(code, path)]


def test_examples_name_only_rules_that_there_are():
    text = patched(
        Patch({"examples.0.steps": [{"do": "accept", "expect": {"events": ["khong_co"]}}]}),
    )
    assert [(p.code, p.path) for p in load(text, "x.yaml").problems] == [
        ("T061", "examples.0.steps.0.expect.events.0")
    ]


def test_the_page_tells_every_fact_and_every_event_as_the_language_has_them():
    page = PAGE.read_text(encoding="utf-8")
    for fact in FACTS.values():
        row = next(line for line in page.splitlines() if line.startswith(f"| `{fact.name}` |"))
        assert row.startswith(f"| `{fact.name}` | {fact.kind.words} | ")
        assert fact.help in row
        assert ("Đổi theo thời gian." in row) is fact.moving
    assert all(f"`{name}` ({words})" in page for name, words in HAPPENINGS.items())


def test_the_example_of_the_page_is_right():
    (block,) = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert [p.code for p in load(base() + block, "x.yaml").problems] == []


# -- the compiled set against FEEL itself ---------------------------------------------------------------------

KNOWN = readable((), (), load(base(), "base.yaml").definition.workflow)
CONSTANTS = {
    "number": st.integers(-3, 3).map(str),
    "string": st.sampled_from(['"moved"', '"accepted"', '"tham_dinh"', '"phe_duyet"', '"Xã"']),
    "boolean": st.sampled_from(["true", "false"]),
}
NAMES = ["returned", "minutes_left", "owed", "event", "step", "agency_area", "overdue", "step_overdue"]
VALUES = {
    "number": st.integers(-3, 3),
    "string": st.sampled_from(["moved", "accepted", "tham_dinh", "phe_duyet", "Xã", ""]),
    "boolean": st.booleans(),
}


def kind(name):
    return str(FACTS[name].kind)


@st.composite
def comparisons(draw):
    name = draw(st.sampled_from(NAMES))
    constant = CONSTANTS[kind(name)]
    ordered = ["<", "<=", ">", ">="] if kind(name) == "number" else []
    shape = draw(st.sampled_from(["op", "turned", "in", "null", "bare"]))
    op = draw(st.sampled_from(["=", "!=", *ordered]))
    match shape:
        case "op":
            return f"{name} {op} {draw(constant)}"
        case "turned":
            return f"{draw(constant)} {op} {name}"
        case "in":
            listed = ", ".join(draw(st.lists(constant, min_size=1, max_size=3)))
            return f"{name} in ({listed})" if draw(st.booleans()) else f"{name} in [{listed}]"
        case "bare" if kind(name) == "boolean":
            return name
        case _:
            return f"{name} {draw(st.sampled_from(['=', '!=']))} null"


def combined(inner):
    several = st.lists(inner, min_size=2, max_size=3)
    return st.one_of(
        several.map(lambda parts: "(" + " and ".join(parts) + ")"),
        several.map(lambda parts: "(" + " or ".join(parts) + ")"),
        inner.map(lambda part: f"not({part})"),
    )


DAY = {"form.pages.chung.fields.+": {"id": "day", "type": "date", "label": "Ngày", "help": "Ngày cấp giấy."}}
DATED = load(patched(Patch(DAY)), "x.yaml").definition
CONDITIONS = st.recursive(comparisons(), combined, max_leaves=6)
PRESENT = {name: st.one_of(st.none(), VALUES[kind(name)]) for name in NAMES}


@given(CONDITIONS, st.lists(st.fixed_dictionaries(PRESENT), min_size=1, max_size=4))
def test_the_compiled_set_means_what_the_feel_means(when, examples):
    report = Report("x", Tree("", {}))
    rules, ruleset = compile_events([{"id": "r", "label": "R", "when": when, **ALERT}], KNOWN, (), report)
    if ruleset is None:
        assert {problem.code for problem in report.problems} == {"T101"}, report.problems
        return
    for facts in examples:
        context = {name: Decimal(v) if type(v) is int else v for name, v in facts.items()}
        assert (TWIN.holding(ruleset, facts) == ("r",)) is rules[0].when.truth(context), (when, facts)


@given(st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), st.one_of(st.none(), st.dates()), st.dates())
def test_dates_are_compared_as_dates(op, given_date, told):
    known = readable(DATED.fields, DATED.cases, DATED.workflow)
    when = f'day {op} date("{told.isoformat()}")'
    report = Report("x", Tree("", {}))
    raw = {"id": "r", "label": "R", "when": when, **ALERT}
    rules, ruleset = compile_events([raw], known, DATED.fields, report)
    asked = {"day": given_date}
    assert (TWIN.holding(ruleset, asked) == ("r",)) is rules[0].when.truth(asked)


def test_a_day_that_is_none_is_told():
    assert holds('day >= @"2026-01-02"', {"day": date(2026, 1, 2)}, put=DAY)
    (problem,) = problems('day >= date("2026-02-30")', put=DAY)
    assert (problem.code, "2026-02-30" in problem.message) == ("T100", True)


def test_rules_are_told_in_words():
    found = loaded(
        {"when": "returned >= 2 and minutes_left < 480", **ALERT},
        {
            "when": 'area = "xa" and step = "tham_dinh"',
            "assign": {"step": "tham_dinh", "unit": "kinh-te"},
            "source": {"text": "Điều 13"},
        },
        {
            "when": 'status = "solving" and step = "phe_duyet"',
            "take": {"step": "phe_duyet", "action": "duyet"},
        },
    )
    said = rules_in_words(found.definition)
    assert [each.when for each in said] == [
        "“số lần trả lại bước trước” không nhỏ hơn 2 và “số phút làm việc còn đến hạn trả” nhỏ hơn 480",
        "“Khu vực” là “Xã” và “bước đang mở” là “Thẩm định hồ sơ”",
        "“trạng thái hồ sơ” là “đang giải quyết” và “bước đang mở” là “Phê duyệt”",
    ]
    assert [each.proposes for each in said] == [
        "báo lãnh đạo cơ quan: Xem hồ sơ này.",
        "giao bước “Thẩm định hồ sơ” cho phòng có mã “kinh-te”.",
        "hệ thống chọn “Phê duyệt” ở bước “Phê duyệt”.",
    ]
    assert [each.source for each in said] == ["", "Điều 13", ""]


def of_facts(name):
    """Values that a fact really has: counts from 0, listed words, nothing where it is never absent."""
    fact = FACTS[name]
    values = st.sampled_from(KNOWN[name].choices) if KNOWN[name].choices else VALUES[kind(name)]
    if fact.least is not None:
        values = st.integers(fact.least, 3)
    return values if fact.always else st.one_of(st.none(), values)


@given(CONDITIONS, st.fixed_dictionaries({name: of_facts(name) for name in NAMES}))
def test_what_is_said_never_to_hold_holds_of_no_facts(when, facts):
    report = Report("x", Tree("", {}))
    _, ruleset = compile_events([{"id": "r", "label": "R", "when": when, **ALERT}], KNOWN, (), report)
    if ruleset is not None and TWIN.holding(ruleset, facts):
        assert any(may_hold(way, KNOWN) for way in ways(emit(ruleset.rules[0].when))), (when, facts)
