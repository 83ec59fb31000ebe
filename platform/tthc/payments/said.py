"""What is kept of a payment in Vietnamese, said again to whoever reads another language."""

import re
from typing import Final

from renderers.text import money
from rules.i18n import gettext

_AMOUNT: Final = re.compile(r"(\d{1,3}(?:\.\d{3})*) đồng")  # vi: read, not shown


def said(why: str) -> str:
    """A reason of `model` or `recording` in the reader's language; one that the catalogue does not have as it was kept."""
    shape = _AMOUNT.sub("{}", why)
    known = gettext(shape)
    if known == shape:
        return why
    return known.format(*(money(int(amount.replace(".", ""))) for amount in _AMOUNT.findall(why)))
