"""The changes of each draft in their order, so that everyone can take back their own. One document a change.

Texts are kept by the store of definitions under their keys; here are only the keys.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Final

from pymongo import ASCENDING, DESCENDING
from pymongo.collection import Collection
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

Document = dict[str, Any]
MOST: Final = 300
_ENDS: Final = ("before", "after", "mine")


@dataclass(frozen=True, slots=True)
class Change:
    """`before`, `after`: keys of the texts. `what`: told to people. `undone`: taken back and not done again.
    `name`: what the page called it. `mine`: key of the text as its page had it, where others' changes came into `after`.
    """

    number: int
    by: str
    at: datetime
    before: str
    after: str
    what: str
    place: str
    undone: bool = False
    name: str = ""
    mine: str = ""


class Journal:
    def __init__(self, database: Database[Document]) -> None:
        self._changes: Collection[Document] = database["definition_changes"]

    def ensure_indexes(self) -> None:
        self._changes.create_index([("version", ASCENDING), ("number", DESCENDING)], unique=True)

    def add(self, version: str, change: Change) -> frozenset[str]:
        """Its number is given here. What this person took back before can no longer be done again, and the oldest
        changes are forgotten; keys of the texts that nothing here speaks of any more.
        """
        while True:
            last = self._changes.find_one({"version": version}, sort=[("number", DESCENDING)])
            number = 1 if last is None else int(last["number"]) + 1
            try:
                self._changes.insert_one({"version": version, **asdict(replace(change, number=number))})
            except DuplicateKeyError:
                continue
            break
        undone = {"by": change.by, "undone": True}
        return self._forget({"version": version, "$or": [undone, {"number": {"$lte": number - MOST}}]})

    def close(self, version: str) -> frozenset[str]:
        """Forget all changes of a draft that was handed in; as `add`."""
        return self._forget({"version": version})

    def _forget(self, which: Mapping[str, Any]) -> frozenset[str]:
        gone = list(self._changes.find(which))
        self._changes.delete_many({"_id": {"$in": [each["_id"] for each in gone]}})
        keys = _keys(gone)
        spoken = self._changes.find({"$or": [{end: {"$in": [*keys]}} for end in _ENDS]})
        return keys - _keys(spoken)

    def last(self, version: str, by: str, *, undone: bool) -> Change | None:
        """What undo (or, with `undone`, redo) is about: this person's newest change, the oldest of those taken back."""
        found = self._changes.find_one(
            {"version": version, "by": by, "undone": undone},
            sort=[("number", ASCENDING if undone else DESCENDING)],
        )
        return None if found is None else _change(found)

    def mark(self, version: str, number: int, *, undone: bool, name: str = "") -> None:
        """`name`: what the page called the taking back, or the doing again."""
        change: Document = {"$set": {"undone": undone}}
        if name:
            change["$push"] = {"marks": name}
        self._changes.update_one({"version": version, "number": number}, change)

    def named(self, version: str, by: str, name: str) -> Change | None:
        """The change that this person's page called so, or that an act of that name took back or did again."""
        wanted = {"version": version, "by": by, "$or": [{"name": name}, {"marks": name}]}
        found = self._changes.find_one(wanted)
        return None if found is None else _change(found)

    def since(self, version: str, text: str) -> tuple[Change, ...]:
        """The changes after the text with that key, oldest first; none where it is not known any more."""
        known = self._changes.find_one({"version": version, "after": text}, sort=[("number", DESCENDING)])
        number = 0 if known is None else int(known["number"])
        found = self._changes.find({"version": version, "number": {"$gt": number}}).sort("number", ASCENDING)
        return tuple(map(_change, found))


def _keys(changes: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """Of the texts that they speak of."""
    return frozenset(each[end] for each in changes for end in _ENDS if each.get(end))


def _change(found: Mapping[str, Any]) -> Change:
    return Change(
        int(found["number"]),
        found["by"],
        found["at"],
        found["before"],
        found["after"],
        found["what"],
        found["place"],
        bool(found["undone"]),
        str(found.get("name", "")),  # changes of before pages named their acts have none
        str(found.get("mine", "")),
    )
