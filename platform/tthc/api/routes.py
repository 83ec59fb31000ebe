"""Two routes: what waits for a system, and its answer (`docs/api.md`)."""

from typing import Final

from flask import Blueprint, Response, jsonify, request
from flask_limiter.util import get_remote_address

from definitions.model import Definition
from rules.workflow.model import Need
from tthc.api.gate import caller, current_client, record
from tthc.api.once import asked
from tthc.api.problems import problem
from tthc.dossiers.codec import to_json
from tthc.dossiers.commands import Act
from tthc.dossiers.queries import Row
from tthc.dossiers.state import Task
from tthc.services import services
from tthc.web.access import access
from tthc.web.limits import limiter

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")
blueprint.after_request(record)

PER_CLIENT: Final = "120 per minute"
PER_ADDRESS: Final = "600 per minute"
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
    client = current_client()
    told = asked(_BODY)
    if isinstance(told, Response):
        return told
    found = services().repository.get(dossier_id)
    open_task = found.task(task) if found is not None else None
    done = found is not None and found.did(told.command_id)
    if found is None or not (done or (open_task is not None and client.covers(found, open_task))):
        return problem(404, "Không có việc này đang mở trong phạm vi của hệ thống.", code="no_task")
    agency = open_task.agency if open_task is not None else client.agencies[0]
    command = Act(task, action, reason=told.body.get("reason", ""), note=told.body.get("note", ""))
    return told.carried_out(dossier_id, command, agency)


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
