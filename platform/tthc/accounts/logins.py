"""What people type to say who they are, in the one form under which it is kept."""

import re

from forms.types.contacts import parse_email, parse_phone

_STAFF = re.compile(r"[a-z0-9]+([._-][a-z0-9]+)*")


def normal_login(text: str) -> str:
    """A telephone number as `0912345678`, an e-mail address or a staff name in small letters; else what was typed."""
    text = text.strip()
    phone = parse_phone(text).clean
    return phone if isinstance(phone, str) else text.casefold()[:254]


def is_staff_login(text: str) -> bool:
    return _STAFF.fullmatch(text) is not None and not _is_contact(text)


def _is_contact(text: str) -> bool:
    return parse_phone(text).clean is not None or parse_email(text).clean is not None
