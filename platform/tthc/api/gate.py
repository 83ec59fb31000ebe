"""Letting another system in: by its key in the header, by nothing else.

No cookie is read here. So no page of another site can make a browser call with somebody's rights, since no form or
link sends this header: that is why these routes need no CSRF token.
"""

import hashlib
import logging
from typing import cast

from flask import Response, g, request
from flask_limiter.util import get_remote_address

from tthc.api.clients import Client
from tthc.api.problems import problem
from tthc.services import services

_log = logging.getLogger(__name__)
_SCHEME = "bearer "


def enter() -> Response | None:
    """Find whose key the request carries; a 401 where it is nobody's."""
    sent = request.headers.get("Authorization", "")
    key = sent[len(_SCHEME) :].strip() if sent.lower().startswith(_SCHEME) else ""
    client = services().clients.by_key(key) if key else None
    if client is None:
        _log.warning(
            "API: không nhận ra khóa, từ %s, %s %s", get_remote_address(), request.method, request.path
        )
        detail = "Gửi khóa đã cấp ở tiêu đề “Authorization: Bearer …”; khóa đã thu hồi thì không dùng được."
        return problem(401, detail, code="no_key", headers={"WWW-Authenticate": 'Bearer realm="tthc"'})
    g.client = client
    return None


def current_client() -> Client:
    return cast("Client", g.client)


def caller() -> str:
    """By whom calls are counted: the key, unseen; the address where there is none."""
    sent = request.headers.get("Authorization")
    return hashlib.sha256(sent.encode()).hexdigest() if sent else get_remote_address()


def record(response: Response) -> Response:
    """Every call of a client, whatever became of it."""
    client = g.get("client")
    if client is not None:
        s = services()
        s.clients.log(client.id, request.method, request.path, response.status_code, s.clock.now())
    return response
