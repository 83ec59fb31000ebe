"""Why this fee and why this date, in the page's language, of what a dossier keeps in Vietnamese (docs/decisions/0059).

Worked out anew from the facts that the dossier keeps, once in Vietnamese and once as the page says it. Only where the
former is what was told to the applicant at the time is the latter shown; else the Vietnamese stands, and says that it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from definitions.model import Definition, FeeDue
from rules.calendar import Calendar
from rules.deadlines import due
from rules.i18n import gettext, in_vietnamese, language
from tthc.dossiers.deciding import as_handed_in
from tthc.dossiers.state import Dossier, FeeState
from tthc.services import services
from tthc.web.speaking import shown_definition


@dataclass(frozen=True, slots=True)
class Why:
    """`foreign`: in Vietnamese on a page that is not."""

    text: str
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class ShownFee:
    """What `parts/data.html` shows of a line: as `FeeState`, `amount` in đồng."""

    label: str
    amount: int
    collect: str
    paid_at: datetime | None
    explanation: str
    foreign: bool = False

    @classmethod
    def of(cls, fee: FeeState, label: str, why: Why) -> Self:
        return cls(label, fee.amount, fee.collect, fee.paid_at, why.text, why.foreign)


def shown_fees(found: Dossier, fees: Iterable[FeeState]) -> list[ShownFee]:
    """Lines of a dossier, in their order. What was left to pay later (`id+1`) bears the name of its line."""
    if language() == "vi":
        return [ShownFee.of(fee, fee.label, Why(fee.explanation)) for fee in fees]
    s = services()
    kept = s.definitions.by_hash(found.definition)
    shown = shown_definition(kept)
    agency = s.agencies.facts(found.agency)
    with in_vietnamese():
        before = {fee.id: fee for fee in as_handed_in(kept, found, agency).fees}
    now = {fee.id: fee for fee in as_handed_in(shown, found, agency).fees}
    return [_shown(fee, shown, before, now) for fee in fees]


def fee_name(shown: Definition, fee_id: str, kept: str) -> str:
    """What a line is called on the page. `shown`: the definition as the page says it; `kept`: as the dossier keeps it, which
    stands where the definition has no such line.
    """
    line, rest, _ = fee_id.partition("+")
    name = next((fee.label for fee in shown.fees if fee.id == line), "")
    if not name or language() == "vi":
        return kept
    return gettext("{fee} (phần còn thiếu)").format(fee=name) if rest else name


def _shown(fee: FeeState, shown: Definition, before: dict[str, FeeDue], now: dict[str, FeeDue]) -> ShownFee:
    label = fee_name(shown, fee.id, fee.label)
    line = fee.id.partition("+")[0]
    told = before.get(line)
    if told is None or told.explanation != fee.explanation:
        return ShownFee.of(fee, label, Why(fee.explanation, foreign=True))
    return ShownFee.of(fee, label, Why(now[line].explanation))


def why_date(found: Dossier, calendar: Calendar) -> Why:
    """Within `words_of(found)`; empty where no date is promised."""
    deadline, start = found.deadline, found.accepted_at
    if deadline is None or start is None:
        return Why("")
    if language() == "vi":
        return Why(deadline.explanation)
    counted = due(deadline.rule, start, calendar, deadline.pauses, deadline.extensions)
    with in_vietnamese():
        same = counted.sentence() == deadline.explanation
    return Why(counted.sentence()) if same else Why(deadline.explanation, foreign=True)
