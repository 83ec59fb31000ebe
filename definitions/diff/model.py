"""A change, as programs and people read it."""

from dataclasses import dataclass
from enum import StrEnum

from definitions.diff.saying import sentence


class Verb(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is not as it was.

    `part`: what it is of (`field`, `paper`, `fee`, `step`, …; `procedure` for what stands at the top); `id` and `label`
    of that part; `key`: which of its keys, dotted, empty where the part itself came, went or moved; `title`: the key as
    people call it; `before`, `after`: raw values, of a moved part the place it was and is in.
    """

    verb: Verb
    part: str
    id: str
    label: str
    key: str = ""
    title: str = ""
    before: object = None
    after: object = None

    @property
    def type(self) -> str:
        """`field_changed`, `fee_row_added`, …"""
        return f"{self.part}_{self.verb}"

    @property
    def sentence(self) -> str:
        return sentence(self)
