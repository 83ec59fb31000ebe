"""Text messages that ask for a dossier (Đ16.1b): the address to which the gateway hands them, and a page to try it.

The gateway signs each request with the secret that both know (`SMS_INBOUND_SECRET`): `X-Signature: sha256=<hex>` is the
HMAC-SHA256 of the body. No cookie is read, so no CSRF token is needed. The answer goes out by the worker, through the same
channel as notices.
"""

import hashlib
import hmac
import json
import re
import secrets
from typing import Final

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from forms.types.contacts import parse_phone
from rules.i18n import gettext, in_vietnamese, noted
from tthc.api.problems import problem
from tthc.dossiers.references import read_reference
from tthc.notices.inbound import Received
from tthc.portal.public_number import by_public_number, read_number
from tthc.portal.sms_answers import TOO_MANY, asked, help_answer, nobody_answer, status_answer
from tthc.services import services
from tthc.web.access import access
from tthc.web.limits import limiter

gateway = Blueprint("sms_gateway", __name__)
blueprint = Blueprint("sms_trial", __name__)

SIGNATURE: Final = "X-Signature"
MOST_BYTES: Final = 8 * 1024
_ID: Final = re.compile(r"[\x21-\x7e]{1,120}")


def signature(secret: str, body: bytes) -> str:
    return f"sha256={hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()}"


@gateway.post("/tin-nhan-den")
@access("public")
@limiter.limit("600 per minute")
def inbound() -> Response | tuple[Response, int]:
    """`{id, from, text}`; 202 when kept, 200 when it had come before. The same id is answered once."""
    secret = services().settings.sms_inbound_secret
    if not secret:
        return problem(404, "Nơi này không nhận tin nhắn đến.", code="off")  # vi: the gateway is told
    body = request.get_data(cache=False) if (request.content_length or 0) <= MOST_BYTES else b""
    given = request.headers.get(SIGNATURE, "").encode("utf-8", "replace")
    if not hmac.compare_digest(given, signature(secret, body).encode()):
        return problem(
            401,
            f"Tiêu đề “{SIGNATURE}” không đúng với nội dung.",  # vi: the gateway is told
            code="signature",
        )
    try:
        told = json.loads(body)
        message_id, sender, text = told["id"], told["from"], told["text"]
    except (ValueError, TypeError, KeyError):
        return problem(422, "Gửi JSON gồm “id”, “from”, “text”.", code="body")  # vi: the gateway is told
    phone = parse_phone(sender if isinstance(sender, str) else None).value
    if (
        not isinstance(message_id, str)
        or not _ID.fullmatch(message_id)
        or not isinstance(text, str)
        or not phone
    ):
        return problem(
            422,
            "“id”, “from” hoặc “text” không đọc được.",  # vi: the gateway is told
            code="body",
        )
    taken = take(message_id, str(phone), text)
    return jsonify(id=message_id, state=taken.state), 200 if taken.again else 202


@blueprint.route("/hop-thu-thu/tin-nhan", methods=["GET", "POST"])
@access("public")
@limiter.limit("20 per minute", methods=["POST"])
def trial() -> BaseResponse | str | tuple[str, int]:
    """Where nothing goes outside: write a message as if on a telephone, and read the answer. Never in production."""
    s = services()
    if not s.settings.mailbox:
        abort(404)
    if request.method == "GET":
        row = s.inbound.of(request.args.get("tin", ""))
        return render_template("portal/sms_trial.html", row=row, problem="", phone="", text="")
    typed = request.form.get("phone", "")
    text = request.form.get("text", "").strip()[:200]
    phone = parse_phone(typed)
    if phone.error is not None or not phone.value or not text:
        told = gettext(phone.error or noted("Nhập số điện thoại và nội dung tin nhắn."))
        return render_template("portal/sms_trial.html", row=None, problem=told, phone=typed, text=text), 422
    taken = take(f"thu-{secrets.token_hex(12)}", str(phone.value), text)
    return redirect(url_for(".trial", tin=taken.id))


def take(message_id: str, phone: str, text: str) -> Received:
    """Keep a message with its answer; the sweep sends it within seconds."""
    s = services()
    return s.inbound.take(
        message_id, phone, text, s.clock.now(), answer=lambda: answer_to(text), enough=TOO_MANY
    )


@in_vietnamese()  # it is sent to a telephone
def answer_to(text: str) -> str:
    wanted = asked(text)
    if wanted is None:
        return help_answer()
    s = services()
    found = by_public_number(s.repository, wanted)
    if found is not None:
        return status_answer(found, s.agencies.facts(found.agency), s.clock.now())
    readable = read_number(wanted) is not None or read_reference(wanted) is not None
    return nobody_answer(wanted, readable=readable)
