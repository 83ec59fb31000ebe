"""What a person sees when something goes wrong: in plain words, with a way on, and nothing typed thrown away."""

import secrets
from urllib.parse import urlsplit

from flask import Flask, current_app, jsonify, make_response, render_template, request
from flask_limiter import RateLimitExceeded
from flask_wtf.csrf import CSRFError
from pymongo.errors import ConnectionFailure
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wrappers import Response

from rules.i18n import gettext, noted
from tthc.api.problems import PATH, problem
from tthc.dossiers.files import FileDamagedError, FileHeldError, FileMissingError

Answer = tuple[str, int] | tuple[Response, int] | Response

_HOME = (noted("Về trang chủ"), "/")
_SEARCH = (noted("Tìm thủ tục"), "/thu-tuc")
_TRACK = (noted("Tra cứu hồ sơ"), "/tra-cuu")
_ACCOUNT = (noted("Tài khoản của tôi"), "/tai-khoan")

_WAYS: dict[int, tuple[tuple[str, str], ...]] = {
    403: (_HOME, _ACCOUNT),
    404: (_SEARCH, _TRACK, _HOME),
}
_TEXTS: dict[int, tuple[str, str]] = {
    401: (noted("Ông/bà cần đăng nhập"), noted("Đăng nhập rồi mở lại trang này.")),
    405: (
        noted("Trang này không mở được bằng cách đó"),
        noted("Ông/bà quay lại trang trước và dùng nút trên trang."),
    ),
    422: (
        noted("Còn chỗ chưa đúng"),
        noted("Ông/bà quay lại trang trước, xem lại những chỗ được nhắc rồi gửi lại."),
    ),
}
_SECRET_NAMES = ("password", "csrf_token", "mat_khau")
# in both languages: which one is wanted may be among what is broken
_PLAIN = (
    '<!doctype html><html lang="vi"><meta charset="utf-8"><title>Hệ thống gặp lỗi</title>'  # vi: both are there
    "<h1>Hệ thống gặp lỗi</h1><p>Lỗi đã được ghi lại. Ông/bà thử lại sau ít phút.</p>"
    '<p>Mã để hỏi cán bộ hỗ trợ: {reference}</p><p><a href="/">Về trang chủ</a></p>'
    '<p lang="en">Something went wrong and has been recorded. Please try again in a few minutes; '
    "if you ask for help, quote the code {reference}.</p></html>"
)


def install(app: Flask) -> None:
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(CSRFError, _stale)
    app.register_error_handler(ConnectionFailure, _no_database)
    app.register_error_handler(FileDamagedError, _lost_file)
    app.register_error_handler(FileMissingError, _lost_file)
    app.register_error_handler(FileHeldError, lambda held: _page(409, text=gettext(str(held))))
    app.register_error_handler(InternalServerError, _broken)


def stale_form(*, signed_out: bool) -> Answer:
    """The form cannot be taken as it was sent: show it again, filled, to be sent once more.

    Only for a form of this site: what another site posts is never offered for sending (CSRF).
    """
    if not _from_here():
        return _page(400)
    kept = [
        (name, value)
        for name, values in request.form.lists()
        if not any(secret in name for secret in _SECRET_NAMES)
        for value in values
    ]
    files = any(file.filename for file in request.files.values())
    page = render_template(
        "accounts/stale.html",
        kept=kept,
        files=files,
        action=request.full_path.rstrip("?"),
        signed_out=signed_out,
    )
    return page, 401 if signed_out else 400


def _from_here() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    source = request.headers.get("Origin") or request.referrer or ""
    return urlsplit(source).netloc == request.host


def _stale(_: CSRFError) -> Answer:
    if _wants_json():
        return _json(400, gettext("Trang đã mở quá lâu; tải lại trang rồi gửi lại."))
    return stale_form(signed_out=False)


def _refused(error: HTTPException) -> Answer:
    """Every refusal by its number. A view's own sentence is shown; a library's English one is not."""
    if error.code is None or error.response is not None or error.code < 400:
        return error.get_response()  # a ready answer, such as a redirect
    of_library = isinstance(error, RateLimitExceeded) or error.description == type(error).description
    own = None if of_library or not error.description else gettext(error.description)
    answer = _page(error.code, text=own)
    return _with_headers(answer, error)


def _with_headers(answer: Answer, error: HTTPException) -> Answer:
    """Keep what the protocol asks for: Allow (405), Retry-After (429)."""
    response = make_response(answer)
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            response.headers[name] = value
    return response


def _no_database(error: ConnectionFailure) -> Answer:
    current_app.logger.error("database not reachable: %s", error)
    return _page(503)


def _lost_file(error: FileDamagedError | FileMissingError) -> Answer:
    """Trying again will not help: the person is told that the file is lost, the operator which one."""
    current_app.logger.error("%s: %s", type(error).__name__, error.sha256)
    return _page(500, text=gettext(str(error)), reference=_log_reference())


def _broken(_: InternalServerError) -> Answer:
    """Flask has already logged the cause; the reference joins what the person tells with what the log says."""
    return _page(500, reference=_log_reference())


def _log_reference() -> str:
    reference = secrets.token_hex(4).upper()
    current_app.logger.error("error page %s shown for %s %s", reference, request.method, request.path)
    return reference


def _page(code: int, *, text: str | None = None, reference: str | None = None) -> Answer:
    heading, usual = map(gettext, _TEXTS.get(code, ("", "")))
    if request.path.startswith(PATH):
        return problem(code, text or "")
    if _wants_json():
        return _json(code, text or usual or heading or gettext("Không thực hiện được yêu cầu."))
    try:
        page = render_template(
            "errors/error.html",
            code=code,
            heading=heading,
            text=text or usual,
            ways=[(gettext(label), url) for label, url in _WAYS.get(code, (_HOME, _SEARCH))],
            reference=reference,
        )
    except Exception:  # the page's frame reads the session and the database, which may be what is broken
        current_app.logger.exception("error page could not be drawn")
        return _PLAIN.format(reference=reference or _log_reference()), code
    return page, code


def _wants_json() -> bool:
    best = request.accept_mimetypes.best_match(("text/html", "application/json"), "text/html")
    return best == "application/json"


def _json(code: int, message: str) -> Answer:
    return jsonify(error={"code": code, "message": message}), code
