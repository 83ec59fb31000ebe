"""Comments on versions, kept: the collection `definition_comments`, one document a comment, changed under its `rev`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

from pymongo import ASCENDING
from pymongo.collection import Collection
from pymongo.database import Database

from definitions.comments import Answer, Comment, CommentError
from rules.calendar import local

_ATTEMPTS: Final = 8


class Remarks:
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._comments: Collection[dict[str, Any]] = database["definition_comments"]

    def ensure_indexes(self) -> None:
        self._comments.create_index([("procedure", ASCENDING), ("version", ASCENDING), ("at", ASCENDING)])
        self._comments.create_index([("settled_by", ASCENDING)])

    def of(self, procedure: str, version_id: str) -> tuple[Comment, ...]:
        """All on one version, whatever it went through, oldest first."""
        found = self._comments.find({"procedure": procedure, "version": version_id}).sort("at", ASCENDING)
        return tuple(_comment(document) for document in found)

    def open_counts(self, versions: Sequence[str]) -> Mapping[str, int]:
        """How many are open, by the version's id."""
        counts: dict[str, int] = {}
        query = {"settled_by": None, "version": {"$in": list(versions)}}
        for document in self._comments.find(query, {"version": 1}):
            counts[document["version"]] = counts.get(document["version"], 0) + 1
        return counts

    def add(self, comment: Comment) -> None:
        self._comments.insert_one(_document(comment, 0))

    def change(
        self, procedure: str, version_id: str, comment_id: str, act: Callable[[Comment], Comment]
    ) -> Comment:
        """One act on one comment of that version; raises `CommentError`."""
        for _ in range(_ATTEMPTS):
            document = self._comments.find_one(
                {"_id": comment_id, "procedure": procedure, "version": version_id}
            )
            if document is None:
                raise CommentError("Không tìm thấy góp ý này; ông/bà tải lại trang.")
            after = act(_comment(document))
            rev = int(document["rev"])
            if self._comments.replace_one(
                {"_id": comment_id, "rev": rev}, _document(after, rev + 1)
            ).matched_count:
                return after
        raise CommentError("Nhiều người đang cùng trả lời góp ý này; ông/bà thử lại sau ít phút.")


def _document(comment: Comment, rev: int) -> dict[str, Any]:
    plain = asdict(comment)
    plain["answers"] = list(plain["answers"])
    return {"_id": plain.pop("id"), "rev": rev, **plain}


def _comment(document: Mapping[str, Any]) -> Comment:
    settled = document["settled_at"]
    plain = {key: value for key, value in document.items() if key not in {"_id", "rev"}}
    return Comment(
        **{
            **plain,
            "id": document["_id"],
            "at": local(document["at"]),
            "answers": tuple(Answer(a["by"], local(a["at"]), a["text"]) for a in document["answers"]),
            "settled_at": None if settled is None else local(settled),
        }
    )
