"""The extension against its pure-Python twin: on random rules, and on the worst ones that the limits let through."""

import threading
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from rules.events import EventRules, EventRulesError, read, twin
from rules.events.extension import AVAILABLE, Compiled, EngineError
from rules.events.values import project

pytestmark = pytest.mark.skipif(
    not AVAILABLE, reason="durable_rules_engine is not installed on this Python: only the twin answers"
)

FIELDS = {"a": "number", "b": "number", "ten": "string", "x": "string", "co": "boolean", "ngay": "date"}
VALUES = {
    "a": [-3, 0, 1, 2**53 - 1],
    "b": [5, 480, -(2**53) + 1],
    "ten": ["Sơn La", unicodedata.normalize("NFD", "Sơn La"), 'a"b\\', "", "liquid"],
    "x": ["costarring", "5", "true", "\x00"],
    "co": [True, False],
    "ngay": ["2026-01-01", "2026-06-05"],
}
WIDE = {f"f{i}": "number" for i in range(100)}


def ask(field, op="=", *value):
    return {"field": field, "op": op, "value": value[0]} if value else {"field": field, "op": op}


def ruleset(fields, conditions):
    return read(
        {"fields": fields, "rules": [{"id": f"r{i}", "when": when} for i, when in enumerate(conditions)]}
    )


def agree(rules, *many):
    """The answers to each of the facts, after both engines gave the same."""
    compiled = Compiled(rules)
    try:
        for facts in many:
            projected = project(rules.fields, facts)
            assert compiled.holding(projected) == twin.holding(rules, projected)
    finally:
        compiled.close()
    return [twin.holding(rules, project(rules.fields, facts)) for facts in many]


@st.composite
def comparisons(draw):
    field = draw(st.sampled_from(list(FIELDS)))
    ordered = ["<", "<=", ">", ">="] if FIELDS[field] in {"number", "date"} else []
    op = draw(st.sampled_from(["=", "!=", "in", "is null", *ordered]))
    value = st.sampled_from(VALUES[field])
    if op == "is null":
        return ask(field, op)
    return ask(field, op, draw(st.lists(value, min_size=1, max_size=4) if op == "in" else value))


conditions = st.recursive(
    comparisons(),
    lambda inner: st.one_of(
        st.builds(lambda part: {"not": part}, inner),
        st.builds(
            lambda word, parts: {word: parts},
            st.sampled_from(["and", "or"]),
            st.lists(inner, min_size=1, max_size=4),
        ),
    ),
    max_leaves=12,
)
some_facts = st.fixed_dictionaries(
    {field: st.sampled_from([*values, None]) for field, values in VALUES.items()}
)


@settings(deadline=None, max_examples=200)
@given(st.lists(conditions, min_size=1, max_size=12), st.lists(some_facts, min_size=1, max_size=12))
def test_both_engines_agree_on_random_rules(whens, many):
    try:
        rules = ruleset(FIELDS, whens)
    except EventRulesError:
        reject()
    agree(rules, *many)


EVERYWHERE = [{f: 1 for f in WIDE}, {}, {f: -5 for f in WIDE}, {f: 999 for f in WIDE}, {"f0": 1, "f50": 3}]


