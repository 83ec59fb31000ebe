"""The workspace of an agency: inboxes and the dossier on one screen (Đ3.2, Đ11–Đ15, ux.md §4)."""

from collections.abc import Callable

from flask import Blueprint, abort, request
from werkzeug.wrappers import Response as BaseResponse

from tthc.accounts.session import current_actor
from tthc.dossiers.state import Dossier
from tthc.onestop import inboxes
from tthc.onestop.detail import show_dossier
from tthc.onestop.here import agency_here
from tthc.onestop.list_page import show_list
from tthc.onestop.making import Making
from tthc.onestop.today import show_today
from tthc.services import Services, services
from tthc.web.access import access
from tthc.web.files import find_file, in_sensitive_paper, send_bytes, send_stored
from tthc.web.papers import (
    apology_response,
    control_sheet_response,
    extension_response,
    rating_response,
    refusal_response,
    stop_response,
    supplement_response,
    two_copies,
)
from tthc.web.rules import OVERSEER

blueprint = Blueprint("workspace", __name__, url_prefix="/motcua/<slug>")


@blueprint.get("", strict_slashes=False)
@blueprint.get("/", strict_slashes=False)
@access("staff", OVERSEER)
def home(slug: str) -> str:
    """The reader's work today."""
    return show_today(agency_here(slug), current_actor())


@blueprint.get("/hop/<inbox_id>")
@access("staff", OVERSEER)
def inbox(slug: str, inbox_id: str) -> str:
    agency = agency_here(slug)
    actor = current_actor()
    chosen = inboxes.find(inbox_id, actor)
    if chosen is None:
        abort(404)
    try:
        return show_list(agency, actor, chosen)
    except ValueError:
        abort(404)


@blueprint.get("/ho-so/<dossier_id>")
@access("staff", OVERSEER)
def dossier(slug: str, dossier_id: str) -> str:
    found = dossier_here(slug, dossier_id)
    return show_dossier(agency_here(slug), found, new=request.args.get("moi") == "1")


@blueprint.post("/ho-so/<dossier_id>/hien-du-lieu")
@access("staff")
def reveal(slug: str, dossier_id: str) -> str:
    """The dossier with its sensitive answers uncovered: asked for by a press, never by an address, and logged."""
    return show_dossier(agency_here(slug), dossier_here(slug, dossier_id), revealed=True)


@blueprint.get("/ho-so/<dossier_id>/tep/<sha256>")
@access("staff", OVERSEER)
def file(slug: str, dossier_id: str, sha256: str) -> BaseResponse:
    """A file of the dossier; the reading is logged (Đ9.1e)."""
    s = services()
    found = dossier_here(slug, dossier_id)
    definition = s.definitions.by_hash(found.definition)
    ref = find_file(found, definition, sha256)
    if ref is None:
        abort(404)
    kind = "tep-nhay-cam" if in_sensitive_paper(found, definition, sha256) else "tep"
    s.reads.log(current_actor(), found.id, f"{kind}:{sha256}", s.clock.now())
    return send_stored(s, ref)


@blueprint.get("/ho-so/<dossier_id>/giay-tiep-nhan.pdf")
@access("staff", OVERSEER)
def receipt(slug: str, dossier_id: str) -> BaseResponse:
    return _printed(slug, dossier_id, "giay-tiep-nhan", two_copies)


@blueprint.get("/ho-so/<dossier_id>/phieu-kiem-soat.pdf")
@access("staff", OVERSEER)
def control_sheet(slug: str, dossier_id: str) -> BaseResponse:
    return _printed(slug, dossier_id, "phieu-kiem-soat", control_sheet_response)


@blueprint.get("/ho-so/<dossier_id>/phieu-bo-sung.pdf")
@access("staff", OVERSEER)
def supplement_sheet(slug: str, dossier_id: str) -> BaseResponse:
    return _printed(slug, dossier_id, "phieu-bo-sung", supplement_response)


@blueprint.get("/ho-so/<dossier_id>/phieu-tu-choi.pdf")
@access("staff", OVERSEER)
def refusal_sheet(slug: str, dossier_id: str) -> BaseResponse:
    return _printed(slug, dossier_id, "phieu-tu-choi", refusal_response)


@blueprint.get("/ho-so/<dossier_id>/phieu-xin-loi.pdf")
@access("staff")
def apology_sheet(slug: str, dossier_id: str) -> BaseResponse:
    return _printed(slug, dossier_id, "phieu-xin-loi", apology_response)


@blueprint.get("/ho-so/<dossier_id>/de-nghi-gia-han.pdf")
@access("staff")
def extension_sheet(slug: str, dossier_id: str) -> BaseResponse:
    return _printed(slug, dossier_id, "phieu-de-nghi-gia-han", extension_response)


@blueprint.get("/ho-so/<dossier_id>/thong-bao-dung.pdf")
@access("staff")
def stop_sheet(slug: str, dossier_id: str) -> BaseResponse:
    return _printed(slug, dossier_id, "thong-bao-dung", stop_response)


@blueprint.get("/ho-so/<dossier_id>/phieu-danh-gia.pdf")
@access("staff")
def rating_sheet(slug: str, dossier_id: str) -> BaseResponse:
    return _printed(slug, dossier_id, "phieu-danh-gia", rating_response)


@blueprint.get("/ho-so/<dossier_id>/buoc/<token>/van-ban/<document_id>.pdf")
@access("staff")
def made(slug: str, dossier_id: str, token: str, document_id: str) -> BaseResponse:
    """A document of the definition, drawn for the step that offers it; nothing is kept. Reading it is logged, and once
    more where it prints sensitive answers (Đ9.1e).
    """
    s = services()
    found = dossier_here(slug, dossier_id)
    making = Making(s, s.definitions.by_hash(found.definition), found)
    document = making.document(token, document_id)
    if document is None:
        abort(404)
    data = making.pdf(document)
    s.reads.log(current_actor(), found.id, f"in:{document.id}", s.clock.now())
    if making.secret(document):
        s.reads.log(current_actor(), found.id, "du-lieu-nhay-cam", s.clock.now())
    return send_bytes(data, "application/pdf", making.file_name(document))


def _printed(
    slug: str, dossier_id: str, name: str, draw: Callable[[Services, Dossier, int | None], BaseResponse]
) -> BaseResponse:
    """A paper that names the applicant: drawing it is reading the dossier, and is logged (Đ9.1e). Of several of its kind
    the last, or the one that `?lan=` counts to.
    """
    s = services()
    found = dossier_here(slug, dossier_id)
    drawn = draw(s, found, request.args.get("lan", type=int))
    s.reads.log(current_actor(), found.id, f"in:{name}", s.clock.now())
    return drawn


def own_dossier_here(slug: str, dossier_id: str) -> Dossier:
    """The agency's own dossier; one that it was only asked about is not found."""
    found = dossier_here(slug, dossier_id)
    if found.agency != agency_here(slug).id:
        abort(404)
    return found


def dossier_here(slug: str, dossier_id: str) -> Dossier:
    """The agency's own dossier, or one that it was asked about; any other is not found (Đ2.7)."""
    agency_here(slug)
    found = services().dossiers.read(dossier_id, current_actor())
    if found is None:
        abort(404)
    return found
