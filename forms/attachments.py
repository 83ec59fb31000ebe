"""What may be handed in as a file: PDF, JPEG or PNG, known by its content alone."""

import hashlib
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from forms.file_kinds import FileKind, either
from forms.pictures import jpeg_size, png_size
from forms.types.numbers import written
from rules.i18n import gettext, noted

ALL_KINDS: Final = frozenset(FileKind)
MAX_BYTES: Final = 10 * 1024 * 1024
MAX_PIXELS: Final = 100_000_000
NAME_LENGTH: Final = 120


class UploadError(ValueError):
    """A file that is not taken; `message` says why and what to do."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class AcceptedFile:
    """`sha256` in hex, `size` in bytes, `name` safe to show, to save and to send in a header."""

    sha256: str
    size: int
    kind: FileKind
    name: str


_EXTENSIONS: Final = {
    "pdf": FileKind.PDF,
    "jpg": FileKind.JPEG,
    "jpeg": FileKind.JPEG,
    "jpe": FileKind.JPEG,
    "jfif": FileKind.JPEG,
    "png": FileKind.PNG,
}
_MEDIA_TYPES: Final = {
    "application/pdf": FileKind.PDF,
    "application/x-pdf": FileKind.PDF,
    "image/jpeg": FileKind.JPEG,
    "image/jpg": FileKind.JPEG,
    "image/pjpeg": FileKind.JPEG,
    "image/png": FileKind.PNG,
    "image/x-png": FileKind.PNG,
}
_SILENT_TYPES: Final = frozenset(
    {"", "application/octet-stream", "binary/octet-stream", "application/download"}
)

# Formats people do send, so that the refusal can say how to turn each into one that is taken.
_OTHERS: Final = (
    (b"PK\x03\x04", noted("là tệp Word, Excel hoặc tệp nén: mở tệp, chọn Lưu thành PDF rồi tải bản PDF lên")),
    (b"\xd0\xcf\x11\xe0", noted("là tệp Word hoặc Excel: mở tệp, chọn Lưu thành PDF rồi tải bản PDF lên")),
    (b"{\\rtf", noted("là tệp văn bản RTF: mở tệp, chọn Lưu thành PDF rồi tải bản PDF lên")),
    (b"Rar!", noted("là tệp nén: giải nén rồi tải từng giấy tờ lên")),
    (b"7z\xbc\xaf", noted("là tệp nén: giải nén rồi tải từng giấy tờ lên")),
    (b"GIF8", noted("là ảnh GIF: chụp hoặc lưu lại thành ảnh JPEG rồi tải lên")),
    (b"BM", noted("là ảnh BMP: chụp hoặc lưu lại thành ảnh JPEG rồi tải lên")),
    (b"II*\x00", noted("là ảnh TIFF: quét lại thành PDF rồi tải lên")),
    (b"MM\x00*", noted("là ảnh TIFF: quét lại thành PDF rồi tải lên")),
)
_HEIC: Final = noted(
    "là ảnh HEIC của iPhone: vào Cài đặt, Camera, Định dạng, chọn Tương thích nhất rồi chụp lại"
)


def sniff(data: bytes) -> FileKind | None:
    """The kind the content begins as; names and claims play no part."""
    if data.startswith(b"%PDF-"):
        return FileKind.PDF
    if data.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    return None


def accept(
    data: bytes,
    claimed_name: str,
    claimed_type: str,
    *,
    kinds: Collection[FileKind] = ALL_KINDS,
    max_bytes: int = MAX_BYTES,
) -> AcceptedFile:
    """The file, known and named; raises `UploadError`.

    A name or media type that says another kind than the content is refused, not corrected: whoever opens the file
    later must not be misled. A browser that knows no type (`application/octet-stream`, nothing) says nothing.
    """
    shown = safe_name(claimed_name, "")
    if not data:
        told = gettext("Tệp “{name}” rỗng. Mở lại tệp trên máy để xem có nội dung, rồi tải lên lần nữa.")
        raise UploadError(told.format(name=shown))
    if len(data) > max_bytes:
        raise UploadError(
            gettext(
                "Tệp “{name}” nặng {size}, vượt mức {limit}."
                " Quét hoặc chụp ở độ nét vừa phải, hoặc tách thành nhiều tệp rồi tải lên."
            ).format(name=shown, size=_megabytes(len(data)), limit=_megabytes(max_bytes))
        )
    kind = sniff(data)
    if kind is None or kind not in kinds:
        raise UploadError(_not_taken(shown, data, kind, kinds))
    _check_claims(shown, claimed_type, kind)
    _check_whole(shown, data, kind)
    return AcceptedFile(
        hashlib.sha256(data).hexdigest(), len(data), kind, safe_name(claimed_name, kind.extension)
    )


def _not_taken(shown: str, data: bytes, kind: FileKind | None, kinds: Collection[FileKind]) -> str:
    wanted = either(k for k in FileKind if k in kinds)
    if kind is not None:
        return gettext(
            "Tệp “{name}” là {kind}, ở đây chỉ nhận {wanted}. Lưu lại thành {wanted} rồi tải lên."
        ).format(name=shown, kind=kind.label, wanted=wanted)
    told = gettext("Tệp “{name}” {what}. Chỉ nhận {wanted}.")
    if data[4:8] == b"ftyp" and data[8:12] in {b"heic", b"heix", b"mif1", b"msf1", b"heim", b"hevc"}:
        return told.format(name=shown, what=gettext(_HEIC), wanted=wanted)
    for start, what in _OTHERS:
        if data.startswith(start):
            return told.format(name=shown, what=gettext(what), wanted=wanted)
    told = gettext("Tệp “{name}” không phải {wanted}. Lưu lại thành {wanted} rồi tải lên.")
    return told.format(name=shown, wanted=wanted)


def _check_claims(shown: str, claimed_type: str, kind: FileKind) -> None:
    extension = shown.rpartition(".")[2].lower() if "." in shown else ""
    if extension and _EXTENSIONS.get(extension) is not kind and not _is_part_of_title(extension):
        raise UploadError(
            gettext(
                "Tệp “{name}” có đuôi .{extension} nhưng bên trong là {kind}."
                " Đổi đuôi tệp thành .{right} nếu đúng là tệp cần nộp, hoặc chọn tệp khác."
            ).format(name=shown, extension=extension, kind=kind.label, right=kind.extension)
        )
    media_type = claimed_type.partition(";")[0].strip().lower()
    if media_type not in _SILENT_TYPES and _MEDIA_TYPES.get(media_type) is not kind:
        raise UploadError(
            gettext(
                "Tệp “{name}” được gửi lên như một loại tệp khác, nhưng bên trong là {kind}."
                " Lưu lại tệp trên máy rồi tải lên lần nữa."
            ).format(name=shown, kind=kind.label)
        )


def _is_part_of_title(extension: str) -> bool:
    """`Quyết định số 12.2026` ends in no extension."""
    return not re.fullmatch(r"[a-z0-9]{2,5}", extension) or extension.isdecimal()


def _check_whole(shown: str, data: bytes, kind: FileKind) -> None:
    """Half a file looks fine until an official opens it."""
    if kind is FileKind.PDF:
        whole = b"%%EOF" in data[-2048:] or b"startxref" in data[-2048:]
    else:
        size = jpeg_size(data) if kind is FileKind.JPEG else png_size(data)
        whole = size is not None
        if size is not None and size[0] * size[1] > MAX_PIXELS:
            raise UploadError(
                gettext(
                    "Ảnh “{name}” quá lớn ({width} × {height} điểm ảnh). Chụp hoặc quét lại ở độ nét vừa phải."
                ).format(name=shown, width=size[0], height=size[1])
            )
    if not whole:
        told = gettext(
            "Tệp “{name}” bị hỏng hoặc tải lên chưa hết. Mở thử tệp trên máy, rồi tải lên lần nữa."
        )
        raise UploadError(told.format(name=shown))


def _megabytes(size: int) -> str:
    return f"{written(round(size / 1024 / 1024, 1))} MB" if size >= 1024 * 1024 else f"{-(-size // 1024)} KB"


_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)


def safe_name(claimed: str, extension: str) -> str:
    """The last part of the claimed name as NFC text without control, direction and reserved characters, at most
    `NAME_LENGTH` characters, ending in `.extension` (kept as claimed if that is the same kind; `""`: as claimed).
    """
    text = unicodedata.normalize("NFC", re.split(r"[/\\]", claimed[-1_000:])[-1])
    text = "".join(" " if unicodedata.category(c)[0] in "CZ" or c in '<>:"|?*%' else c for c in text)
    text = " ".join(text.split()).strip(". ")
    stem, ending = text, extension
    head, dot, tail = text.rpartition(".")
    if dot and (tail.lower() in _EXTENSIONS or not extension):
        stem = head.rstrip(". ")
        same = not extension or _EXTENSIONS[tail.lower()] is _EXTENSIONS.get(extension)
        ending = tail if same else extension
    stem = stem[: NAME_LENGTH - len(ending) - 1].rstrip(". ") or "tep-dinh-kem"
    name = f"{stem}.{ending}" if ending and len(ending) < 20 else stem
    return f"_{name}" if _RESERVED.fullmatch(name) else name
