"""The agency whose workspace the address names. Who may enter it is `tthc.web.access`'s business."""

from flask import abort

from tthc.agencies.model import Agency
from tthc.services import services


def agency_here(slug: str) -> Agency:
    """404 where no agency of that address exists (Đ3.2)."""
    found = services().agencies.by_slug(slug)
    if found is None:
        abort(404)
    return found
