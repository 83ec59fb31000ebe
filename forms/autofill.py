"""What a browser may fill in: the tokens of HTML's `autocomplete` attribute (WHATWG HTML, “Autofill”, which WCAG 1.3.5
names), and which of them a field gets by itself.
"""

from collections.abc import Mapping
from typing import Final

from forms.model import Field

_PLAIN: Final = (
    "name honorific-prefix given-name additional-name family-name honorific-suffix nickname username new-password"
    " current-password one-time-code organization-title organization street-address address-line1 address-line2"
    " address-line3 address-level4 address-level3 address-level2 address-level1 country country-name postal-code"
    " cc-name cc-given-name cc-additional-name cc-family-name cc-number cc-exp cc-exp-month cc-exp-year cc-csc cc-type"
    " transaction-currency transaction-amount language bday bday-day bday-month bday-year sex url photo"
)
_CONTACT: Final = (
    "tel tel-country-code tel-national tel-area-code tel-local tel-local-prefix tel-local-suffix tel-extension email"
    " impp"
)
_PLACES: Final = frozenset({"home", "work", "mobile", "fax", "pager"})
_REACHES: Final = frozenset(_CONTACT.split())
NAMES: Final = _REACHES | frozenset(_PLAIN.split())

_BY_PROFILE: Final[Mapping[str, str]] = {
    "full_name": "name",
    "birth_date": "bday",
    "sex": "sex",
    "phone": "tel",
    "email": "email",
    "address": "street-address",
    "organisation_name": "organization",
}
_BY_TYPE: Final[Mapping[str, str]] = {
    "phone": "tel",
    "email": "email",
    "citizen_number": "off",
    "account_number": "off",
    "password": "current-password",
}


def valid(told: str) -> bool:
    """Whether a browser knows what is meant: `on`, `off`, or one name with what may stand before it."""
    tokens = told.lower().split()
    if tokens in (["on"], ["off"]):
        return True
    if tokens and tokens[0].startswith("section-"):
        tokens = tokens[1:]
    if tokens and tokens[0] in {"shipping", "billing"}:
        tokens = tokens[1:]
    if len(tokens) == 2 and tokens[0] in _PLACES:
        return tokens[1] in _REACHES
    return len(tokens) == 1 and tokens[0] in NAMES


def autofill(field: Field) -> str:
    """What the definition says; for sensitive fields nothing; else what the attribute of the profile, then the type
    stands for. Empty text where the browser is left to guess.
    """
    if field.autocomplete:
        return field.autocomplete
    if field.sensitive:
        return "off"
    return _BY_PROFILE.get(field.prefill) or _BY_TYPE.get(field.type, "")
