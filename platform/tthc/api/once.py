"""A request that changes something is carried out once, however often it arrives (`docs/api.md`)."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import Response, jsonify, request

from tthc.api.gate import current_client
from tthc.api.outcome import outcome_of
from tthc.api.problems import of_refusal, problem
from tthc.dossiers.commands import Command
from tthc.dossiers.refusals import Refused
from tthc.services import services

MOST_BYTES: Final = 64 * 1024
_KEY: Final = re.compile(r"[\x21-\x7e]{8,200}")


@dataclass(frozen=True, slots=True)
class Asked:
    """`key`: the client's own name for what it wants done; `body`: what it told, all of text."""

    key: str
    body: Mapping[str, str]

    @property
    def command_id(self) -> str:
        return hashlib.sha256(f"api:{current_client().id}:{self.key}".encode()).hexdigest()

    def text(self, name: str) -> str:
        return self.body.get(name, "").strip()

    def carried_out(self, dossier_id: str, command: Command, agency: str) -> Response:
        """The dossier after it, or why not; 422 where the key was given to something else before."""
        s, client = services(), current_client()
        told = f"{request.path}\n{sorted(self.body.items())}"
        fingerprint = hashlib.sha256(told.encode()).hexdigest()
        if not s.clients.first_asked(client.id, self.key, fingerprint, s.clock.now()):
            return problem(
                422,
                "Giá trị “Idempotency-Key” này đã dùng cho một việc khác; mỗi việc dùng một giá trị riêng.",
                code="idempotency_key_reused",
            )
        try:
            after = s.dossiers.execute(dossier_id, command, client.actor(agency), self.command_id)
        except Refused as refused:
            return of_refusal(refused)
        return jsonify(outcome_of(after))


def asked(names: frozenset[str]) -> Asked | Response:
    """What this request asks for, its body made of these names, all optional; or what is wrong with it."""
    key = request.headers.get("Idempotency-Key", "")
    if _KEY.fullmatch(key) is None:
        detail = "Gửi tiêu đề “Idempotency-Key”: 8 đến 200 ký tự, mỗi việc một giá trị riêng, gửi lại thì giữ nguyên."
        return problem(400, detail, code="no_idempotency_key")
    body = _body(names)
    return body if isinstance(body, Response) else Asked(key, body)


def _body(names: frozenset[str]) -> Mapping[str, str] | Response:
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
