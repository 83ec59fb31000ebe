"""The shared blocks: `*.yaml` beside this file, groups of fields that any definition asks for by `type: person`."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from definitions.problems import Problem, Report
from definitions.reading import ReadingError, read
from definitions.shape import check_shape


@cache
def texts() -> tuple[tuple[str, str], ...]:
    """(file name, text) of every shared block."""
    folder = files("definitions").joinpath("blocks")
    found = [entry for entry in folder.iterdir() if entry.name.endswith(".yaml")]
    return tuple(
        (entry.name, entry.read_text(encoding="utf-8")) for entry in sorted(found, key=lambda e: e.name)
    )


@cache
def shared() -> Mapping[str, Mapping[str, Any]]:
    """Shared blocks as raw data, by id."""
    found: dict[str, Mapping[str, Any]] = {}
    for filename, text in texts():
        raw, problems = load_block(text, filename)
        if raw is None:
            raise ValueError(f"Khối dùng chung có lỗi: {problems[0]}")
        found[raw["id"]] = raw
    return MappingProxyType(found)


def load_block(text: str, filename: str) -> tuple[Mapping[str, Any] | None, tuple[Problem, ...]]:
    """One block as raw data, or None, and what is wrong with its shape. Its expressions are compiled where it is used,
    when the blocks inside it are in place.
    """
    try:
        tree = read(text)
    except ReadingError as error:
        problem = Problem(
            filename, error.mark.line, error.mark.column, "", error.code, "error", error.message, error.remedy
        )
        return None, (problem,)
    report = Report(filename, tree)
    data: Any = tree.data
    sound = check_shape(data, report, "block")
    return (data if sound else None), report.problems
