"""What definitions share, as YAML files in folders beside this one: how they are found, read and named by their ids."""

from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from definitions.problems import Problem
from definitions.reading import ReadingError, Tree, read

Found = tuple[Mapping[str, Any] | None, tuple[Problem, ...]]
"""One shared thing as raw data, or None, and what is wrong with it."""


@cache
def texts(folder: str) -> tuple[tuple[str, str], ...]:
    """(file name, text) of every YAML file of a folder of `definitions`, by file name."""
    found = [
        entry for entry in files("definitions").joinpath(folder).iterdir() if entry.name.endswith(".yaml")
    ]
    return tuple(
        (entry.name, entry.read_text(encoding="utf-8")) for entry in sorted(found, key=lambda e: e.name)
    )


def by_id(folder: str, load: Callable[[str, str], Found]) -> Mapping[str, Mapping[str, Any]]:
    """Raw data of every file of the folder; what is shipped must be right."""
    found: dict[str, Mapping[str, Any]] = {}
    for filename, text in texts(folder):
        raw, problems = load(text, filename)
        if raw is None:
            raise ValueError(f"definitions/{folder} có lỗi: {problems[0]}")
        found[raw["id"]] = raw
    return MappingProxyType(found)


def parsed(text: str, filename: str) -> tuple[Tree | None, tuple[Problem, ...]]:
    """The text with its positions, or the one thing that keeps it from being read."""
    try:
        return read(text), ()
    except ReadingError as error:
        path = ".".join(str(part) for part in error.path)
        mark = error.mark
        return None, (
            Problem(filename, mark.line, mark.column, path, error.code, "error", error.message, error.remedy),
        )
