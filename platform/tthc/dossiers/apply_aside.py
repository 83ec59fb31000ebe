"""From events to state, for what goes on beside the steps: verification, extension, opinions that are late."""

from datetime import datetime

from tthc.dossiers import events as ev
from tthc.dossiers.state import Dossier, LateOpinion, Task
from tthc.dossiers.values import replace

Aside = ev.VerificationArranged | ev.VerificationRecorded | ev.ExtensionAsked | ev.ExtensionAnswered


def aside(dossier: Dossier, event: Aside, at: datetime) -> Dossier:
    match event:
        case ev.VerificationArranged(verification=one) | ev.VerificationRecorded(verification=one):
            if any(each.id == one.id for each in dossier.verifications):
                changed = tuple(one if each.id == one.id else each for each in dossier.verifications)
            else:
                changed = (*dossier.verifications, one)
            return replace(dossier, verifications=changed)
        case ev.ExtensionAsked(request=request):
            return replace(dossier, extension_requests=(*dossier.extension_requests, request))
        case ev.ExtensionAnswered():
            return replace(
                dossier,
                extension_requests=tuple(
                    replace(
                        each,
                        granted=event.granted,
                        answer=event.answer,
                        answered_at=at,
                        answered_by=event.name,
                    )
                    if each.id == event.request
                    else each
                    for each in dossier.extension_requests
                ),
            )


def is_asked(task: Task) -> bool:
    """Whether a task is an agency's, which was asked for its opinion."""
    return bool(task.item) and task.item == task.agency


def with_late_opinion(dossier: Dossier, task: Task | None, *, assumed: bool = False) -> Dossier:
    """Where the time of an agency that was asked is over: it is late, and stays on the list (Đ13.3c)."""
    if task is None or task.due is None or not is_asked(task):
        return dossier
    if any(each.task == task.id for each in dossier.late_opinions):
        return dossier
    late = LateOpinion(task.id, task.agency, task.agency_name or task.agency, task.name, task.due, assumed)
    return replace(dossier, late_opinions=(*dossier.late_opinions, late))
