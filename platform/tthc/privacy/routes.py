"""“Dữ liệu của tôi”: what it is used for, a copy, deleting the account (law 91/2025)."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from renderers.text import day
from rules.i18n import gettext, in_vietnamese
from rules.i18n import language as spoken
from tthc.accounts import session
from tthc.accounts.model import TERMS_VERSION, Account
from tthc.accounts.service import AccountError
from tthc.accounts.session import current_account
from tthc.dossiers.state import Dossier
from tthc.privacy.consents import ACCOUNT, purposes
from tthc.privacy.own_data import bundle, dossiers_of, kept_until
from tthc.services import services
from tthc.web import limits
from tthc.web.access import access
from tthc.web.language import shown_in
from tthc.web.speaking import shown_definition, shown_text, untranslated

blueprint = Blueprint("privacy", __name__, url_prefix="/tai-khoan/du-lieu")

Page = str | Response | tuple[str, int]
PIECE: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class KeptDossier:
    """`until`: as it is read; `law`: empty where the definition does not say; `foreign`: `name` and `law` are Vietnamese
    on a page that is not.
    """

    number: str
    name: str
    closed: bool
    until: str
    law: str
    foreign: bool


@blueprint.get("")
@access("citizen")
def index() -> Page:
    return _page({})


@blueprint.post("/dong-y")
@access("citizen")
def say() -> Page:
    """Say no to what one may say no to, or yes again; or to the newest words of the terms."""
    s, account = services(), current_account()
    about = purposes().get(request.form.get("purpose", ""))
    given = request.form.get("given") == "yes"
    if about is None or not (about.choice or (about.id == ACCOUNT and given)):
        flash(
            gettext("Mục này cần cho việc giải quyết thủ tục; muốn thôi, ông/bà xóa tài khoản ở dưới."),
            "warn",
        )
        return redirect(url_for(".index"))
    s.consents.say(account.key, about.id, s.clock.now(), given=given, language=shown_in())
    if about.id == ACCOUNT:
        s.accounts.accept_terms(account.key, TERMS_VERSION, s.clock.now())
    told = gettext("Đã ghi: đồng ý “{title}”.") if given else gettext("Đã ghi: không đồng ý “{title}”.")
    flash(told.format(title=about.words(spoken()).title), "ok")
    return redirect(url_for(".index"))


@blueprint.post("/tai-ve")
@access("citizen")
@limits.limiter.limit(limits.REGISTER)
def download() -> Page:
    """A copy of everything, after the password: a telephone left open gives nothing away."""
    s, account = services(), current_account()
    if wrong := _unproven(account):
        return _page({"export_password": wrong}), 422
    now = s.clock.now()
    s.privacy.note(account.key, "export", now)
    copy = bundle(s, account, now)
    size = copy.seek(0, os.SEEK_END)
    copy.seek(0)
    answer = Response(_poured(copy), mimetype="application/zip")
    answer.call_on_close(copy.close)  # who goes away before the beginning closes it too
    answer.content_length = size
    answer.headers["Content-Disposition"] = f'attachment; filename="du-lieu-cua-toi-{now:%Y%m%d}.zip"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _poured(copy: IO[bytes]) -> Iterator[bytes]:
    with copy:
        while piece := copy.read(PIECE):
            yield piece


@blueprint.post("/xoa")
@access("citizen")
@limits.limiter.limit(limits.REGISTER)
def delete() -> Page:
    """The account goes; what the law keeps was told beside the button."""
    s, account = services(), current_account()
    if wrong := _unproven(account):
        return _page({"delete_password": wrong}), 422
    if request.form.get("sure") != "yes":
        return _page({"sure": gettext("Đánh dấu rằng ông/bà đã đọc và muốn xóa tài khoản.")}), 422
    with in_vietnamese():
        rows = _kept(account)
    kept = [{"number": one.number, "until": one.until, "law": one.law} for one in rows]
    try:
        s.privacy.forget(account.key, kept, s.clock.now(), under_way=sum(not one.closed for one in rows))
    except AccountError as refusal:
        return _page({"sure": refusal.message}), 422
    session.end()
    flash(gettext("Đã xóa tài khoản. Hồ sơ đã nộp vẫn tra cứu được bằng mã."), "ok")
    return redirect("/")


def _unproven(account: Account) -> str:
    """Why this browser is not enough; who has no password was let in by a provider a moment ago or hours ago alike."""
    typed = request.form.get("password", "")
    if account.has_password and not services().accounts.knows_password(account.key, typed):
        return gettext("Mật khẩu chưa đúng.")
    return ""


def _kept(account: Account) -> list[KeptDossier]:
    return [_row(one) for one in dossiers_of(services(), account.key)]


def _row(found: Dossier) -> KeptDossier:
    definition = shown_definition(services().definitions.by_hash(found.definition))
    until, law = kept_until(definition, found)
    words = gettext("vĩnh viễn") if law else gettext("theo quy định của cơ quan lưu trữ")
    if until:
        words = gettext("đến hết ngày {day}").format(day=day(until))
    name = shown_text(found, found.procedure_name)
    return KeptDossier(
        found.code or found.reference,
        name,
        found.closed,
        words,
        law,
        untranslated(definition),
    )


def _page(wrong: dict[str, str]) -> str:
    s, account = services(), current_account()
    said = s.consents.of(account.key)
    return render_template(
        "accounts/own_data.html",
        who=account,
        rows=[
            (
                one,
                one.words(spoken()),
                next((c for c in said if c.purpose == one.id), None),
                s.consents.allows(account.key, one.id),
            )
            for one in purposes().values()
        ],
        accepted=s.accounts.terms_of(account.key),
        current=TERMS_VERSION,
        dossiers=_kept(account),
        wishes=s.privacy.of(account.key)[:5],
        wrong=wrong,
    )
