"""The days on which a procedure became, or becomes, otherwise for those who need it: begun, changed, no more. Pure.

Told from its versions alone, so that news of it is never typed a second time (Đ4.1, Đ7.3, Đ24.3).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from definitions.amounts import AmountTable
from definitions.lifecycle import Version, in_force
from definitions.model import Definition

_ONE_DAY: Final = timedelta(days=1)


class Kind(StrEnum):
    BEGUN = "begun"
    CHANGED = "changed"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Turn:
    """`day`: the first on which it is otherwise. `before`, `after`: hashes of what was law on the eve and is on the day, empty
    for none; the same where the version itself names the day. `at`: when the act was published that says so.
    """

    kind: Kind
    procedure: str
    day: date
    before: str
    after: str
    at: datetime

    @property
    def key(self) -> str:
        """Its place among all: the day, then the procedure."""
        return f"{self.day.isoformat()}~{self.procedure}"


def turns(versions: Sequence[Version]) -> Iterator[Turn]:
    """Of one procedure, by its versions, in no order. A version without a first day began before anybody counted."""
    law = [version for version in versions if version.hash and _lasting(version)]
    for version in law:
        start, end = version.start, version.end
        if start is not None and start > date.min:
            eve = in_force(law, start - _ONE_DAY)
            kind, before = (Kind.BEGUN, "") if eve is None else (Kind.CHANGED, eve.hash)
            yield Turn(kind, version.procedure, start, before, version.hash, _when(version, "publish"))
        if end is not None and end < date.max and in_force(law, end + _ONE_DAY) is None:
            at = _when(version, "abolish", "supersede")
            yield Turn(Kind.ENDED, version.procedure, end + _ONE_DAY, version.hash, "", at)


def fee_turns(version: Version, definition: Definition) -> Iterator[Turn]:
    """The days within a version's own time on which it says that a fee is another."""
    for day in sorted(fee_days(definition)):
        if version.in_force(day) and version.in_force(day - _ONE_DAY):
            at = _when(version, "publish")
            yield Turn(Kind.CHANGED, version.procedure, day, version.hash, version.hash, at)


def fee_days(definition: Definition) -> frozenset[date]:
    """The days on which some line of a fee begins, or has just ended."""
    spans = []
    for fee in definition.fees:
        spans.append((fee.effective.start, fee.effective.end))
        if isinstance(fee.amount, AmountTable):
            spans += [(rule.row.start, rule.row.end) for rule in fee.amount.table.rules]
    starts = {start for start, _ in spans if start is not None and start > date.min}
    return frozenset(starts | {end + _ONE_DAY for _, end in spans if end is not None and end < date.max})


def _lasting(version: Version) -> bool:
    """Whether there is a day on which it is, was or will be law: one replaced before its first day never was."""
    return version.in_force(version.start or version.end or date.min)


def _when(version: Version, *kinds: str) -> datetime:
    times = [act.at for act in version.acts]
    return max((act.at for act in version.acts if act.kind in kinds), default=max(times))
