"""For machines that watch: is the process alive, can it serve (Đ4.3)."""

from flask import Blueprint, jsonify
from werkzeug.wrappers import Response

from tthc.health import readiness
from tthc.services import services
from tthc.web.access import access

blueprint = Blueprint("health", __name__)


@blueprint.get("/livez")
@access("public")
def live() -> Response:
    return jsonify(status="ok")


@blueprint.get("/readyz")
@access("public")
def ready() -> tuple[Response, int]:
    """503 while something needed is away; says which event-rule engine is at work."""
    s = services()
    report = readiness(s.database, s.settings, s.outbox_worker.channels, s.clock.now())
    return jsonify(report), 200 if report["ready"] else 503
