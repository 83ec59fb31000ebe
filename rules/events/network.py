"""From conditions to what the rule engine is given: a small, safe part of what it accepts.

Only integers are compared: text becomes its number among the texts the rules name (0: none of them). Field names
become `f0, f1, …`, each with a flag `pf0, …` that says whether it is present, because the engine's own test of
absence is wrong. Negation is pushed down to the comparisons, and every way for a rule to be true becomes a plain
conjunction of its own, because the engine bears few branches within one rule. They are dealt into several networks,
so that one never holds more of them than the engine's stack bears.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from math import prod

from rules.events.model import MAX_PATHS, MAX_TESTS, All, Condition, Not, Op, Ruleset, Scalar, Some, Test

_OPPOSITE = {Op.LT: Op.GE, Op.GE: Op.LT, Op.GT: Op.LE, Op.LE: Op.GT}
_WORDS = {Op.LT: "$lt", Op.LE: "$lte", Op.GT: "$gt", Op.GE: "$gte", Op.NE: "$neq"}


@dataclass(frozen=True, slots=True)
class Leaf:
    """One comparison as the engine makes it; `value=None` compares the presence flag with `present`."""

    field: str
    op: Op
    value: Scalar | None = None
    present: bool = False


@dataclass(frozen=True, slots=True)
class Branch:
    """`word` is `$and` or `$or`; at least two parts."""

    word: str
    parts: tuple["Node", ...]


Node = Leaf | Branch


def emit(condition: Condition, negated: bool = False) -> Node:
    """The condition without any `not` in it."""
    match condition:
        case Not(part):
            return emit(part, not negated)
        case All(parts):
            return _branch("$or" if negated else "$and", [emit(part, negated) for part in parts])
        case Some(parts):
            return _branch("$and" if negated else "$or", [emit(part, negated) for part in parts])
        case Test():
            return _test(condition, negated)


def _test(test: Test, negated: bool) -> Node:
    """A comparison, or its negation, which is true of an absent field (as `!=` is by itself)."""
    field, op = test.field, test.op
    if op is Op.NULL:
        return Leaf(field, op, present=negated)
    if op is Op.NE:
        op, negated = Op.EQ, not negated
    if op in _OPPOSITE:
        if not negated:
            return Leaf(field, op, test.values[0])
        return _branch("$or", [Leaf(field, _OPPOSITE[op], test.values[0]), Leaf(field, Op.NULL)])
    if not negated:
        return _branch("$or", [Leaf(field, Op.EQ, value) for value in test.values])
    unlike = _branch("$and", [Leaf(field, Op.NE, value) for value in test.values])
    return _branch("$or", [unlike, Leaf(field, Op.NULL)])


def _branch(word: str, parts: list[Node]) -> Node:
    """Equal parts are said once, and a branch within a branch of its own kind is part of it."""
    flat: dict[Node, None] = {}
    for part in parts:
        inner = part.parts if isinstance(part, Branch) and part.word == word else (part,)
        flat.update(dict.fromkeys(inner))
    return next(iter(flat)) if len(flat) == 1 else Branch(word, tuple(flat))


def paths(node: Node) -> int:
    """How many conjunctions the node is the alternative of, at most: so many matches may wait at once."""
    if isinstance(node, Leaf):
        return 1
    counts = [paths(part) for part in node.parts]
    if node.word == "$or":
        return sum(counts)
    return prod(counts)


def ways(node: Node) -> tuple[tuple[Leaf, ...], ...]:
    """The conjunctions of which at least one holds where the node does; ask `paths` first how many there may be."""
    if isinstance(node, Leaf):
        return ((node,),)
    inner = [ways(part) for part in node.parts]
    if node.word == "$or":
        found = [way for part in inner for way in part]
    else:
        found = [tuple(dict.fromkeys(leaf for way in chosen for leaf in way)) for chosen in product(*inner)]
    return tuple({frozenset(way): way for way in found}.values())


@dataclass(frozen=True, slots=True)
class Network:
    """`shards`: what the engine is given, one mapping a network; the ways of rule *n* are `r<n>_0`, `r<n>_1` …, the catch-all is `z`."""

    shards: tuple[Mapping[str, object], ...]
    aliases: Mapping[str, str]
    texts: Mapping[str, Mapping[str, int]]

    def fact(self, facts: Mapping[str, Scalar]) -> dict[str, int | str]:
        """Projected facts as the message that is asserted."""
        message: dict[str, int | str] = {"zz": 1, "id": "f", "sid": "s"}
        for field, alias in self.aliases.items():
            value = facts.get(field)
            message[f"p{alias}"] = int(value is not None)
            if value is not None:
                message[alias] = self.texts[field].get(value, 0) if isinstance(value, str) else value
        return message


def build(ruleset: Ruleset) -> Network:
    """The networks of checked rules. A catch-all comes last in each, so that something always fires."""
    writer = _Writer()
    shards: list[dict[str, object]] = [{}]
    compared = 0
    for number, rule in enumerate(ruleset.rules):
        for at, way in enumerate(ways(emit(rule.when))):
            if len(shards[-1]) >= MAX_PATHS or compared + len(way) > MAX_TESTS:
                shards.append({})
                compared = 0
            compared += len(way)
            tests = [writer.write(leaf) for leaf in way]
            match = tests[0] if len(tests) == 1 else {"$and": tests}
            shards[-1][f"r{number}_{at}"] = {"pri": number + 1, "all": [{"m": match}]}
    for shard in shards:
        shard["z"] = {"pri": len(ruleset.rules) + 1, "all": [{"m": {"zz": 1}}]}
    return Network(tuple(shards), writer.aliases, writer.texts)


class _Writer:
    def __init__(self) -> None:
        self.aliases: dict[str, str] = {}
        self.texts: dict[str, dict[str, int]] = {}

    def write(self, leaf: Leaf) -> dict[str, object]:
        alias = self.aliases.setdefault(leaf.field, f"f{len(self.aliases)}")
        texts = self.texts.setdefault(leaf.field, {})
        if leaf.value is None:
            return {f"p{alias}": int(leaf.present)}
        value = leaf.value
        if isinstance(value, str):
            value = texts.setdefault(value, len(texts) + 1)
        return {alias: value} if leaf.op is Op.EQ else {_WORDS[leaf.op]: {alias: value}}
