"""Photographs of one paper on their way to being one PDF: kept apart until joined, so that no half paper is handed in.

The order of the rows is the order of the pages.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from pymongo import ASCENDING
from pymongo.collection import Collection
from pymongo.database import Database

from forms.joining import AS_TAKEN, MOST, Shape
from rules.calendar import TZ
from tthc.dossiers.state import FileRef
from tthc.portal.applications import file_row

KEPT: Final = timedelta(days=30)
"""How long photographs wait that nobody joins."""
_TRIES: Final = 20


@dataclass(frozen=True, slots=True)
class Sheet:
    """One photograph and what is to become of it."""

    file: FileRef
    shape: Shape = AS_TAKEN


Sheets = tuple[Sheet, ...]


class Trays:
    """One tray for each paper of an application."""

    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._rows: Collection[dict[str, Any]] = database["photo_trays"]

    def ensure_indexes(self) -> None:
        self._rows.create_index([("touched_at", ASCENDING)])

    def of(self, application: str, paper: str) -> Sheets:
        row = self._rows.find_one({"_id": _key(application, paper)})
        return _sheets(row) if row else ()

    def waiting(self, application: str, papers: Sequence[str]) -> Mapping[str, int]:
        """How many photographs wait in the tray of each paper that has any."""
        rows = self._rows.find({"_id": {"$in": [_key(application, paper) for paper in papers]}})
        return {row["_id"].partition(":")[2]: len(row["sheets"]) for row in rows if row["sheets"]}

    def add(self, application: str, paper: str, files: Sequence[FileRef], now: datetime) -> Sheets:
        """At the end; what is there already, and what is more than fits, is left out."""

        def added(sheets: Sheets) -> Sheets:
            there = {sheet.file.sha256 for sheet in sheets}
            fresh = [Sheet(file) for file in files if file.sha256 not in there]
            return (*sheets, *fresh)[:MOST]

        return self.change(application, paper, added, now)

    def change(self, application: str, paper: str, do: Callable[[Sheets], Sheets], now: datetime) -> Sheets:
        """The tray as `do` makes it of what is there: done anew where another window was faster."""
        key = _key(application, paper)
        for _ in range(_TRIES):
            self._rows.update_one(
                {"_id": key}, {"$setOnInsert": {"sheets": [], "version": 0, "touched_at": now}}, upsert=True
            )
            row = self._rows.find_one({"_id": key})
            if row is None:
                continue
            after = do(_sheets(row))
            written = self._rows.update_one(
                {"_id": key, "version": row["version"]},
                {
                    "$set": {"sheets": [_row(sheet) for sheet in after], "touched_at": now},
                    "$inc": {"version": 1},
                },
            )
            if written.matched_count:
                return after
        raise RuntimeError("the tray is being written to without end")

    def sweep(self, now: datetime) -> int:
        """Forget the trays that nobody has touched for long; how many."""
        return self._rows.delete_many({"touched_at": {"$lt": now - KEPT}}).deleted_count


def moved(sheets: Sheets, sha256: str, by: int) -> Sheets:
    """The page one place forward (-1) or back (1)."""
    order = list(sheets)
    at = next((n for n, sheet in enumerate(order) if sheet.file.sha256 == sha256), None)
    if at is None or not 0 <= at + by < len(order):
        return sheets
    order[at], order[at + by] = order[at + by], order[at]
    return tuple(order)


def shaped(sheets: Sheets, sha256: str, do: Callable[[Shape], Shape]) -> Sheets:
    return tuple(
        replace(sheet, shape=do(sheet.shape)) if sheet.file.sha256 == sha256 else sheet for sheet in sheets
    )


def without(sheets: Sheets, gone: Sequence[str]) -> Sheets:
    return tuple(sheet for sheet in sheets if sheet.file.sha256 not in gone)


def _key(application: str, paper: str) -> str:
    return f"{application}:{paper}"


def _row(sheet: Sheet) -> dict[str, Any]:
    return {**file_row(sheet.file), "turn": sheet.shape.turn, "cut": list(sheet.shape.cut)}


def _sheets(row: Mapping[str, Any]) -> Sheets:
    found: list[Sheet] = []
    for sheet in row["sheets"]:
        left, top, right, bottom = sheet["cut"]
        file = FileRef(
            sheet["sha256"],
            sheet["name"],
            sheet["size"],
            sheet["kind"],
            sheet["uploaded_at"].astimezone(TZ),
            sheet["uploaded_by"],
        )
        found.append(Sheet(file, Shape(sheet["turn"], (left, top, right, bottom))))
    return tuple(found)
