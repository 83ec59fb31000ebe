"""Biểu II.06a counted a second time, from the raw histories alone (law.md 2.7).

Written apart from `tthc.measures`, on plain documents of the database: it knows neither the class of a dossier nor how
events are applied, so that a mistake there does not repeat itself here. What the columns mean is said in words only:

A dossier counts once it is accepted, from then on until it is solved; solved before the period, it is no more of it. It is
solved when every open step hands over (again unsolved where it is sent back to be worked on), or when it ends. Given back
or withdrawn, or without a due date, is in time; else the day, and on the due day the instant, decides. More time that no clause of
law grants moves the appointment alone: then the date that the law gives, which is told beside it, decides.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, Final

COLUMNS: Final = (
    "received",
    "online",
    "direct",
    "carried",
    "solved",
    "early",
    "on_time",
    "late",
    "open",
    "in_time",
    "overdue",
)
"""Columns 3 to 13."""

_VIETNAM: Final = timezone(timedelta(hours=7))


@dataclass(frozen=True, slots=True)
class Counted:
    """`columns`: by sector, how many dossiers each column has; `where`: of each dossier's code, its columns."""

    columns: Mapping[str, Mapping[str, int]]
    where: Mapping[str, frozenset[str]]


@dataclass(slots=True)
class _Standing:
    accepted: datetime | None = None
    due: datetime | None = None
    solved: datetime | None = None
    given_back: bool = False
    tasks: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    @property
    def waits(self) -> bool:
        """Everybody waits for the applicant."""
        phases = {task["phase"] for task in self.tasks.values()}
        return "waiting_applicant" in phases and "solving" not in phases


def counted(
    documents: Iterable[Mapping[str, Any]], start: datetime, end: datetime, sectors: Mapping[str, str]
) -> Counted:
    """The period [start, end) over raw documents; `sectors`: of each procedure's code."""
    columns: dict[str, Counter[str]] = {}
    where: dict[str, frozenset[str]] = {}
    for document in documents:
        history = [entry for entry in document["history"] if _utc(entry["at"]) < end]
        found = _columns(history, start, end) if history else ()
        if found:
            sector = sectors[history[0]["data"]["procedure"]]
            columns.setdefault(sector, Counter()).update(found)
            where[str(document.get("code"))] = frozenset(found)
    return Counted(columns, where)


def _columns(history: Sequence[Mapping[str, Any]], start: datetime, end: datetime) -> tuple[str, ...]:
    told = _Standing()
    for entry in history:
        _read(told, entry["type"], entry["data"], _utc(entry["at"]))
    if told.accepted is None or (told.solved is not None and told.solved < start):
        return ()
    online = history[0]["data"]["channel"] == "online"
    came = "carried" if told.accepted < start else "online" if online else "direct"
    if told.solved is None:
        late = told.due is not None and told.due < end and not told.waits
        return "received", came, "open", "overdue" if late else "in_time"
    return "received", came, "solved", _timeliness(told, told.solved)


def _timeliness(told: _Standing, solved: datetime) -> str:
    declining = any(task.get("declines") for task in told.tasks.values())
    if told.given_back or declining or told.due is None:
        return "on_time"
    if solved > told.due:
        return "late"
    return "early" if solved.astimezone(_VIETNAM).date() < told.due.astimezone(_VIETNAM).date() else "on_time"


def _read(told: _Standing, kind: str, data: Mapping[str, Any], at: datetime) -> None:
    if kind == "accepted":
        told.accepted = at
    if kind in {"accepted", "moved", "extended", "recounted", "version_moved"} and data.get("deadline"):
        deadline = data["deadline"]
        ungranted = any(each.get("basis") == "" for each in deadline.get("extensions") or ())
        told.due = _instant((deadline.get("legal_due") if ungranted else None) or deadline["due"])
    match kind:
        case "moved":
            gone = {*data.get("dropped", ()), *([data["left"]["id"]] if data["left"] else [])}
            told.tasks = {name: task for name, task in told.tasks.items() if name not in gone}
            told.tasks |= {task["id"]: task for task in data["entered"]}
            phases = {task["phase"] for task in told.tasks.values()}
            if "solving" in phases:
                told.solved = None
            elif phases == {"result_ready"}:
                told.solved = told.solved or at
        case "version_moved":
            told.tasks = {task["id"]: task for task in data["tasks"]}
        case "ended":
            told.solved = told.solved or at
            told.given_back = data["outcome"] == "declined"
            told.tasks = {}
        case "withdrawn":
            told.solved = told.solved or at
            told.given_back = True
            told.tasks = {}


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _utc(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)
