"""Signing in through a provider, linking it to an account, signing out of it. Every failure is told in plain words."""

import logging
from collections.abc import Mapping
from typing import Any, Final

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask import session as cookie
from werkzeug.wrappers import Response

from rules.i18n import gettext, noted
from tthc.accounts import session
from tthc.accounts.landing import landing
from tthc.accounts.model import TERMS_VERSION, Account
from tthc.accounts.safety_routes import await_code
from tthc.accounts.service import AccountError
from tthc.accounts.session import current_account, signed_in
from tthc.oidc.client import Client, Sent
from tthc.oidc.http import ProviderError
from tthc.oidc.linking import Kept
from tthc.privacy.consents import ACCOUNT
from tthc.services import services
from tthc.web import limits
from tthc.web.access import access
from tthc.web.language import shown_in
from tthc.web.redirects import is_local, safe_next

blueprint = Blueprint("oidc", __name__)

Page = str | Response | tuple[str, int]
_log = logging.getLogger(__name__)
_SENT: Final = "oidc"
_KEPT: Final = "oidc_kept"
_LASTS: Final = 600  # seconds between leaving for the provider and coming back
_AT_ONCE: Final = 3  # tabs in which somebody may be on the way
AWAY: Final = noted("{name} hiện không trả lời. Ông/bà thử lại sau ít phút, hoặc đăng nhập bằng mật khẩu.")
STALE: Final = noted(
    "Lần đăng nhập qua {name} này đã quá lâu hoặc mở ở trình duyệt khác. Ông/bà bấm đăng nhập lại."
)
WRONG: Final = noted(
    "Thông tin {name} gửi về không xác minh được nên chưa đăng nhập. Ông/bà thử lại; vẫn vậy thì báo Bộ phận Một cửa."
)
CANCELLED: Final = noted("Ông/bà đã không đồng ý đăng nhập qua {name}. Không có gì thay đổi.")


@blueprint.get("/dang-nhap/qua/<provider>")
@access("public")
@limits.limiter.limit(limits.CODE)
def start(provider: str) -> Page:
    """Off to the provider; `?noi=1` to link it to the account that is signed in."""
    client, s = _client(provider), services()
    me = signed_in()
    link = me if request.args.get("noi") and me is not None and not me.staff else None
    try:
        sent = client.send(_back(provider), s.clock.now())
    except ProviderError as error:
        return _failed(client, AWAY, error)
    remembered = {
        "provider": provider,
        "nonce": sent.nonce,
        "verifier": sent.verifier,
        "at": s.clock.now().timestamp(),
        "next": safe_next(""),
        "link": link.key if link else "",
    }
    before = list(_remembered().items())[-(_AT_ONCE - 1) :]
    cookie[_SENT] = {**dict(before), sent.state: remembered}
    return redirect(sent.url)


@blueprint.get("/dang-nhap/qua/<provider>/ve")
@access("public")
@limits.limiter.limit(limits.CODE)
def back(provider: str) -> Page:
    """Back from the provider with a code, or with what went wrong there."""
    client, s = _client(provider), services()
    now = s.clock.now()
    state = request.args.get("state", "")
    every = _remembered()
    mine = every.pop(state, None)
    cookie[_SENT] = every  # each way out leads back once
    if mine is None or mine["provider"] != provider or now.timestamp() - mine["at"] > _LASTS:
        return _failed(client, STALE, None)
    if request.args.get("iss", client.provider.issuer) != client.provider.issuer:
        return _failed(client, WRONG, ProviderError("answer of another issuer"))
    if error := request.args.get("error"):
        cancelled = error in {"access_denied", "login_required", "interaction_required", "consent_required"}
        return _failed(client, CANCELLED if cancelled else AWAY, None if cancelled else ProviderError(error))
    sent = Sent("", state, mine["nonce"], mine["verifier"])
    try:
        facts = client.facts(request.args.get("code", ""), sent, _back(provider), now)
    except ProviderError as trouble:
        return _failed(client, WRONG, trouble)
    goes_to = mine["next"] if is_local(mine["next"]) else ""
    if mine["link"]:
        me = signed_in()
        if me is None or me.key != mine["link"]:
            return _failed(client, STALE, None)
        return _decide(Kept(facts, me.key, goes_to))
    try:
        found = s.links.account_for(facts, now)
    except AccountError as refusal:
        flash(refusal.message, "warn")
        return redirect(_back_to())
    return _decide(Kept(facts, "", goes_to)) if found is None else _enter(found, provider, goes_to)


