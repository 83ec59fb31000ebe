"""Whose dossier it is, typed by somebody who hands in for them: at the counter, or online in their place."""

from collections.abc import Callable, Mapping

from forms.types.base import Parsed
from forms.types.contacts import parse_email, parse_phone
from rules.i18n import gettext, noted

APPLICANT_KEYS = ("kind", "name", "citizen_number", "tax_number", "phone", "email", "address")
NAME_NEEDED = noted("Nhập họ và tên (hoặc tên tổ chức) của người nộp hồ sơ.")
CONTACT_NEEDED = noted("Nhập số điện thoại hoặc thư điện tử để người nộp nhận được thông báo.")


# what notices are sent to; a typing mistake here means that the applicant never hears of the dossier again
CONTACTS: Mapping[str, Callable[[object], Parsed]] = {"phone": parse_phone, "email": parse_email}


def posted_applicant(form: Mapping[str, str]) -> dict[str, str]:
    """The applicant block of the counter screen, trimmed and bounded."""
    found = {key: form.get(f"applicant.{key}", "").strip()[:300] for key in APPLICANT_KEYS}
    found["kind"] = "organisation" if found["kind"] == "organisation" else "person"
    return found


def profile_of(applicant: Mapping[str, str]) -> dict[str, object]:
    """What fills the form's own fields, so that nothing known is typed twice (the names of `Field.prefill`)."""
    name = "organisation_name" if applicant.get("kind") == "organisation" else "full_name"
    known = {name: applicant.get("name", ""), **{key: applicant.get(key, "") for key in APPLICANT_KEYS[2:]}}
    return {key: value for key, value in known.items() if value}


def applicant_errors(applicant: Mapping[str, str]) -> dict[str, str]:
    errors: dict[str, str] = {}
    if not applicant.get("name"):
        errors["name"] = gettext(NAME_NEEDED)
    if not applicant.get("phone") and not applicant.get("email"):
        errors["phone"] = gettext(CONTACT_NEEDED)
    for key, parse in CONTACTS.items():
        wrong = parse(applicant.get(key, "")).error
        if wrong is not None:
            errors[key] = f"{wrong}."
    return errors
