"""How many mistakes the checks catch: good definitions, spoilt at random, of which those that change anything must be
told by the linter, by an example or by coverage.

    python scripts/mutations.py [--count 1000] [--seed 1]

A mistake that changes nothing anybody could notice (no answer is judged differently over hundreds of sample dossiers,
the workflow and what event rules ask are the same) is none and is not counted. What slips through is printed, so that a rule can be made of it.
"""

import argparse
import copy
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from typing import Any

from definitions.calendars import shipped as calendar
from definitions.documents.offering import steps_of
from definitions.event_rules import Alert
from definitions.lint.samples import Sample, samples
from definitions.loader import load
from definitions.model import Definition
from definitions.reading import read
from definitions.shipped import shipped
from rules.deadlines import due
from tthc.trials.check import check_text
from tthc.trials.run import run_all

EXPRESSIONS = (
    "when",
    "visible",
    "required",
    "compute",
    "rule",
    "amount",
    "times",
    "min",
    "max",
    "skip_when",
    "from",
    "value",
)
REFERENCES = (
    "to",
    "actor",
    "start",
    "on_timeout",
    "proof",
    "use",
    "type",
    "collect",
    "unit",
    "parent",
    "vocabulary",
    "step",
    "action",
)
LISTS = (
    "rows",
    "attachments",
    "cases",
    "deadline",
    "options",
    "fields",
    "checks",
    "exempt",
    "actions",
    "item",
    "more",
    "columns",
    "events",
)
SLOT = re.compile(r"\{\{[^}]*\}\}")
NUMBER = re.compile(r"(?<![\w.])\d+(?![\w.])")
NAME = re.compile(r'[^\W\d]\w{2,}(?![\w"])')
ORACLE = 400
"""Sample dossiers that a spoilt definition is compared with the good one over."""

Raw = dict[str, Any]
Place = tuple[Any, Any]  # the list or mapping, and the index or key in it


@dataclass(frozen=True)
class Mutant:
    """`kind`: what was done; `where`: a path; `raw`: the spoilt data."""

    kind: str
    where: str
    raw: Raw


@dataclass(frozen=True)
class Verdict:
    """`by`: what caught it: `lint`, `example`, `coverage`; empty: nothing did."""

    mutant: Mutant
    by: str


