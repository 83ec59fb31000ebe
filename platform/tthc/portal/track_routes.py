"""Looking a dossier up by its code or reference without signing in; personal data stay hidden (Đ16.1a, Đ16.3)."""

from flask import Blueprint, render_template, request

from tthc.dossiers.status import next_actor
from tthc.portal.public_number import by_public_number
from tthc.services import services
from tthc.web.access import access
from tthc.web.limits import limiter
from tthc.web.story import public_story

blueprint = Blueprint("track", __name__)


@blueprint.get("/tra-cuu")
@access("public")
@limiter.limit("30 per minute")
def track() -> str | tuple[str, int]:
    """Status, unit and dates; no names, no papers. One sentence answers both a wrong code and one not there."""
    s = services()
    asked = request.args.get("ma", "").strip()[:60]
    found = by_public_number(s.repository, asked) if asked else None
    if asked and found is None:
        return render_template("portal/track.html", asked=asked, dossier=None, missing=True), 404
    if found is None:
        return render_template("portal/track.html", asked="", dossier=None, missing=False)
    return render_template(
        "portal/track.html",
        asked=asked,
        dossier=found,
        missing=False,
        agency=s.agencies.facts(found.agency),
        next=next_actor(found, s.agencies.facts(found.agency), named=False),
        timeline=public_story(found, s.calendar(found.agency)),
        now=s.clock.now(),
    )
