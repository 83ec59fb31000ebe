"""One route: «Kết thúc hồ sơ» by another system. An overdue dossier without a result is not ended: 409 (Đ15.1d)."""

import hashlib

from flask import Response, jsonify, request
from flask_limiter.util import get_remote_address

from tthc.api.gate import caller, current_client
from tthc.api.problems import of_refusal, problem
from tthc.api.routes import PER_ADDRESS, PER_CLIENT, blueprint, body_of, idempotency_key, outcome_of
from tthc.dossiers.commands import Close
from tthc.dossiers.refusals import Refused
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
    s, client = services(), current_client()
    key = idempotency_key()
    if isinstance(key, Response):
        return key
    body = body_of(BODY)
    if isinstance(body, Response):
        return body
    found = s.repository.get(dossier_id)
    procedures = client.procedures
    if (
        found is None
        or found.agency not in client.agencies
        or (procedures and found.procedure not in procedures)
    ):
        return problem(404, "Không có hồ sơ này trong phạm vi của hệ thống.", code="unknown")
    told = f"{request.path}\n{sorted(body.items())}"
    fingerprint = hashlib.sha256(told.encode()).hexdigest()
    if not s.clients.first_asked(client.id, key, fingerprint, s.clock.now()):
        return problem(
            422,
            "Giá trị “Idempotency-Key” này đã dùng cho một việc khác; mỗi việc dùng một giá trị riêng.",
            code="idempotency_key_reused",
        )
    command = Close(recipient=body.get("recipient", "").strip()[:200], reason=body.get("reason", "").strip())
    command_id = hashlib.sha256(f"api:{client.id}:{key}".encode()).hexdigest()
    try:
        after = s.dossiers.execute(dossier_id, command, client.actor(found.agency), command_id)
    except Refused as refused:
        return of_refusal(refused)
    return jsonify(outcome_of(after))
