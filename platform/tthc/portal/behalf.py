"""Handing in online for somebody else: who does, for whom, and by which paper (Đ23.1)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, cast

from definitions.model import PaperDue
from forms.model import Field
from forms.types import REGISTRY
from rules.i18n import gettext, noted
from tthc.accounts.model import Account
from tthc.dossiers.delivery import Delivery
from tthc.dossiers.state import Applicant, FileRef
from tthc.portal.applicants import APPLICANT_KEYS, applicant_errors
from tthc.portal.applications import Application

MARK: Final = "behalf"
PAPER: Final = "_uy_quyen"
"""Where the application keeps the authorisation's own scan; no paper of a definition has such an id."""
AUTHORISATION: Final = PaperDue(
    id=PAPER,
    name=noted("Giấy ủy quyền (hoặc giấy giới thiệu) cho ông/bà nộp thay"),
    original=1,
    copy=0,
    required=True,
    presented_only=False,
    form_generated=False,
    help=noted("Giấy có tên người ủy quyền, tên ông/bà và việc được làm thay."),
)
_NUMBERS: Final = {"person": "citizen_number", "organisation": "tax_number"}


def on_behalf(application: Application) -> bool:
    return bool(application.delivery.get(MARK))


def authorisation() -> PaperDue:
    """The authorisation's scan as a paper, in the reader's language."""
    return replace(AUTHORISATION, name=gettext(AUTHORISATION.name), help=gettext(AUTHORISATION.help))


def begun(account: Account) -> tuple[dict[str, str], dict[str, str]]:
    """`applicant` and `delivery` of an application for somebody not named yet. Notices go to whoever hands in."""
    return {"kind": "person", "phone": account.phone, "email": account.email}, {MARK: "1"}


def told(application: Application, applicant: Mapping[str, str], authorisation: str) -> Application:
    """The application with what the step says."""
    return replace(
        application,
        applicant=dict(applicant),
        delivery={MARK: "1", "authorisation": authorisation.strip()[:200]},
    )


def for_oneself(application: Application) -> Application:
    return replace(application, applicant={}, delivery={})


def mistakes(application: Application) -> dict[str, str]:
    """What the step still wants, by field."""
    applicant = application.applicant
    errors = applicant_errors(applicant)
    key = _NUMBERS[applicant.get("kind", "person")]
    parsed = REGISTRY[key].parse(Field(id=key, type=key, label=""), applicant.get(key, ""))
    if parsed.empty:
        errors[key] = gettext("Nhập số định danh hoặc mã số thuế của người ông/bà nộp thay.")
    elif parsed.error is not None:
        errors[key] = f"{parsed.error}."
    if not application.delivery.get("authorisation"):
        errors["authorisation"] = gettext("Ghi số (nếu có), ngày của giấy ủy quyền hoặc giấy giới thiệu.")
    return errors


def scope_of(application: Application, account: Account) -> dict[str, object]:
    """The `applicant` of expressions: whose dossier it is."""
    if not on_behalf(application):
        return {"kind": account.kind, "name": account.name}
    applicant = application.applicant
    return {"kind": applicant.get("kind", "person"), "name": applicant.get("name", "")}


def applicant_of(application: Application, account: Account) -> Applicant:
    """Whose dossier it is, with the contact that notices go to."""
    if not on_behalf(application):
        return account.applicant()
    told = application.applicant
    details = {key: told.get(key, "") for key in APPLICANT_KEYS if key != "kind"}
    kind = "organisation" if told.get("kind") == "organisation" else "person"
    details["phone"] = str(REGISTRY["phone"].parse(Field("phone", "phone", ""), details["phone"]).clean or "")
    return Applicant(kind=cast("object", kind), **details)  # type: ignore[arg-type]  # one of the two


def delivery_of(application: Application, account: Account) -> Delivery | None:
    """Who hands in for the applicant, as the kernel keeps it."""
    if not on_behalf(application):
        return None
    number = account.tax_number if account.kind == "organisation" else account.citizen_number
    return Delivery(
        bearer=account.name,
        bearer_number=number,
        authorisation=application.delivery.get("authorisation", ""),
    )


def authorisation_files(application: Application) -> tuple[FileRef, ...]:
    return application.files.get(PAPER, ()) if on_behalf(application) else ()
