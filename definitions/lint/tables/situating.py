"""A point of a table as the dossier that it stands for."""

from typing import Any

from definitions.lint.tables.domains import field_at, path_of
from definitions.model import Definition
from definitions.situation import Situation, plain
from rules.feel import FeelError, compile  # noqa: A004
from rules.tables.analysis import Given, Point


def situation(definition: Definition, point: Point) -> Situation:
    """Inputs that are no plain names say nothing of an answer and are left out."""
    answers: dict[str, Any] = {}
    facts: dict[str, Any] = {}
    for given in point.given:
        path = _path(given)
        if path is None:
            continue
        if field_at(definition, path):
            _put(answers, path, plain(given.value))
        else:
            facts[".".join(path)] = plain(given.value)
    return Situation(answers, facts, point.day)


def _path(given: Given) -> tuple[str, ...] | None:
    try:
        return path_of(compile(given.expression).tree)
    except FeelError:
        return None


def _put(into: dict[str, Any], path: tuple[str, ...], value: object) -> None:
    for name in path[:-1]:
        into = into.setdefault(name, {})
    into[path[-1]] = value
