"""What became of asking other agencies: whom, until when, and what each answered. Pure; read from the history."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from tthc.dossiers import events as ev
from tthc.dossiers.codec import event_from_json
from tthc.dossiers.state import Dossier, FileRef, Task

State = Literal["waiting", "answered", "assumed", "waived", "dropped"]


@dataclass(frozen=True, slots=True)
class Asked:
    """One agency at one step. `assumed`: it kept silent, which stands for the action `answer`; `dropped`: its opinion was
    no more wanted; `waived`: it was late, and whoever asked went on without it. `by`: who answered, as they were called; `files`: given with the answer.
    """

    task: Task
    asked_at: datetime
    state: State = "waiting"
    answer: str = ""
    reason: str = ""
    by: str = ""
    at: datetime | None = None
    files: tuple[FileRef, ...] = ()

    @property
    def agency(self) -> str:
        return self.task.agency_name or self.task.agency


def asked(dossier: Dossier) -> tuple[Asked, ...]:
    """Every agency asked so far, in the order of asking; an agency asked twice stands there twice."""
    found: dict[str, Asked] = {}
    files: dict[str, list[FileRef]] = {}
    for entry in dossier.history:
        event = event_from_json(entry.type, entry.data)
        match event:
            case ev.DocumentAdded(document=document) if document.file is not None:
                files.setdefault(entry.command_id, []).append(document.file)
            case ev.Moved():
                _answered(event, found, entry.actor.name, entry.at, files.get(entry.command_id, ()))
                for task in event.entered:
                    if task.item and task.item == task.agency:
                        found[task.id] = Asked(task, entry.at)
            case ev.Ended() | ev.Withdrawn():
                for task_id, one in found.items():
                    if one.state == "waiting":
                        found[task_id] = replace(one, state="dropped", at=entry.at)
            case _:
                pass
    return tuple(found.values())


def _answered(
    event: ev.Moved,
    found: dict[str, Asked],
    by: str,
    at: datetime,
    files: list[FileRef] | tuple[FileRef, ...],
) -> None:
    left = event.left
    if left is not None and left.id in found:
        found[left.id] = replace(
            found[left.id],
            state="assumed" if event.silent else "waived" if event.waived else "answered",
            answer=event.label,
            reason=" ".join(part for part in (event.reason, event.note) if part),
            by="" if event.silent else by,
            at=at,
            files=tuple(files),
        )
    for task_id in event.dropped:
        if task_id in found:
            found[task_id] = replace(found[task_id], state="dropped", at=at)
