"""A version that brings back an earlier one, as its pages tell it."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from definitions.lifecycle import State, Version, restored_because
from tthc.services import services

RESTORABLE: Final = frozenset({State.SUPERSEDED, State.ABOLISHED})


@dataclass(frozen=True, slots=True)
class Restored:
    """`number`: of the earlier version in the line of versions, from 1; `reason`: why it comes back."""

    earlier: Version
    number: int
    reason: str


def restored(version: Version) -> Restored | None:
    """None where the version repeats no earlier one."""
    versions = services().definitions.versions(version.procedure) if version.restores else ()
    for number, earlier in enumerate(versions, 1):
        if earlier.id == version.restores:
            return Restored(earlier, number, restored_because(version))
    return None


def wanted_day(version: Version, today: date) -> date:
    """From when to propose it to be in force: the day that was asked for, unless that is over."""
    return max(version.wanted or today, today)
