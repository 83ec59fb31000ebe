"""Codes by text message or e-mail: opening an account, confirming a new number or address, a lost password (Đ10.1a, Đ10.1c).

Each wish waits for its code under a token kept in the browser's session; whether an address has an account is never told.
"""

from dataclasses import asdict
from typing import Any, Final

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask import session as cookie
from werkzeug.wrappers import Response

from forms.types.contacts import parse_email, parse_phone
from rules.i18n import gettext
from tthc.accounts import session
from tthc.accounts.contact_codes import LASTS, Purpose, Waiting
from tthc.accounts.forms import CodeForm, ForgottenForm, ResetForm, errors_of
from tthc.accounts.letters import channel_of
from tthc.accounts.logins import normal_login
from tthc.accounts.model import Account
from tthc.accounts.passwords import weakness
from tthc.accounts.service import AccountError, Registration
from tthc.accounts.session import current_account
from tthc.notices.reading import Note, Notes
from tthc.privacy.consents import ACCOUNT
from tthc.services import services
from tthc.web import limits
from tthc.web.access import access
from tthc.web.language import shown_in
from tthc.web.redirects import is_local, safe_next

blueprint = Blueprint("confirm", __name__)

Page = str | Response | tuple[str, int]
_TOKENS: Final = "codes"
_STARTS: Final[dict[Purpose, str]] = {
    "register": "accounts.register",
    "contact": "accounts.profile",
    "password": "confirm.forgotten",
}
_CHANGED: Final = {
    "password": "mật khẩu được đặt lại",  # vi: sent in a letter
    "contact": "nơi nhận thông báo được đổi",  # vi: sent in a letter
}


def begin_registration(who: Registration) -> Response:
    """Everything typed is right; the account is opened once its code is. Raises AccountError."""
    s = services()
    kept = {
        **asdict(who),
        "password": "",
        "hash": s.accounts.checked(who),
        "next": safe_next(""),
        "language": shown_in(),
    }
    contact = normal_login(who.phone or who.email)
    _begin("register", contact, payload=kept, known=s.accounts.by_login(contact) is not None)
    return redirect(url_for("confirm.register"))


def begin_contact(account: Account, contact: str, then: str = "") -> Response:
    """A number or address that the account does not have yet waits for its code; `then` another. Raises AccountError."""
    s = services()
    holder = s.accounts.by_login(contact)
    known = holder is not None and holder.key != account.key
    kept = {"typed": contact, "then": then}
    _begin("contact", normal_login(contact), account=account.key, payload=kept, known=known)
    return redirect(url_for("confirm.contact"))


@blueprint.route("/dang-ky/ma", methods=["GET", "POST"])
@access("public")
@limits.limiter.limit(limits.CODE, methods=["POST"])
def register() -> Page:
    """The code proves the telephone or the address; then the account is there."""
    if request.method == "GET":
        return _code_page("register", {})
    form = CodeForm()
    if not form.validate():
        return _code_page("register", errors_of(form), 422)
    s = services()
    try:
        told = s.contact_codes.take(_token("register"), "register", form.code.data or "", s.clock.now())
        kept = dict(told.payload)
        password_hash, goes_to = kept.pop("hash"), kept.pop("next")
        read_in = kept.pop("language")
        who = Registration(**kept)
        other = who.email if who.phone else ""
        account = s.accounts.open(
            Registration(**{**kept, "email": ""}) if who.phone else who, password_hash, s.clock.now()
        )
    except AccountError as error:
        return _code_page("register", {"code": error.message}, 422)
    s.consents.say(account.key, ACCOUNT, s.clock.now(), given=True, language=read_in)
    session.begin(account)
    flash(gettext("Đã mở tài khoản. Ông/bà có thể nộp hồ sơ ngay."), "ok")
    if other:
        try:
            return begin_contact(account, other)
        except AccountError as error:
            flash(error.message, "warn")
    return redirect(goes_to if is_local(goes_to) else url_for("accounts.profile"))


@blueprint.route("/tai-khoan/xac-nhan", methods=["GET", "POST"])
@access("citizen")
@limits.limiter.limit(limits.CODE, methods=["POST"])
def contact() -> Page:
    """A new number or address takes the place of the one before once its code is right."""
    if request.method == "GET":
        return _code_page("contact", {})
    form = CodeForm()
    if not form.validate():
        return _code_page("contact", errors_of(form), 422)
    s, account, now = services(), current_account(), services().clock.now()
    waiting = s.contact_codes.waiting(_token("contact"), "contact", now)
    if waiting is None or waiting.account != account.key:
        return _code_page("contact", {})
    try:
        told = s.contact_codes.take(_token("contact"), "contact", form.code.data or "", now)
        before = account.email if "@" in told.contact else account.phone
        s.accounts.confirm_contact(account.key, told.payload["typed"], now)
    except AccountError as error:
        return _code_page("contact", {"code": error.message}, 422)
    if before and normal_login(before) != told.contact:
        _tell_changed(before, "contact")
    flash(gettext("Đã xác nhận {contact}.").format(contact=told.contact), "ok")
    return _onward(account.key, str(told.payload.get("then") or ""))


def _onward(key: str, then: str) -> Response:
    """To the code of what was typed besides, else to the profile."""
    mine = services().accounts.get(key) if then else None
    if mine is not None:
        try:
            return begin_contact(mine, then)
        except AccountError as error:
            flash(error.message, "warn")
    return redirect(url_for("accounts.profile"))


