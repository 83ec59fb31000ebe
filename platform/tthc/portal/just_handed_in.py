"""What lies before a dossier that was just handed in, with its dates (Đ10.2a, Đ10.3b)."""

from dataclasses import dataclass
from datetime import datetime

from definitions.model import Definition
from renderers.html.procedure import deadline_words
from rules.i18n import gettext
from tthc.dossiers.deciding import as_handed_in
from tthc.dossiers.solving import fresh
from tthc.dossiers.state import Dossier
from tthc.services import Services
from tthc.web.papers import RECEIVE


@dataclass(frozen=True, slots=True)
class Ahead:
    """`check_until`: by when it is received or more is asked for; `takes`: how long solving takes, in words; `return_by`: when
    the result would be due if it were received at `check_until` and nothing stood still; `receive`: where.
    """

    check_until: datetime | None
    takes: str
    return_by: datetime | None
    receive: str


def ahead(s: Services, found: Dossier, definition: Definition) -> Ahead:
    """What lies before a dossier that was just handed in."""
    row = as_handed_in(definition, found, s.agencies.facts(found.agency)).deadline
    late = fresh(row, found.intake_due, s.calendar(found.agency)) if row and found.intake_due else None
    desk = gettext("Bộ phận Một cửa nơi nộp hồ sơ")
    return Ahead(
        check_until=found.intake_due,
        takes=deadline_words(row) if row else "",
        return_by=late.due if late else None,
        receive=gettext(RECEIVE[found.receive_by]).format(address=found.postal_address, desk=desk),
    )
