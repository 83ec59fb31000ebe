"""Giving a rating, signed in or by the two numbers on the receipt; and what all ratings say together (Đ8.3)."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from rules.calendar import TZ
from rules.i18n import gettext
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import Dossier
from tthc.portal.dossier_routes import own_dossier
from tthc.portal.public_number import look_up
from tthc.ratings.criteria import in_force
from tthc.ratings.rating import RATED_BEFORE, changeable_until, may_rate
from tthc.services import services
from tthc.web.access import access
from tthc.web.limits import limiter

blueprint = Blueprint("ratings", __name__)


@blueprint.route("/ho-so/<dossier_id>/danh-gia", methods=["GET", "POST"])
@access("citizen")
def own(dossier_id: str) -> BaseResponse | str | tuple[str, int]:
    found = own_dossier(dossier_id)
    return _page(found, url_for(".own", dossier_id=found.id), url_for("mine.dossier", dossier_id=found.id))


@blueprint.get("/danh-gia")
@access("public")
def all_agencies() -> str:
    """Every agency's aggregates under the slip in force; nothing of a single rating."""
    s = services()
    chosen = in_force(s.ratings.sets, s.clock.now().astimezone(TZ).date())
    rows = s.ratings.aggregates(chosen)
    names = {row.agency: s.agencies.facts(row.agency).name for row in rows}
    return render_template("portal/ratings.html", slip=chosen, rows=rows, names=names)


@blueprint.route("/danh-gia/phieu", methods=["GET", "POST"])
@access("public")
@limiter.limit("30 per minute")
@limiter.limit("40 per hour", deduct_when=lambda response: response.status_code == 404)
def by_numbers() -> BaseResponse | str | tuple[str, int]:
    """For who handed in at a counter: the code and the reference on the receipt open the slip, as they open the story.

    The official who printed the receipt knows both numbers too, so what was answered is neither shown nor changed here.
    """
    number, reference = request.values.get("ma", "").strip(), request.values.get("so", "").strip()
    found = look_up(services().repository, number[:60], reference[:60]) if number or reference else None
    if found is None or not found.whole:
        missing = bool(number or reference)
        page = render_template("portal/rate_which.html", number=number, reference=reference, missing=missing)
        return (page, 404) if missing else page
    return _page(found.dossier, url_for(".by_numbers"), url_for("track.track"), ma=number, so=reference)


def _page(found: Dossier, action: str, back: str, **hidden: str) -> BaseResponse | str | tuple[str, int]:
    s = services()
    now = s.clock.now()
    by_numbers = bool(hidden)
    slip, before, problem = s.ratings.slip(found, now), s.ratings.of(found), ""
    at = ""
    shown = None if by_numbers else before
    answers = dict(shown.answers) if shown else {}
    comment = shown.comment if shown else ""
    if request.method == "POST" and request.form.get("_action") == "rate":
        answers = {c.id: request.form.get(f"c.{c.id}", "") for c in slip.asked}
        comment = request.form.get("comment", "")
        try:
            s.ratings.give(found, answers, comment, now, first_only=by_numbers)
        except Refused as refusal:
            problem = refusal.sentence()
            blank = next((c.id for c in slip.asked if not answers[c.id]), "")
            at = f"c-{blank}" if refusal.code == "unanswered" and blank else ""
        else:
            flash(gettext("Cảm ơn ông/bà. Đánh giá đã được ghi nhận, không kèm tên và số hồ sơ."))
            return redirect(back)
    elif not may_rate(found) and not by_numbers:
        abort(404)
    page = render_template(
        "portal/rate.html",
        dossier=found,
        slip=slip,
        answers=answers,
        comment=comment,
        problem=problem,
        at=at,
        action=action,
        back=back,
        hidden=hidden,
        before=before,
        once=gettext(RATED_BEFORE) if by_numbers else "",
        until=changeable_until(shown, slip) if shown else None,
        open=may_rate(found)
        and (before is None or (not by_numbers and now <= changeable_until(before, slip))),
    )
    return (page, 409) if problem else page
