"""Which notices an event gives rise to: pure, so that the outbox is written with the event itself (Đ10.2b, c).

A notice names a template and carries plain data; the words are the renderer's. An address that the applicant did
not give makes no notice on that channel; the portal's inbox is there for whoever has an account.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from rules.workflow.model import APPLICANT, Outcome, Phase
from tthc.dossiers import events as ev
from tthc.dossiers.amounts import rule_words
from tthc.dossiers.apply_aside import is_asked
from tthc.dossiers.blocked import names
from tthc.dossiers.codec import to_json
from tthc.dossiers.context import ONE_STOP_HEAD, RECEPTION, AgencyFacts
from tthc.dossiers.refunds import REASONS
from tthc.dossiers.reminding import (
    CLOCK_TEMPLATES,
    TO_APPLICANT,
    applicant_template,
    reminder_data,
    staff_template,
)
from tthc.dossiers.state import Dossier, OutboxEntry, Status, Task

NoticeChannel = Literal["portal", "email", "sms"]

DECIDES_REFUNDS = "phe_duyet"
ALL: tuple[NoticeChannel, ...] = ("portal", "email", "sms")

TEMPLATES = frozenset(
    {
        "submitted",
        "accepted",
        "supplement_requested",
        "refused",
        "supplied",
        "confirm_requested",
        "consent_assumed",
        "result_ready",
        "notice_ready",
        "returned",
        "declined",
        "withdrawn",
        "apologised",
        "extended",
        "recounted",
        "version_moved",
        "succeeded",
        "intake_overdue",
        "step_overdue",
        "deadline_overdue",
        "rule_alert",
        "rule_refused",
        "verification_arranged",
        "extension_asked",
        "extension_answered",
        "consultation_overdue",
        "payment_received",
        "refund_asked",
        "refund_answered",
        "refund_made",
        "malware_found",
        "malware_staff",
        *CLOCK_TEMPLATES,
    }
)

STAFF_TEMPLATES = frozenset(
    {
        "supplied",
        "intake_overdue",
        "step_overdue",
        "deadline_overdue",
        "rule_alert",
        "rule_refused",
        "extension_asked",
        "extension_answered",
        "consultation_overdue",
        "refund_asked",
        "malware_staff",
    }
) | (CLOCK_TEMPLATES - TO_APPLICANT)


def notices(
    event: ev.Event, dossier: Dossier, seq: int, now: datetime, agency: AgencyFacts
) -> tuple[OutboxEntry, ...]:
    """The outbox entries of one event; `dossier` is as the event left it, `seq` its place in history."""
    found: list[OutboxEntry] = []
    if isinstance(event, ev.Warned | ev.FoundStuck):
        return _warned(event, dossier, seq, now, agency)
    if isinstance(event, ev.MalwareFound):
        return _malware(event, dossier, seq, now, agency)
    for template, extra in _told(event, dossier):
        data = _data(dossier, agency, extra)
        targets = _staff(event, dossier, template) if template in STAFF_TEMPLATES else _applicant(dossier)
        for number, (channel, to) in enumerate(targets):
            again = f":{number}" if number and channel == targets[0][0] else ""
            entry_id = f"{dossier.id}:{seq}:{template}:{channel}{again}"
            found.append(OutboxEntry(entry_id, channel, template, to, data, now))
    return tuple(found)


def _warned(
    event: ev.Warned | ev.FoundStuck, dossier: Dossier, seq: int, now: datetime, agency: AgencyFacts
) -> tuple[OutboxEntry, ...]:
    """To each of the staff that the event names, and to the applicant where it says so."""
    data = _data(dossier, agency, reminder_data(event))
    told: list[tuple[str, str, NoticeChannel, str]] = []
    if event.to:
        template = staff_template(event)
        told += [(template, f"portal:{to}", "portal", to) for to in event.to]
    if event.applicant:
        template = applicant_template(event)
        told += [(template, channel, channel, to) for channel, to in _applicant(dossier)]
    return tuple(
        OutboxEntry(f"{dossier.id}:{seq}:{template}:{name}", channel, template, to, data, now)
        for template, name, channel, to in told
    )


def _malware(
    event: ev.MalwareFound, dossier: Dossier, seq: int, now: datetime, agency: AgencyFacts
) -> tuple[OutboxEntry, ...]:
    """To whoever has the dossier, with what is sensitive covered, and to the applicant."""
    own = any(place.own for place in event.places)

    def entry(template: str, name: str, channel: NoticeChannel, to: str, *, staff: bool) -> OutboxEntry:
        said = {"paper": names(event.places, staff=staff), "again": event.again, "sent": own}
        entry_id = f"{dossier.id}:{seq}:{template}:{name}"
        return OutboxEntry(entry_id, channel, template, to, _data(dossier, agency, said), now)

    told = [entry("malware_staff", f"portal:{to}", "portal", to, staff=True) for to in event.to]
    if event.applicant:
        told += [
            entry("malware_found", channel, channel, to, staff=False) for channel, to in _applicant(dossier)
        ]
    return tuple(told)


def _told(event: ev.Event, dossier: Dossier) -> tuple[tuple[str, Mapping[str, object]], ...]:
    """Template ids with what each says beside the usual."""
    match event:
        case ev.Submitted(intake_due=until) if until is not None:
            owed = sum(f.amount for f in dossier.owed("before_acceptance"))
            return (("submitted", {"intake_due": until, "owed_before_acceptance": owed}),)
        case ev.Accepted() if not dossier.immediate:
            why = dossier.deadline.explanation if dossier.deadline else ""
            return (("accepted", {"why": why}),)
        case ev.SupplementRequested(request=request):
            return (("supplement_requested", {"request": request}),)
        case ev.IntakeRefused(reason=reason):
            return (("stopped" if dossier.stopped else "refused", {"reason": reason}),)
        case ev.Supplied() if dossier.status in {Status.SUBMITTED, Status.SOLVING}:
            return (("supplied", {"papers": event.changed_papers}),)
        case ev.Withdrawn(reason=reason):
            return (("withdrawn", {"reason": reason}),)
        case ev.Moved():
            return _moved(event, dossier)
        case ev.Apologised():
            return (("apologised", {"reason": event.reason, "promised": event.promised}),)
        case ev.Extended():
            return (("extended", {"reason": event.extension.reason, "source": event.extension.source}),)
        case ev.Recounted():
            return (("recounted", {"previous": event.previous, "why": event.deadline.explanation}),)
        case ev.VersionMoved(told=told) if told:
            return (("version_moved", {"why": " ".join(told), "reason": event.reason}),)
        case ev.Succeeded() if dossier.agency == event.taken_by:
            # the agency of the context is still the one that was left
            successor = {"agency": event.name, "agency_phone": event.phone, "agency_address": event.address}
            return (("succeeded", {**successor, "former_agency": event.left_name, "reason": event.note}),)
        case ev.VerificationArranged(verification=one):
            return (
                (
                    "verification_arranged",
                    {"until": one.starts_at, "place": one.place, "content": one.content},
                ),
            )
        case ev.ExtensionAsked(request=request):
            asked = {"task": request.by_name, "reason": request.reason, "source": rule_words(request.rule)}
            return (("extension_asked", asked),)
        case ev.ExtensionAnswered():
            return (("extension_answered", {"granted": event.granted, "reason": event.answer}),)
        case ev.FeesPaid(transaction=number) if number:
            return (("payment_received", {"amount": event.amount, "transaction": event.receipt or number}),)
        case ev.RefundAsked(refund=one):
            reason = REASONS.get(one.reason, one.reason)
            return (("refund_asked", {"amount": one.amount, "reason": reason, "task": one.by_name}),)
        case ev.RefundAnswered():
            decided = {"amount": event.amount, "granted": event.granted, "reason": event.answer}
            return (("refund_answered", decided),)
        case ev.RefundMade():
            return (("refund_made", {"amount": event.amount, "transaction": event.transaction}),)
        case ev.Reminded():
            task = event.task.name if event.task else ""
            over = (f"{event.kind}_overdue", {"since": event.due, "task": task})
            return (over, *_late_opinion(event.task, assumed=False))
        case ev.Proposed(proposal=proposal) if proposal.refusal:
            return (("rule_refused", {"rule": proposal.label, "reason": proposal.refusal}),)
        case ev.Proposed(proposal=proposal) if proposal.kind == "alert":
            return (("rule_alert", {"rule": proposal.label, "reason": proposal.message}),)
        case ev.Ended(outcome=Outcome.RETURNED):
            return (("returned", {"recipient": event.recipient}),)
        case ev.Ended():
            return (("stopped" if dossier.stopped else "declined", {"reason": event.reason}),)
        case _:
            return ()


def _moved(event: ev.Moved, dossier: Dossier) -> tuple[tuple[str, Mapping[str, object]], ...]:
    told: list[tuple[str, Mapping[str, object]]] = []
    left = event.left
    # a wait without tacit consent is one for a supplement; the handler is told that it has come (Đ15.1b)
    if left is not None and left.function == APPLICANT and left.silent is None:
        told.append(("supplied", {"papers": ()}))
    if event.silent:
        told += _late_opinion(left, assumed=True)
    if event.silent:
        told.append(("consent_assumed", {"task": left.name if left else ""}))
    waits = [t for t in event.entered if t.phase is Phase.WAITING_APPLICANT and t.function == APPLICANT]
    if event.request is not None and event.request.items:
        told.append(("supplement_requested", {"request": event.request}))
    elif waits:
        told.append(
            (
                "confirm_requested",
                {
                    "task": waits[0].name,
                    "until": waits[0].due,
                    "silent": waits[0].silent is not None,
                    "reason": event.reason,
                },
            )
        )
    came = [t for t in event.entered if t.phase is Phase.RESULT_READY]
    if came and dossier.status is Status.RESULT_READY and not dossier.immediate:
        declined = all(t.declines for t in came)
        told.append(("notice_ready", {}) if declined else ("result_ready", {"early": _early(dossier)}))
    return tuple(told)


def _early(dossier: Dossier) -> bool:
    """Whether the result came before the day that was promised: people are not to wait for it (Đ15.1đ)."""
    due = dossier.deadline.due if dossier.deadline is not None else None
    return due is not None and dossier.solved_at is not None and dossier.solved_at < due


def _data(dossier: Dossier, agency: AgencyFacts, extra: Mapping[str, object]) -> Mapping[str, object]:
    """What every template may use: plain JSON, instants as text."""
    deadline = dossier.deadline
    usual = {
        "dossier": dossier.id,
        "code": dossier.code,
        "reference": dossier.reference,
        "procedure": dossier.procedure,
        "procedure_name": dossier.procedure_name,
        "applicant": dossier.applicant.name,
        "due": deadline.due if deadline else None,
        "receive_by": dossier.receive_by,
        "agency": agency.name,
        "agency_phone": agency.phone,
        "agency_address": agency.address,
        "owed": sum(f.amount for f in dossier.owed()),
    }
    data = to_json({**usual, **extra})
    assert isinstance(data, dict)
    return data


def _applicant(dossier: Dossier) -> tuple[tuple[NoticeChannel, str], ...]:
    addresses: Mapping[NoticeChannel, str] = {
        "portal": dossier.owner or "",
        "email": dossier.applicant.email,
        "sms": dossier.applicant.phone,
    }
    return tuple((channel, addresses[channel]) for channel in ALL if addresses[channel])


def _late_opinion(task: Task | None, *, assumed: bool) -> tuple[tuple[str, Mapping[str, object]], ...]:
    """An agency that was asked has not answered in time (Đ13.3c)."""
    if task is None or not is_asked(task):
        return ()
    late = task.agency_name or task.agency
    return (
        ("consultation_overdue", {"since": task.due, "task": task.name, "asked": late, "silent": assumed}),
    )


def _staff(event: ev.Event, dossier: Dossier, template: str) -> tuple[tuple[NoticeChannel, str], ...]:
    """The assignee's inbox where there is one, else that of the function in its agency: `tiep_nhan@<agency>`."""
    if isinstance(event, ev.Proposed):
        return (("portal", f"{event.proposal.to}@{dossier.agency}"),)
    match template:
        case "consultation_overdue":
            return (("portal", f"{ONE_STOP_HEAD}@{dossier.agency}"),)
        case "extension_asked":
            return tuple(
                ("portal", f"{function}@{dossier.agency}") for function in (RECEPTION, ONE_STOP_HEAD)
            )
        case "refund_asked":
            return (("portal", f"{DECIDES_REFUNDS}@{dossier.agency}"),)
        case "extension_answered" if isinstance(event, ev.ExtensionAnswered):
            return (("portal", event.to),)
        case _:
            pass
    task = event.task if isinstance(event, ev.Reminded) else None
    if task is None:
        task = dossier.tasks[0] if dossier.tasks else None
    if task is not None and task.assignee:
        return (("portal", task.assignee),)
    function = task.function if task is not None and task.function != APPLICANT else RECEPTION
    return (("portal", f"{function}@{task.agency if task is not None else dossier.agency}"),)
