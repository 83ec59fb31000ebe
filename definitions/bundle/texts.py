"""Texts of definitions, each read once however often it is asked about."""

import re
from functools import lru_cache
from typing import Any

from definitions.bundle.parts import Parts
from definitions.loader import meaning
from definitions.reading import ReadingError, Tree, read
from definitions.shape import schema


@lru_cache(maxsize=16)
def tree_of(text: str) -> Tree | None:
    """None where the text cannot be read. Nobody changes what it holds."""
    try:
        return read(text)
    except ReadingError:
        return None


def meaning_of(text: str, parts: Parts) -> tuple[str, str] | None:
    """(canonical JSON, content hash) of a text with these shared files; None where it comes to nothing."""
    tree = tree_of(text)
    return None if tree is None else meaning(tree, **parts.data)


def procedure_in(text: str) -> str | None:
    """The code that a readable text names."""
    code, rule = _top(text, "procedure"), schema()["properties"]["procedure"]
    if isinstance(code, str) and len(code) <= rule["maxLength"] and re.fullmatch(rule["pattern"], code):
        return code
    return None


def name_in(text: str) -> str:
    """The name that a readable text gives."""
    found = _top(text, "name")
    return found if isinstance(found, str) else ""


def _top(text: str, key: str) -> Any:
    tree = tree_of(text)
    return tree.data.get(key) if tree is not None and isinstance(tree.data, dict) else None
