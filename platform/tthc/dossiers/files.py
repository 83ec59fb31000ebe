"""Stored files: GridFS, found by the SHA-256 of their content, checked whenever they are read (Đ9.1e).

An upload that dies leaves pieces without a file; they are in nobody's way and `sweep` removes them.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, Literal

import gridfs
from bson import ObjectId
from pymongo import ASCENDING
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from forms.attachments import UploadError
from rules.i18n import noted
from tthc.antivirus.scanner import Scanner, ScannerError
from tthc.dossiers.codes import DURABLE
from tthc.dossiers.state import FileRef

BUCKET = "papers"
ORPHAN_AGE = timedelta(days=1)
Standing = Literal["", "waiting", "infected"]
"""Of a stored file: free to read, held until it has been looked into, held for good."""
_HELD: Final[Mapping[Standing, str]] = {
    "waiting": noted("Tệp đang được kiểm tra mã độc; ông/bà mở lại sau ít phút."),
    "infected": noted("Tệp này bị chặn vì có mã độc, không ai mở được; đề nghị người nộp gửi tệp khác."),
}


class FileDamagedError(Exception):
    """What is stored is not what was stored. The message is a sentence for staff."""

    def __init__(self, sha256: str) -> None:
        super().__init__(
            noted("Tệp đã lưu không còn nguyên vẹn; đề nghị báo quản trị hệ thống khôi phục từ bản sao lưu.")
        )
        self.sha256 = sha256


class FileMissingError(Exception):
    """No such content is stored."""

    def __init__(self, sha256: str) -> None:
        super().__init__(noted("Không tìm thấy tệp này trong kho lưu trữ."))
        self.sha256 = sha256


class FileHeldError(Exception):
    """The file may not be read (yet). The message is a sentence for whoever wanted to."""

    def __init__(self, standing: Standing) -> None:
        super().__init__(_HELD[standing])


class InfectedFileError(UploadError):
    """Malware was found in what was sent; nothing was stored."""

    def __init__(self, name: str, malware: str) -> None:
        super().__init__(
            f"Tệp “{name}” có mã độc ({malware}) nên không được nhận. Quét vi-rút máy đang dùng,"
            " quét hoặc chụp lại giấy tờ thành tệp mới rồi tải lên."
        )


class Files:
    """`put` what was accepted, `read` what was put. `scanner`: looks into everything that is put; none: nobody does."""

    def __init__(self, database: Database[dict[str, Any]], scanner: Scanner | None = None) -> None:
        self._scanner = scanner
        self._bucket = gridfs.GridFSBucket(database, BUCKET, write_concern=DURABLE)
        self._files = database.get_collection(f"{BUCKET}.files", write_concern=DURABLE)
        self._chunks = database.get_collection(f"{BUCKET}.chunks", write_concern=DURABLE)

    def ensure_indexes(self) -> None:
        self._files.create_index([("metadata.sha256", ASCENDING)], unique=True, name="sha256")
        self._chunks.create_index([("files_id", ASCENDING), ("n", ASCENDING)], unique=True, name="files_id_n")
        self._files.create_index([("metadata.scan.standing", ASCENDING)], sparse=True, name="scan")
        self._files.create_index([("metadata.looked_at", ASCENDING)], name="looked_at")

    def put(self, data: bytes, *, name: str, kind: str, now: datetime, by: str) -> FileRef:
        """Store content once, however often and from however many sides it is put.

        Raises:
            InfectedFileError: the scanner found malware in it.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        reference = FileRef(sha256, name, len(data), kind, now, by)
        before = self._seen(sha256)
        if before is not None and _standing(before) == "infected":
            raise InfectedFileError(name, before["metadata"]["scan"]["malware"])
        if before is None:
            key = ObjectId()
            metadata = {"sha256": sha256, "kind": kind, **self._looked_into(data, name, now)}
            try:
                self._bucket.upload_from_stream_with_id(key, sha256, data, metadata=metadata)
            except (DuplicateKeyError, gridfs.errors.FileExists):
                # another upload of the same content was faster
                self._chunks.delete_many({"files_id": key})
                if self._find(sha256) is None:
                    raise
        self._files.update_one({"metadata.sha256": sha256}, {"$addToSet": {"metadata.by": by}})
        return reference

    def _looked_into(self, data: bytes, name: str, now: datetime) -> dict[str, Any]:
        """What the scanner says at once; while it is away the file is held."""
        if self._scanner is None:
            return {}
        try:
            verdict = self._scanner.scan(data)
        except ScannerError:
            return {"scan": {"standing": "waiting", "since": now}, "looked_at": now}
        if not verdict.clean:
            raise InfectedFileError(name, verdict.malware)
        return {"scan": {"standing": "", "at": now}, "looked_at": now}

    def waiting(self, most: int) -> Sequence[str]:
        """The SHA-256 of files that are held until they have been looked into, the longest first."""
        rows = self._files.find({"metadata.scan.standing": "waiting"}, {"metadata.sha256": 1})
        return [
            str(row["metadata"]["sha256"]) for row in rows.sort("metadata.scan.since", ASCENDING).limit(most)
        ]

    def judge(self, sha256: str, malware: str, now: datetime) -> None:
        """What the scanner found in a file that was held; empty: nothing."""
        scan = {"standing": "infected" if malware else "", "malware": malware, "at": now}
        # blocked stays blocked, and is told of once
        here = {"metadata.sha256": sha256, "metadata.scan.standing": {"$ne": "infected"}}
        self._files.update_one(here, {"$set": {"metadata.scan": scan, "metadata.looked_at": now}})

    def stale(self, before: datetime, most: int) -> Sequence[tuple[str, Sequence[str]]]:
        """`(SHA-256, accounts that put it)` of files nobody looked into, or thought of looking into, since `before`; the
        longest first, those never looked into before all others.
        """
        free = {"metadata.scan.standing": {"$nin": list(_HELD)}}
        old = [{"metadata.looked_at": {"$exists": False}}, {"metadata.looked_at": {"$lt": before}}]
        rows = self._files.find({**free, "$or": old}, {"metadata.sha256": 1, "metadata.by": 1})
        return [_whose(row) for row in rows.sort("metadata.looked_at", ASCENDING).limit(most)]

    def pass_over(self, sha256s: Sequence[str], now: datetime) -> None:
        """Nothing needs these files now; whether anything does is asked again when their time has come round."""
        chosen = {"metadata.sha256": {"$in": list(sha256s)}}
        self._files.update_many(chosen, {"$set": {"metadata.looked_at": now}})

    def untold(self, now: datetime, most: int) -> Sequence[tuple[str, str, Sequence[str]]]:
        """`(SHA-256, malware, accounts that put it)` of blocked files whose people have not been told."""
        blocked = {"metadata.scan.standing": "infected", "metadata.scan.told": {"$exists": False}}
        due = [{"metadata.scan.tell_at": {"$exists": False}}, {"metadata.scan.tell_at": {"$lte": now}}]
        rows = self._files.find({**blocked, "$or": due}, {"metadata": 1}).limit(most)
        return [(_whose(row)[0], row["metadata"]["scan"]["malware"], _whose(row)[1]) for row in rows]

    def told(self, sha256: str, now: datetime) -> None:
        """Everybody concerned knows."""
        self._files.update_one({"metadata.sha256": sha256}, {"$set": {"metadata.scan.told": now}})

    def tell_later(self, sha256: str, again: datetime) -> None:
        """Somebody could not be told: once more at `again`."""
        self._files.update_one({"metadata.sha256": sha256}, {"$set": {"metadata.scan.tell_at": again}})

    def counts(self) -> Mapping[Standing, int]:
        """How many files wait for the scanner, and how many are blocked."""
        count = self._files.count_documents
        return {each: count({"metadata.scan.standing": each}) for each in _HELD}

    def standings(self, sha256s: Iterable[str]) -> Mapping[str, Standing]:
        """Of those files that are held, by their SHA-256. Asks nobody where nothing is ever held."""
        wanted = list(sha256s)
        if not wanted:
            return {}
        held = {"metadata.sha256": {"$in": wanted}, "metadata.scan.standing": {"$in": list(_HELD)}}
        rows = self._files.find(held, {"metadata.sha256": 1, "metadata.scan": 1})
        return {str(row["metadata"]["sha256"]): _standing(row) for row in rows}

    def note(self, sha256: str, doubts: Sequence[str]) -> None:
        """What may make a photograph hard to read (`forms.legibility`)."""
        if doubts:
            self._files.update_one({"metadata.sha256": sha256}, {"$set": {"metadata.doubts": list(doubts)}})

    def doubts(self, sha256s: Iterable[str]) -> Mapping[str, Sequence[str]]:
        """By SHA-256, of those of which anything was noted."""
        rows = self._files.find(
            {"metadata.sha256": {"$in": list(sha256s)}, "metadata.doubts": {"$exists": True}},
            {"metadata.sha256": 1, "metadata.doubts": 1},
        )
        return {str(row["metadata"]["sha256"]): tuple(row["metadata"]["doubts"]) for row in rows}

    def read(self, sha256: str, *, held: bool = False) -> bytes:
        """The content; with `held`, also of a file in quarantine: for the scanner alone.

        Raises:
            FileMissingError, FileDamagedError: it is lost.
            FileHeldError: it may not be read (yet).
        """
        document = self._seen(sha256)
        if document is None:
            raise FileMissingError(sha256)
        standing = _standing(document)
        if standing and not held:
            raise FileHeldError(standing)
        try:
            data = bytes(self._bucket.open_download_stream(document["_id"]).read())
        except gridfs.errors.CorruptGridFile as error:
            raise FileDamagedError(sha256) from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise FileDamagedError(sha256)
        return data

    def has(self, sha256: str) -> bool:
        return self._find(sha256) is not None

    def sent_by(self, sha256: str, by: str) -> bool:
        """Whether this account itself put this content: to know a checksum is not to have the file."""
        return self._files.find_one({"metadata.sha256": sha256, "metadata.by": by}, {"_id": 1}) is not None

    def check(self) -> Iterator[str]:
        """The SHA-256 of every stored file that is damaged."""
        for document in self._files.find({}, {"metadata.sha256": 1}):
            sha256 = str(document["metadata"]["sha256"])
            try:
                self.read(sha256, held=True)
            except FileDamagedError:
                yield sha256

    def sweep(self, now: datetime) -> int:
        """Remove the pieces of uploads that died over a day ago; how many uploads they were of."""
        swept = 0
        for key in self._chunks.distinct("files_id"):
            old = isinstance(key, ObjectId) and key.generation_time < now - ORPHAN_AGE
            if old and self._files.count_documents({"_id": key}, limit=1) == 0:
                self._chunks.delete_many({"files_id": key})
                swept += 1
        return swept

    def _find(self, sha256: str) -> ObjectId | None:
        document = self._seen(sha256)
        return None if document is None else document["_id"]

    def _seen(self, sha256: str) -> dict[str, Any] | None:
        return self._files.find_one({"metadata.sha256": sha256}, {"metadata.scan": 1})


def _whose(row: Mapping[str, Any]) -> tuple[str, Sequence[str]]:
    return str(row["metadata"]["sha256"]), tuple(row["metadata"].get("by", ()))


def _standing(document: Mapping[str, Any]) -> Standing:
    found: Standing = document.get("metadata", {}).get("scan", {}).get("standing", "")
    return found
