"""What examples speak of: answers by field, expectations by id, the officials' acts by action."""

from collections.abc import Mapping, Sequence
from typing import Any

from definitions.raw import mapping, rows
from definitions.reading.tree import Path
from definitions.references.model import Acted, Shape, Use
from definitions.references.telling import Walk


def examples(walk: Walk, value: Any) -> None:
    for at, example in rows(value):
        path: Path = ("examples", at)
        walk.answers(example.get("answers"), (*path, "answers"), Shape(fields=walk.declared.fields))
        walk.each(example.get("papers"), (*path, "papers"), walk.declared.papers)
        expected: Mapping[str, Any] = {}
        for number, trial in rows(example.get("steps")):
            _trial(walk, trial, (*path, "steps", number), expected)
            expected = mapping(trial.get("expect"))
        _expected(walk, mapping(example.get("expect")), (*path, "expect"))


def _expected(walk: Walk, expect: Mapping[str, Any], path: Path) -> None:
    known_of = walk.declared
    walk.whole(expect.get("case"), (*path, "case"), known_of.cases)
    for key, among in (
        ("papers", known_of.papers),
        ("optional", known_of.papers),
        ("documents", known_of.documents),
    ):
        walk.each(expect.get(key), (*path, key), among)
    for key, among in (
        ("fees", known_of.fees),
        ("collect", known_of.fees),
        ("copies", known_of.papers),
        ("printed", known_of.documents),
    ):
        walk.keys(expect.get(key), (*path, key), among)
    for key in ("errors", "visible", "hidden"):
        paths = expect.get(key)
        for at, each in enumerate(paths if isinstance(paths, list) else ()):
            walk.dotted(each, (*path, key, at), known_of.fields, numbers=True)
    walk.answers(expect.get("values"), (*path, "values"), Shape(fields=known_of.fields))


def _trial(walk: Walk, trial: Mapping[str, Any], path: Path, before: Mapping[str, Any]) -> None:
    """`before`: what was expected of the act before this one."""
    known_of, expect = walk.declared, mapping(trial.get("expect"))
    _act(walk, trial.get("do"), (*path, "do"), before)
    if trial.get("do") in {"begin", "child", "verify"}:
        walk.whole(trial.get("for"), (*path, "for"), known_of.steps)
    walk.answers(trial.get("answers"), (*path, "answers"), Shape(fields=known_of.fields))
    walk.each(trial.get("papers"), (*path, "papers"), known_of.papers)
    items = trial.get("items")
    for at, item in enumerate(items if isinstance(items, list) else ()):
        if item in known_of.papers:
            walk.whole(item, (*path, "items", at), known_of.papers)
        else:
            walk.dotted(item, (*path, "items", at), known_of.fields, numbers=True)
    here = (*path, "expect")
    walk.whole(expect.get("step"), (*here, "step"), known_of.steps)
    walk.each(expect.get("tasks"), (*here, "tasks"), known_of.steps)
    walk.keys(expect.get("actors"), (*here, "actors"), known_of.steps)
    for key in ("events", "refused"):
        walk.each(expect.get(key), (*here, key), known_of.events)


def _act(walk: Walk, done: Any, path: Path, before: Mapping[str, Any]) -> None:
    """The action of a step: of that which the run of the example came by; else of the only one that has it, or the only
    one of those that were expected to be open.
    """
    having = [at for at, actions in walk.declared.actions.items() if done in actions]
    if not having:
        return
    example, number = path[1], path[3]
    at = walk.acted.get((int(example), int(number)))
    if at not in having:
        likely = having if len(having) == 1 else [each for each in having if each in _open(walk, before)]
        if len(likely) != 1:
            walk.unsure.append((path, str(done)))
            return
        at = likely[0]
    symbol = walk.declared.actions[at][str(done)]
    walk.uses.append(Use(symbol, path, 0, len(symbol.id)))


def _open(walk: Walk, before: Mapping[str, Any]) -> set[str | int]:
    """Numbers of the steps that were expected to be open."""
    told = [before.get("step"), *(before.get("tasks") or ())]
    return {walk.declared.steps[each].path[2] for each in told if each in walk.declared.steps}


def acted(data: Any, passages: Sequence[Sequence[tuple[str, str]]]) -> Acted:
    """`passages`: of each example every move of its run, (step, action) by id, in their order."""
    steps = {step.get("id"): at for at, step in rows(mapping(mapping(data).get("workflow")).get("steps"))}
    found: dict[tuple[int, int], int] = {}
    for (at, example), moves in zip(rows(mapping(data).get("examples")), passages, strict=False):
        place = 0
        for number, trial in rows(example.get("steps")):
            for move in range(place, len(moves)):
                step, action = moves[move]
                if action == trial.get("do") and step in steps:
                    found[at, number] = steps[step]
                    place = move + 1
                    break
    return found
