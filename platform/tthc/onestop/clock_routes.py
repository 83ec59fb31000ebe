"""What the clocks show to officials: dossiers with nobody to act, and what was sent about a dossier."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from tthc.accounts.session import current_account, current_actor
from tthc.agencies.model import Level
from tthc.notices.log import deliveries
from tthc.onestop.here import agency_here
from tthc.onestop.workspace_routes import own_dossier_here
from tthc.services import services
from tthc.web.access import access

blueprint = Blueprint("clocks", __name__, url_prefix="/motcua/<slug>")

REASON = "Ghi lý do gửi lại, ví dụ: đã sửa địa chỉ, máy chủ thư đã chạy lại."


@blueprint.get("/ho-so-ket")
@access("staff")
def stuck(slug: str) -> str:
    """Those of the agency; the centre, which watches over all agencies, sees everybody's (Đ23.1)."""
    s = services()
    agency = agency_here(slug)
    everywhere = agency.level is Level.CENTER
    found = s.sticking.listed(None if everywhere else agency.id, s.clock.now())
    names = {one.id: one.name for one in s.agencies.all()}
    return render_template(
        "onestop/stuck.html", agency=agency, listed=found, everywhere=everywhere, names=names
    )


@blueprint.get("/ho-so/<dossier_id>/thong-bao")
@access("staff")
def notices(slug: str, dossier_id: str) -> str:
    return _notices(slug, dossier_id)


@blueprint.post("/ho-so/<dossier_id>/thong-bao/gui-lai")
@access("staff")
def again(slug: str, dossier_id: str) -> BaseResponse | tuple[str, int]:
    """Try a notice that was given up once more, with the reason on record; what is not given up is left alone, so pressing
    twice does nothing twice.
    """
    s = services()
    found = own_dossier_here(slug, dossier_id)
    entry, why = request.form.get("entry", ""), request.form.get("reason", "").strip()[:500]
    if not why:
        return _notices(slug, dossier_id, entry=entry, problem=REASON), 422
    if not any(one.id == entry and one.dead for one in deliveries(found)):
        flash("Thông báo này đang được gửi hoặc đã gửi xong, không phải gửi lại.")
    elif s.outbox.revive(found.id, entry, s.clock.now()):
        number = found.code or found.reference
        s.acts.log(
            current_account(),
            "outbox.retried",
            s.clock.now(),
            kind="outbox",
            target=found.id,
            label=f"1 việc của hồ sơ {number}",
            reason=why,
            after={"entries": [entry]},
        )
        flash("Đã xếp lại để gửi lần nữa.")
    return redirect(url_for(".notices", slug=slug, dossier_id=dossier_id))


def _notices(slug: str, dossier_id: str, *, entry: str = "", problem: str = "") -> str:
    s = services()
    found = own_dossier_here(slug, dossier_id)
    s.reads.log(current_actor(), found.id, "thong-bao", s.clock.now())
    return render_template(
        "onestop/deliveries.html",
        agency=agency_here(slug),
        dossier=found,
        deliveries=deliveries(found),
        entry=entry,
        problem=problem,
    )
