"""The text of a range, as `range("[1..10)")` takes it: literal ends only."""

# ruff: noqa: ARG001
from __future__ import annotations

from rules.feel.values import Range


def parse_range(text: str) -> Range | None:
    return None
