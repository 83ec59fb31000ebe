import importlib.util
import sys
import unicodedata
from datetime import date
from decimal import Decimal

import pytest

from rules.events import EventRules, FactError, engine_name, extension, read
from rules.events import engine as engine_module
from rules.events.extension import AVAILABLE, EngineError

FIELDS = {"so": "number", "ten": "string", "co": "boolean", "ngay": "date"}
PYTHON = EventRules(use_extension=False)


def holds(when, **facts):
    rules = read({"fields": FIELDS, "rules": [{"id": "a", "when": when}]})
    return PYTHON.holding(rules, facts) == ("a",)


def ask(field, op, *value):
    return {"field": field, "op": op, "value": value[0]} if value else {"field": field, "op": op}


@pytest.mark.parametrize(
    ("op", "value", "below", "equal", "above", "absent"),
    [
        ("=", 5, False, True, False, False),
        ("!=", 5, True, False, True, True),
        ("<", 5, True, False, False, False),
        ("<=", 5, True, True, False, False),
        (">", 5, False, False, True, False),
        (">=", 5, False, True, True, False),
        ("in", [5, 7], False, True, False, False),
    ],
)
def test_comparisons_and_their_negation_are_two_valued(op, value, below, equal, above, absent):
    for facts, expected in (({"so": 4}, below), ({"so": 5}, equal), ({"so": 6}, above), ({}, absent)):
        assert holds(ask("so", op, value), **facts) is expected
        assert holds({"not": ask("so", op, value)}, **facts) is not expected


def test_absence():
    assert holds(ask("so", "is null"))
    assert holds(ask("so", "is null"), so=None)
    assert not holds(ask("so", "is null"), so=0)
    assert not holds(ask("ten", "is null"), ten="")


def test_and_or_not():
    small, named = ask("so", "<", 5), ask("ten", "=", "A")
    assert holds({"and": [small, named]}, so=1, ten="A")
    assert not holds({"and": [small, named]}, so=1)
    assert holds({"or": [small, named]}, ten="A")
    assert not holds({"or": [small, named]}, so=9, ten="B")
    assert holds({"not": {"or": [small, named]}}, so=9, ten="B")


def test_values_are_compared_by_meaning_not_by_form():
    assert holds(ask("ten", "=", "Sơn La"), ten=unicodedata.normalize("NFD", "Sơn La"))
    assert holds(ask("so", "=", Decimal("2.0")), so=Decimal(2))
    assert holds(ask("ngay", ">", "2026-01-31"), ngay=date(2026, 2, 1))
    assert holds(ask("ngay", "=", date(2026, 2, 1)), ngay="2026-02-01")
    assert not holds(ask("ten", "=", "1"), ten="true")


@pytest.mark.parametrize(
    "facts",
    [
        {"so": "7"},
        {"so": True},
        {"so": 1.5},
        {"so": Decimal("0.5")},
        {"so": Decimal("NaN")},
        {"so": 2**53},
        {"ten": 5},
        {"co": 1},
        {"ngay": "hôm nay"},
        {"ngay": 5},
    ],
)
def test_facts_are_never_coerced(facts):
    with pytest.raises(FactError, match="phải là"):
        holds(ask("so", "is null"), **facts)


def test_other_facts_are_left_out():
    assert holds(ask("so", "=", 1), so=1, la="gì cũng được")


def test_answers_come_in_the_order_of_the_rules():
    rules = read(
        {"fields": FIELDS, "rules": [{"id": name, "when": ask("so", ">", 0)} for name in ("z", "a", "m")]}
    )
    assert PYTHON.holding(rules, {"so": 1}) == ("z", "a", "m")
    assert PYTHON.holding(rules, {"so": 0}) == ()


def test_the_engine_tells_its_name():
    assert engine_name() == ("durable_rules" if AVAILABLE else "python")


def test_without_the_extension_nothing_is_compiled(monkeypatch):
    monkeypatch.setitem(sys.modules, "durable_rules_engine", None)
    spec = importlib.util.spec_from_file_location("extension_elsewhere", extension.__file__)
    elsewhere = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(elsewhere)
    rules = read({"fields": FIELDS, "rules": [{"id": "a", "when": ask("so", "=", 1)}]})
    assert elsewhere.AVAILABLE is False
    with pytest.raises(elsewhere.EngineError, match="not installed"):
        elsewhere.Compiled(rules)


def test_a_set_the_engine_refuses_is_answered_by_the_twin(monkeypatch, caplog):
    made = []

    def refuse(ruleset):
        made.append(ruleset.key)
        raise EngineError("ruleset refused")

    monkeypatch.setattr(engine_module, "Compiled", refuse)
    rules = read({"fields": FIELDS, "rules": [{"id": "a", "when": ask("so", "=", 1)}]})
    store = EventRules(use_extension=True)
    assert store.holding(rules, {"so": 1}) == ("a",)
    assert store.holding(rules, {"so": 2}) == ()
    assert len(made) == 1
    assert "answered in Python" in caplog.text


def test_a_set_that_fails_is_dropped_and_answered_by_the_twin(monkeypatch, caplog):
    class Failing:
        size = 1

        def __init__(self, ruleset):
            pass

        def holding(self, facts):
            raise EngineError("ruleset dropped: error code: 303")

    monkeypatch.setattr(engine_module, "Compiled", Failing)
    rules = read({"fields": FIELDS, "rules": [{"id": "a", "when": ask("so", "=", 1)}]})
    store = EventRules(use_extension=True)
    assert [store.holding(rules, {"so": 1}) for _ in range(3)] == [("a",)] * 3
    assert caplog.text.count("303") == 1