@blueprint.route("/dang-nhap/qua", methods=["GET", "POST"])
@access("public")
@limits.limiter.limit(limits.SIGN_IN, methods=["POST"])
def decide() -> Page:
    """Nobody's yet: a new account, or the one that the person has already and shows the password of."""
    s = services()
    now, token = s.clock.now(), str(cookie.get(_KEPT) or "")
    kept = s.links.kept(token, now)
    if kept is None:
        flash(gettext("Đã quá lâu; ông/bà bấm đăng nhập lại."), "warn")
        return redirect(url_for("accounts.sign_in"))
    mine = current_account() if kept.account else None
    if mine is not None and mine.key != kept.account:
        abort(403)
    if request.method == "GET":
        return _decide_page(kept, mine, {})
    try:
        if mine is not None:
            found = _own(mine, kept)
        elif request.form.get("do") == "join":
            found = _join(kept)
        else:
            agreed = TERMS_VERSION if request.form.get("terms") == "yes" else ""
            found = s.links.open(kept.facts, agreed, now)
            s.consents.say(found.key, ACCOUNT, now, given=True, language=shown_in())
    except AccountError as error:
        return _decide_page(kept, mine, {error.field or "general": error.message}), 422
    s.links.drop(token)
    if mine is not None:
        cookie.pop(_KEPT, None)
        flash(gettext("Đã nối; từ nay ông/bà đăng nhập được bằng cả hai cách."), "ok")
        return redirect(url_for("accounts.profile"))
    return _enter(found, kept.facts.provider, kept.next)


@blueprint.post("/tai-khoan/noi/<provider>/bo")
@access("citizen")
@limits.limiter.limit(limits.SIGN_IN)
def part(provider: str) -> Page:
    try:
        services().links.part(current_account(), provider)
        flash(gettext("Đã bỏ nối."), "ok")
    except AccountError as error:
        flash(error.message, "warn")
    return redirect(url_for("accounts.profile"))


@blueprint.get("/dang-xuat/qua/<provider>")
@access("public")
def left(provider: str) -> Page:
    """Signed out here; on a computer that others use, one signs out of the provider too."""
    client = _client(provider)
    url = client.leaving(f"{services().settings.base_url}/", services().clock.now())
    return render_template("accounts/left.html", provider=client.provider, url=url)


def _own(mine: Account, kept: Kept) -> Account:
    """The account that is signed in, once its password was typed again."""
    s = services()
    if mine.has_password and not s.accounts.knows_password(mine.key, request.form.get("password", "")):
        raise AccountError(gettext("Mật khẩu chưa đúng."), "password")
    return s.links.join(mine, kept.facts, s.clock.now())


def _join(kept: Kept) -> Account:
    """An account that is proven by its password, tried as at the sign-in page: counted, logged, and resting after many."""
    s = services()
    account = s.accounts.sign_in(
        request.form.get("login", "")[:254],
        request.form.get("password", ""),
        s.clock.now(),
        address=request.remote_addr or "",
        browser=request.user_agent.string,
    )
    if account.staff or account.second_factor:
        raise AccountError(
            gettext(
                "Tài khoản này cần mã một lần. Ông/bà đăng nhập bằng mật khẩu và mã, rồi nối trong trang Tài khoản."
            ),
            "login",
        )
    return s.links.join(account, kept.facts, s.clock.now())


def _enter(account: Account, provider: str, goes_to: str) -> Page:
    s = services()
    where = {"address": request.remote_addr or "", "browser": request.user_agent.string}
    if not account.active or account.staff:
        s.accounts.log_provider(account, provider, s.clock.now(), ok=False, **where)
        flash(gettext("Tài khoản này đã bị khóa. Ông/bà liên hệ bộ phận hỗ trợ để biết lý do."), "warn")
        return redirect(url_for("accounts.sign_in"))
    s.accounts.log_provider(account, provider, s.clock.now(), ok=True, **where)
    if account.second_factor:
        return await_code(account, goes_to)
    session.begin(account, via=provider)
    return redirect(goes_to or landing(account))


def _decide(kept: Kept) -> Page:
    s = services()
    cookie[_KEPT] = s.links.keep(kept, s.clock.now())
    return redirect(url_for("oidc.decide"))


def _decide_page(kept: Kept, mine: Account | None, wrong: dict[str, str]) -> str:
    s = services()
    facts = kept.facts
    return render_template(
        "accounts/provider.html",
        facts=facts,
        provider=_client(facts.provider).provider,
        mine=mine,
        claimed=bool(facts.citizen_number and s.identities.claiming(facts.citizen_number)),
        wrong=wrong,
        login=request.form.get("login", ""),
    )


def _client(provider: str) -> Client:
    found = services().providers.get(provider)
    if found is None:
        abort(404)
    return found


def _back(provider: str) -> str:
    return services().settings.base_url + url_for("oidc.back", provider=provider)


def _remembered() -> dict[str, Mapping[str, Any]]:
    kept = cookie.get(_SENT)
    return dict(kept) if isinstance(kept, dict) else {}


def _failed(client: Client, words: str, error: ProviderError | None) -> Page:
    """Told in words that help; what exactly was wrong stands in the log alone."""
    if error is not None:
        _log.warning("Đăng nhập qua %s: %s", client.provider.id, error)
    flash(gettext(words).format(name=client.provider.name), "warn")
    return redirect(_back_to())


def _back_to() -> str:
    return url_for("accounts.profile" if signed_in() is not None else "accounts.sign_in")
