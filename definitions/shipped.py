"""The procedures that come with the product: `definitions/catalog/*.yaml`."""

from functools import lru_cache

from definitions.loader import Loaded, load
from definitions.sharing import texts


def shipped() -> tuple[tuple[str, str], ...]:
    """(file name, text) of every shipped definition, by file name."""
    return texts("catalog")


@lru_cache(maxsize=64)
def loaded(text: str, filename: str) -> Loaded:
    """What a shipped text comes to: it never changes while a process runs, so it is read and checked once."""
    return load(text, filename)
