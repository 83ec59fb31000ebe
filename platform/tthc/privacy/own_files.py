"""The files of one's own dossiers in the copy of one's data: which go along, and why another does not."""

import re
import unicodedata
import zipfile
from dataclasses import dataclass
from typing import Final

from definitions.model import Definition
from forms.uploads import held_files
from tthc.dossiers.files import FileDamagedError, FileHeldError, FileMissingError, Files
from tthc.dossiers.state import Dossier, FileRef
from tthc.web.files import answered_file

MOST_BYTES: Final = 200_000_000
FOLDER: Final = "giay-to"
LONGEST: Final = 100
_UNSAFE: Final = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')


@dataclass(frozen=True, slots=True)
class Packed:
    """`name`: within the archive, empty where it was left out for the reason `why`; `later`: whether it can be had on the
    dossier's page (soon).
    """

    name: str = ""
    why: str = ""
    later: bool = False


TOO_MUCH: Final = Packed(why=f"quá {MOST_BYTES // 1_000_000} MB của một lần tải", later=True)
HELD: Final = {
    "waiting": Packed(why="đang được kiểm tra mã độc", later=True),
    "infected": Packed(why="bị chặn vì có mã độc"),
}
LOST: Final = Packed(why="kho lưu trữ không còn giữ nguyên vẹn")


def own_files(found: Dossier, definition: Definition) -> list[tuple[str, FileRef]]:
    """`(for which paper or field, file)` of everything that was handed in with a dossier, or sent to it afterwards."""
    owner = found.owner or ""
    papers = [(paper.paper_id, file) for paper in found.papers for file in paper.files]
    answers = [
        (path, answered_file(file, found.submitted_at, owner))
        for path, file in held_files(definition.fields, found.answers or {})
    ]
    sent = [(one.kind, one.file) for one in found.documents if one.file is not None and one.by == owner]
    return [*papers, *answers, *sent]


class Packing:
    """Puts files into an archive: each content once, whatever is held left out, and no more than `most` octets."""

    def __init__(self, archive: zipfile.ZipFile, files: Files, most: int = MOST_BYTES) -> None:
        self._archive = archive
        self._files = files
        self._left = most
        self._done: dict[str, Packed] = {}

    def put(self, folder: str, file: FileRef) -> Packed:
        """Where it is now, or why it is not. One file at a time is in memory."""
        if file.sha256 not in self._done:
            self._done[file.sha256] = self._put(folder, file)
        return self._done[file.sha256]

    def _put(self, folder: str, file: FileRef) -> Packed:
        standing = self._files.standings([file.sha256]).get(file.sha256)
        if standing:
            return HELD[standing]
        if file.size > self._left:
            return TOO_MUCH
        try:
            data = self._files.read(file.sha256)
        except FileHeldError:  # since a moment ago
            return HELD["waiting"]
        except (FileDamagedError, FileMissingError):
            return LOST
        name = f"{FOLDER}/{safe(folder)}/{len(self._done) + 1:03d}-{safe(file.name)}"
        self._archive.writestr(name, data, zipfile.ZIP_STORED)  # photographs and .pdf are small already
        self._left -= len(data)
        return Packed(name)


def safe(name: str) -> str:
    """A name that no program takes for a path, whoever thought of it."""
    return _UNSAFE.sub("-", unicodedata.normalize("NFC", name))[-LONGEST:].strip(" .") or "tep"
