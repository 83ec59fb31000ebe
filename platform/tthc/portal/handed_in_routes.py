"""The code to keep of what was handed in (Đ10.1, Đ16.3)."""

from io import BytesIO

import segno
from flask import Blueprint, Response, url_for

from tthc.portal.dossier_routes import own_dossier
from tthc.services import services
from tthc.web.access import access

blueprint = Blueprint("handed_in", __name__)


@blueprint.get("/ho-so/<dossier_id>/ma-qr.svg")
@access("citizen")
def code(dossier_id: str) -> Response:
    """Opens the public page of the dossier (Đ16.3), which tells no names."""
    s = services()
    found = own_dossier(dossier_id)
    address = s.settings.base_url + url_for("track.track", ma=found.code or found.reference)
    picture = BytesIO()
    segno.make(address, error="m", micro=False).save(
        picture, kind="svg", scale=5, border=4, light="#fff", xmldecl=False
    )
    response = Response(picture.getvalue(), mimetype="image/svg+xml")
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response
