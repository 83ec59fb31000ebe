"""The pure-Python engine: the meaning of the language, in as few lines as it can be said."""

from collections.abc import Mapping

from rules.events.model import All, Condition, Not, Op, Ruleset, Scalar, Some, Test


def holding(ruleset: Ruleset, facts: Mapping[str, Scalar]) -> tuple[str, ...]:
    """Ids of the rules that hold of projected facts, in the order of the rules."""
    return tuple(rule.id for rule in ruleset.rules if holds(rule.when, facts))


def holds(condition: Condition, facts: Mapping[str, Scalar]) -> bool:
    match condition:
        case All(parts):
            return all(holds(part, facts) for part in parts)
        case Some(parts):
            return any(holds(part, facts) for part in parts)
        case Not(part):
            return not holds(part, facts)
        case Test(field, op, values):
            return _passes(facts.get(field), op, values)


def _passes(value: Scalar | None, op: Op, wanted: tuple[Scalar, ...]) -> bool:
    if op is Op.NULL:
        return value is None
    if op is Op.NE:
        return value != wanted[0]
    if value is None:
        return False
    if op in {Op.EQ, Op.IN}:
        return value in wanted
    bound = wanted[0]
    assert isinstance(value, int)
    assert isinstance(bound, int)
    match op:
        case Op.LT:
            return value < bound
        case Op.LE:
            return value <= bound
        case Op.GT:
            return value > bound
        case _:
            return value >= bound
