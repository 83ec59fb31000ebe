"""The `.zip` around a bundle: one way to write it, and a distrustful way to read it.

Files stand in it by name, uncompressed, with a fixed date: so the same content is the same bytes everywhere, a
bundle has no ratio by which it could explode, and whatever is not byte for byte as it would be written here is refused.
"""

import re
import stat
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Final

from definitions.bundle.model import BundleError

MAX_BYTES: Final = 64 * 1024 * 1024
MAX_FILES: Final = 4_000
MAX_RATIO: Final = 100
MAGIC: Final = b"PK\x03\x04"

_DATE: Final = (1980, 1, 1, 0, 0, 0)
_UNIX: Final = 3
_MODE: Final = (stat.S_IFREG | 0o644) << 16
_DRIVE: Final = re.compile(r"[A-Za-z]:")
_AGAIN: Final = "Ông/bà xin lại gói từ nơi gửi."


def pack(files: Mapping[str, bytes]) -> bytes:
    """The archive of these files, by path."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, _DATE)
            info.create_system = _UNIX
            info.external_attr = _MODE
            archive.writestr(info, files[name])
    return stream.getvalue()


def unpack(data: bytes) -> dict[str, bytes]:
    """The files, by path. Raises BundleError for anything that `pack` would not have made."""
    if len(data) > MAX_BYTES:
        raise BundleError(f"Gói lớn quá {MAX_BYTES // 1024 // 1024} MB; xuất ít thủ tục hơn trong một gói.")
    if not data.startswith(MAGIC):
        raise BundleError("Tệp không phải gói .zip; chọn tệp do “tthc export” hoặc nút “Tải gói” tạo ra.")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            _distrust(members)
            found = {info.filename: archive.read(info) for info in members}
    except BundleError:
        raise
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        RuntimeError,  # of the library, for a password or a way of packing that it does not know too
        EOFError,
        ValueError,
        LookupError,
        OSError,
        MemoryError,
    ):
        raise BundleError(f"Gói hỏng hoặc tải về chưa hết. {_AGAIN}") from None
    if pack(found) != data:
        raise BundleError(
            "Gói không còn nguyên như lúc được xuất ra (đã bị sửa hoặc nén lại); dùng chính tệp được xuất, không giải "
            f"nén rồi nén lại. {_AGAIN}"
        )
    return found


def _distrust(members: Sequence[zipfile.ZipInfo]) -> None:
    """By what the archive says of itself, before any of it is taken out."""
    if len(members) > MAX_FILES:
        raise BundleError(
            f"Gói có {len(members)} tệp, nhiều hơn {MAX_FILES}; xuất ít thủ tục hơn trong một gói."
        )
    total = sum(info.file_size for info in members)
    seen: set[str] = set()
    for info in members:
        name = info.orig_filename
        if name.casefold() in seen:
            raise BundleError(f"Gói có hai tệp cùng tên “{_shown(name)}”. {_AGAIN}")
        seen.add(name.casefold())
        if _leads_out(name):
            raise BundleError(
                f"Gói có tên tệp dẫn ra ngoài gói: “{_shown(name)}”. Đừng dùng gói này. {_AGAIN}"
            )
        if stat.S_IFMT(info.external_attr >> 16) not in {0, stat.S_IFREG} or info.is_dir():
            raise BundleError(
                f"Gói có “{_shown(name)}” không phải tệp thường (liên kết hoặc thư mục). {_AGAIN}"
            )
        if total > MAX_BYTES or info.file_size > MAX_RATIO * max(1, info.compress_size):
            raise BundleError(
                "Gói phình ra quá mức khi mở (có thể là tệp cố ý làm treo máy). Đừng mở bằng cách khác. "
                + _AGAIN
            )
        if info.flag_bits & 0x1:
            raise BundleError(f"Gói đặt mật khẩu; gói xuất từ hệ thống không có mật khẩu. {_AGAIN}")
        if info.compress_type != zipfile.ZIP_STORED:
            raise BundleError(
                "Gói đã bị nén lại; dùng chính tệp được xuất ra, không giải nén rồi nén lại. " + _AGAIN
            )


def _leads_out(name: str) -> bool:
    return (
        not name
        or name.startswith("/")
        or "\\" in name
        or "\0" in name
        or _DRIVE.match(name) is not None
        or any(part in {"", ".", ".."} for part in name.split("/"))
    )


def _shown(name: str) -> str:
    return "".join(letter if letter.isprintable() else "�" for letter in name[:80])
