"""The kinds of files that are taken, and what may be said of each."""

from collections.abc import Iterable
from enum import StrEnum

from rules.i18n import gettext


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
        """«tệp PDF»; in English with its article, “a PDF file”."""
        return gettext("tệp PDF") if self is FileKind.PDF else gettext("ảnh {kind}").format(kind=self.upper())


def either(kinds: Iterable[FileKind]) -> str:
    """«tệp PDF hoặc ảnh JPEG»."""
    return gettext(" hoặc ").join(kind.label for kind in kinds)
