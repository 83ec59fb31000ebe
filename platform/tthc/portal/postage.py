"""What sending a result by post will cost, about, and who carries it (Đ8.2): dated rows of `postage.yaml`."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from rules.i18n import gettext, noted


@dataclass(frozen=True, slots=True)
class Rate:
    """For one letter of up to `grams`, in whole đồng, by distance from the least to the most."""

    place: str
    grams: int
    least: int
    most: int

    @property
    def within(self) -> str:
        """The place as it stands within a sentence."""
        said = gettext(self.place)
        return said[:1].lower() + said[1:]


PLACES = (noted("Trong tỉnh Sơn La"), noted("Sang tỉnh khác"))
"""As `postage.yaml` names them."""


@dataclass(frozen=True, slots=True)
class Postage:
    """In force from `start` on. `source`: what the rates rest on."""

    start: date
    source: str
    name: str
    phone: str
    site: str
    rates: tuple[Rate, ...]


def in_force(on: date) -> Postage:
    """The rates of a day; before the first of them, the first."""
    return next((each for each in reversed(_all()) if each.start <= on), _all()[0])


@cache
def _all() -> tuple[Postage, ...]:
    rows = YAML(typ="safe", pure=True).load(
        Path(__file__).with_name("postage.yaml").read_text(encoding="utf-8")
    )
    found = (
        Postage(
            start=row["from"],
            source=row["source"],
            **row["carrier"],
            rates=tuple(Rate(**rate) for rate in row["rates"]),
        )
        for row in rows
    )
    return tuple(sorted(found, key=lambda each: each.start))
