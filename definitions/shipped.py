"""The procedures that come with the product: `definitions/catalog/*.yaml`."""

from functools import cache
from importlib.resources import files


@cache
def shipped() -> tuple[tuple[str, str], ...]:
    """(file name, text) of every shipped definition, by file name."""
    folder = files("definitions").joinpath("catalog")
    found = [entry for entry in folder.iterdir() if entry.name.endswith(".yaml")]
    return tuple(
        (entry.name, entry.read_text(encoding="utf-8")) for entry in sorted(found, key=lambda e: e.name)
    )
