"""A definition that is still being written: what is there is checked, as if the missing parts stood there and were sound.

Only whole parts may be missing; anything else wrong with the shape must be mended first.
"""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from definitions.problems import Problem
from definitions.shape import schema

_READS_OTHERS: Final = frozenset({"F002", "F003", "F006", "T061"})
"""What may only be wrong because the fields it reads are not written yet."""


@cache
def _stand_ins() -> Mapping[str, object]:
    text = files("definitions").joinpath("stand_ins.json").read_text(encoding="utf-8")
    loaded: Mapping[str, object] = json.loads(text)
    return loaded


def completed(data: Mapping[str, Any], problems: Iterable[Problem]) -> Mapping[str, Any] | None:
    """The data with stand-ins for the parts that are missing; None where more than that is wrong with the shape."""
    if any(problem.code != "S002" or problem.path for problem in problems):
        return None
    missing = [key for key in schema()["required"] if key not in data]
    return {**{key: _stand_ins()[key] for key in missing}, **data}


def about(data: Mapping[str, Any], problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those that concern what is written, and would be there however the rest is written."""
    unread = _READS_OTHERS if "form" not in data else frozenset[str]()
    return tuple(
        problem
        for problem in problems
        if problem.path.partition(".")[0] in data and problem.code not in unread
    )
