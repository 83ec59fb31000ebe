"""Placeholder of the regular expressions of FEEL."""

# ruff: noqa: ARG001
from __future__ import annotations

import re

from rules.feel.limits import Run


def search(run: Run, pattern: str, flags: str, text: str) -> bool | None:
    return re.search(pattern, text) is not None


def replace(run: Run, pattern: str, flags: str, text: str, replacement: str) -> str | None:
    return re.sub(pattern, replacement, text)


def split(run: Run, pattern: str, text: str) -> list[str] | None:
    return re.split(pattern, text)
