"""What a program is told when something goes wrong: problem details for HTTP (RFC 9457), in Vietnamese."""

from typing import Final

from flask import Response, json

from tthc.dossiers.refusals import Refused

MEDIA: Final = "application/problem+json"
PATH: Final = "/api/"

_TITLES: Final = {
    400: "Yêu cầu chưa đúng cách",
    401: "Chưa xác thực được hệ thống gọi",
    403: "Không được làm việc này",
    404: "Không tìm thấy",
    405: "Địa chỉ này không nhận cách gọi đó",
    409: "Hồ sơ không nhận thao tác này lúc này",
    411: "Thiếu độ dài nội dung",
    413: "Nội dung quá lớn",
    415: "Nội dung phải là JSON",
    422: "Nội dung chưa đủ hoặc chưa đúng",
    429: "Gọi quá nhanh, thử lại sau ít phút",
    503: "Hệ thống tạm thời chưa phục vụ được",
}
_NOT_FOUND: Final = frozenset({"unknown", "no_task", "no_action"})
_NOT_ALLOWED: Final = frozenset({"forbidden", "no_function", "other_agency", "external", "not_assignee"})
_LACKING: Final = frozenset(
    {
        "reason",
        "assignee",
        "draft",
        "result",
        "payment",
        "originals",
        "recipient",
        "too_long",
        "unknown_agency",
    }
)


def problem(
    status: int, detail: str = "", *, code: str = "", rule: str = "", headers: dict[str, str] | None = None
) -> Response:
    """`code`: stable, for programs, as of `Refused`; `rule`: the law's article."""
    told: dict[str, object] = {
        "type": f"urn:tthc:problem:{code}" if code else "about:blank",
        "title": _TITLES.get(status, "Không thực hiện được yêu cầu"),
        "status": status,
    }
    told |= {key: value for key, value in (("detail", detail), ("code", code), ("rule", rule)) if value}
    return Response(json.dumps(told, ensure_ascii=False), status=status, mimetype=MEDIA, headers=headers)


def of_refusal(refused: Refused) -> Response:
    if refused.code in _NOT_FOUND:
        status = 404
    elif refused.code in _NOT_ALLOWED:
        status = 403
    else:
        status = 422 if refused.code in _LACKING else 409
    return problem(status, refused.message, code=refused.code, rule=refused.rule)
