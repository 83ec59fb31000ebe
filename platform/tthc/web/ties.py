"""The dossiers that one dossier is tied to: those its steps opened, and the one that opened it (liên thông)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from rules.i18n import gettext, noted
from tthc.dossiers.family import ChildStanding
from tthc.dossiers.state import Dossier

_STANDING: Final[Mapping[ChildStanding, tuple[str, str]]] = {
    "wanted": (noted("Đang mở"), "info"),
    "open": (noted("Đang giải quyết"), "info"),
    "returned": (noted("Đã có kết quả"), "ok"),
    "declined": (noted("Không được giải quyết"), "bad"),
    "failed": (noted("Không mở được"), "bad"),
}


@dataclass(frozen=True, slots=True)
class Tie:
    """`url`: where this reader finds it, empty where it is not theirs to read; `standing` and `tone`: as a badge."""

    title: str
    number: str
    standing: str = ""
    tone: str = ""
    reason: str = ""
    url: str = ""


def ties(found: Dossier, url_of: Callable[[str], str], *, staff: bool) -> tuple[Tie, ...]:
    """`url_of`: the address of a dossier by its id, empty for one that this reader may not open. Why one could not be
    opened is told to staff alone.
    """
    made = []
    if found.parent is not None:
        parent = found.parent
        made.append(
            Tie(
                gettext("Mở từ hồ sơ “{procedure}”").format(procedure=parent.procedure_name),
                parent.number,
                url=url_of(parent.id),
            )
        )
    for child in found.children:
        if child.standing in {"wanted", "failed"} and not staff:
            continue
        standing, tone = _STANDING[child.standing]
        made.append(
            Tie(
                title=child.name or gettext("Thủ tục {code}").format(code=child.procedure),
                number=child.reference,
                standing=gettext(standing),
                tone=tone,
                reason=child.reason,
                url=url_of(child.id),
            )
        )
    return tuple(made)
