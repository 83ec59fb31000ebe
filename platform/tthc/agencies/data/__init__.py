"""The agencies that come with the product, as public facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

from tthc.agencies.model import Agency, Contacts, Level, Successor, Unit


@dataclass(frozen=True, slots=True)
class FormerCommune:
    """A commune before 1/7/2025 and every new unit that took part of it; more than one means: ask, never convert."""

    name: str
    district: str
    now: tuple[str, ...]
    unverified: bool = False


def _read(name: str) -> Any:
    text = files(__name__).joinpath(name).read_text(encoding="utf-8")
    return YAML(typ="safe", pure=True).load(text)


def _agency(row: Mapping[str, Any]) -> Agency:
    plain = {k: v for k, v in row.items() if k not in {"level", "units", "successors", "contacts"}}
    return Agency(
        **plain,
        level=Level(row["level"]),
        contacts=Contacts(**row.get("contacts", {})),
        units=tuple(Unit(**u) for u in row.get("units", ())),
        successors=tuple(Successor(**s) for s in row.get("successors", ())),
    )


@cache
def shipped() -> tuple[Agency, ...]:
    """Every agency of `sonla.yaml`, in its order."""
    return tuple(_agency(row) for row in _read("sonla.yaml")["agencies"])


@cache
def former_communes() -> tuple[FormerCommune, ...]:
    """Every commune of `sonla_communes.yaml`."""
    return tuple(
        FormerCommune(row["name"], row["district"], tuple(row["now"]), bool(row.get("unverified")))
        for row in _read("sonla_communes.yaml")["communes"]
    )
