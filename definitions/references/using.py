"""Who speaks of an element, from without and from within."""

from definitions.reading.tree import Path
from definitions.references.model import Index, Use


def outside(found: Index, path: Path) -> tuple[Use, ...]:
    """Uses, elsewhere, of the element at a path and of all that goes with it."""
    return tuple(use for use in found.uses if _within(use.symbol.path, path) and not _within(use.path, path))


def inside(found: Index, path: Path) -> tuple[Use, ...]:
    """Uses of the element itself, wherever they stand."""
    return tuple(use for use in found.uses if use.symbol.path == path)


def _within(path: Path, whole: Path) -> bool:
    return path[: len(whole)] == whole
