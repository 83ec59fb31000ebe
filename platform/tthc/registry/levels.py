"""What the levels of online service are called on a day (`levels.yaml`): NĐ 43/2011 counted them, NĐ 42/2022 names them."""

from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final

from ruamel.yaml import YAML

from rules.i18n import gettext, language

LEVELS: Final = (0, 1, 2, 3, 4)
"""0: not offered online at all."""
LEAST: Final = 2
"""Đ9.3a: every procedure at least at this level."""


@cache
def _entries() -> tuple[dict[str, Any], ...]:
    text = files(__package__).joinpath("levels.yaml").read_text(encoding="utf-8")
    return tuple(YAML(typ="safe", pure=True).load(text))


def label(level: int, on: date) -> str:
    """`Mức độ 3` in 2019, `Một phần` in 2026; the number itself for a level nobody has named."""
    day = on.isoformat()
    for entry in _entries():
        if entry["level"] == level and entry.get("from", "") <= day <= entry.get("to", "9999-12-31"):
            if language() == "en":
                return str(entry.get("english", _numbered(level)))
            return str(entry["label"])
    return _numbered(level)


def told(level: int, on: date) -> str:
    """The number and, where the law of the day has one, its name: `Mức độ 3 (một phần)`."""
    name = label(level, on)
    number = _numbered(level)
    if level == 0 or name == number:
        return name
    return f"{number} ({name[:1].lower()}{name[1:]})"


def _numbered(level: int) -> str:
    return gettext("Mức độ {level}").format(level=level)
