"""The inbox of the portal, and the mailbox of an installation that sends nothing outside."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from rules.i18n import gettext, ngettext
from tthc.accounts.model import Account
from tthc.accounts.session import current_account
from tthc.notices.preferences import CHOSEN_CHANNELS, KINDS, Preferences
from tthc.notices.reading import Notes, addresses
from tthc.services import services
from tthc.web.access import access

blueprint = Blueprint("notices", __name__)


@blueprint.get("/thong-bao")
@access("signed_in")
def index() -> str:
    s = services()
    notes = Notes(s.database)
    to = addresses(current_account())
    return render_template(
        "accounts/notices.html",
        notes=notes.of(to),
        unread=notes.unread(to),
        mailbox=s.settings.mailbox,
        staff_reader=current_account().staff,
    )


@blueprint.post("/thong-bao/da-doc")
@access("signed_in")
def read_all() -> Response:
    s = services()
    count = Notes(s.database).read_all(addresses(current_account()), s.clock.now())
    said = ngettext(
        "Đã đánh dấu {n} thông báo là đã đọc.", "Đã đánh dấu {n} thông báo là đã đọc.", count
    ).format(n=count)
    flash(said if count else gettext("Không còn thông báo nào chưa đọc."))
    return redirect(url_for(".index"))


@blueprint.route("/thong-bao/tuy-chon", methods=["GET", "POST"])
@access("citizen")
def choices() -> Response | str:
    """Which notices come by e-mail and text message too; those that the law demands are named and stay (Đ10.2b)."""
    s = services()
    account = current_account()
    kept = Preferences(s.database)
    if request.method == "POST":
        kept.choose(account.key, request.form.getlist("on"), s.clock.now())
        flash(gettext("Đã lưu lựa chọn. Áp dụng cho thông báo gửi từ bây giờ."))
        return redirect(url_for(".choices"))
    return render_template(
        "accounts/notice_choices.html",
        kinds=KINDS,
        channels=CHOSEN_CHANNELS,
        off=kept.off(account.key),
        phone=account.phone,
        email=account.email,
    )


@blueprint.get("/thong-bao/<note_id>")
@access("signed_in")
def show(note_id: str) -> Response:
    """Counts as read, and leads to the dossier where this reader sees it; what is about none has a link of its own."""
    account = current_account()
    s = services()
    note = Notes(s.database).open(note_id, addresses(account), s.clock.now())
    if note is None:
        abort(404)
    if not note.dossier:
        return redirect(note.link)
    return redirect(_dossier_page(account, note.dossier, note.to))


@blueprint.get("/hop-thu-thu")
@access("signed_in")
def mailbox() -> str:
    """E-mails and text messages that stayed here: one's own; the administrator sees all. Never in production."""
    s = services()
    if not s.settings.mailbox:
        abort(404)
    account = current_account()
    mine = None if "quan_tri" in account.roles else [x for x in (account.phone, account.email) if x]
    return render_template("accounts/mailbox.html", notes=Notes(s.database).mailbox(mine))


def _dossier_page(account: Account, dossier: str, to: str) -> str:
    if not account.staff:
        return f"/ho-so/{dossier}"
    agency_id = to.partition("@")[2] or account.agency
    agency = services().agencies.get(agency_id) if agency_id else None
    if agency is None:
        return url_for("notices.index")
    return f"/motcua/{agency.slug}/ho-so/{dossier}"
