"""Event rules: what a dossier's facts call for after an event (routing, alerts), proposed and never done.

rules = read({"fields": {"con_lai": "number"}, "rules": [{"id": "gap", "when": {...}}]})
EventRules().holding(rules, {"con_lai": 240})       # ("gap",)
"""

from rules.events.engine import EventRules, engine_name
from rules.events.model import EventRule, EventRulesError, FactError, Kind, Op, RuleProblem, Ruleset
from rules.events.reading import read

__all__ = [
    "EventRule",
    "EventRules",
    "EventRulesError",
    "FactError",
    "Kind",
    "Op",
    "RuleProblem",
    "Ruleset",
    "engine_name",
    "read",
]
