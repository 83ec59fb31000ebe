"""What a version is on a day, in words: whether it is law, until when. Pure.

A version is «đã được thay thế» or «đã bãi bỏ» only when its last day is over: publishing its successor for a later day,
or abolishing it from one, leaves it the law until midnight of the eve.
"""

from datetime import date
from typing import Final

from definitions.lifecycle import State, Version

_ENDING: Final = frozenset({State.SUPERSEDED, State.ABOLISHED})


def last_day(version: Version, day: date) -> date | None:
    """The last day in force of a version that is law on `day` and whose end is known."""
    return version.end if version.in_force(day) else None


def over(version: Version, day: date) -> bool:
    """Whether it is law neither on `day` nor on a later one, though it once was published."""
    if version.state not in _ENDING or version.end is None:
        return version.state in _ENDING
    return version.end < day or (version.start is not None and version.end < version.start)


def label(version: Version, day: date) -> str:
    """For a badge: «Đang có hiệu lực đến hết ngày 30/12/2026», «Đã được thay thế»."""
    if version.state not in _ENDING or over(version, day):
        return version.state.label[:1].upper() + version.state.label[1:]
    until = f"đến hết ngày {version.end:%d/%m/%Y}"
    if version.start is not None and version.start > day:
        return f"Có hiệu lực từ ngày {version.start:%d/%m/%Y} {until}"
    return f"Đang có hiệu lực {until}"
