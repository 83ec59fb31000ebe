"""In whose place somebody acts: a deputy of the head, somebody authorised, a colleague who covers a leave (Đ13). Pure."""

from collections.abc import Iterable
from typing import Protocol

from tthc.dossiers import events as ev
from tthc.dossiers.context import RECEPTION, Actor, StandIn
from tthc.dossiers.state import Dossier, Task


class Given(Protocol):
    """What says for whom something is: a function, and one person of those who hold it, if any."""

    @property
    def function(self) -> str: ...
    @property
    def assignee(self) -> str | None: ...


def standing(actor: Actor, task: Given) -> StandIn | None:
    """In whose place this actor would do a task; `None` for one of their own, or for one that they may not do.

    A deputy does in that capacity whatever the functions of the decision cover, be it given to the head, to the deputy
    or to nobody; whoever covers a leave does only what was given to the person who is away.
    """
    for one in actor.stands_in:
        if task.function in one.functions and task.assignee in {None, one.whom, actor.id}:
            return one
    if task.assignee in {None, actor.id}:
        return None
    return next((one for one in actor.stands_in if not one.functions and one.whom == task.assignee), None)


def for_function(actor: Actor, function: str) -> StandIn | None:
    """The same for what is done beside the steps, by a function alone."""
    return next((one for one in actor.stands_in if function in one.functions), None)


def called(actor: Actor, one: StandIn) -> str:
    """As history and papers name them: `Lò Văn Bình (KT. Chủ tịch Hà Văn Sơn)`."""
    return f"{actor.name} ({'làm thay' if one.capacity == 'thay' else one.capacity} {one.name})"


def in_whose_place(actor: Actor, before: Dossier | None, happened: Iterable[ev.Event]) -> StandIn | None:
    """In whose place the events of one command were brought about."""
    if not actor.stands_in:
        return None
    for event in happened:
        if isinstance(event, ev.Moved) and event.left is not None:
            return standing(actor, event.left)
        token = getattr(event, "token", None)
        task = before.task(token) if before is not None and isinstance(token, str) else None
        if task is not None:
            if isinstance(event, ev.Reassigned | ev.Assigned):
                return _giving(actor, task, event)
            return standing(actor, task)
    return for_function(actor, RECEPTION)


def _giving(actor: Actor, task: Task, event: ev.Reassigned | ev.Assigned) -> StandIn | None:
    """Whoever gives somebody else work does so as the head who may, not as the one who has it."""
    if task.assignee == actor.id:
        return None
    return for_function(actor, event.function if isinstance(event, ev.Assigned) else task.assigned_by)
