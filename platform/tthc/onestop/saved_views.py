"""Lists that officials keep under a name: an inbox with its filters, for oneself or for the whole agency."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bson import ObjectId
from pymongo import ASCENDING
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from tthc.dossiers.refusals import Refused

MOST: Final = 20
LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class SavedView:
    """`args`: the filters as the address carries them; `by_name`: whose it is."""

    id: str
    agency: str
    account: str
    by_name: str
    name: str
    inbox: str
    args: Mapping[str, str]
    shared: bool


class SavedViews:
    """The collection `saved_views`. Only its owner changes a view, also one that the agency sees."""

    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._rows = database["saved_views"]

    def ensure_indexes(self) -> None:
        self._rows.create_index(
            [("agency", ASCENDING), ("account", ASCENDING), ("name", ASCENDING)], unique=True
        )
        self._rows.create_index([("agency", ASCENDING), ("shared", ASCENDING), ("name", ASCENDING)])

    def of(self, account: str, agency: str) -> tuple[SavedView, ...]:
        """One's own by name, then those that colleagues share."""
        own = self._rows.find({"agency": agency, "account": account}).sort("name", ASCENDING)
        others = {"agency": agency, "shared": True, "account": {"$ne": account}}
        rows = [*own, *self._rows.find(others).sort("name", ASCENDING).limit(MOST)]
        return tuple(_view(row) for row in rows)

    def save(
        self,
        *,
        account: str,
        by_name: str,
        agency: str,
        name: str,
        inbox: str,
        args: Mapping[str, str],
        shared: bool,
        at: datetime,
    ) -> str:
        """Keep a list under a name; its id. One of that name that the account has already is put in its place. Raises
        Refused.
        """
        name = _name(name)
        mine = {"agency": agency, "account": account}
        others = self._rows.count_documents({**mine, "name": {"$ne": name}})
        if others >= MOST:
            raise Refused("too_many", f"Đã lưu {MOST} danh sách; xóa bớt một danh sách rồi lưu lại.")
        values = {"by_name": by_name, "inbox": inbox, "args": dict(args), "shared": shared, "at": at}
        change = {"$set": values, "$setOnInsert": {"_id": ObjectId()}}
        try:
            self._rows.update_one({**mine, "name": name}, change, upsert=True)
        except DuplicateKeyError:  # pressed twice at once: the other press made it
            self._rows.update_one({**mine, "name": name}, {"$set": values})
        found = self._rows.find_one({**mine, "name": name}, {"_id": 1})
        return str(found["_id"]) if found else ""

    def rename(self, view_id: str, account: str, name: str, *, shared: bool) -> None:
        """Raises Refused for a view that is not this account's, or whose new name it has already."""
        name, key = _name(name), _own(view_id)
        row = self._rows.find_one({"_id": key, "account": account})
        if row is None:
            raise _not_yours()
        try:
            self._rows.update_one(
                {"_id": key, "account": account}, {"$set": {"name": name, "shared": shared}}
            )
        except DuplicateKeyError:
            raise Refused("taken", f"Ông/bà đã có danh sách tên “{name}”; đặt tên khác.") from None

    def delete(self, view_id: str, account: str) -> None:
        """Raises Refused for a view that is not this account's; one that is gone already is no mistake."""
        key = _own(view_id)
        row = self._rows.find_one({"_id": key}, {"account": 1})
        if row is not None and row["account"] != account:
            raise _not_yours()
        self._rows.delete_one({"_id": key, "account": account})


def _name(text: str) -> str:
    name = " ".join(text.split())
    if not name:
        raise Refused("name", "Đặt tên cho danh sách cần lưu, ví dụ “Hộ tịch quá hạn”.")
    if len(name) > LONGEST:
        raise Refused("name", f"Tên danh sách dài quá {LONGEST} ký tự; đặt tên ngắn hơn.")
    return name


def _own(view_id: str) -> ObjectId:
    if not ObjectId.is_valid(view_id):
        raise _not_yours()
    return ObjectId(view_id)


def _not_yours() -> Refused:
    return Refused("not_yours", "Danh sách này không phải của ông/bà nên không sửa, xóa được.")


def _view(row: Mapping[str, Any]) -> SavedView:
    return SavedView(
        str(row["_id"]),
        row["agency"],
        row["account"],
        row["by_name"],
        row["name"],
        row["inbox"],
        dict(row["args"]),
        bool(row["shared"]),
    )
