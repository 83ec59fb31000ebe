"""Event rules of a definition: what they watch for, and the one thing each proposes. `decide` has the last word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rules.feel import Expression

if TYPE_CHECKING:
    from definitions.model import Source


@dataclass(frozen=True, slots=True)
class Alert:
    """Tell whoever holds the function `to` in the dossier's agency."""

    to: str
    message: str


@dataclass(frozen=True, slots=True)
class Assign:
    """Give the open task of a step to a unit (phòng chuyên môn) of the agency; who may act stays with the function."""

    step: str
    unit: str


@dataclass(frozen=True, slots=True)
class Take:
    """The system takes this action of an open step."""

    step: str
    action: str


Proposed = Alert | Assign | Take


@dataclass(frozen=True, slots=True)
class EventRule:
    """`when`: in the closed part of FEEL (`definitions.compiler.events`), kept to be explained; what is asked at run time
    is the definition's `ruleset`. `reads`: names of the facts; `moving`: one of them changes as time passes.
    """

    id: str
    label: str
    when: Expression
    proposes: Proposed
    reads: frozenset[str] = frozenset()
    moving: bool = False
    source: Source | None = None
