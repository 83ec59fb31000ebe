"""The composition root: the one module that may import from everywhere."""

from typing import Any

from flask import Flask, render_template
from pymongo.database import Database
from werkzeug.middleware.proxy_fix import ProxyFix

from admin.site import install as install_admin
from admin.views.base import STATIC as ADMIN_STATIC
from renderers import environment
from tthc import sandbox
from tthc.accounts import confirm_routes, safety_routes
from tthc.accounts import routes as account_routes
from tthc.accounts import session as account_session
from tthc.accounts.passwords import Hasher
from tthc.api import closing as api_closing
from tthc.api import transfers as api_transfers
from tthc.clock import Clock, ManualClock
from tthc.feedback import desk_routes as feedback_desk
from tthc.feedback import routes as feedback_routes
from tthc.health_routes import blueprint as health_blueprint
from tthc.notices.routes import blueprint as notices_blueprint
from tthc.oidc import routes as oidc_routes
from tthc.onestop.blueprints import BLUEPRINTS as ONE_STOP
from tthc.payments import bank_routes
from tthc.portal import (
    agency_routes,
    apply_routes,
    arranging_routes,
    behalf_routes,
    catalogue_routes,
    dossier_routes,
    figures_routes,
    handed_in_routes,
    needs_routes,
    news_routes,
    own_papers_routes,
    pay_routes,
    result_routes,
    sms_routes,
    track_routes,
    transfer_routes,
    upload_routes,
)
from tthc.privacy import routes as privacy_routes
from tthc.ratings import routes as rating_routes
from tthc.reports import list_routes, overview
from tthc.reports import routes as report_routes
from tthc.services import EXTENSION, Services, build
from tthc.settings import Settings
from tthc.web import access, assets, errors, language, security, sending, visits
from tthc.web.context import page_context, page_helpers
from tthc.web.limits import limiter
from tthc.web.uploads import MAX_UPLOAD_BYTES

FILES_AT_ONCE = 6


def create_app(
    settings: Settings | None = None,
    database: Database[dict[str, Any]] | None = None,
    clock: Clock | ManualClock | None = None,
    hasher: Hasher | None = None,
) -> Flask:
    """The web application over one database; settings from the environment unless given, the rest as in `build`."""
    chosen = settings or Settings.load()
    app = Flask("tthc", template_folder=str(environment.TEMPLATES), static_folder=str(environment.STATIC))
    app.config.update(
        MAX_CONTENT_LENGTH=MAX_UPLOAD_BYTES * FILES_AT_ONCE,
        SEND_FILE_MAX_AGE_DEFAULT=3600,
    )
    if chosen.proxies:
        # else every visitor would share the proxy's address, and with it one limit on signing in
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=chosen.proxies, x_proto=chosen.proxies)  # type: ignore[method-assign]
    s = build(chosen, database, clock, hasher)
    app.extensions[EXTENSION] = s
    limiter.init_app(app)
    account_session.install(app)
    language.install(app, secure=chosen.secure_cookies)
    access.install(app)
    security.install(app, chosen)
    errors.install(app)
    visits.install(app)
    sandbox.install(app, sandbox=chosen.sandbox)
    _templates(app)
    _routes(app, s)
    return app


def _templates(app: Flask) -> None:
    environment.install(app.jinja_env)
    app.jinja_env.globals.update(page_helpers())
    app.context_processor(lambda: dict(page_context()))


def _routes(app: Flask, s: Services) -> None:
    for blueprint in (
        health_blueprint,
        account_routes.blueprint,
        safety_routes.blueprint,
        confirm_routes.blueprint,
        oidc_routes.blueprint,
        privacy_routes.blueprint,
        notices_blueprint,
        catalogue_routes.blueprint,
        news_routes.blueprint,
        agency_routes.blueprint,
        needs_routes.blueprint,
        figures_routes.blueprint,
        apply_routes.blueprint,
        upload_routes.blueprint,
        transfer_routes.blueprint,
        arranging_routes.blueprint,
        behalf_routes.blueprint,
        dossier_routes.blueprint,
        handed_in_routes.blueprint,
        own_papers_routes.blueprint,
        result_routes.blueprint,
        track_routes.blueprint,
        rating_routes.blueprint,
        feedback_routes.blueprint,
        feedback_desk.blueprint,
        pay_routes.blueprint,
        pay_routes.refunds,
        bank_routes.blueprint,
        sms_routes.blueprint,
        sms_routes.gateway,
        *ONE_STOP,
        sending.blueprint,
        report_routes.blueprint,
        list_routes.blueprint,
        overview.blueprint,
        api_transfers.blueprint,  # the one that holds all routes of the door
    ):
        app.register_blueprint(blueprint)
    # no cookie opens these routes, so no other site can misuse one (see tthc.api.gate)
    security.csrf.exempt(api_closing.blueprint)
    security.csrf.exempt(sms_routes.gateway)
    install_admin(app)
    assets.install(app, {"static": environment.STATIC, "admin.static": ADMIN_STATIC})
    if not s.settings.production:

        @access.access("public")
        def parts() -> str:
            """Every component in every state."""
            return render_template("parts/gallery.html")

        app.add_url_rule("/_parts", "parts", parts)
