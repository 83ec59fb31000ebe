"""What a review keeps beside the version: one document a registration, so that a new registration begins afresh.

`definition_reviews`: `_id` is `procedure/version/number of the registration`; `ticks.<item>`, `mended`, and
`reminders.<stage>` are each written by one update. `settled`: the whole checklist as it stood when it was approved, in
its own words, so that no later change of the lists or of the checks alters what was seen then.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from pymongo.collection import Collection
from pymongo.database import Database

from definitions.checklist import Line, Tick
from definitions.lifecycle import Content, Version
from definitions.review_time import Stage, registrations
from definitions.settled import Settled, settled
from rules.calendar import local


@dataclass(frozen=True, slots=True)
class Mended:
    """What a reviewer wrote instead of what was registered."""

    content: Content
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Review:
    """Of one registration. `settled`: the checklist as it stood when it was approved; empty before."""

    ticks: Mapping[str, Tick] = field(default_factory=dict)
    mended: Mended | None = None
    reminded: frozenset[Stage] = frozenset()
    settled: tuple[Settled, ...] = ()


class Reviews:
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._reviews: Collection[dict[str, Any]] = database["definition_reviews"]

    def of(self, version: Version) -> Review:
        """That of its last registration."""
        return _review(self._reviews.find_one({"_id": key(version)}) or {})

    def tick(self, version: Version, tick: Tick) -> None:
        """One atomic write; a later word for the same item replaces the earlier."""
        self._set(version, {f"ticks.{tick.item}": {"by": tick.by, "at": tick.at, "note": tick.note}})

    def untick(self, version: Version, item: str) -> None:
        self._reviews.update_one({"_id": key(version)}, {"$unset": {f"ticks.{item}": ""}})

    def mend(self, version: Version, content: Content, by: str, at: datetime) -> None:
        self._set(version, {"mended": {"hash": content.hash, "text": content.text, "by": by, "at": at}})

    def drop_mended(self, version: Version) -> None:
        self._reviews.update_one({"_id": key(version)}, {"$unset": {"mended": ""}})

    def settle(self, version: Version, lines: tuple[Line, ...]) -> None:
        """Keeps each line as it was when the version was approved: words, state, reason, who ticked it."""
        self._set(version, {"settled": [asdict(settled(line)) for line in lines]})

    def reminded(self, version: Version, stages: tuple[Stage, ...], at: datetime) -> None:
        """Records that these reminders need not be sent again."""
        self._set(version, {f"reminders.{stage}": at for stage in stages})

    def _set(self, version: Version, changes: Mapping[str, object]) -> None:
        self._reviews.update_one({"_id": key(version)}, {"$set": dict(changes)}, upsert=True)


def key(version: Version) -> str:
    return f"{version.procedure}/{version.id}/{registrations(version)}"


def _review(document: Mapping[str, Any]) -> Review:
    mended = document.get("mended")
    return Review(
        ticks={
            item: Tick(item, raw["by"], local(raw["at"]), raw["note"])
            for item, raw in document.get("ticks", {}).items()
        },
        mended=None
        if mended is None
        else Mended(Content(mended["hash"], mended["text"]), mended["by"], local(mended["at"])),
        reminded=frozenset(Stage(stage) for stage in document.get("reminders", {})),
        settled=tuple(_settled(raw) for raw in document.get("settled", ())),
    )


def _settled(raw: Mapping[str, Any]) -> Settled:
    at = raw["at"]
    return Settled(**{**raw, "at": None if at is None else local(at)})
