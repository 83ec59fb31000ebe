"""Sectors (lĩnh vực): one whether a definition writes its id or a decision its name; names in `sectors.yaml`."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from ruamel.yaml import YAML

from renderers.text import folded


@cache
def _names() -> Mapping[str, str]:
    text = files(__package__).joinpath("sectors.yaml").read_text(encoding="utf-8")
    return dict(YAML(typ="safe", pure=True).load(text))


def sector_id(sector: str) -> str:
    """`Hộ tịch` and `ho-tich` are one sector."""
    plain = "-".join("".join(c if c.isalnum() else " " for c in folded(sector)).split()) or "khac"
    return next((key for key, name in _names().items() if folded(name) == folded(sector)), plain)


def sector_name(sector: str) -> str:
    """Its name, from its id or from its name; as written where nobody has named it."""
    return _names().get(sector_id(sector), sector)
