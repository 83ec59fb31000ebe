"""What keeps an account its owner's: the code after the password, the telephone that gives codes, the browsers signed in."""

from typing import Final

import segno
from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask import session as cookie
from werkzeug.wrappers import Response

from rules.i18n import gettext, ngettext
from tthc.accounts import second_factor, session
from tthc.accounts.landing import landing
from tthc.accounts.model import Account
from tthc.accounts.service import AccountError
from tthc.accounts.session import current_account
from tthc.services import services
from tthc.web import limits
from tthc.web.access import access

blueprint = Blueprint("safety", __name__)

Page = str | Response | tuple[str, int]
_HALF: Final = "half"
_HALF_LASTS: Final = 300  # seconds between the password and the code
ISSUER: Final = "Dịch vụ công Sơn La"  # vi: kept by the telephone


def await_code(account: Account, goes_to: str) -> Response:
    """The password was right; the code is asked for on a page of its own. Nobody is signed in yet."""
    cookie.clear()
    now = services().clock.now().timestamp()
    cookie[_HALF] = {"key": account.key, "stamp": account.stamp, "at": now, "next": goes_to}
    return redirect(url_for("safety.code"))


@blueprint.route("/dang-nhap/ma", methods=["GET", "POST"])
@access("public")
@limits.limiter.limit(limits.SIGN_IN, methods=["POST"])
def code() -> Page:
    """The second step of signing in."""
    account = _half_signed_in()
    if account is None:
        cookie.pop(_HALF, None)
        flash(gettext("Ông/bà nhập lại mật khẩu: đã quá lâu từ lần nhập trước."), "warn")
        return redirect(url_for("accounts.sign_in"))
    if request.method == "GET":
        return render_template("accounts/code.html", wrong="")
    s = services()
    where = {"address": request.remote_addr or "", "browser": request.user_agent.string}
    try:
        s.second_factor.check(account.key, request.form.get("code", "")[:40], s.clock.now())
    except AccountError as error:
        s.accounts.log_code(account, s.clock.now(), ok=False, **where)
        return render_template("accounts/code.html", wrong=error.message), 422
    s.accounts.log_code(account, s.clock.now(), ok=True, **where)
    goes_to = str(cookie[_HALF].get("next") or "")
    session.begin(account)
    return redirect(goes_to or landing(account))


def _half_signed_in() -> Account | None:
    half = cookie.get(_HALF)
    if not isinstance(half, dict):
        return None
    s = services()
    account = s.accounts.get(str(half.get("key")))
    fresh = s.clock.now().timestamp() - float(half.get("at", 0)) <= _HALF_LASTS
    if account is None or not account.active or account.stamp != half.get("stamp") or not fresh:
        return None
    return account


@blueprint.route("/tai-khoan/ma-mot-lan", methods=["GET", "POST"])
@access("signed_in")
@limits.limiter.limit(limits.SIGN_IN, methods=["POST"])
def codes() -> Page:
    """Set up one-time codes: the telephone takes the secret from the picture, and its first code confirms it."""
    account = current_account()
    if account.second_factor:
        return _codes_page(account)
    if request.method == "GET":
        return _setup_page(account, "")
    s = services()
    try:
        recovery = s.second_factor.confirm(account.key, request.form.get("code", "")[:40], s.clock.now())
    except AccountError as error:
        return _setup_page(account, error.message), 422
    s.sessions.end_all(account.key, but=session.this_row())
    return render_template("accounts/recovery.html", recovery=recovery, next=landing(account))


@blueprint.post("/tai-khoan/ma-mot-lan/bo")
@access("signed_in")
@limits.limiter.limit(limits.SIGN_IN)
def drop_codes() -> Page:
    """No codes from this telephone any more; with the password, so that a computer left open is not enough."""
    account = current_account()
    s = services()
    if not s.accounts.knows_password(account.key, request.form.get("password", "")):
        return _codes_page(account, gettext("Mật khẩu chưa đúng.")), 422
    s.second_factor.remove(account.key)
    flash(gettext("Đã bỏ mã một lần của điện thoại cũ."), "ok")
    return redirect(url_for("safety.codes"))


@blueprint.get("/tai-khoan/thiet-bi")
@access("signed_in")
def devices() -> Page:
    """Where the account is signed in now (Đ10.1c)."""
    account = current_account()
    s = services()
    rows = s.sessions.of(account.key, account.stamp)
    return render_template("accounts/devices.html", rows=rows, here=session.this_row())


@blueprint.post("/tai-khoan/thiet-bi/<row>/dang-xuat")
@access("signed_in")
def end_device(row: str) -> Page:
    s = services()
    if not s.sessions.end(current_account().key, row):
        abort(404)
    flash(gettext("Đã đăng xuất thiết bị đó."), "ok")
    return redirect(url_for("safety.devices"))


@blueprint.post("/tai-khoan/thiet-bi/dang-xuat-het")
@access("signed_in")
def end_others() -> Page:
    s = services()
    ended = s.sessions.end_all(current_account().key, but=session.this_row())
    told = gettext("Không còn thiết bị nào khác.")
    if ended:
        told = ngettext("Đã đăng xuất {n} thiết bị khác.", "Đã đăng xuất {n} thiết bị khác.", ended).format(
            n=ended
        )
    flash(told, "ok")
    return redirect(url_for("safety.devices"))


def _setup_page(account: Account, wrong: str) -> str:
    s = services()
    secret = s.second_factor.start(account.key)
    picture = segno.make(second_factor.address(secret, account.login, ISSUER), error="m", micro=False)
    return render_template(
        "accounts/second_factor.html",
        picture=picture.svg_data_uri(scale=5, border=3),
        secret=" ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        wrong=wrong,
        forced=s.settings.second_factor_wanted and account.decides,
    )


def _codes_page(account: Account, wrong: str = "") -> str:
    standing = services().second_factor.standing(account.key)
    return render_template("accounts/codes.html", left=standing.recovery_left, wrong=wrong)
