"""With what words a step was given to whoever has it now (Đ14.1a). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tthc.dossiers import events as ev
from tthc.dossiers.codec import event_from_json
from tthc.dossiers.state import Dossier, Task

_MOVED: Final = ev.type_name(ev.Moved)


@dataclass(frozen=True, slots=True)
class Told:
    """`title`: the act, `words`: its reason or direction, `who`: by whom."""

    title: str
    words: str
    who: str
    at: datetime


def given_with(dossier: Dossier, task: Task) -> Told | None:
    """Of the act that brought the dossier to this step; None where nothing was said."""
    for entry in reversed(dossier.history):
        if entry.type != _MOVED or not _entered(entry.data.get("entered"), task.id):
            continue
        event = event_from_json(entry.type, entry.data)
        if not isinstance(event, ev.Moved) or event.left is None or not event.reason.strip():
            return None
        return Told(event.label, event.reason.strip(), entry.actor.name, entry.at)
    return None


def _entered(tasks: object, task_id: str) -> bool:
    """As it was stored: of all that was entered, one at most is worth reading back."""
    return isinstance(tasks, list | tuple) and any(
        isinstance(task, Mapping) and task.get("id") == task_id for task in tasks
    )
