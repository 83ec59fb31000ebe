"""One route: «Kết thúc hồ sơ» by another system. An overdue dossier without a result is not ended: 409 (Đ15.1d)."""

from flask import Response
from flask_limiter.util import get_remote_address

from tthc.api.gate import caller, current_client
from tthc.api.once import asked
from tthc.api.problems import problem
from tthc.api.routes import PER_ADDRESS, PER_CLIENT, blueprint
from tthc.dossiers.commands import Close
from tthc.services import services
from tthc.web.access import access
from tthc.web.limits import limiter

__all__ = ["blueprint"]

BODY = frozenset({"recipient", "reason"})


@blueprint.post("/dossiers/<dossier_id>/close")
@limiter.limit(PER_CLIENT, key_func=caller)
@limiter.limit(PER_ADDRESS, key_func=get_remote_address)
@access("client")
def close(dossier_id: str) -> Response:
    """End a dossier of one of the client's agencies. The same `Idempotency-Key` with the same request is once."""
    client = current_client()
    told = asked(BODY)
    if isinstance(told, Response):
        return told
    found = services().repository.get(dossier_id)
    procedures = client.procedures
    if (
        found is None
        or found.agency not in client.agencies
        or (procedures and found.procedure not in procedures)
    ):
        return problem(404, "Không có hồ sơ này trong phạm vi của hệ thống.", code="unknown")
    command = Close(recipient=told.text("recipient")[:200], reason=told.text("reason"))
    return told.carried_out(dossier_id, command, found.agency)
