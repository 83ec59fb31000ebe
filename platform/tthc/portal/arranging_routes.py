"""Photographs of one paper put in order, turned, cut and joined to one PDF (Đ10.1b). Works without script."""

from functools import partial
from typing import Final

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from definitions.model import PaperDue
from forms.attachments import UploadError
from forms.file_kinds import FileKind
from forms.joining import MOST, MOST_CUT, Shape, join, preview
from rules.i18n import gettext, ngettext
from tthc.accounts.session import current_account
from tthc.dossiers.state import FileRef
from tthc.portal import wizard
from tthc.portal.apply_routes import _filling, _shared
from tthc.portal.filling import Filling
from tthc.portal.keeping import PICTURES, keep, place_of
from tthc.portal.told_files import STANDINGS, hints, told
from tthc.portal.trays import Sheet, Sheets, moved, shaped, without
from tthc.services import services
from tthc.web.access import access
from tthc.web.files import send_bytes, send_stored
from tthc.web.uploads import MAX_UPLOAD_BYTES, chosen_files, read_upload, taken

blueprint = Blueprint(
    "arranging", __name__, url_prefix="/nop-ho-so/<application_id>/giay-to/<paper_id>/ghep-anh"
)

WIDTH: Final = 300
KEPT: Final = "private, max-age=900"
"""A preview is asked for by its shape: on a slow line it is not fetched again for each press."""
_QUALITIES: Final = (82, 60, 40)
_SIDES: Final = ("left", "top", "right", "bottom")


@blueprint.get("")
@access("citizen")
def tray(application_id: str, paper_id: str) -> str:
    filling, paper = _place(application_id, paper_id)
    return _show(filling, paper)


@blueprint.post("")
@access("citizen")
def upload(
    application_id: str, paper_id: str
) -> BaseResponse | str | tuple[BaseResponse, int] | tuple[str, int]:
    """Photographs for the end of the tray."""
    filling, paper = _place(application_id, paper_id)
    s = services()
    wants_json = request.accept_mimetypes.best == "application/json"
    stored: list[FileRef] = []
    try:
        for sent in chosen_files("file", MOST):
            data, name, mimetype = read_upload(sent), sent.filename or "", sent.mimetype or ""
            stored.append(keep(s, filling, paper, tray=True, data=data, name=name, mimetype=mimetype))
    except UploadError as error:
        if wants_json:
            return jsonify(error=str(error)), 422
        return _show(filling, paper, problem=str(error)), 422
    if wants_json:
        return jsonify(told(s, filling, paper_id, stored[-1], tray=True))
    return _back(application_id, paper_id)


@blueprint.post("/lay")
@access("citizen")
def take(application_id: str, paper_id: str) -> BaseResponse:
    """The pictures that were uploaded as files of the paper come into the tray, to be joined."""
    filling, paper = _place(application_id, paper_id)
    s = services()
    now = s.clock.now()
    pictures = _pictures(filling, paper)
    there = {sheet.file.sha256 for sheet in s.trays.add(application_id, paper_id, pictures, now)}
    for file in pictures:
        if file.sha256 in there:
            s.applications.remove_file(filling.application, paper_id, file.sha256, now)
    return _back(application_id, paper_id)


@blueprint.post("/<sha256>/sua")
@access("citizen")
def change(application_id: str, paper_id: str, sha256: str) -> BaseResponse:
    """One page further forward or back, turned, or cut: by the button that was pressed."""
    _place(application_id, paper_id)
    match request.form.get("_do", ""):
        case "up":
            do = partial(moved, sha256=sha256, by=-1)
        case "down":
            do = partial(moved, sha256=sha256, by=1)
        case "right":
            do = partial(shaped, sha256=sha256, do=lambda shape: shape.turned(90))
        case "left":
            do = partial(shaped, sha256=sha256, do=lambda shape: shape.turned(270))
        case "cut":
            left, top, right, bottom = (_percent(side) for side in _SIDES)
            do = partial(
                shaped, sha256=sha256, do=lambda shape: Shape(shape.turn, (left, top, right, bottom))
            )
        case _:
            abort(400)
    s = services()
    s.trays.change(application_id, paper_id, do, s.clock.now())
    return _back(application_id, paper_id, anchor=f"trang-{sha256[:12]}")


@blueprint.post("/<sha256>/xoa")
@access("citizen")
def remove(application_id: str, paper_id: str, sha256: str) -> BaseResponse:
    _place(application_id, paper_id)
    s = services()
    s.trays.change(application_id, paper_id, partial(without, gone=(sha256,)), s.clock.now())
    if request.accept_mimetypes.best == "application/json":
        return jsonify(removed=sha256)
    return _back(application_id, paper_id)


