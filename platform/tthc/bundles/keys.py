"""The keys of this installation: the private one that signs, and the public ones that are believed."""

import os
import re
import stat
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Protocol

from pymongo import ASCENDING
from pymongo.database import Database

from definitions.bundle import keys
from definitions.bundle.keys import PublicKey, SigningKey
from definitions.bundle.model import BundleError
from tthc.settings import KeyFiles

PUBLIC: Final = ".pub"
SHORTEST: Final = 8
_HEAD: Final = "# Khóa công khai được tin khi nhập gói bản cấu hình: mỗi dòng một khóa (tthc keys).\n"


class Ring(Protocol):
    """The public keys that are known here."""

    def all(self) -> tuple[PublicKey, ...]: ...

    def trust(self, key: PublicKey, now: datetime) -> bool:
        """False where it is trusted already; raises BundleError for one that was revoked."""

    def revoke(self, fingerprint: str, now: datetime) -> PublicKey:
        """By the whole fingerprint or its beginning; raises BundleError."""


class KeptKeys:
    """In the database."""

    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._rows = database["bundle_keys"]

    def all(self) -> tuple[PublicKey, ...]:
        return tuple(
            PublicKey(bytes(row["raw"]), row["name"], row["revoked_at"] is not None)
            for row in self._rows.find({}).sort("added_at", ASCENDING)
        )

    def trust(self, key: PublicKey, now: datetime) -> bool:
        if not _news(self.all(), key):
            return False
        fresh = {"raw": key.raw, "name": key.name, "added_at": now, "revoked_at": None}
        self._rows.update_one({"_id": key.fingerprint}, {"$setOnInsert": fresh}, upsert=True)
        return True

    def revoke(self, fingerprint: str, now: datetime) -> PublicKey:
        key = _one(self.all(), fingerprint)
        self._rows.update_one({"_id": key.fingerprint, "revoked_at": None}, {"$set": {"revoked_at": now}})
        return key


class FileRing:
    """In a file, which may lie in a repository: it holds nothing secret."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def all(self) -> tuple[PublicKey, ...]:
        if not self.path.exists():
            return ()
        return keys.key_list(_read(self.path), str(self.path))

    def trust(self, key: PublicKey, now: datetime) -> bool:
        known = self.all()
        if not _news(known, key):
            return False
        self._write((*known, key))
        return True

    def revoke(self, fingerprint: str, now: datetime) -> PublicKey:
        known = self.all()
        key = _one(known, fingerprint)
        self._write(PublicKey(each.raw, each.name, each.revoked or each.raw == key.raw) for each in known)
        return key

    def _write(self, known: Any) -> None:
        fresh = self.path.with_name(f".{self.path.name}.new")
        try:
            fresh.write_text(_HEAD + "".join(f"{key.line}\n" for key in known), encoding="utf-8")
            fresh.replace(self.path)
        except OSError as error:
            raise BundleError(
                f"Không ghi được {self.path} ({error.strerror}); xem lại TTHC_TRUSTED_KEYS và quyền ghi."
            ) from None


def ring_of(files: KeyFiles, database: Callable[[], Database[dict[str, Any]]]) -> Ring:
    """The file that a setting names, else the database."""
    return FileRing(files.trusted) if files.trusted is not None else KeptKeys(database())


def known(ring: Ring) -> Mapping[str, PublicKey]:
    return keys.by_fingerprint(ring.all())


def make(path: Path, name: str) -> SigningKey:
    """A new pair: the private key at `path`, for its owner alone, and the public one beside it. Raises BundleError."""
    path = path.absolute()
    repository = next((each for each in path.parents if (each / ".git").exists()), None)
    if repository is not None:
        raise BundleError(
            f"{path} nằm trong kho mã {repository}: khóa ký không được để nơi có thể bị đưa lên kho. Chọn chỗ khác bằng "
            "-o, ví dụ thư mục cấu hình của người dùng."
        )
    key = keys.make(name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(key.text)
        public_path(path).write_text(f"{key.public.line}\n", encoding="utf-8")
    except FileExistsError:
        raise BundleError(f"{path}: đã có tệp này. Khóa cũ không bị ghi đè; chọn tên khác bằng -o.") from None
    except OSError as error:
        raise BundleError(f"Không ghi được {path} ({error.strerror}); chọn chỗ khác bằng -o.") from None
    return key


def public_path(path: Path) -> Path:
    return path.with_name(path.name + PUBLIC)


def signing_key(path: Path | None) -> SigningKey | None:
    """The key at that place, None where there is none. Raises BundleError for one that others may read."""
    if path is None or not path.exists():
        return None
    try:
        mode = path.stat().st_mode
    except OSError as error:
        raise BundleError(f"{path}: không đọc được ({error.strerror}).") from None
    if stat.S_IMODE(mode) & 0o077:
        raise BundleError(f"{path}: người khác đọc được khóa ký này. Chạy “chmod 600 {path}” rồi làm lại.")
    return keys.private_key(_read(path), str(path))


def public_key(path: Path) -> PublicKey:
    return keys.public_key(_read(path), str(path))


def _news(found: tuple[PublicKey, ...], key: PublicKey) -> bool:
    same = keys.by_fingerprint(found).get(key.fingerprint)
    if same is not None and same.revoked:
        raise BundleError(
            f"Khóa {key.fingerprint[:16]}… ({same.name}) đã bị thu hồi ở đây nên không tin lại được; xin khóa mới."
        )
    return same is None


def _one(found: tuple[PublicKey, ...], fingerprint: str) -> PublicKey:
    wanted = re.sub(r"[\s:…]", "", fingerprint).lower()
    matching = [key for key in found if key.fingerprint.startswith(wanted)]
    if len(wanted) < SHORTEST or len(matching) != 1:
        raise BundleError(
            f"Không có đúng một khóa mang dấu “{fingerprint}”; ghi ít nhất {SHORTEST} ký tự đầu như “tthc keys list” in ra."
        )
    return matching[0]


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "tệp không phải chữ UTF-8"
        raise BundleError(f"{path}: không đọc được ({why}).") from None
