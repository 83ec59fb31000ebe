"""The desk's side of photographing with a telephone: the QR code, and what has come meanwhile (Đ12.1b)."""

from flask import Blueprint, Response, abort, render_template, url_for

from tthc.accounts.session import current_account
from tthc.onestop.here import agency_here
from tthc.onestop.phone.links import Link
from tthc.portal.applications import Application
from tthc.services import services
from tthc.web.access import access
from tthc.web.qr import qr_response

blueprint = Blueprint("phone_desk", __name__, url_prefix="/motcua/<slug>/tiep-nhan/them-moi/<application_id>")


@blueprint.get("/ma-qr.svg")
@access("staff:tiep_nhan")
def code(slug: str, application_id: str) -> Response:
    """The QR code of the draft's living link; whoever sees the screen may read it, nobody else."""
    link = _living(_draft(slug, application_id))
    if link is None:
        abort(404)
    return qr_response(address(link))


@blueprint.get("/da-den")
@access("staff:tiep_nhan")
def arrived(slug: str, application_id: str) -> Response:
    """The draft's files paper by paper, asked for again and again while a telephone may be sending."""
    application = _draft(slug, application_id)
    page = render_template(
        "onestop/phone_arrived.html", slug=slug, application=application, link=_living(application)
    )
    response = Response(page, mimetype="text/html")
    response.headers["Cache-Control"] = "no-store"
    return response


def address(link: Link) -> str:
    """What the QR code says."""
    s = services()
    return s.settings.base_url + url_for("phone.page", token=s.phone_links.token(link))


def _draft(slug: str, application_id: str) -> Application:
    s = services()
    agency = agency_here(slug)
    application = s.applications.get(application_id, current_account().key)
    if application is None or application.agency != agency.id or application.submitted_at is not None:
        abort(404)
    return application


def _living(application: Application) -> Link | None:
    s = services()
    return s.phone_links.living(application.id, application.owner, s.clock.now())
