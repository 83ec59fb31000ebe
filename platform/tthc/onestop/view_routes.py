"""Saved lists: kept from a list's page, renamed, shared and deleted on a page of their own."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from tthc.accounts.session import current_account, current_actor
from tthc.dossiers.refusals import Refused
from tthc.onestop import inboxes
from tthc.onestop.addresses import list_address
from tthc.onestop.filters import Filters
from tthc.onestop.here import agency_here
from tthc.services import services
from tthc.web.access import access
from tthc.web.rules import OVERSEER

blueprint = Blueprint("views", __name__, url_prefix="/motcua/<slug>/danh-sach")

Answer = BaseResponse | tuple[str, int]


@blueprint.get("")
@access("staff", OVERSEER)
def index(slug: str) -> str:
    return _page(slug)


@blueprint.post("/luu/<inbox_id>")
@access("staff", OVERSEER)
def save(slug: str, inbox_id: str) -> Answer:
    """The list at which the form stood: its inbox in the address, its filters in the query."""
    agency, me, s = agency_here(slug), current_account(), services()
    inbox = inboxes.find(inbox_id, current_actor()) or inboxes.ALL
    args = Filters.read(request.args).args()
    try:
        s.saved_views.save(
            account=me.key,
            by_name=me.name,
            agency=agency.id,
            name=request.form.get("name", ""),
            inbox=inbox.id,
            args=args,
            shared=bool(request.form.get("shared")),
            at=s.clock.now(),
        )
    except Refused as refusal:
        return _page(slug, refusal.sentence()), 409
    flash("Đã lưu danh sách.", "ok")
    return redirect(list_address(slug, inbox.id, **args))


@blueprint.post("/<view_id>/doi-ten")
@access("staff", OVERSEER)
def rename(slug: str, view_id: str) -> Answer:
    agency_here(slug)
    shared = bool(request.form.get("shared"))
    try:
        services().saved_views.rename(
            view_id, current_account().key, request.form.get("name", ""), shared=shared
        )
    except Refused as refusal:
        return _page(slug, refusal.sentence()), 409
    flash("Đã lưu tên danh sách.", "ok")
    return redirect(url_for(".index", slug=slug))


@blueprint.post("/<view_id>/xoa")
@access("staff", OVERSEER)
def delete(slug: str, view_id: str) -> Answer:
    agency_here(slug)
    try:
        services().saved_views.delete(view_id, current_account().key)
    except Refused as refusal:
        return _page(slug, refusal.sentence()), 409
    flash("Đã xóa danh sách.", "ok")
    return redirect(url_for(".index", slug=slug))


def _page(slug: str, problem: str = "") -> str:
    agency, me = agency_here(slug), current_account().key
    saved = [(v, list_address(slug, v.inbox, **v.args)) for v in services().saved_views.of(me, agency.id)]
    return render_template("onestop/saved_views.html", agency=agency, saved=saved, me=me, problem=problem)
