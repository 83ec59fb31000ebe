"""What an application's places for files take, and how much of it: the same for each way in which a file comes."""

import hashlib
from typing import Final

from definitions.model import PaperDue
from forms.attachments import UploadError
from forms.file_kinds import FileKind
from forms.joining import MOST
from rules.i18n import gettext
from tthc.dossiers.state import FileRef
from tthc.portal.filling import Filling
from tthc.services import Services
from tthc.web.uploads import keep_bytes, taken

MOST_BYTES: Final = 200 * 1024 * 1024
"""All files of one application together."""
PICTURES: Final = frozenset({FileKind.JPEG, FileKind.PNG})


def place_of(filling: Filling, paper_id: str) -> PaperDue | None:
    """The paper of that id that this application uploads files for."""
    return next((paper for paper in filling.uploads if paper.id == paper_id), None)


def kinds_of(paper: PaperDue, *, tray: bool) -> frozenset[FileKind]:
    return PICTURES if tray else taken(paper.accept)


def require_room(
    services: Services, filling: Filling, paper: PaperDue, *, tray: bool, size: int, sha256: str
) -> None:
    """Another file of `size` bytes has its place; what is there already needs none.

    Raises:
        UploadError: too many, or too much.
    """
    application = filling.application
    sheets = services.trays.of(application.id, paper.id) if tray else ()
    held = [sheet.file for sheet in sheets] if tray else application.files.get(paper.id, ())
    if any(file.sha256 == sha256 for file in held):
        return
    if tray:
        if len(sheets) >= MOST:
            raise UploadError(
                gettext("Mỗi lần ghép nhiều nhất {most} trang; ghép những trang này trước đã.").format(
                    most=MOST
                )
            )
    elif application.room(paper.id, paper.max_files) < 1:
        raise UploadError(
            gettext(
                "Loại giấy tờ này đã đủ tệp. Ông/bà xóa bớt tệp, hoặc dùng “Ghép ảnh” để gộp các trang thành một tệp."
            )
        )
    if application.weight + size > MOST_BYTES:
        raise UploadError(
            gettext(
                "Các tệp của hồ sơ này vượt {most} MB. Ông/bà xóa bớt tệp không cần,"
                " hoặc chụp, quét ở độ nét vừa phải."
            ).format(most=MOST_BYTES // 1024 // 1024)
        )


def keep(
    services: Services,
    filling: Filling,
    paper: PaperDue,
    *,
    tray: bool,
    data: bytes,
    name: str,
    mimetype: str,
) -> FileRef:
    """Judge a file and put it in its place; the same file twice is there once.

    Raises:
        UploadError: it is not taken.
    """
    application = filling.application
    sha256 = hashlib.sha256(data).hexdigest()
    require_room(services, filling, paper, tray=tray, size=len(data), sha256=sha256)
    now = services.clock.now()
    kinds = kinds_of(paper, tray=tray)
    file = keep_bytes(data, name, mimetype, services, now=now, by=application.owner, kinds=kinds)
    put_in_place(services, filling, paper.id, file, tray=tray)
    return file


def put_in_place(services: Services, filling: Filling, paper_id: str, file: FileRef, *, tray: bool) -> None:
    now = services.clock.now()
    if tray:
        services.trays.add(filling.application.id, paper_id, [file], now)
    else:
        services.applications.add_file(filling.application, paper_id, file, now)


def infected_papers(services: Services, filling: Filling) -> tuple[str, ...]:
    """Ids of the papers with a file in which malware was found after it had been taken."""
    files, papers = filling.application.files, (*filling.uploads, *filling.assessment.papers)
    held = services.files.standings(file.sha256 for some in files.values() for file in some)
    return tuple(
        dict.fromkeys(
            paper.id
            for paper in papers
            if any(held.get(file.sha256) == "infected" for file in files.get(paper.id, ()))
        )
    )


def left_behind(services: Services, filling: Filling) -> tuple[str, ...]:
    """What would not be handed in though somebody began to send it: names of the papers, each once."""
    application = filling.application
    ids = {one.paper for one in services.transfers.open_of(application.owner, application.id)}
    ids |= set(services.trays.waiting(application.id, [paper.id for paper in filling.uploads]))
    return tuple(paper.name for paper in filling.uploads if paper.id in ids)
