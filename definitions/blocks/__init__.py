"""The shared blocks: `*.yaml` beside this file, groups of fields that any definition asks for by `type: person`."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from definitions.problems import Report
from definitions.shape import check_shape
from definitions.sharing import Found, by_id, parsed


@cache
def shared() -> Mapping[str, Mapping[str, Any]]:
    """Shared blocks as raw data, by id."""
    return by_id("blocks", load_block)


def load_block(text: str, filename: str) -> Found:
    """One block as raw data, or None, and what is wrong with its shape. Its expressions are compiled where it is used,
    when the blocks inside it are in place.
    """
    tree, problems = parsed(text, filename)
    if tree is None:
        return None, problems
    report = Report(filename, tree)
    data: Any = tree.data
    sound = check_shape(data, report, "block")
    return (data if sound else None), report.problems
