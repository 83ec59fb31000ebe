"""Procedures whose names are much alike, and what tells them apart (the public's complaint: one cannot tell which is meant). Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from definitions.model import Definition
from renderers.html.procedure import LEVELS, procedure_view
from rules.i18n import gettext
from tthc.portal.search import fold

# words that many names of procedures have: they make no two alike
_COMMON: Final = frozenset(
    [
        "cap",
        "dang",
        "ky",
        "thu",
        "tuc",
        "giay",
        "phep",
        "thuc",
        "hien",
        "dieu",
        "chinh",
        "cho",
        "cua",
        "va",
        "tu",
        "do",
        "co",
        "quan",
        "to",
        "chuc",
        "cac",
        "nguoi",
        "viet",
        "nam",
        "lai",
    ]
)
_ALIKE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Alike:
    """`differences`: (what, here, there), those alone in which the two differ."""

    other: Definition
    differences: tuple[tuple[str, str, str], ...]


@lru_cache(maxsize=5000)
def _telling(name: str) -> frozenset[str]:
    return frozenset(fold(name).replace(".", " ").split()) - _COMMON


def alike(one: str, other: str) -> bool:
    """Whether at least half of the telling words of the shorter name, and two of them, stand in the other."""
    mine, theirs = _telling(one), _telling(other)
    shared = len(mine & theirs)
    return shared >= 2 and shared >= _ALIKE * min(len(mine), len(theirs))


def confusable(definition: Definition, others: Iterable[Definition], on: date) -> tuple[Alike, ...]:
    """Those of `others` that could be taken for the procedure; at most five."""
    found = [
        Alike(other, differences(definition, other, on))
        for other in others
        if other.procedure != definition.procedure and alike(definition.name, other.name)
    ]
    return tuple(found[:5])


def differences(one: Definition, other: Definition, on: date) -> tuple[tuple[str, str, str], ...]:
    """What a person would ask first, where the answers differ."""
    pairs = zip(plain_facts(one, on), plain_facts(other, on), strict=True)
    return tuple((what, mine, theirs) for (what, mine), (_, theirs) in pairs if mine != theirs)


def plain_facts(definition: Definition, on: date) -> Sequence[tuple[str, str]]:
    """(what, in a few words): what one gets, who may ask, where, how long, what it costs."""
    view = procedure_view(definition, on)
    level = definition.offered_by.level
    return (
        (gettext("Nhận được"), definition.result_name or view.result),
        (gettext("Nơi làm"), gettext(LEVELS.get(level, level)).capitalize() if level else view.authority),
        (gettext("Thời hạn"), view.time_words),
        (gettext("Phí, lệ phí"), view.fee_words),
    )
