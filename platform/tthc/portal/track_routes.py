"""Looking a dossier up without signing in, at home and at the kiosk of a one-stop shop; personal data stay hidden
(Đ16.1a, Đ16.1c, Đ16.3).
"""

from typing import Any, Final

from flask import Blueprint, Response, make_response, render_template, request, url_for

from tthc.dossiers.status import next_actor
from tthc.portal.public_number import Found, look_up, scanned, tidy
from tthc.services import services
from tthc.web.access import access
from tthc.web.limits import limiter
from tthc.web.speaking import words_of
from tthc.web.story import public_story

blueprint = Blueprint("track", __name__)

KIOSK_SECONDS: Final = 60
"""How long an answer stands on the screen that everybody uses; a press on “Thêm thời gian” gives it again."""

PER_ADDRESS: Final = "30 per minute"
MISSES_PER_ADDRESS: Final = "40 per hour"
WRONG_REFERENCES: Final = "10 per hour"


def _missed(response: Response) -> bool:
    return response.status_code == 404


def _asked_code() -> str:
    return f"ma:{tidy(_asked()[0])}"


def _asked() -> tuple[str, str]:
    """The number and the reference, as typed or as read from the printed code."""
    number, told = scanned(request.values.get("ma", ""))
    return number, told or request.values.get("so", "").strip()[:60]


@blueprint.get("/tra-cuu")
@access("public")
@limiter.limit(PER_ADDRESS)
@limiter.limit(MISSES_PER_ADDRESS, deduct_when=_missed)
@limiter.limit(
    WRONG_REFERENCES, key_func=_asked_code, deduct_when=_missed, exempt_when=lambda: not _asked()[1]
)
def track() -> Response:
    """Status, unit and dates; no names, no papers. One sentence answers a wrong code, one not there, a wrong reference."""
    number, reference = _asked()
    found = look_up(services().repository, number, reference) if number else None
    missing = bool(number) and found is None
    page = render_template(
        "portal/track.html",
        asked=number,
        reference=reference,
        missing=missing,
        sms_number=services().settings.sms_number,
        **_shown(found),
    )
    return _unkept(make_response(page, 404 if missing else 200))


@blueprint.get("/tra-cuu/tai-quay")
@access("public")
def kiosk() -> Response:
    """The screen that stands in the hall: one box, big type; a reader of QR codes types into it like a keyboard."""
    return _unkept(make_response(_kiosk_page(None, missing=False)))


@blueprint.post("/tra-cuu/tai-quay")
@access("public")
@limiter.limit("60 per minute")
@limiter.limit("200 per hour", deduct_when=_missed)
def kiosk_answer() -> Response:
    """The answer clears itself: the header leads back to the empty screen, and no address holds the number."""
    number, reference = _asked()
    found = look_up(services().repository, number, reference) if number else None
    response = make_response(
        _kiosk_page(found, missing=found is None, asked=number, reference=reference), 200 if found else 404
    )
    response.headers["Refresh"] = f"{KIOSK_SECONDS}; url={url_for('.kiosk')}"
    return _unkept(response)


def _kiosk_page(found: Found | None, *, missing: bool, asked: str = "", reference: str = "") -> str:
    return render_template(
        "portal/kiosk.html",
        missing=missing,
        asked=asked,
        reference=reference,
        seconds=KIOSK_SECONDS,
        **_shown(found),
    )


def _shown(found: Found | None) -> dict[str, Any]:
    s = services()
    if found is None:
        return {"dossier": None, "whole": False}
    dossier = found.dossier
    agency = s.agencies.facts(dossier.agency)
    with words_of(dossier):
        story = public_story(dossier, s.calendar(dossier.agency), agency) if found.whole else []
        return {
            "dossier": dossier,
            "whole": found.whole,
            "agency": agency,
            "next": next_actor(dossier, agency, named=False),
            "timeline": story,
            "now": s.clock.now(),
        }


def _unkept(response: Response) -> Response:
    """Nothing of it stays in the browser that many people use, nor in a search engine."""
    response.headers["Cache-Control"] = "no-store"
    if _asked()[0]:
        response.headers["X-Robots-Tag"] = "noindex"
    return response
