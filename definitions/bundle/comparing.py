"""Two folders or bundles of definitions side by side: per procedure what came, went and changed, in words."""

import json
from dataclasses import dataclass

from definitions.bundle.account import Incoming, Source
from definitions.bundle.parts import Parts, merged, shipped_parts
from definitions.bundle.texts import meaning_of, name_in
from definitions.diff import Change, Verb, compare


@dataclass(frozen=True, slots=True)
class Compared:
    """`verb`: None where both say the same; `wrong`: why they could not be compared."""

    procedure: str
    name: str
    verb: Verb | None
    changes: tuple[Change, ...] = ()
    wrong: str = ""

    @property
    def head(self) -> str:
        what = {
            None: "giống nhau",
            Verb.ADDED: "thêm",
            Verb.REMOVED: "bỏ",
            Verb.CHANGED: f"{len(self.changes)} thay đổi",
        }
        said = self.wrong or what[self.verb]
        return f"{self.procedure}: {said}" + (f" — {self.name}" if self.name else "")


def compare_sources(before: Source, after: Source) -> tuple[Compared, ...]:
    """By procedure code. A definition is read with the shared files that came with it."""
    olds = {each.procedure: each for each in before.definitions}
    news = {each.procedure: each for each in after.definitions}
    return tuple(
        _compared(code, olds.get(code), news.get(code), before.parts, after.parts)
        for code in sorted(olds.keys() | news.keys())
    )


def _compared(code: str, old: Incoming | None, new: Incoming | None, before: Parts, after: Parts) -> Compared:
    either = new or old
    name = "" if either is None else name_in(either.text)
    if old is None or new is None:
        return Compared(code, name, Verb.ADDED if old is None else Verb.REMOVED)
    if old.text == new.text and before.texts == after.texts and old.canonical == new.canonical:
        return Compared(code, name, None)
    first, second = canonical_of(old, before), canonical_of(new, after)
    if not first or not second:
        where = old.where if not first else new.where
        return Compared(
            code, name, Verb.CHANGED, (), f"{where} có lỗi nên chưa so sánh được; xem “tthc check”"
        )
    changes = compare(json.loads(first), json.loads(second))
    return Compared(code, name, Verb.CHANGED if changes else None, changes)


def canonical_of(incoming: Incoming, parts: Parts) -> str:
    """Its data with all that is shared in place; empty where it comes to nothing."""
    if incoming.canonical:
        return incoming.canonical
    found = meaning_of(incoming.text, merged(parts, shipped_parts()))
    return found[0] if found else ""