@blueprint.post("/xong")
@access("citizen")
def finish(application_id: str, paper_id: str) -> BaseResponse | tuple[str, int]:
    """The pages become one PDF of the paper. Pressed twice, the second press finds an empty tray and changes nothing."""
    filling, paper = _place(application_id, paper_id)
    s = services()
    sheets = s.trays.of(application_id, paper_id)
    if not sheets and filling.application.files.get(paper_id):
        return redirect(_papers(application_id, paper_id))
    try:
        data = _joined(sheets)
        name = f"{paper_id.strip('_').replace('_', '-')}-{s.clock.now():%H%M%S}.pdf"
        keep(s, filling, paper, tray=False, data=data, name=name, mimetype="application/pdf")
    except UploadError as error:
        return _show(filling, paper, problem=str(error)), 422
    gone = tuple(sheet.file.sha256 for sheet in sheets)
    s.trays.change(application_id, paper_id, partial(without, gone=gone), s.clock.now())
    flash(
        ngettext(
            "Đã ghép {n} trang thành một tệp PDF: {paper}.",
            "Đã ghép {n} trang thành một tệp PDF: {paper}.",
            len(sheets),
        ).format(n=len(sheets), paper=paper.name)
    )
    return redirect(_papers(application_id, paper_id))


@blueprint.get("/<sha256>")
@access("citizen")
def view(application_id: str, paper_id: str, sha256: str) -> BaseResponse:
    """The photograph as it was taken."""
    return send_stored(services(), _sheet(application_id, paper_id, sha256).file)


@blueprint.get("/<sha256>/nho")
@access("citizen")
def small(application_id: str, paper_id: str, sha256: str) -> BaseResponse:
    """The page as it will be, small."""
    sheet = _sheet(application_id, paper_id, sha256)
    try:
        picture = preview(services().files.read(sha256), sheet.shape, WIDTH)
    except UploadError:
        abort(404)
    response = send_bytes(picture, "image/jpeg", "trang.jpg")
    response.headers["Cache-Control"] = KEPT
    return response


def _joined(sheets: Sheets) -> bytes:
    """As good as fits into one file.

    Raises:
        UploadError: there is nothing to join, or it does not fit.
    """
    files = services().files
    photographs, shapes = [files.read(sheet.file.sha256) for sheet in sheets], [s.shape for s in sheets]
    for quality in _QUALITIES:
        data = join(photographs, shapes, quality)
        if len(data) <= MAX_UPLOAD_BYTES:
            return data
    raise UploadError(gettext("Các trang ghép lại vẫn quá 10 MB. Ông/bà bớt trang, hoặc ghép thành hai tệp."))


def _place(application_id: str, paper_id: str) -> tuple[Filling, PaperDue]:
    filling = _filling(application_id)
    paper = place_of(filling, paper_id)
    if paper is None or FileKind.PDF not in taken(paper.accept):
        abort(404)
    return filling, paper


def _sheet(application_id: str, paper_id: str, sha256: str) -> Sheet:
    """The owner's own alone."""
    s = services()
    if s.applications.get(application_id, current_account().key) is None:
        abort(404)
    sheets = s.trays.of(application_id, paper_id)
    found = next((sheet for sheet in sheets if sheet.file.sha256 == sha256), None)
    if found is None:
        abort(404)
    return found


def _pictures(filling: Filling, paper: PaperDue) -> list[FileRef]:
    files = filling.application.files.get(paper.id, ())
    return [file for file in files if file.kind in {str(kind) for kind in PICTURES}]


def _percent(name: str) -> int:
    text = request.form.get(name, "0")
    return min(int(text), MOST_CUT) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def _papers(application_id: str, paper_id: str) -> str:
    return url_for("uploads.papers", application_id=application_id, _anchor=f"paper-{paper_id}")


def _back(application_id: str, paper_id: str, anchor: str | None = None) -> BaseResponse:
    return redirect(url_for(".tray", application_id=application_id, paper_id=paper_id, _anchor=anchor))


def _show(filling: Filling, paper: PaperDue, problem: str = "") -> str:
    s = services()
    application = filling.application
    sheets = s.trays.of(application.id, paper.id)
    files = [sheet.file for sheet in sheets]
    return render_template(
        "portal/arrange.html",
        **_shared(filling, wizard.PAPERS),
        paper=paper,
        sheets=sheets,
        hints=hints(s, files),
        states={k: gettext(STANDINGS[v]) for k, v in s.files.standings(f.sha256 for f in files).items()},
        uploaded=len(_pictures(filling, paper)),
        unfinished=[
            one
            for one in s.transfers.open_of(application.owner, application.id)
            if one.tray and one.paper == paper.id
        ],
        drop_url=lambda one: url_for("transfers.drop", application_id=application.id, transfer_id=one.id),
        problem=problem,
        most=MOST,
        sides=list(
            zip(_SIDES, (gettext("trái"), gettext("trên"), gettext("phải"), gettext("dưới")), strict=True)
        ),
        cuts=range(0, MOST_CUT + 1, 5),
    )
