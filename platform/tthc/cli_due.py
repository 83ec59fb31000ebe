"""`tthc due`: a due date by the working calendar, and why it is that day."""

import argparse
import json
import re
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal, InvalidOperation

from definitions.calendars import shipped
from definitions.problems import did_you_mean
from rules import deadlines
from rules.calendar import TZ
from tthc.clock import Clock

_PAUSE = re.compile(
    r"(?P<start>[^/]+)/(?P<end>\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?)?:(?P<reason>.+)"
)


class ArgumentError(ValueError):
    """An argument that cannot be read; the message says which and how it is written."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`text`: for people, several lines. `data`: for programs, instants as ISO 8601 in Việt Nam time."""

    text: str
    data: dict[str, object]

    def json(self) -> str:
        return json.dumps(self.data, ensure_ascii=False, indent=2)


def answer(arguments: argparse.Namespace) -> Answer:
    """Raises ArgumentError, CalendarRangeError, ValueError."""
    found = deadlines.due(
        _rule(arguments),
        _instant(arguments.start, "--start") if arguments.start else Clock().now().astimezone(TZ),
        shipped(unit=_agency(arguments.agency)),
        pauses=[_pause(text) for text in arguments.pause],
    )
    lines = [line.text for line in found.lines]
    opening = "Chưa tính được hạn khi đồng hồ còn dừng" if found.at is None else _iso(found.at)
    text = "\n".join([str(opening), found.sentence(), *(f"  {line}" for line in lines)])
    return Answer(text, _data(found))


def _agency(told: str | None) -> str | None:
    if told is None:
        return None
    from tthc.agencies.data import shipped as agencies

    known = {agency.id for agency in agencies()}
    if told not in known:
        raise ArgumentError(f"--agency: không có cơ quan “{told}”. {did_you_mean(told, known)}")
    return told


def _data(found: deadlines.Due) -> dict[str, object]:
    return {
        "start": _iso(found.start),
        "amount": str(found.rule.amount),
        "unit": str(found.rule.unit),
        "due": _iso(found.at),
        "original": _iso(found.original),
        "paused_since": _iso(found.paused_since),
        "unconfirmed_years": list(found.unconfirmed_years),
        "sentence": found.sentence(),
        "lines": [
            {"kind": line.kind, "day": None if line.day is None else line.day.isoformat(), "text": line.text}
            for line in found.lines
        ],
    }


def _rule(arguments: argparse.Namespace) -> deadlines.DeadlineRule:
    try:
        amount = Decimal(arguments.amount)
    except InvalidOperation as error:
        raise ArgumentError(f"--amount phải là một số, không phải “{arguments.amount}”.") from error
    cutoff = None
    if arguments.cutoff:
        try:
            cutoff = time.fromisoformat(arguments.cutoff)
        except ValueError as error:
            raise ArgumentError(f"--cutoff viết như 15:00, không phải “{arguments.cutoff}”.") from error
    return deadlines.DeadlineRule(amount, deadlines.Unit(arguments.unit), cutoff, arguments.return_at)


def _pause(text: str) -> deadlines.Pause:
    match = _PAUSE.fullmatch(text)
    if match is None:
        raise ArgumentError(
            f"--pause viết như 2026-06-04T10:00/2026-06-15T09:00:chờ bổ sung, không phải “{text}”."
        )
    end = None if match["end"] is None else _instant(match["end"], "--pause")
    return deadlines.Pause(_instant(match["start"], "--pause"), end, match["reason"].strip())


def _instant(text: str, option: str) -> datetime:
    try:
        read = datetime.fromisoformat(text)
    except ValueError as error:
        raise ArgumentError(f"{option} viết như 2026-11-23T09:00, không phải “{text}”.") from error
    return read.replace(tzinfo=TZ) if read.tzinfo is None else read.astimezone(TZ)


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(TZ).isoformat(timespec="minutes")
