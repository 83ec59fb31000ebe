"""The procedures that come with the product: `definitions/catalog/*.yaml`."""

from definitions.sharing import texts


def shipped() -> tuple[tuple[str, str], ...]:
    """(file name, text) of every shipped definition, by file name."""
    return texts("catalog")
