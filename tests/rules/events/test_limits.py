"""The extension at its edges: at each limit of the language, just before it and, where rules allow, just past the engine's own."""

import unicodedata

import pytest

from rules.events import EventRulesError, read, twin
from rules.events.extension import AVAILABLE, Compiled
from rules.events.model import MAX_NUMBER, MAX_PATHS, MAX_TESTS_PER_FIELD, MAX_TEXT
from rules.events.values import project

pytestmark = pytest.mark.skipif(
    not AVAILABLE, reason="durable_rules_engine is not installed on this Python: only the twin answers"
)


def ask(field, op="=", *value):
    return {"field": field, "op": op, "value": value[0]} if value else {"field": field, "op": op}


def answers(fields, whens, *many):
    """What both engines say of each of the facts; the extension must say what the twin says."""
    rules = read({"fields": fields, "rules": [{"id": f"r{i}", "when": when} for i, when in enumerate(whens)]})
    compiled = Compiled(rules)
    try:
        found = [compiled.holding(project(fields, facts)) for facts in many]
    finally:
        compiled.close()
    assert found == [twin.holding(rules, project(fields, facts)) for facts in many]
    return found


# 56 is where a set is split, 64 what the engine's stack holds, 65 its error 303
@pytest.mark.parametrize("count", [55, 56, 57, 63, 64, 65, 112, 113, 200])
def test_so_many_rules_hold_at_once(count):
    fields = {f"f{i}": "number" for i in range(100)}
    whens = [ask(f"f{i % 100}", ">=", i // 100) for i in range(count)]
    every, none = answers(fields, whens, dict.fromkeys(fields, 5), {})
    assert every == tuple(f"r{i}" for i in range(count))
    assert none == ()


@pytest.mark.parametrize("others", [0, 1, 7, 8, 9])
def test_a_rule_true_in_as_many_ways_as_may_be_holds_once_beside_others(others):
    fields = {f"f{i}": "number" for i in range(100)}
    widest = {"or": [ask(f"f{i}", ">", 0) for i in range(MAX_PATHS)]}
    ((*found,),) = answers(
        fields, [widest, *(ask(f"f{60 + i}", ">", 0) for i in range(others))], dict.fromkeys(fields, 1)
    )
    assert found == [f"r{i}" for i in range(others + 1)]


def test_a_rule_true_in_one_way_more_is_refused_with_its_place():
    fields = {f"f{i}": "number" for i in range(100)}
    with pytest.raises(EventRulesError) as caught:
        answers(fields, [{"or": [ask(f"f{i}", ">", 0) for i in range(MAX_PATHS + 1)]}])
    assert [problem.path for problem in caught.value.problems] == ["rules[0].when"]


@pytest.mark.parametrize("op", ["=", "!=", "<", "<=", ">", ">="])
def test_one_field_is_compared_as_often_as_may_be(op):
    whens = [ask("a", op, i) for i in range(MAX_TESTS_PER_FIELD)]
    answers({"a": "number"}, whens, *({"a": i} for i in (-1, 0, 20, MAX_TESTS_PER_FIELD)), {})


def test_the_widest_table_compares_every_field_in_every_rule():
    fields = {f"f{i}": "number" for i in range(100)}
    whens = [{"and": [ask(f"f{j}", ">=", 10 * row + j % 3) for j in range(100)]} for row in range(4)]
    assert answers(fields, whens, dict.fromkeys(fields, 100), dict.fromkeys(fields, 12), {"f0": 100}, {}) == [
        ("r0", "r1", "r2", "r3"),
        ("r0", "r1"),
        (),
        (),
    ]


@pytest.mark.parametrize("turns", [6, 7])
def test_conditions_as_deep_as_may_be(turns):
    when = ask("a", "<", 5)
    for _ in range(turns):
        when = {"not": when}
    small, large, absent = answers({"a": "number"}, [when], {"a": 1}, {"a": 9}, {})
    assert (small, large, absent) == ((("r0",), (), ()) if turns % 2 == 0 else ((), ("r0",), ("r0",)))


def test_alternating_depth():
    when = ask("f0", "=", 0)
    for i in range(1, 8):
        when = {("and", "or")[i % 2]: [when, ask(f"f{i}", "=", i)]}
    fields = {f"f{i}": "number" for i in range(8)}
    answers(fields, [when], {f: i for i, f in enumerate(fields)}, {"f7": 7}, {"f0": 0, "f2": 2}, {})


def test_texts_as_long_as_may_be_differ_in_their_last_character():
    long = "ệ" * (MAX_TEXT - 1)
    whens = [ask("ten", "=", f"{long}a"), ask("ten", "=", f"{long}b")]
    facts = ({"ten": f"{long}a"}, {"ten": f"{long}b"}, {"ten": long}, {"ten": f"{long}a" * 9})
    assert answers({"ten": "string"}, whens, *facts) == [("r0",), ("r1",), (), ()]


@pytest.mark.parametrize("text", ["Sơn La", "Đắk Lắk", "Hoà Bình", "𝒳", '\\u01a1"', "\ud83d"])
def test_texts_are_equal_however_their_marks_are_composed(text):
    facts = [{"ten": unicodedata.normalize(form, text)} for form in ("NFC", "NFD")]
    whens = [ask("ten", "=", text), ask("ten", "=", unicodedata.normalize("NFD", text) + "x")]
    assert answers({"ten": "string"}, whens, *facts) == [("r0",), ("r0",)]


def test_escaped_letters_are_the_letters_they_stand_for_only_where_json_says_so():
    whens = [ask("ten", "=", "Sơn La"), ask("ten", "=", "S\\u01a1n La")]
    assert answers({"ten": "string"}, whens, {"ten": "S\u01a1n La"}, {"ten": "S\\u01a1n La"}) == [
        ("r0",),
        ("r1",),
    ]


@pytest.mark.parametrize("bound", [MAX_NUMBER - 1, MAX_NUMBER, 1 - MAX_NUMBER, -MAX_NUMBER])
def test_neighbours_at_the_end_of_the_whole_numbers_are_told_apart(bound):
    near = [n for n in (bound - 1, bound, bound + 1) if abs(n) <= MAX_NUMBER]
    whens = [ask("a", op, bound) for op in ("=", "!=", "<", "<=", ">", ">=")]
    answers({"a": "number"}, whens, *({"a": n} for n in near))


def test_nothing_is_taken_for_something_of_another_kind():
    fields = {"so": "number", "ten": "string", "co": "boolean"}
    whens = [
        ask("so", ">", 5),
        ask("ten", "=", "5"),
        ask("co", "=", True),
        ask("so", "=", 1),
        ask("ten", "=", "true"),
    ]
    assert answers(
        fields, whens, {"ten": "7"}, {"so": 5}, {"ten": "5"}, {"co": True}, {"so": 1}, {"ten": "true"}
    ) == [(), (), ("r1",), ("r2",), ("r3",), ("r4",)]


@pytest.mark.parametrize(
    ("one", "other"), [("liquid", "costarring"), ("declinate", "macallums"), ("altarage", "zinke")]
)
def test_names_of_one_hash_are_two_fields(one, other):
    fields = {one: "number", other: "number"}
    whens = [
        ask(one, "=", 1),
        ask(other, "=", 1),
        ask(one, "is null"),
        {"and": [ask(one, ">", 0), ask(other, ">", 0)]},
    ]
    assert answers(fields, whens, {one: 1}, {other: 1}, {one: 1, other: 1}, {}) == [
        ("r0",),
        ("r1", "r2"),
        ("r0", "r1", "r3"),
        ("r2",),
    ]
