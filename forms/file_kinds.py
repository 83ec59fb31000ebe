"""The kinds of files that are taken, and what may be said of each."""

from enum import StrEnum


class FileKind(StrEnum):
    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"

    @property
    def media_type(self) -> str:
        return {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}[self]

    @property
    def extension(self) -> str:
        return "jpg" if self is FileKind.JPEG else str(self)

    @property
    def label(self) -> str:
        return "tệp PDF" if self is FileKind.PDF else f"ảnh {self.upper()}"
