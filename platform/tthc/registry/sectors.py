"""Sectors (lĩnh vực): one whether a definition writes its id or a decision its name; names in `sectors.yaml`."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from ruamel.yaml import YAML

from renderers.text import folded
from rules.i18n import language


@cache
def _names() -> Mapping[str, Mapping[str, str]]:
    text = files(__package__).joinpath("sectors.yaml").read_text(encoding="utf-8")
    return dict(YAML(typ="safe", pure=True).load(text))


def sector_id(sector: str) -> str:
    """`Hộ tịch` and `ho-tich` are one sector."""
    plain = "-".join("".join(c if c.isalnum() else " " for c in folded(sector)).split()) or "khac"
    return next((key for key, said in _names().items() if folded(said["name"]) == folded(sector)), plain)


def sector_name(sector: str) -> str:
    """Its name for the reader, from its id or from its name; as written where nobody has named it."""
    said = _names().get(sector_id(sector))
    if said is None:
        return sector
    return said["english"] if language() == "en" else said["name"]
