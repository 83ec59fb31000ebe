"""What a telephone sees after reading the QR code at the counter: the named papers, and a place to send pictures of each.

Nobody signs in here, so nothing is told here: no name, no answer, no file. The address alone lets one add files to the
papers of one draft, for a quarter of an hour (Đ12.1b). Each answer says `no-store` and sends no referrer on.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from definitions.model import PaperDue
from forms.attachments import UploadError, accept
from forms.file_kinds import FileKind
from forms.joining import join
from tthc.dossiers.context import RECEPTION
from tthc.dossiers.state import FileRef
from tthc.onestop.counter import look_at_counter
from tthc.onestop.phone.links import Link, Sent
from tthc.portal.applications import Application
from tthc.portal.filling import Filling
from tthc.services import services
from tthc.web.access import access
from tthc.web.limits import PHONE_SEND, PHONE_VIEW, limiter
from tthc.web.uploads import IMAGES_AND_PDF, MAX_UPLOAD_BYTES, chosen_files, read_upload, taken

blueprint = Blueprint("phone", __name__, url_prefix="/chup-giay-to/<token>")

GONE = (
    "Địa chỉ gửi ảnh này không còn dùng được: đã hết 15 phút, đã được dừng, hoặc hồ sơ đã tiếp nhận xong."
    " Bấm “Chụp bằng điện thoại” ở màn hình tiếp nhận để lấy mã mới."
)
PICTURES = frozenset({FileKind.JPEG, FileKind.PNG})
View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Place:
    """One paper on the telephone's page. `sent`: what came by this link; `joinable`: pictures among it that may become
    one file; `only`: it takes one file, so pictures are joined at once.
    """

    paper: PaperDue
    sent: tuple[Sent, ...]
    joinable: int
    only: bool


def unkept(view: View) -> View:
    """The address is the key: it is kept in no cache and sent to no other site."""

    @wraps(view)
    def answer(*args: Any, **kwargs: Any) -> BaseResponse:
        response = make_response(view(*args, **kwargs))
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return answer  # type: ignore[return-value]


@blueprint.get("")
@access("public")
@limiter.limit(PHONE_VIEW)
@unkept
def page(token: str) -> str:
    link, filling = _reach(token)
    return _show(token, link, filling)


@blueprint.post("/<paper_id>")
@access("public")
@limiter.limit(PHONE_SEND)
@unkept
def send(token: str, paper_id: str) -> BaseResponse | tuple[str, int]:
    """Pictures or scans of one paper; with `join`, its pictures as one PDF."""
    link, filling = _reach(token)
    paper = _paper(filling, paper_id)
    try:
        _store(link, filling.application, paper)
    except UploadError as error:
        return _show(token, link, filling, {paper_id: str(error)}), 422
    flash(f"Đã gửi: {paper.name}.")
    return redirect(url_for(".page", token=token, _anchor=f"paper-{paper_id}"))


@blueprint.post("/<paper_id>/gop")
@access("public")
@limiter.limit(PHONE_SEND)
@unkept
def join_sent(token: str, paper_id: str) -> BaseResponse | tuple[str, int]:
    """The pictures that this link has sent of a paper become one PDF; files that came another way are not touched."""
    link, filling = _reach(token)
    paper = _paper(filling, paper_id)
    pictures = _pictures(link, filling.application, paper_id)
    try:
        file = _one_file(pictures, paper, link.owner)
    except UploadError as error:
        return _show(token, link, filling, {paper_id: str(error)}), 422
    s = services()
    now = s.clock.now()
    if not s.phone_links.take(link, 0, now):
        abort(404, GONE)
    for picture in pictures:
        s.applications.remove_file(filling.application, paper_id, picture.sha256, now)
    s.phone_links.joined(link, paper_id, tuple(picture.sha256 for picture in pictures))
    s.applications.add_file(filling.application, paper_id, file, now)
    s.phone_links.told(link, Sent(paper_id, file.sha256, file.name))
    flash(f"Đã gộp {len(pictures)} ảnh thành một tệp PDF: {paper.name}.")
    return redirect(url_for(".page", token=token, _anchor=f"paper-{paper_id}"))


def _reach(token: str) -> tuple[Link, Filling]:
    """The draft behind an address, while the official who made it still receives dossiers at that agency."""
    s = services()
    now = s.clock.now()
    link = s.phone_links.by_token(token, now)
    if link is None:
        abort(404, GONE)
    owner = s.accounts.get(link.owner)
    application = s.applications.get(link.application, link.owner)
    if (
        owner is None
        or RECEPTION not in owner.functions_at(link.agency)
        or application is None
        or application.agency != link.agency
        or application.submitted_at is not None
    ):
        abort(404, GONE)
    return link, look_at_counter(s, application, now)


def _paper(filling: Filling, paper_id: str) -> PaperDue:
    found = next((p for p in filling.assessment.papers if p.id == paper_id and not p.form_generated), None)
    if found is None:
        abort(404, "Giấy tờ này không có trong hồ sơ đang nhập.")
    return found


def _store(link: Link, application: Application, paper: PaperDue) -> None:
    """All of the files chosen, or none.

    Raises:
        UploadError: what is wrong, for the telephone's page.
    """
    s = services()
    now = s.clock.now()
    room = application.room(paper.id, paper.max_files)
    joins = "join" in request.form or not (taken(paper.accept) & PICTURES)
    if room < 1:
        raise UploadError("Giấy tờ này đã đủ tệp; bỏ bớt tệp ở màn hình tiếp nhận rồi gửi lại.")
    sent = chosen_files("file", 20 if joins else room)
    if not s.phone_links.take(link, len(sent), now):
        raise UploadError("Địa chỉ này đã nhận đủ số tệp; lấy mã mới ở màn hình tiếp nhận để gửi tiếp.")
    kinds = taken(paper.accept)
    found: list[tuple[bytes, str, FileKind]] = []
    for file in sent:
        data = read_upload(file)
        known = accept(
            data,
            file.filename or "",
            file.mimetype or "",
            kinds=IMAGES_AND_PDF if joins else kinds,
            max_bytes=MAX_UPLOAD_BYTES,
        )
        found.append((data, known.name, known.kind))
    if joins:
        pictures = [data for data, _name, kind in found if kind in PICTURES]
        found = [one for one in found if one[2] not in PICTURES]
        if pictures:
            found.append((join(pictures), _joined_name(paper), FileKind.PDF))
    if len(found) > room:
        raise UploadError(f"Giấy tờ này chỉ nhận thêm được {room} tệp; chọn ít tệp hơn.")
    for data, name, _kind in found:
        kept = _kept(data, name, link.owner)
        s.applications.add_file(application, paper.id, kept, now)
        s.phone_links.told(link, Sent(paper.id, kept.sha256, kept.name))


def _kept(data: bytes, name: str, by: str) -> FileRef:
    s = services()
    known = accept(data, name, "", kinds=IMAGES_AND_PDF, max_bytes=MAX_UPLOAD_BYTES)
    return s.files.put(data, name=known.name, kind=str(known.kind), now=s.clock.now(), by=by)


def _one_file(pictures: list[FileRef], paper: PaperDue, owner: str) -> FileRef:
    if len(pictures) < 2:
        raise UploadError("Gửi ít nhất hai ảnh của giấy tờ này rồi mới gộp.")
    files = services().files
    return _kept(join([files.read(file.sha256) for file in pictures]), _joined_name(paper), owner)


def _joined_name(paper: PaperDue) -> str:
    return f"{paper.id.replace('_', '-')}-{services().clock.now():%H%M%S}.pdf"


def _pictures(link: Link, application: Application, paper_id: str) -> list[FileRef]:
    """What came by this link, is a picture and is still there, in the order it came."""
    mine = {sent.sha256 for sent in link.of(paper_id)}
    there = application.files.get(paper_id, ())
    return [file for file in there if file.sha256 in mine and file.kind in {"jpeg", "png"}]


def _show(token: str, link: Link, filling: Filling, errors: dict[str, str] | None = None) -> str:
    places = [
        Place(
            paper=paper,
            sent=link.of(paper.id),
            joinable=len(_pictures(link, filling.application, paper.id)),
            only=paper.max_files == 1 or not (taken(paper.accept) & PICTURES),
        )
        for paper in filling.assessment.papers
        if not paper.form_generated
    ]
    return render_template(
        "onestop/phone.html",
        token=token,
        link=link,
        places=places,
        procedure_name=filling.definition.name,
        agency_name=filling.agency.name,
        errors=errors or {},
    )
