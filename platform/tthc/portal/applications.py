"""Applications under way: what a citizen has typed and uploaded but not yet handed in.

An application keeps the *raw* answers, mistakes included, so that nothing typed is ever lost. Its id becomes the
dossier's, so handing it in twice, however it is resent, makes one dossier.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from pymongo import ASCENDING, DESCENDING
from pymongo.collection import Collection
from pymongo.database import Database

from rules.calendar import TZ
from tthc.dossiers.state import FileRef

COLLECTION = "applications"
MAX_FILES = 20  # một loại giấy tờ
_CHOICES = ("receive_by", "postal_address", "agency", "applicant", "checked", "delivery")


@dataclass(frozen=True, slots=True)
class Application:
    """One form being filled, by a citizen, or by an official at the counter for one.

    `answers` are raw; `files` maps a paper's id to what was uploaded for it. At the counter, `applicant` holds who
    hands in (the attributes of the kernel's `Applicant`), `checked` the papers found right, `delivery` by
    which way it came and who brought it (`tthc.onestop.counter`); all are empty online, but where it is for somebody
    else (`tthc.portal.behalf`).
    """

    id: str
    owner: str
    procedure: str
    definition: str
    agency: str
    answers: Mapping[str, object] = field(default_factory=dict)
    files: Mapping[str, tuple[FileRef, ...]] = field(default_factory=dict)
    receive_by: str = ""
    postal_address: str = ""
    applicant: Mapping[str, str] = field(default_factory=dict)
    checked: tuple[str, ...] = ()
    delivery: Mapping[str, str] = field(default_factory=dict)
    done: tuple[str, ...] = ()
    saved_at: datetime | None = None
    submitted_at: datetime | None = None

    @property
    def weight(self) -> int:
        """Bytes of all files together."""
        return sum(file.size for files in self.files.values() for file in files)

    def room(self, paper: str, most: int = 0) -> int:
        """How many more files the paper takes; `most`: its own bound, 0 for the usual one."""
        return max(0, (most or MAX_FILES) - len(self.files.get(paper, ())))


class Applications:
    """The store of applications; every read and write names the owner, so nobody reaches another's."""

    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._rows: Collection[dict[str, Any]] = database[COLLECTION]

    def ensure_indexes(self) -> None:
        self._rows.create_index([("owner", ASCENDING), ("saved_at", DESCENDING)])

    def start(
        self,
        *,
        owner: str,
        procedure: str,
        definition: str,
        agency: str,
        answers: Mapping[str, object],
        now: datetime,
        applicant: Mapping[str, str] | None = None,
        delivery: Mapping[str, str] | None = None,
    ) -> Application:
        application = Application(
            id=uuid.uuid4().hex,
            owner=owner,
            procedure=procedure,
            definition=definition,
            agency=agency,
            answers=dict(answers),
            saved_at=now,
            applicant=dict(applicant or {}),
            delivery=dict(delivery or {}),
        )
        self._rows.insert_one(_row(application))
        return application

    def get(self, application_id: str, owner: str) -> Application | None:
        row = self._rows.find_one({"_id": application_id, "owner": owner})
        return _application(row) if row else None

    def open_of(self, owner: str, limit: int = 20) -> Sequence[Application]:
        """Not yet handed in, the last touched first."""
        rows = (
            self._rows.find({"owner": owner, "submitted_at": None}).sort("saved_at", DESCENDING).limit(limit)
        )
        return [_application(row) for row in rows]

    def save(
        self, before: Application, after: Application, now: datetime, *, page_done: str | None = None
    ) -> Application:
        """Keep answers and choices. An application handed in meanwhile stays as it was.

        Only what differs from `before`, as it was read, is written: two windows on two pages of one form do not
        undo each other.
        """
        done = after.done if page_done is None else tuple(dict.fromkeys((*after.done, page_done)))
        saved = replace(after, saved_at=now, done=done)
        written, gone = _changes(before, saved)
        update: dict[str, Any] = {"$set": {**written, "saved_at": now}}
        if gone:
            update["$unset"] = dict.fromkeys(gone, "")
        if page_done is not None:
            update["$addToSet"] = {"done": page_done}
        self._rows.update_one({"_id": saved.id, "owner": saved.owner, "submitted_at": None}, update)
        return saved

    def add_file(
        self, application: Application, paper: str, file: FileRef, now: datetime
    ) -> Application | None:
        """One atomic push, so that two uploads at once both stay; the same file twice is kept once, and the file
        after the last that a paper takes not at all.
        """
        self._rows.update_one(
            {
                "_id": application.id,
                "owner": application.owner,
                "submitted_at": None,
                f"files.{paper}.sha256": {"$ne": file.sha256},
                f"files.{paper}.{MAX_FILES - 1}": {"$exists": False},
            },
            {"$push": {f"files.{paper}": file_row(file)}, "$set": {"saved_at": now}},
        )
        return self.get(application.id, application.owner)

    def remove_file(
        self, application: Application, paper: str, sha256: str, now: datetime
    ) -> Application | None:
        self._rows.update_one(
            {"_id": application.id, "owner": application.owner, "submitted_at": None},
            {"$pull": {f"files.{paper}": {"sha256": sha256}}, "$set": {"saved_at": now}},
        )
        return self.get(application.id, application.owner)

    def move(self, application: Application, definition: str, now: datetime) -> Application:
        """Go on with another version of the definition: what was typed and uploaded stays, every step is to be
        looked at again.
        """
        moved = replace(application, definition=definition, done=(), saved_at=now)
        self._rows.update_one(
            {"_id": moved.id, "owner": moved.owner, "submitted_at": None},
            {"$set": {"definition": definition, "done": [], "saved_at": now}},
        )
        return moved

    def mark_submitted(self, application_id: str, now: datetime) -> None:
        self._rows.update_one({"_id": application_id}, {"$set": {"submitted_at": now}})

    def discard(self, application_id: str, owner: str) -> bool:
        result = self._rows.delete_one({"_id": application_id, "owner": owner, "submitted_at": None})
        return result.deleted_count == 1


def _changes(before: Application, after: Application) -> tuple[dict[str, Any], list[str]]:
    """What to set and what to remove in the stored row."""
    whole = {name: (getattr(before, name), getattr(after, name)) for name in _CHOICES}
    written = {name: _plain(new) for name, (old, new) in whole.items() if old != new}
    for name, answer in after.answers.items():
        if name not in before.answers or before.answers[name] != answer:
            written[f"answers.{name}"] = answer
    gone = [f"answers.{name}" for name in before.answers if name not in after.answers]
    return written, gone


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    return list(value) if isinstance(value, tuple) else value


def file_row(file: FileRef) -> dict[str, Any]:
    return {
        "sha256": file.sha256,
        "name": file.name,
        "size": file.size,
        "kind": file.kind,
        "uploaded_at": file.uploaded_at,
        "uploaded_by": file.uploaded_by,
    }


def _row(application: Application) -> dict[str, Any]:
    return {
        "_id": application.id,
        "owner": application.owner,
        "procedure": application.procedure,
        "definition": application.definition,
        "agency": application.agency,
        "answers": dict(application.answers),
        "files": {paper: [file_row(file) for file in files] for paper, files in application.files.items()},
        "receive_by": application.receive_by,
        "postal_address": application.postal_address,
        "applicant": dict(application.applicant),
        "checked": list(application.checked),
        "delivery": dict(application.delivery),
        "done": list(application.done),
        "saved_at": application.saved_at,
        "submitted_at": application.submitted_at,
    }


def _application(row: Mapping[str, Any]) -> Application:
    return Application(
        id=row["_id"],
        owner=row["owner"],
        procedure=row["procedure"],
        definition=row["definition"],
        agency=row["agency"],
        answers=row.get("answers") or {},
        files={
            paper: tuple(FileRef(**{**file, "uploaded_at": _local(file["uploaded_at"])}) for file in files)
            for paper, files in (row.get("files") or {}).items()
            if files
        },
        receive_by=row.get("receive_by", ""),
        postal_address=row.get("postal_address", ""),
        applicant=row.get("applicant") or {},
        checked=tuple(row.get("checked", ())),
        delivery=row.get("delivery") or {},
        done=tuple(row.get("done", ())),
        saved_at=_local(row.get("saved_at")),
        submitted_at=_local(row.get("submitted_at")),
    )


def _local(moment: datetime | None) -> Any:
    return moment.astimezone(TZ) if moment else None
