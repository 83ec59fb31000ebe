"""On which clause of law an extension rests (Đ13.3đ): one of the procedure's own legal basis, or none. Pure.

An extension that the law grants moves the date by which the dossier is in time or late; one that the office asks for without
such a clause moves the appointment alone, as an apology does.
"""

import re
from typing import Final

from definitions.model import Definition
from tthc.dossiers.refusals import Refused

RULE: Final = "Đ13.3đ"
_CLAUSE: Final = re.compile(r"\b(điều|khoản|điểm)\s+\S", re.IGNORECASE)


def laws(definition: Definition) -> tuple[str, ...]:
    """Numbers of the texts that the procedure rests on, each once."""
    return tuple(dict.fromkeys(each.number for each in definition.information.legal_basis))


def ground(definition: Definition, basis: str) -> str:
    """The clause as it is kept; empty where none is claimed.

    Raises:
        Refused: it names no clause, or no text that the procedure rests on.
    """
    told = " ".join(basis.split())
    if not told:
        return ""
    known = laws(definition)
    if not any(number in told for number in known):
        raise Refused(
            "basis",
            "Căn cứ gia hạn phải thuộc một văn bản trong căn cứ pháp lý của thủ tục"
            f" ({', '.join(known) or 'thủ tục chưa ghi văn bản nào'}); không có căn cứ thì để trống.",
            RULE,
        )
    if not _CLAUSE.search(told):
        raise Refused("basis", "Ghi điều, khoản của văn bản cho phép gia hạn, ví dụ khoản 2 Điều 17.", RULE)
    return told
