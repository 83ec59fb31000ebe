"""Nobody reaches a page whose rule does not let them, and no page is without a rule."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, g, make_response, redirect, request, url_for
from werkzeug.wrappers import Response

from tthc.accounts.model import Account
from tthc.accounts.session import signed_in
from tthc.api.gate import enter
from tthc.services import services
from tthc.web.errors import stale_form
from tthc.web.redirects import here
from tthc.web.rules import CLIENT, Verdict, check, judge

View = TypeVar("View", bound=Callable[..., Any])

CHANGE_PASSWORD = "accounts.change_password"  # noqa: S105 — the name of a page
SECOND_FACTOR = "safety.codes"
SIGN_IN = "accounts.sign_in"
SIGN_OUT = "accounts.sign_out"
_KEY = "tthc.access"
_SLUG = "slug"


def access(*rules: str) -> Callable[[View], View]:
    """Say who may see a view: one of `rules` (see `tthc.web.rules`) must hold. Written nearest to the function."""
    checked = tuple(check(rule) for rule in rules)

    def mark(view: View) -> View:
        view.__access__ = checked  # type: ignore[attr-defined]
        return view

    return mark


def protect(app: Flask, blueprint: str, *rules: str) -> None:
    """Give one rule to every view of a blueprint that others wrote (the administration's)."""
    app.extensions.setdefault(_KEY, {})[blueprint] = tuple(check(rule) for rule in rules)


def rules_of(app: Flask, endpoint: str) -> tuple[str, ...] | None:
    """The rules of a view, or `None` where nobody gave any. Static files are public."""
    if endpoint == "static" or endpoint.endswith(".static"):
        return ("public",)
    own: tuple[str, ...] | None = getattr(app.view_functions[endpoint], "__access__", None)
    if own is not None:
        return own
    blueprint, _, name = endpoint.rpartition(".")
    given: dict[str, tuple[str, ...]] = app.extensions.get(_KEY, {})
    return given.get(blueprint) if name else None


def install(app: Flask) -> None:
    app.before_request(_enforce)


def _enforce() -> Response | None:
    """1. Find the rule; a page without one is refused; another system is let in by its key alone. 2. Find the agency in the address. 3. Judge.
    4. Hold whoever must change their password at that (Đ25.5), and whoever decides at one-time codes where they are wanted.
    """
    if request.endpoint is None:
        return None  # no such address: Flask answers 404 or 405
    rules = rules_of(current_app, request.endpoint)
    if rules is None:
        current_app.logger.error("view without an access rule: %s", request.endpoint)
        abort(403)
    if rules == ("public",) and _SLUG not in (request.view_args or {}):
        return None
    if rules == (CLIENT,):
        return enter()
    agency = _agency()
    account = signed_in()
    verdict = judge(rules, account, agency)
    if verdict is Verdict.SIGN_IN:
        if request.method == "POST" and request.form:
            return make_response(stale_form(signed_out=True))
        return redirect(url_for(SIGN_IN, next=here()))
    if verdict is Verdict.FORBIDDEN:
        abort(403)
    page = None if account is None or rules == ("public",) else _held_at(account)
    if page is not None and request.endpoint not in {page, SIGN_OUT}:
        return redirect(url_for(page))
    return None


def _held_at(account: Account) -> str | None:
    """The page that this account must be done with before any other."""
    if account.must_change_password:
        return CHANGE_PASSWORD
    wanted = services().settings.second_factor_wanted and account.decides
    return SECOND_FACTOR if wanted and not account.second_factor else None


def _agency() -> str | None:
    slug = (request.view_args or {}).get(_SLUG)
    if slug is None:
        return None
    agency = services().agencies.by_slug(slug)
    if agency is None:
        abort(404)
    g.agency = agency
    return str(agency.id)
