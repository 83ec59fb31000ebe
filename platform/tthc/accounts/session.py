"""Who is signed in to this request."""

import secrets
from dataclasses import replace

from flask import Flask, abort, g, request, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from rules.calendar import TZ
from tthc.accounts.model import Account
from tthc.accounts.sessions import LASTS, row_id
from tthc.dossiers.context import Actor
from tthc.services import services

_VIA = "via"
WISH = "wish"  # see tthc.portal.wish
_SECRET = "sid"  # noqa: S105 — the name under which it is kept


class SignedIn(UserMixin):
    """Flask-Login's view of an account. Its id carries the stamp: a changed password ends every other session."""

    def __init__(self, account: Account) -> None:
        self.account = account

    def get_id(self) -> str:
        return f"{self.account.key}.{self.account.stamp}"


def install(app: Flask) -> None:
    """Let `app` know who is signed in, and its templates who that is."""
    manager = LoginManager(app)
    manager.session_protection = None  # people change networks while they fill in a form
    manager.user_loader(_load)
    app.config["PERMANENT_SESSION_LIFETIME"] = LASTS  # Flask's own is 31 days: too long on a shared computer


def _load(kept: str) -> SignedIn | None:
    key, _, stamp = kept.partition(".")
    account = services().accounts.get(key)
    if (
        account is None
        or not account.active
        or not secrets.compare_digest(account.stamp.encode(), stamp.encode())
        or not services().sessions.alive(session.get(_SECRET, ""), key)
    ):
        return None
    return SignedIn(account)


def via() -> str:
    """The provider through which this browser signed in, empty where it was by password."""
    return str(session.get(_VIA) or "")


def begin(account: Account, *, via: str = "") -> None:
    """Sign in, perhaps through a provider (`via`): of the session before nothing stays but what this browser's owner was
    about to begin, so that nobody can plant one (session fixation).
    """
    wish = session.get(WISH)
    session.clear()
    if wish:
        session[WISH] = wish
    session[_SECRET] = secrets.token_urlsafe(16)
    session.permanent = True
    if via:
        session[_VIA] = via
    services().sessions.open(
        session[_SECRET],
        account.key,
        account.stamp,
        address=request.remote_addr or "",
        browser=request.user_agent.string,
    )
    login_user(SignedIn(account))


def this_row() -> str:
    """The row of this browser's session (`tthc.accounts.sessions`)."""
    return row_id(session.get(_SECRET, ""))


def end() -> None:
    if (account := signed_in()) is not None:
        services().sessions.end(account.key, this_row())
    logout_user()
    session.clear()


def signed_in() -> Account | None:
    """The account of this request, or `None`."""
    user = current_user._get_current_object()  # noqa: SLF001 — the proxy's documented way to the object
    return user.account if isinstance(user, SignedIn) else None


def current_account() -> Account:
    """The account of this request; 401 where the access rule let somebody in who has none."""
    account = signed_in()
    if account is None:
        abort(401)
    return account


def current_actor() -> Actor:
    """Who the kernel sees acting: staff in the agency that the address names (Đ3.2), else in their own; with those in
    whose place they act there today (Đ13).
    """
    agency = g.get("agency")
    actor = current_account().actor(agency.id if agency is not None else None)
    if actor.agency is None:
        return actor
    known: dict[tuple[str, str], Actor] = g.setdefault("actors", {})
    key = (actor.id, actor.agency)
    if key not in known:
        s = services()
        today = s.clock.now().astimezone(TZ).date()
        covers = s.absences.covered_by(actor.id, actor.agency, today) if actor.functions else ()
        known[key] = replace(
            actor,
            predecessors=s.agencies.predecessors(actor.agency),
            stands_in=(*actor.stands_in, *covers),
        )
    return known[key]
