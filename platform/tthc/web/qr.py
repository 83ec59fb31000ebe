"""QR codes as pictures of their own, for a page that must hold no script and no style of the text they carry."""

from io import BytesIO

import segno
from flask import Response


def qr_response(text: str, *, scale: int = 6, cached: str = "no-store") -> Response:
    """An SVG; kept by nobody on the way, since what it says is one person's. `cached`: the header that says so."""
    picture = BytesIO()
    segno.make(text, error="m", micro=False).save(
        picture, kind="svg", scale=scale, border=4, light="#fff", xmldecl=False
    )
    response = Response(picture.getvalue(), mimetype="image/svg+xml")
    response.headers["Cache-Control"] = cached
    response.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response
