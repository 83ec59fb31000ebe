"""How often each exception occurred, read off the raw histories."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from rules.calendar import TZ, Calendar
from rules.workflow.model import APPLICANT

_UNCOLLECTED_AFTER: Final = timedelta(days=5)

_BY_TYPE: Final[Mapping[str, str]] = {
    "supplement_requested": "supplement_at_intake",
    "supplied": "supplied",
    "intake_refused": "refused",
    "withdrawn": "withdrawn",
    "extended": "extended",
    "apologised": "apologised",
    "reassigned": "reassigned",
    "child_wanted": "child",
    "call_logged": "called",
}


def observed(
    documents: Iterable[Mapping[str, Any]], start: datetime, end: datetime, calendar: Calendar
) -> Counter[str]:
    """By the keys of `kinds.EXCEPTIONS`, the wrong acts aside, which leave no trace."""
    found: Counter[str] = Counter()
    for document in documents:
        history = document["history"]
        if history:
            found.update(_came(history[0], start, calendar))
            found.update(_befell(history))
            solved = document.get("solved_at")
            if document["status"] == "result_ready" and solved is not None:
                found["uncollected"] += end - _aware(solved) >= _UNCOLLECTED_AFTER
    return found


def _came(first: Mapping[str, Any], start: datetime, calendar: Calendar) -> Iterator[str]:
    at = _aware(first["at"]).astimezone(TZ)
    yield f"by_{first['data']['channel']}"
    if at < start:
        yield "carried"
    if not calendar.is_working_day(at.date()):
        yield "weekend"
    elif not any(opens <= at <= closes for opens, closes in calendar.sessions(at.date())):
        yield "night"


def _befell(history: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    visited: set[str] = set()
    fees: Mapping[str, str] = {}
    accepted = immediate = False
    for entry in history:
        kind, data = entry["type"], entry["data"]
        if kind in _BY_TYPE:
            yield _BY_TYPE[kind]
        match kind:
            case "submitted":
                fees = {fee["id"]: fee["collect"] for fee in data["fees"]}
                immediate = bool(data.get("immediate"))
            case "accepted":
                accepted = True
            case "fees_paid":
                early = any(fees.get(fee) == "before_acceptance" for fee in data["fee_ids"])
                if early and not accepted:
                    yield "paid_first"
            case "moved":
                yield from _moved(data, visited)
            case "reminded":
                yield from _reminded(data)
            case "child_told" if data["standing"] in {"returned", "declined"}:
                yield f"child_{data['standing']}"
            case "ended":
                if data["outcome"] == "declined":
                    yield "declined"
                if immediate:
                    yield "immediate"


def _moved(data: Mapping[str, Any], visited: set[str]) -> Iterator[str]:
    left, request = data["left"], data.get("request")
    asked = bool(request and request["items"])
    if asked:
        yield "supplement_in_appraisal"
    if data.get("silent"):
        yield "consent"
    again = any(task["step"] in visited for task in data["entered"])
    if left is not None and again and data.get("reason") and left["function"] != APPLICANT and not asked:
        yield "sent_back"
    visited |= {task["step"] for task in data["entered"]}


def _reminded(data: Mapping[str, Any]) -> Iterator[str]:
    if data["kind"] in {"deadline", "intake"}:
        yield "overdue" if data["kind"] == "deadline" else "intake_overdue"
    elif data["task"] and data["task"].get("item"):
        yield "late_consultation"


def _aware(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)
