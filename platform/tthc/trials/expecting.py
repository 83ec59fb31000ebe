"""What a step of an example expects, held against the dossier that it left behind."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from definitions.examples import Mismatch
from rules.calendar import local
from rules.workflow.model import END
from tthc.dossiers.state import Dossier, OutboxEntry

_NAMES: Final[Mapping[str, str]] = {
    "step": "đang ở bước",
    "actor": "ai làm tiếp",
    "outcome": "kết cục",
    "due": "hạn của bước",
    "deadline": "hạn trả của hồ sơ",
    "status": "trạng thái",
    "notices": "thông báo gửi đi",
    "documents": "văn bản làm ra",
    "tasks": "các bước đang mở",
    "events": "quy tắc sự kiện được thực hiện",
    "alerted": "chức năng được quy tắc báo",
    "refused": "quy tắc sự kiện không thực hiện được",
    "actors": "ai làm từng bước đang mở",
}


@dataclass(frozen=True, slots=True)
class Before:
    """How many notices and documents there were before the step; and proposals of event rules when the one before it
    was over, since what time brings about in between belongs to the step, too.
    """

    notices: int = 0
    documents: int = 0
    proposals: int = 0

    @classmethod
    def of(cls, dossier: Dossier | None) -> "Before":
        if dossier is None:
            return cls()
        return cls(len(_notices(dossier)), len(dossier.documents), len(dossier.proposals))


def compare_step(
    dossier: Dossier, before: Before, place: int, told: Mapping[str, object]
) -> tuple[Mismatch, ...]:
    """`step`, `actor`, `outcome` and `due` are among what there is; lists (`notices`, `documents`, `tasks`, `events`) are all there is."""
    expect = told.get("expect")
    if not isinstance(expect, Mapping):
        return ()
    deadline = None if dossier.deadline is None else dossier.deadline.due
    steps = [task.step for task in dossier.tasks]
    proposed = dossier.proposals[before.proposals :]
    found: dict[str, list[str]] = {
        "step": steps or [END],
        "actor": [task.function for task in dossier.tasks],
        "outcome": [] if dossier.outcome is None else [str(dossier.outcome)],
        "due": [_clock(task.due) for task in dossier.tasks if task.due is not None],
        "deadline": [] if deadline is None else [_clock(deadline)],
        "status": [str(dossier.status)],
        "notices": _each(entry.template for entry in _notices(dossier)[before.notices :]),
        "documents": _each(str(made.kind) for made in dossier.documents[before.documents :]),
        "tasks": sorted(steps),
        "events": sorted(each.rule for each in proposed if each.accepted),
        "alerted": _each(each.to for each in proposed if each.accepted and each.kind == "alert"),
        "refused": sorted(each.rule for each in proposed if not each.accepted),
        "actors": sorted(f"{task.step}: {task.function}" for task in dossier.tasks),
    }
    mismatches = []
    for key, told_ in expect.items():
        wanted = [f"{step}: {who}" for step, who in told_.items()] if isinstance(told_, Mapping) else told_
        listed = isinstance(wanted, (list, tuple))
        right = sorted(map(str, wanted)) == found[key] if listed else str(wanted) in found[key]
        if not right:
            said = (", ".join(map(str, wanted)) or "không có") if listed else str(wanted)
            got = ", ".join(found[key]) or "không có"
            message = (
                f"Thao tác thứ {place + 1} ({told['do']}): {_NAMES[key]}: mong đợi {said}, thực tế {got}."
            )
            mismatches.append(Mismatch(f"steps.{place}.expect.{key}", wanted, found[key], message))
    return tuple(mismatches)


def _notices(dossier: Dossier) -> list[OutboxEntry]:
    return [entry for entry in dossier.outbox if entry.kind == "notice"]


def _each(names: Iterable[str]) -> list[str]:
    return sorted(set(names))


def _clock(instant: datetime) -> str:
    return f"{local(instant):%Y-%m-%dT%H:%M}"
