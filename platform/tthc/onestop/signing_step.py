"""Signing as part of an action: whoever approves signs the draft, the clerk numbers it and sets the agency's signature.

First it is asked whether the action would be taken at all; only then a number is drawn and something signed, so that no
number and no signature is spent on an act that is refused.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from flask import request

from forms.attachments import UploadError
from rules.calendar import TZ
from rules.workflow.model import Action, Need, Step
from tthc.accounts.session import current_account, current_actor
from tthc.dossiers.booked import BookFacts
from tthc.dossiers.commands import Act
from tthc.dossiers.context import CLERK
from tthc.dossiers.numbers import result_key
from tthc.dossiers.online_signed import must_seal
from tthc.dossiers.state import Document, Dossier, FileRef, Signed, Task
from tthc.services import Services, services
from tthc.signing.model import Party, SigningError
from tthc.signing.places import NAME
from tthc.web.idempotency import command_id
from tthc.web.papers import office_of

RAISED = {"cuoi": 0.0, "giua": 0.35, "tren": 0.6}
"""Where on its last page the signature of a sent draft stands, as a part of the page's height."""
SIGNED = "ban-da-ky"


@dataclass(frozen=True, slots=True)
class SignOffer:
    """An action at which the draft may be signed. `draft`: what there is; `must`: the procedure asks for it; `wanted`: the
    result is to go out online, which needs it (Đ10.4b); `named`: the draft itself says where the signature stands.
    """

    draft: FileRef | None
    must: bool
    wanted: bool
    named: bool = False


@dataclass(frozen=True, slots=True)
class ResultDesk:
    """What the clerk's form shows: the book with the number that is next, the copy that the leader signed, the seal."""

    book: BookFacts | None
    proposed: str
    today: date
    signed: Document | None
    can_seal: bool
    must_seal: bool
    wanted: bool


def offer(s: Services, found: Dossier, step: Step, action: Action, to: Step | None) -> SignOffer | None:
    """Where somebody approves what goes to the clerk, or the procedure says so."""
    if step.actor == CLERK or Need.RESULT in action.needs:
        return None
    must = Need.SIGNATURE in action.needs
    last = last_draft(found)
    file = last.file if last is not None else None
    approves = to is not None and to.actor == CLERK and s.signing.can_sign
    if not (must or approves):
        return None
    unsigned = file is not None and file.kind == "pdf" and last is not None and not last.signed
    sheet = s.signing.sheet(file) if unsigned and file is not None else None
    if sheet is None and not must:
        return None
    named = sheet is not None and NAME in sheet.named
    return SignOffer(file if sheet is not None else None, must, found.receive_by == "online", named)


def result_desk(s: Services, found: Dossier, task: Task, action: Action, now: datetime) -> ResultDesk | None:
    if Need.RESULT not in action.needs:
        return None
    today = now.astimezone(TZ).date()
    numbers = s.numbers
    book = numbers.book_of_results(found.agency, today)
    last = last_draft(found)
    return ResultDesk(
        numbers.result_book(found.agency, today),
        s.books.proposed(book, today, result_key(found.id, task.id)) if book is not None else "",
        today,
        last if last is not None and last.signed else None,
        s.signing.can_sign,
        must_seal(s.dossiers.policy, found, action),
        found.receive_by == "online" or (last is not None and bool(last.signed)),
    )


def last_draft(found: Dossier) -> Document | None:
    return next((d for d in reversed(found.documents) if d.kind == "draft" and d.file is not None), None)


def signed_act(found: Dossier, step: Step, action: Action, command: Act, version: int | None) -> Act:
    """The command with what was signed for it, where the posted form or the procedure asks for that.

    Raises:
        Refused: the action would be refused anyhow; nothing was drawn or signed.
        SigningError, UploadError: a sentence for whoever sent the form.
    """
    s = services()
    form = request.form
    asked = Need.SIGNATURE in action.needs
    if Need.RESULT in action.needs:
        asked = must_seal(s.dossiers.policy, found, action)
        command = _with_source(s, found, command)
        if any(each.by == "agency" for each in command.signed):
            return command
        if not (asked or form.get("seal") == "1") or not command.files:
            return command
        return command if found.did(command_id()) else _sealed(s, found, command, version)
    if step.actor != CLERK and (asked or form.get("sign") == "1") and not found.did(command_id()):
        return _signed(s, found, command, version)
    return command


def _with_source(s: Services, found: Dossier, command: Act) -> Act:
    """The clerk's own file, which must open, or the copy that the leader signed."""
    if command.files:
        for file in command.files:
            if file.kind == "pdf" and s.signing.sheet(file) is None:
                raise UploadError(
                    f"Tệp “{file.name}” không mở được như một tệp PDF. Lưu lại thành PDF rồi đính kèm lại."
                )
        return replace(command, signed=_brought(s, found, command.files[0]))
    last = last_draft(found)
    if request.form.get("source") == SIGNED and last is not None and last.signed and last.file is not None:
        return replace(command, files=(last.file,), signed=last.signed)
    return command


def _brought(s: Services, found: Dossier, file: FileRef) -> tuple[Signed, ...]:
    """The agency's own signature on a file that was signed elsewhere, with a token: unchanged, of an authority that is
    trusted here, and in the agency's name.
    """
    seen = s.signing.look(s.files.read(file.sha256), s.clock.now())
    name = s.agencies.facts(found.agency).name.casefold()
    if not seen.good:
        return ()
    return tuple(
        Signed("agency", each.name, each.organisation, each.at)
        for each in seen.signatures
        if each.at is not None and each.name.casefold() == name
    )


def _signed(s: Services, found: Dossier, command: Act, version: int | None) -> Act:
    last = last_draft(found)
    draft = command.files[0] if command.files else last.file if last is not None else None
    if draft is None:
        raise SigningError("Chưa có dự thảo để ký số; trả lại người thụ lý để đính kèm dự thảo dạng .pdf.")
    if draft.kind != "pdf":
        raise SigningError("Dự thảo không phải tệp .pdf nên không ký số được; trả lại để đính kèm dạng .pdf.")
    actor, at = current_actor(), s.clock.now()
    party = Party("person", actor.id, actor.name, s.agencies.facts(actor.agency or found.agency).name)
    would = replace(command, files=(draft,), signed=(Signed("person", actor.name, party.organisation, at),))
    s.dossiers.check(found.id, would, actor, command_id(), version)
    raised = RAISED.get(request.form.get("raised", ""), 0.0)
    file, signed = s.signing.sign_draft(draft, party, at, raised=raised)
    return replace(command, files=(file,), signed=(signed,))


def _sealed(s: Services, found: Dossier, command: Act, version: int | None) -> Act:
    actor, at = current_actor(), s.clock.now()
    facts = s.agencies.facts(found.agency)
    would = replace(command, signed=(*command.signed, Signed("agency", facts.name, "", at)))
    s.dossiers.check(found.id, would, actor, command_id(), version)
    today = at.astimezone(TZ).date()
    number, day = command.number.strip(), command.issued_on or today
    book = s.numbers.result_book(found.agency, today)
    if not number and book is not None:
        # carrying out the command asks for the same key, and so has this number
        key = result_key(found.id, command.token)
        number = s.numbers.draw(book, today, key=key, by=actor.name, at=at)
    file, signed = s.signing.issue(
        command.files[0],
        Party("agency", facts.id, facts.name),
        Party("person", current_account().key, actor.name),
        at,
        number=number,
        day=day,
        place=office_of(s, found).place,
    )
    return replace(command, files=(file, *command.files[1:]), signed=(*command.signed, signed))
