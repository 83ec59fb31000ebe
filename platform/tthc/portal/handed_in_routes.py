"""The code to keep of what was handed in (Đ10.1, Đ16.3)."""

from flask import Blueprint, Response, url_for

from tthc.portal.dossier_routes import own_dossier
from tthc.services import services
from tthc.web.access import access
from tthc.web.qr import qr_response

blueprint = Blueprint("handed_in", __name__)


@blueprint.get("/ho-so/<dossier_id>/ma-qr.svg")
@access("citizen")
def code(dossier_id: str) -> Response:
    """Opens the public page of the dossier (Đ16.3), which tells no names."""
    s = services()
    found = own_dossier(dossier_id)
    address = s.settings.base_url + url_for("track.track", ma=found.code or found.reference)
    return qr_response(address, scale=5, cached="private, no-store")