@blueprint.post("/tai-khoan/xac-nhan/gui")
@access("citizen")
@limits.limiter.limit(limits.CODE)
def send() -> Page:
    """A code to the number or address that the account has but never proved (from before there were codes)."""
    account = current_account()
    wanted = account.email if request.form.get("which") == "email" else account.phone
    if not wanted:
        return redirect(url_for("accounts.profile"))
    try:
        return begin_contact(account, wanted)
    except AccountError as error:
        flash(error.message, "warn")
        return redirect(url_for("accounts.profile"))


@blueprint.route("/quen-mat-khau", methods=["GET", "POST"])
@access("public")
@limits.limiter.limit(limits.SIGN_IN, methods=["POST"])
def forgotten() -> Page:
    """For which number or address a new password is wanted. The same answer whether or not it has an account."""
    form = ForgottenForm()
    if not form.is_submitted():
        return render_template("accounts/forgotten.html", form=form, wrong={})
    wrong = {} if form.validate() else errors_of(form)
    contact = normal_login(form.login.data or "")
    if not wrong and parse_phone(contact).error and parse_email(contact).error:
        wrong = {
            "login": gettext(
                "Nhập số điện thoại gồm 10 chữ số, hoặc thư điện tử đầy đủ đã dùng để đăng nhập."
            )
        }
    if not wrong:
        found = services().accounts.by_login(contact)
        # an official's password is the administration's business; who has no account gets no letter
        ours = found is not None and not found.staff and found.active and contact in found.confirmed
        try:
            _begin(
                "password",
                contact,
                account=found.key if found is not None and ours else None,
                nobody=not ours,
            )
        except AccountError as error:
            wrong = {"login": error.message}
    if wrong:
        return render_template("accounts/forgotten.html", form=form, wrong=wrong), 422
    return redirect(url_for("confirm.reset"))


@blueprint.route("/quen-mat-khau/ma", methods=["GET", "POST"])
@access("public")
@limits.limiter.limit(limits.CODE, methods=["POST"])
def reset() -> Page:
    """The code and a new password; every device is signed out."""
    if request.method == "GET":
        return _code_page("password", {})
    form = ResetForm()
    wrong = {} if form.validate() else errors_of(form)
    if not wrong and (problem := weakness(form.password.data or "")) is not None:
        wrong = {"password": problem}  # told before the code is used up
    if wrong:
        return _code_page("password", wrong, 422)
    s, now = services(), services().clock.now()
    try:
        told = s.contact_codes.take(_token("password"), "password", form.code.data or "", now)
        assert told.account is not None
        s.accounts.reset_password(told.account, form.password.data or "")
    except AccountError as error:
        return _code_page("password", {error.field or "code": error.message}, 422)
    s.sessions.end_all(told.account)
    _tell_changed(told.contact, "password")
    flash(
        gettext("Đã đặt mật khẩu mới; mọi thiết bị đã được đăng xuất. Ông/bà đăng nhập bằng mật khẩu mới."),
        "ok",
    )
    return redirect(url_for("accounts.sign_in"))


@blueprint.post("/ma/<purpose>/gui-lai")
@access("public")
@limits.limiter.limit(limits.CODE)
def again(purpose: str) -> Page:
    """Another code in place of the one before."""
    s = services()
    known = next((each for each in _STARTS if each == purpose), None)
    if known is None:
        return redirect("/")
    try:
        s.contact_codes.again(_token(known), known, s.clock.now())
    except AccountError as error:
        return _code_page(known, {"code": error.message}, 422)
    flash(gettext("Đã gửi mã mới."), "ok")
    return redirect(_page(known))


def _begin(
    purpose: Purpose,
    contact: str,
    *,
    account: str | None = None,
    payload: dict[str, Any] | None = None,
    known: bool = False,
    nobody: bool = False,
) -> None:
    s = services()
    token = s.contact_codes.begin(
        purpose, contact, s.clock.now(), account=account, payload=payload, known=known, nobody=nobody
    )
    cookie[_TOKENS] = {**_tokens(), purpose: token}


def _tokens() -> dict[str, str]:
    kept = cookie.get(_TOKENS)
    return kept if isinstance(kept, dict) else {}


def _token(purpose: Purpose) -> str:
    return str(_tokens().get(purpose) or "")


def _page(purpose: Purpose) -> str:
    pages = {"register": "confirm.register", "contact": "confirm.contact", "password": "confirm.reset"}
    return url_for(pages[purpose])


def _code_page(purpose: Purpose, wrong: dict[str, str], status: int = 200) -> Page:
    s = services()
    waiting = s.contact_codes.waiting(_token(purpose), purpose, s.clock.now())
    if waiting is None:
        flash(gettext("Đã quá lâu hoặc mã đã dùng rồi; ông/bà làm lại từ đầu."), "warn")
        return redirect(url_for(_STARTS[purpose]))
    html = render_template(
        "accounts/contact_code.html",
        purpose=purpose,
        waiting=waiting,
        minutes=LASTS.seconds // 60,
        wrong=wrong,
        action=_page(purpose),
        start=url_for(_STARTS[purpose]),
        letters=_stayed_here(waiting),
        typed="" if "code" in wrong else request.form.get("code", "")[:40],
    )
    return html if status == 200 else (html, status)


def _stayed_here(waiting: Waiting) -> tuple[Note, ...] | None:
    """The letters to this address that went nowhere, where things are only tried; `None` where they are really sent."""
    s = services()
    real = s.settings.smtp if channel_of(waiting.contact) == "email" else s.settings.sms
    if not s.settings.mailbox or real is not None:
        return None
    notes = Notes(s.database).mailbox([waiting.contact])
    return tuple(note for note in notes if note.id == waiting.letter)


def _tell_changed(contact: str, what: str) -> None:
    """Whoever had the account learns of it where they were reached before."""
    s = services()
    s.letters.put("changed", normal_login(contact), {"purpose": _CHANGED[what]}, s.clock.now())
