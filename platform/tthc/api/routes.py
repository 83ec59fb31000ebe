"""Two routes: what waits for a system, and its answer (`docs/api.md`)."""

import hashlib
import re
from collections.abc import Mapping
from typing import Any, Final

from flask import Blueprint, Response, jsonify, request
from flask_limiter.util import get_remote_address

from definitions.model import Definition
from rules.workflow.model import Need
from tthc.api.gate import caller, current_client, record
from tthc.api.problems import of_refusal, problem
from tthc.dossiers.codec import to_json
from tthc.dossiers.commands import Act
from tthc.dossiers.queries import Row
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import Dossier, Task
from tthc.services import services
from tthc.web.access import access
from tthc.web.limits import limiter

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
blueprint.after_request(record)

PER_CLIENT: Final = "120 per minute"
PER_ADDRESS: Final = "600 per minute"
MOST_BYTES: Final = 64 * 1024
_KEY: Final = re.compile(r"[\x21-\x7e]{8,200}")
_BODY: Final = frozenset({"reason", "note"})


@blueprint.get("/tasks")
@limiter.limit(PER_CLIENT, key_func=caller)
@limiter.limit(PER_ADDRESS, key_func=get_remote_address)
@access("client")
def tasks() -> Response:
    """The open tasks that the client may answer, nearest due first; never what the dossier says of anybody."""
    s, client = services(), current_client()
    try:
        page = s.lists.for_client(
            client.functions, client.agencies, client.procedures, after=request.args.get("after") or None
        )
    except ValueError:
        return problem(400, "Giá trị “after” không phải là giá trị đã nhận ở trang trước.", code="after")
    found = [
        _task(row, task, s.definitions.by_hash(row.definition))
        for row in page.rows
        for task in row.open_tasks
        if task.agency in client.agencies
        and task.function in client.functions
        and (not client.steps or task.step in client.steps)
    ]
    return jsonify(tasks=found, after=page.after)


@blueprint.post("/dossiers/<dossier_id>/tasks/<task>/actions/<action>")
@limiter.limit(PER_CLIENT, key_func=caller)
@limiter.limit(PER_ADDRESS, key_func=get_remote_address)
@access("client")
def take(dossier_id: str, task: str, action: str) -> Response:
    """Take one action of a task. The same `Idempotency-Key` with the same request is once, whatever is lost between."""
    s, client = services(), current_client()
    key = idempotency_key()
    if isinstance(key, Response):
        return key
    body = body_of(_BODY)
    if isinstance(body, Response):
        return body
    found = s.repository.get(dossier_id)
    command_id = hashlib.sha256(f"api:{client.id}:{key}".encode()).hexdigest()
    told = f"{request.path}\n{sorted(body.items())}"
    open_task = found.task(task) if found is not None else None
    done = found is not None and found.did(command_id)
    if found is None or not (done or (open_task is not None and client.covers(found, open_task))):
        return problem(404, "Không có việc này đang mở trong phạm vi của hệ thống.", code="no_task")
    fingerprint = hashlib.sha256(told.encode()).hexdigest()
    if not s.clients.first_asked(client.id, key, fingerprint, s.clock.now()):
        return problem(
            422,
            "Giá trị “Idempotency-Key” này đã dùng cho một việc khác; mỗi việc dùng một giá trị riêng.",
            code="idempotency_key_reused",
        )
    agency = open_task.agency if open_task is not None else client.agencies[0]
    command = Act(task, action, reason=body.get("reason", ""), note=body.get("note", ""))
    try:
        after = s.dossiers.execute(dossier_id, command, client.actor(agency), command_id)
    except Refused as refused:
        return of_refusal(refused)
    return jsonify(outcome_of(after))


def idempotency_key() -> str | Response:
    key = request.headers.get("Idempotency-Key", "")
    if _KEY.fullmatch(key) is None:
        detail = "Gửi tiêu đề “Idempotency-Key”: 8 đến 200 ký tự, mỗi việc một giá trị riêng, gửi lại thì giữ nguyên."
        return problem(400, detail, code="no_idempotency_key")
    return key


def body_of(names: frozenset[str]) -> Mapping[str, str] | Response:
    """These names, all of text, all optional."""
    if request.content_length is None:
        return problem(411, "Gửi kèm tiêu đề “Content-Length”.", code="length")
    if request.content_length > MOST_BYTES:
        return problem(413, "Nội dung không quá 64 kB.", code="too_large")
    if request.content_length and not request.is_json:
        return problem(415, "Gửi nội dung dạng application/json.", code="not_json")
    told: Any = request.get_json(silent=True) if request.content_length else {}
    if not isinstance(told, dict) or not all(isinstance(value, str) for value in told.values()):
        named = ", ".join(f"“{name}”" for name in sorted(names, reverse=True))
        return problem(422, f"Nội dung phải là một nhóm {named} đều là chữ.", code="body")
    if unknown := sorted(set(told) - names):
        known = " và ".join(f"“{name}”" for name in sorted(names, reverse=True))
        return problem(422, f"Không nhận mục “{unknown[0]}”; chỉ nhận {known}.", code="body")
    return told


def _task(row: Row, task: Task, definition: Definition) -> dict[str, object]:
    step = definition.workflow.step(task.step)
    return {
        "dossier": row.id,
        "code": row.code,
        "procedure": row.procedure,
        "task": task.id,
        "step": task.step,
        "name": task.name,
        "agency": task.agency,
        "entered_at": to_json(task.entered_at),
        "due": to_json(task.due),
        "actions": [
            {"id": a.id, "label": a.label, "needs": [need.value for need in Need if need in a.needs]}
            for a in (step.actions if step is not None else ())
        ],
    }


def outcome_of(dossier: Dossier) -> dict[str, object]:
    return {
        "dossier": dossier.id,
        "code": dossier.code,
        "status": dossier.status.value,
        "version": dossier.version,
    }
