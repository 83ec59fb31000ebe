"""The calendars shipped with the product: data files beside this one, and the way to read them."""

import json
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files

from ruamel.yaml import YAML

from rules.calendar import Calendar

DEFAULT = "sonla"


@cache
def data(name: str) -> Mapping[str, object]:
    """The content of one shipped file, `vn` or `sonla`; treat it as read-only."""
    text = files(__package__).joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    loaded = YAML(typ="safe", pure=True).load(text)
    assert isinstance(loaded, Mapping)
    return loaded


def layers(name: str = DEFAULT) -> tuple[Mapping[str, object], ...]:
    """The file and what it `extends`, the most general first: what `Calendar.from_data(*layers)` reads."""
    own = data(name)
    base = own.get("extends")
    return (*(layers(base) if isinstance(base, str) else ()), own)


@cache
def fingerprint(name: str = DEFAULT) -> str:
    """Changes when anything does that a shipped calendar is made of."""
    return sha256(json.dumps(layers(name), default=str, sort_keys=True).encode()).hexdigest()[:16]


@cache
def shipped(name: str = DEFAULT, unit: str | None = None) -> Calendar:
    """A ready calendar; `unit` takes that unit's own hours where it has any."""
    return Calendar.from_data(*layers(name), unit=unit)
