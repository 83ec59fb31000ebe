"""What a text message asks, and the words that answer it (Đ16.1b): at most 160 letters of the 7-bit alphabet. Pure.

A code is all that a message carries, so the answer says where the dossier stands and until when; no procedure, no name.
"""

import re
from datetime import datetime
from typing import Final

from renderers.messages.model import SMS_LENGTH
from renderers.messages.rendering import short, without_diacritics
from renderers.text import there
from tthc.dossiers.context import AgencyFacts
from tthc.dossiers.state import Dossier, Status

KEYWORD: Final = "TCHS"
HOW: Final = f"Soan {KEYWORD} <ma ho so>, vd: {KEYWORD} 000.00.14.H52-261123-0001."
TOO_MANY: Final = "Ong/ba da hoi qua nhieu lan. Xin hoi lai sau 1 gio, hoac tra cuu tren Cong dich vu cong, tai quay Mot cua."
_ASKED: Final = re.compile(r"[\W_]*T\s*C\s*H\s*S(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_LONGEST_ECHO: Final = 30


def asked(text: str) -> str | None:
    """What stands behind the keyword, in any case and spacing; the whole text where it has none; None for nothing at all."""
    plain = " ".join(text.split())
    found = _ASKED.fullmatch(plain)
    rest = found["rest"] if found else plain
    rest = rest.strip(" .:;,-<>\"'“”")
    return rest or None


def status_answer(dossier: Dossier, agency: AgencyFacts, now: datetime) -> str:
    """Where it stands, until when, who to ask; what does not fit is left out from the end."""
    number = dossier.code or dossier.reference
    where = without_diacritics(agency.name).replace("Uy ban nhan dan", "UBND")
    phone = re.sub(r"\s", "", agency.phone)
    parts = [f"{number}: {_stands(dossier, now)}.", f"{short(where, 60)}.", f"DT {phone}." if phone else ""]
    told = ""
    for part in filter(None, parts):
        longer = f"{told} {part}".strip()
        if len(longer) <= SMS_LENGTH:
            told = longer
    return told


def nobody_answer(text: str, *, readable: bool) -> str:
    """For a number that no dossier bears, or that is none; `readable`: it has the shape of one."""
    echo = short(without_diacritics(text), _LONGEST_ECHO)
    if readable:
        return short(f"Khong co ho so {echo}. Xem lai tung so tren giay hen roi nhan lai. {HOW}", SMS_LENGTH)
    return short(f'"{echo}" chua dung ma ho so. Ma in tren giay hen. {HOW}', SMS_LENGTH)


def help_answer() -> str:
    return f"{HOW} Ma in tren Giay tiep nhan ho so va hen tra ket qua."


def _stands(dossier: Dossier, now: datetime) -> str:
    due = dossier.deadline.promised or dossier.deadline.due if dossier.deadline else None
    match dossier.status:
        case Status.SUBMITTED:
            until = dossier.intake_due
            return "cho tiep nhan" + (f", han {_when(until)}" if until else "")
        case Status.SUPPLEMENT_AT_INTAKE:
            return "cho ong/ba bo sung ho so, xem tren cong hoac goi noi nhan"
        case Status.SOLVING if due is not None:
            late = " (da qua han)" if due < now else ""
            return f"dang giai quyet, hen tra {_when(due)}{late}"
        case Status.SOLVING:
            return "dang giai quyet"
        case Status.WAITING_APPLICANT:
            dues = [task.due for task in dossier.tasks if task.due is not None]
            return "dang cho ong/ba tra loi, bo sung" + (f", han {_when(min(dues))}" if dues else "")
        case Status.RESULT_READY:
            return {
                "online": "da co ket qua, nhan tren cong",
                "post": "da co ket qua, gui qua buu dien",
            }.get(dossier.receive_by, "da co ket qua, moi den nhan")
        case Status.RETURNED:
            return f"da tra ket qua {_when(dossier.ended_at)}"
        case Status.DECLINED:
            return f"da tra lai ho so, khong giai quyet, {_when(dossier.ended_at)}"
        case Status.REFUSED:
            return f"khong duoc tiep nhan, {_when(dossier.ended_at)}"
        case Status.WITHDRAWN:
            return f"da rut theo yeu cau, {_when(dossier.ended_at)}"


def _when(at: datetime | None) -> str:
    return f"{there(at):%H:%M %d/%m/%Y}" if at is not None else ""
