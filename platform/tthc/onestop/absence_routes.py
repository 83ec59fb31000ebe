"""“Vắng mặt, làm thay”: a person's own page of leaves, and of whose place they act in (Đ13 đầu)."""

from collections.abc import Mapping
from datetime import date, timedelta

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from rules.calendar import TZ
from tthc.accounts.leaving import announce
from tthc.accounts.service import AccountError
from tthc.accounts.session import current_account, current_actor
from tthc.onestop.here import agency_here
from tthc.services import services
from tthc.web.access import access

blueprint = Blueprint("absences", __name__, url_prefix="/motcua/<slug>/vang-mat")

Answer = BaseResponse | str | tuple[str, int]


@blueprint.get("")
@access("staff")
def index(slug: str) -> Answer:
    return _page(slug, {}, {})


@blueprint.post("")
@access("staff")
def say(slug: str) -> Answer:
    """I am away from one day to another, and who does my work meanwhile."""
    agency, me, s, form = agency_here(slug), current_account(), services(), request.form
    days = {}
    for name, label in (("start", "ngày đầu"), ("until", "ngày cuối")):
        try:
            days[name] = date.fromisoformat(form.get(name, ""))
        except ValueError:
            return _page(slug, {name: f"Nhập {label} theo dạng ngày/tháng/năm."}, form), 422
    cover = s.accounts.get(form.get("cover", "")) if form.get("cover") else None
    try:
        announce(
            s.absences,
            me,
            cover,
            agency=agency.id,
            **days,
            reason=form.get("reason", ""),
            by=me,
            now=s.clock.now(),
        )
    except AccountError as error:
        return _page(slug, {error.field: error.message}, form), 422
    flash("Đã báo vắng. Trong thời gian đó người làm thay thấy và làm được việc đã giao cho ông/bà.", "ok")
    return redirect(url_for(".index", slug=slug))


@blueprint.post("/<absence_id>/ket-thuc")
@access("staff")
def end(slug: str, absence_id: str) -> Answer:
    """Back earlier than said: the leave was in force until yesterday."""
    agency, s = agency_here(slug), services()
    found = s.absences.get(absence_id)
    if found is None or found.account != current_account().key or found.agency != agency.id:
        abort(404)
    if not found.over(s.clock.now()):
        s.absences.end(found.id, s.clock.now().astimezone(TZ).date() - timedelta(days=1))
    flash("Đã kết thúc việc vắng mặt; việc của ông/bà do ông/bà làm từ bây giờ.", "ok")
    return redirect(url_for(".index", slug=slug))


def _page(slug: str, wrong: Mapping[str, str], typed: Mapping[str, str]) -> str:
    s, agency, me, actor = services(), agency_here(slug), current_account(), current_actor()
    now = s.clock.now()
    colleagues = [
        one
        for one in s.accounts.staff_with(agency.id)
        if one.key != me.key and one.functions_at(agency.id) & me.functions_at(agency.id)
    ]
    return render_template(
        "onestop/absences.html",
        agency=agency,
        mine=s.absences.of(me.key, agency.id),
        others=[a for a in s.absences.in_agency(agency.id, now) if a.account != me.key],
        stands_in=actor.stands_in,
        deputies=[d for d in s.accounts.deputies(me.key) if d.agency == agency.id],
        colleagues=colleagues,
        today=now.astimezone(TZ).date(),
        now=now,
        wrong=wrong,
        typed=typed,
    )
