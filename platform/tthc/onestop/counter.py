"""“Thêm mới” (Đ12.1b): what is typed at the counter, as an application of the official's, and as a kernel command."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Literal, cast

from forms.types.contacts import parse_phone
from tthc.dossiers.commands import CompleteImmediately, Method, RegisterAtCounter
from tthc.dossiers.delivery import Delivery
from tthc.dossiers.state import Applicant, PaperFiles
from tthc.portal.applicants import APPLICANT_KEYS, CONTACTS
from tthc.portal.applications import Application
from tthc.portal.filling import Filling, look_in_force
from tthc.services import Services

DELIVERY_KEYS = ("postal_item", "sender", "bearer", "bearer_number", "authorisation")


def posted_delivery(form: Mapping[str, str]) -> dict[str, str]:
    """By which way the dossier came, who brought it, and whether the official fills it in for the applicant."""
    found = {key: form.get(f"delivery.{key}", "").strip()[:200] for key in DELIVERY_KEYS}
    found["channel"] = "post" if form.get("delivery.channel") == "post" else "counter"
    found["assisted"] = "1" if form.get("delivery.assisted") else ""
    return {key: value for key, value in found.items() if value}


def channel_of(application: Application) -> Literal["counter", "post"]:
    return "post" if application.delivery.get("channel") == "post" else "counter"


def owner_of(services: Services, applicant: Mapping[str, str]) -> str | None:
    """The applicant's own account, so that the dossier stands among theirs: only where telephone and identity number
    are both that account's. One of them mistyped must not hand a dossier to somebody else.
    """
    number = applicant.get("citizen_number", "")
    clean = parse_phone(applicant.get("phone", "")).clean
    if not number or not isinstance(clean, str) or applicant.get("kind") == "organisation":
        return None
    account = services.accounts.by_login(clean)
    same = account is not None and account.active and not account.staff and account.citizen_number == number
    return account.key if account is not None and same else None


def look_at_counter(services: Services, application: Application, now: datetime) -> Filling:
    scope = {
        "kind": application.applicant.get("kind", "person"),
        "name": application.applicant.get("name", ""),
    }
    return look_in_force(services, application, scope, now, channel=channel_of(application))


def registration(
    filling: Filling, *, method: str, receipt: str, owner: str | None = None
) -> RegisterAtCounter:
    """Everything typed, scanned and ticked. The kernel checks it anew."""
    application = filling.application
    checked = frozenset(application.checked)
    papers = tuple(
        PaperFiles(paper.id, application.files.get(paper.id, ()), presented=paper.id in checked)
        for paper in filling.assessment.papers
        if paper.id in checked or application.files.get(paper.id)
    )
    details = {key: application.applicant.get(key, "") for key in APPLICANT_KEYS if key != "kind"}
    for key, parse in CONTACTS.items():
        clean = parse(details[key]).clean
        details[key] = clean if isinstance(clean, str) else ""
    kind = cast("Literal['person', 'organisation']", application.applicant.get("kind", "person"))
    way = application.receive_by or filling.definition.receive_by[0]
    return RegisterAtCounter(
        dossier_id=application.id,
        agency=application.agency,
        applicant=Applicant(kind=kind, **details),  # type: ignore[arg-type]  # none of the keys is `identity`
        answers=application.answers,
        papers=papers,
        checked=tuple(paper.id for paper in filling.assessment.papers if paper.id in checked),
        receive_by=way,  # type: ignore[arg-type]  # one of the definition's own
        postal_address=application.postal_address if way == "post" else "",
        method=cast("Method", method) if method in {"cash", "transfer", "card"} else None,
        receipt=receipt.strip()[:60],
        channel=channel_of(application),
        owner=owner,
        delivery=Delivery(
            **{key: application.delivery.get(key, "") for key in DELIVERY_KEYS},
            assisted=bool(application.delivery.get("assisted")),
        ),
    )


def immediate(filling: Filling, form: Mapping[str, str], owner: str | None = None) -> CompleteImmediately:
    """Intake, result and end on one screen (Đ12.1d)."""
    method = form.get("method", "")
    entered = registration(filling, method="", receipt="", owner=owner)
    return CompleteImmediately(
        registration=replace(entered, method=None),
        checked=entered.checked,
        result=form.get("result", "").strip()[:500] or filling.definition.result_name,
        recipient=form.get("recipient", "").strip()[:200] or filling.application.applicant.get("name", ""),
        originals_checked=entered.checked,
        method=cast("Method", method) if method in {"cash", "transfer", "card"} else None,
        receipt=form.get("receipt", "").strip()[:60],
    )