def places(raw: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """(path, holder, key) of every value; the definition's own examples and words for people are left alone."""
    items = raw.items() if isinstance(raw, dict) else enumerate(raw)
    for key, value in items:
        here = f"{path}.{key}" if path else str(key)
        if here in {
            "examples",
            "information",
            "keywords",
            "catalogue",
            "life_events",
            "applicant_kinds",
            "replaces",
        }:
            continue
        yield here, raw, key
        if isinstance(value, (dict, list)):
            yield from places(value, here)


def misspell(raw: Raw, chance: random.Random) -> str | None:
    """A letter of a name wrong, in an expression or a reference."""
    found = [
        (path, holder, key)
        for path, holder, key in places(raw)
        if key in (*EXPRESSIONS, *REFERENCES) and isinstance(holder[key], str) and NAME.search(holder[key])
    ]
    if not found:
        return None
    path, holder, key = chance.choice(found)
    name = chance.choice(list(NAME.finditer(holder[key])))
    at = chance.randrange(name.start(), name.end())
    text = holder[key]
    holder[key] = text[:at] + chance.choice("qxzw") + text[at + 1 :]
    return path


def cut_step(raw: Raw, chance: random.Random) -> str | None:
    """A step of the workflow gone."""
    steps = raw["workflow"].get("steps") if isinstance(raw["workflow"], dict) else None
    if not steps:
        return None
    at = chance.randrange(len(steps))
    del steps[at]
    return f"workflow.steps.{at}"


def cut_block(raw: Raw, chance: random.Random) -> str | None:
    """A piece of a printed document gone."""
    bodies = [
        (f"documents.{at}.body", document["body"])
        for at, document in enumerate(raw.get("documents", ()))
        if len(document.get("body", ())) > 1
    ]
    if not bodies:
        return None
    path, body = chance.choice(bodies)
    at = chance.randrange(len(body))
    del body[at]
    return f"{path}.{at}"


def spoil_slot(raw: Raw, chance: random.Random) -> str | None:
    """A placeholder of a printed document dropped, or a letter of a name in it wrong."""
    found = [
        (path, holder, key)
        for path, holder, key in places({"documents": raw.get("documents", [])})
        if isinstance(holder[key], str) and SLOT.search(holder[key])
    ]
    if not found:
        return None
    path, holder, key = chance.choice(found)
    slot = chance.choice(list(SLOT.finditer(holder[key])))
    text = holder[key]
    names = list(NAME.finditer(text, slot.start(), slot.end()))
    if names and chance.random() < 0.5:
        name = chance.choice(names)
        at = chance.randrange(name.start(), name.end())
        holder[key] = text[:at] + chance.choice("qxzw") + text[at + 1 :]
    else:
        holder[key] = text[: slot.start()] + text[slot.end() :]
    return path


def drop(raw: Raw, chance: random.Random) -> str | None:
    """An element of a list gone: a row, a paper, a case, a field, an option, an action."""
    found = [
        (path, holder[key])
        for path, holder, key in places(raw)
        if key in LISTS and isinstance(holder[key], list) and holder[key]
    ]
    if not found:
        return None
    path, elements = chance.choice(found)
    at = chance.randrange(len(elements))
    del elements[at]
    return f"{path}.{at}"


def drop_key(raw: Raw, chance: random.Random) -> str | None:
    """A condition or a property forgotten."""
    keys = (
        "when",
        "visible",
        "required",
        "min",
        "max",
        "effective",
        "times",
        "needs",
        "duration",
        "outcome",
        "cutoff",
    )
    found = [(path, holder, key) for path, holder, key in places(raw) if key in keys]
    if not found:
        return None
    path, holder, key = chance.choice(found)
    del holder[key]
    return path


def change_number(raw: Raw, chance: random.Random) -> str | None:
    """A number that is another one."""
    return _number(raw, chance, lambda n: chance.choice([n + 1, n * 10, max(n - 1, 0)]))


def change_kind(raw: Raw, chance: random.Random) -> str | None:
    """A number, a truth value or a text of another kind."""
    found = [
        (path, holder, key)
        for path, holder, key in places(raw)
        if isinstance(holder[key], (int, float, bool, str))
    ]
    path, holder, key = chance.choice(found)
    value = holder[key]
    holder[key] = chance.choice(
        [7, ["x"], {"x": 1}] if isinstance(value, str) else ["nhiều", [value], {"x": value}, None]
    )
    return path


def change_choice(raw: Raw, chance: random.Random) -> str | None:
    """Another of the words that the language allows in this place."""
    words = {
        "unit": ["working_day", "day", "working_hour", "month"],
        "collect": ["before_acceptance", "at_return"],
        "outcome": ["returned", "declined"],
        "actor": ["tham_dinh", "phe_duyet", "van_thu", "tiep_nhan"],
        "kind": ["phi", "le_phi"],
    }
    found = [
        (path, holder, key, [word for word in words[key] if word != holder[key]])
        for path, holder, key in places(raw)
        if key in words and holder[key] in words[key]
    ]
    if not found:
        return None
    path, holder, key, others = chance.choice(found)
    holder[key] = chance.choice(others)
    return path


def turn(raw: Raw, chance: random.Random) -> str | None:
    """A condition turned round: `=` for `!=`, `<` for `>=`, `and` for `or`."""
    swaps = [
        (" = ", " != "),
        (" != ", " = "),
        (" > ", " <= "),
        (" < ", " >= "),
        (" and ", " or "),
        (" or ", " and "),
        (">=", "<"),
        ("<=", ">"),
    ]
    found = [
        (path, holder, key, old, new)
        for path, holder, key in places(raw)
        if key in EXPRESSIONS and isinstance(holder[key], str)
        for old, new in swaps
        if old in holder[key]
    ]
    if not found:
        return None
    path, holder, key, old, new = chance.choice(found)
    holder[key] = holder[key].replace(old, new, 1)
    return path


def _number(raw: Raw, chance: random.Random, change: Callable[[Any], Any]) -> str | None:
    found = [
        (path, holder, key)
        for path, holder, key in places(raw)
        if isinstance(holder[key], (int, float)) and not isinstance(holder[key], bool)
    ]
    if not found:
        return None
    path, holder, key = chance.choice(found)
    holder[key] = change(holder[key])
    return path


def spoil_event(raw: Raw, chance: random.Random) -> str | None:
    """An event rule that asks for another number, turns a comparison round, or tells somebody else."""
    if not raw.get("events"):
        return None
    at = chance.randrange(len(raw["events"]))
    rule = raw["events"][at]
    numbers = list(NUMBER.finditer(rule["when"]))
    match chance.choice(["number", "turn", "function"]):
        case "number" if numbers:
            found = chance.choice(numbers)
            value = int(found[0]) * chance.choice([3, 10]) + 1
            rule["when"] = f"{rule['when'][: found.start()]}{value}{rule['when'][found.end() :]}"
        case "function" if "alert" in rule:
            others = {"tham_dinh", "phe_duyet", "van_thu", "tiep_nhan", "giam_doc"} - {rule["alert"]["to"]}
            rule["alert"]["to"] = chance.choice(sorted(others))
        case _:
            return turn({"events": [rule]}, chance) and f"events.{at}.when"
    return f"events.{at}"


KINDS: Mapping[str, Callable[[Raw, random.Random], str | None]] = {
    "name misspelt": misspell,
    "step cut": cut_step,
    "block of a document cut": cut_block,
    "placeholder spoilt": spoil_slot,
    "row or part dropped": drop,
    "property dropped": drop_key,
    "number changed": change_number,
    "kind changed": change_kind,
    "word changed": change_choice,
    "condition turned": turn,
    "event rule spoilt": spoil_event,
}


def mutants(texts: Mapping[str, str], chance: random.Random) -> Iterator[tuple[str, Mutant]]:
    """(name of the definition, mutant) without end."""
    data = {name: json.loads(json.dumps(read(text).data, default=float)) for name, text in texts.items()}
    names, kinds = sorted(data), sorted(KINDS)
    while True:
        name, kind = chance.choice(names), chance.choice(kinds)
        raw = copy.deepcopy(data[name])
        where = KINDS[kind](raw, chance)
        if where is not None and raw != data[name]:
            yield name, Mutant(kind, where, raw)


def judge(name: str, text: str, mutant: Mutant) -> Verdict | None:
    """What catches the mutant; None where it changes nothing."""
    spoilt = json.dumps(mutant.raw, ensure_ascii=False)
    loaded = load(spoilt, name)
    if loaded.definition is None:
        return Verdict(mutant, "lint")
    if not changes(text, name, loaded.definition):
        return None
    known = {(p.code, p.message) for p in load(text, name).problems}
    if any((p.code, p.message) not in known for p in loaded.problems):
        return Verdict(mutant, "lint")
    codes = {p.code[0] for p in check_text(spoilt, name).problems}
    return Verdict(mutant, "example" if "X" in codes else "coverage" if "C" in codes else "")


def changes(text: str, name: str, spoilt: Definition) -> bool:
    """Whether any sample dossier is judged differently, or the workflow or what people read is another."""
    good = _good(name, text)
    same = replace(spoilt, hash=good.hash, whole_form=good.whole_form) == replace(good)
    if same:
        return False
    if (
        _drawn(spoilt) != _drawn(good)
        or _watching(spoilt) != _watching(good)
        or spoilt.service_level != good.service_level
    ):
        return True
    if _printed(spoilt) != _prints(name, text):
        return True
    return any(_judged(spoilt, sample) != before for sample, before in _answers(name, text))


@cache
def _good(name: str, text: str) -> Definition:
    found = load(text, name).definition
    assert found is not None
    return found


@cache
def _prints(name: str, text: str) -> object:
    return _printed(_good(name, text))


def _printed(definition: Definition) -> object:
    """What each example's dossier is printed as, and where."""
    return (
        [(document.id, steps_of(document, definition.workflow)) for document in definition.documents],
        [[made.text for made in result.documents] for result in run_all(definition, calendar())],
    )


@cache
def _answers(name: str, text: str) -> tuple[tuple[Sample, object], ...]:
    good = _good(name, text)
    return tuple((sample, _judged(good, sample)) for sample in islice(samples(good), ORACLE))


def _judged(definition: Definition, sample: Sample) -> object:
    found = sample.assessed(definition)
    return (
        None if found.case is None else found.case.id,
        found.submission.valid,
        found.submission.visible,
        sorted((fee.id, fee.amount, fee.collect, fee.kind) for fee in found.fees),
        sorted((paper.id, paper.required, paper.original, paper.copy) for paper in found.papers),
        None if found.deadline is None else due(found.deadline.rule, sample.submitted_at, calendar()).at,
    )


def _drawn(definition: Definition) -> object:
    """The workflow without its expressions, which compare by identity."""
    return [
        (
            step.id, step.actor, step.phase, step.duration, step.on_timeout, step.join,
            None if step.skip_when is None else step.skip_when.text,
            [
                (a.id, a.targets, a.needs, a.outcome, None if a.when is None else a.when.text,
                 [None if b.when is None else b.when.text for b in a.split])
                for a in step.actions
            ],
        )
        for step in definition.workflow.steps
    ]  # fmt: skip


def _watching(definition: Definition) -> object:
    """What event rules ask and propose; what they are called and say is for people."""
    ruleset = definition.ruleset
    return (
        None if ruleset is None else ruleset.key,
        [
            (rule.id, (rule.proposes.to,) if isinstance(rule.proposes, Alert) else rule.proposes)
            for rule in definition.event_rules
        ],
    )


def run(count: int, seed: int) -> tuple[list[Verdict], int]:
    """The verdicts on `count` mutants that change something, and how many others were passed over."""
    texts = dict(shipped())
    verdicts: list[Verdict] = []
    equal = 0
    for name, mutant in mutants(texts, random.Random(seed)):  # noqa: S311 — no secret is made here
        verdict = judge(name, texts[name], mutant)
        if verdict is None:
            equal += 1
            continue
        verdicts.append(replace(verdict, mutant=replace(mutant, where=f"{name} {mutant.where}")))
        if len(verdicts) == count:
            return verdicts, equal
    raise AssertionError("mutants never end")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    verdicts, equal = run(arguments.count, arguments.seed)
    told = [f"{v.mutant.kind}: {v.mutant.where}" for v in verdicts if not v.by]
    by = Counter(v.by or "nothing" for v in verdicts)
    kinds = Counter(v.mutant.kind for v in verdicts)
    caught = Counter(v.mutant.kind for v in verdicts if v.by)
    rate = 100 * (1 - len(told) / len(verdicts))
    lines = [
        *(f"not caught: {line}" for line in told),
        f"{len(verdicts)} mutants that change something ({equal} that change nothing passed over)",
        *(f"  caught by {name}: {number}" for name, number in by.most_common()),
        *(f"  {kind}: {caught[kind]} of {kinds[kind]}" for kind in sorted(kinds)),
        f"caught: {rate:.1f} %",
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
