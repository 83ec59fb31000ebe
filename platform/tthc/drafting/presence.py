"""Who has a draft open now, and at which element: told by each page every few seconds."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from pymongo import ASCENDING
from pymongo.database import Database

Document = dict[str, Any]
_FRESH: Final = timedelta(seconds=40)


@dataclass(frozen=True, slots=True)
class Present:
    by: str
    name: str
    place: str


class Presence:
    def __init__(self, database: Database[Document]) -> None:
        self._people = database["definition_presence"]

    def ensure_indexes(self) -> None:
        self._people.create_index([("version", ASCENDING), ("at", ASCENDING)])

    def seen(self, version: str, by: str, name: str, place: str, at: datetime) -> None:
        self._people.update_one(
            {"_id": f"{version}:{by}"},
            {"$set": {"version": version, "by": by, "name": name, "place": place, "at": at}},
            upsert=True,
        )
        self._people.delete_many({"version": version, "at": {"$lt": at - timedelta(hours=1)}})

    def others(self, version: str, by: str, at: datetime) -> tuple[Present, ...]:
        found = self._people.find({"version": version, "at": {"$gte": at - _FRESH}, "by": {"$ne": by}})
        people = [Present(each["by"], each["name"], each["place"]) for each in found]
        return tuple(sorted(people, key=lambda each: each.name))