@pytest.mark.parametrize(
    "whens",
    [
        [{"and": [ask(f"f{i % 100}", "<", 1000 + i), ask(f"f{i * 7 % 100}", ">=", -i)]} for i in range(200)],
        [ask(f"f{i // 48}", ("<=", ">=", "!=")[i % 3], i) for i in range(200)],
        [ask(f"f{i // 48}", "=", i % 48) for i in range(200)],
        [ask(f"f{i // 48}", "!=", i % 48) for i in range(200)],
        [ask(f"f{i}", "in", list(range(40))) for i in range(10)],
        [{"not": ask(f"f{i}", "in", list(range(2, 42)))} for i in range(10)],
        [{"and": [ask(f"f{i % 100}", ">=", i - 1000) for i in range(400)]}],
        [{"and": [ask(f"f{i % 100}", "!=", 5000 + i // 100) for i in range(5)]} for _ in range(9)],
        [{"or": [ask(f"f{(i + j * 56) % 100}", ">=", -1000 - j) for i in range(56)]} for j in range(7)],
        [
            {"or": [{"and": [ask(f"f{i}", ">=", 0), ask(f"f{i + 1}", ">=", 0)]} for i in range(56)]}
            for _ in range(3)
        ],
        [
            {"and": [{"or": [ask(f"f{2 * i}", "=", 1), ask(f"f{2 * i + 1}", "=", 1)]} for i in range(5)]}
            for _ in range(9)
        ],
        [{"or": [ask(f"f{i % 9}", "=", 1), ask(f"f{i % 9}", "=", 999)]} for i in range(200)],
        [{"or": [ask(f"f{i}", "is null"), {"not": ask(f"f{i}", "is null")}]} for i in range(100)],
    ],
    ids=[
        "mọi quy tắc cùng đúng",
        "một trường 48 lần",
        "bằng 48 lần",
        "khác và vắng mặt",
        "in dài nhất",
        "không in",
        "một dãy và 400",
        "khác nhiều trường",
        "56 cách cùng đúng",
        "56 cách, mỗi cách hai ô",
        "tích của các hoặc",
        "200 quy tắc giống nhau",
        "có mặt hay không",
    ],
)
def test_both_engines_agree_on_the_worst_the_limits_allow(whens):
    agree(ruleset(WIDE, whens), *EVERYWHERE)


def test_the_texts_and_names_that_confuse_the_engine_do_not():
    fields = {
        "liquid": "string",
        "costarring": "string",
        "$nex": "boolean",
        "sid": "number",
        "tên dài": "string",
    }
    whens = [
        ask("liquid", "=", "1"),
        ask("costarring", "=", "1"),
        ask("$nex", "=", True),
        ask("sid", "=", 1),
        ask("tên dài", "=", 'á"\\\n' * 100),
    ]
    assert agree(
        ruleset(fields, whens),
        {"costarring": "1"},
        {"liquid": "1", "$nex": True, "sid": 1, "tên dài": 'á"\\\n' * 100},
    ) == [
        ("r1",),
        ("r0", "r2", "r3", "r4"),
    ]


def test_a_set_never_keeps_anything_from_one_fact_to_the_next():
    rules = ruleset(FIELDS, [{"and": [ask("a", "=", 1), ask("b", "=", 5)]}])
    compiled = Compiled(rules)
    answers = [compiled.holding(facts) for facts in ({"a": 1}, {"b": 5}, {"a": 1, "b": 5}, {})]
    assert answers == [(), (), ("r0",), ()]
    compiled.close()


def test_a_closed_set_says_so_and_may_be_closed_again():
    compiled = Compiled(ruleset(FIELDS, [ask("a", "=", 1)]))
    compiled.close()
    compiled.close()
    with pytest.raises(EngineError, match="closed"):
        compiled.holding({"a": 1})


def test_the_store_is_bounded_by_networks_and_the_oldest_leave():
    store = EventRules(size=3)
    sets = [ruleset(FIELDS, [ask("a", "=", i)]) for i in range(5)]
    for rules in [*sets, sets[3], sets[0]]:
        assert store.holding(rules, {"a": sets.index(rules)}) == ("r0",)
    assert list(store._sets) == [sets[4].key, sets[3].key, sets[0].key]
    store.close()
    assert not store._sets
    assert store.holding(sets[0], {"a": 0}) == ("r0",)
    store.close()


def test_a_set_too_large_for_the_store_is_answered_by_the_twin():
    store = EventRules(size=1)
    rules = ruleset(WIDE, [ask(f"f{i % 100}", ">", i) for i in range(100)])
    assert store.holding(rules, {"f0": 1}) == ("r0",)
    assert store._sets == {rules.key: None}


def test_a_set_closed_under_its_user_is_answered_by_the_twin():
    store = EventRules()
    rules = ruleset(FIELDS, [ask("a", "=", 1)])
    assert store.holding(rules, {"a": 1}) == ("r0",)
    store._sets[rules.key].close()
    assert store.holding(rules, {"a": 1}) == ("r0",)
    store.close()


def test_threads_share_sets_while_others_are_evicted():
    store = EventRules(size=2)
    sets = [ruleset(FIELDS, [ask("a", "<", i), ask("a", ">=", i)]) for i in range(5)]
    wrong = []

    def work(offset):
        for i in range(150):
            bound = (i + offset) % 5
            value = i % 7
            expected = ("r0",) if value < bound else ("r1",)
            if store.holding(sets[bound], {"a": value}) != expected:
                wrong.append((bound, value))

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store.close()
    assert wrong == []


def test_facts_in_a_row_are_answered_one_by_one():
    rules = ruleset(FIELDS, [ask("a", ">=", i) for i in range(40)])
    answers = agree(rules, *({"a": i} for i in range(-1, 40)))
    assert all(len(later) == len(earlier) + 1 for earlier, later in pairwise(answers))
