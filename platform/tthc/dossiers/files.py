"""Stored files: GridFS, found by the SHA-256 of their content, checked whenever they are read (Đ9.1e).

An upload that dies leaves pieces without a file; they are in nobody's way and `sweep` removes them.
"""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import gridfs
from bson import ObjectId
from pymongo import ASCENDING
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from tthc.dossiers.codes import DURABLE
from tthc.dossiers.state import FileRef

BUCKET = "papers"
ORPHAN_AGE = timedelta(days=1)


class FileDamagedError(Exception):
    """What is stored is not what was stored. The message is a sentence for staff."""

    def __init__(self, sha256: str) -> None:
        super().__init__(
            "Tệp đã lưu không còn nguyên vẹn; đề nghị báo quản trị hệ thống khôi phục từ bản sao lưu."
        )
        self.sha256 = sha256


class FileMissingError(Exception):
    """No such content is stored."""

    def __init__(self, sha256: str) -> None:
        super().__init__("Không tìm thấy tệp này trong kho lưu trữ.")
        self.sha256 = sha256


class Files:
    """`put` what was accepted, `read` what was put."""

    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._bucket = gridfs.GridFSBucket(database, BUCKET, write_concern=DURABLE)
        self._files = database.get_collection(f"{BUCKET}.files", write_concern=DURABLE)
        self._chunks = database.get_collection(f"{BUCKET}.chunks", write_concern=DURABLE)

    def ensure_indexes(self) -> None:
        self._files.create_index([("metadata.sha256", ASCENDING)], unique=True, name="sha256")
        self._chunks.create_index([("files_id", ASCENDING), ("n", ASCENDING)], unique=True, name="files_id_n")

    def put(self, data: bytes, *, name: str, kind: str, now: datetime, by: str) -> FileRef:
        """Store content once, however often and from however many sides it is put."""
        sha256 = hashlib.sha256(data).hexdigest()
        reference = FileRef(sha256, name, len(data), kind, now, by)
        if self._find(sha256) is None:
            key = ObjectId()
            try:
                self._bucket.upload_from_stream_with_id(
                    key, sha256, data, metadata={"sha256": sha256, "kind": kind}
                )
            except (DuplicateKeyError, gridfs.errors.FileExists):
                # another upload of the same content was faster
                self._chunks.delete_many({"files_id": key})
                if self._find(sha256) is None:
                    raise
        self._files.update_one({"metadata.sha256": sha256}, {"$addToSet": {"metadata.by": by}})
        return reference

    def read(self, sha256: str) -> bytes:
        """The content. Raises FileMissingError, FileDamagedError."""
        found = self._find(sha256)
        if found is None:
            raise FileMissingError(sha256)
        try:
            data = bytes(self._bucket.open_download_stream(found).read())
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
                self.read(sha256)
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
        document = self._files.find_one({"metadata.sha256": sha256}, {"_id": 1})
        return None if document is None else document["_id"]
