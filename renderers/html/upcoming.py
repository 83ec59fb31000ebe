"""What will soon be otherwise about a procedure, for those who read its page today: fees, papers, time, in sentences."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from definitions.amounts import AmountTable
from definitions.model import Definition
from renderers.html.procedure import ProcedureView, procedure_view
from rules.i18n import gettext

SOON: Final = timedelta(days=180)
_ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Upcoming:
    """`sentences`: what changes on `day`; none where nothing does that a citizen would notice."""

    day: date
    sentences: tuple[str, ...]


def upcoming(
    current: Definition, today: date, later: Sequence[tuple[date, Definition]] = ()
) -> Upcoming | None:
    """The nearest change within half a year: a newer version (`later`, with the day each comes into force), or a fee that
    the version in force itself changes on a day.
    """
    starts = dict(later)
    ends = min(starts, default=None)
    days = {day for day in _fee_days(current) if ends is None or day < ends} | set(starts)
    now = procedure_view(current, today)
    for day in sorted(day for day in days if today < day <= today + SOON):
        then = procedure_view(starts.get(day, current), day)
        sentences = tuple(_changes(now, then))
        if sentences or day in starts:
            return Upcoming(day, sentences)
    return None


def _fee_days(definition: Definition) -> set[date]:
    """The days on which some line of a fee begins, or has just ended."""
    found: set[date] = set()
    for fee in definition.fees:
        spans = [(fee.effective.start, fee.effective.end)]
        if isinstance(fee.amount, AmountTable):
            spans += [(rule.row.start, rule.row.end) for rule in fee.amount.table.rules]
        found |= {start for start, _ in spans if start is not None}
        found |= {end + _ONE_DAY for _, end in spans if end is not None and end < date.max}
    return found


def _changes(now: ProcedureView, then: ProcedureView) -> Iterator[str]:
    yield from _otherwise(_fees(now), _fees(then))
    yield from _otherwise(_papers(now), _papers(then))
    yield from _otherwise(_times(now), _times(then))
    if now.name != then.name:
        yield gettext("Tên thủ tục: {name}.").format(name=then.name)
    for what, was, will in (
        (gettext("Cách nộp hồ sơ"), now.submit_by, then.submit_by),
        (gettext("Cách nhận kết quả"), now.receive_by, then.receive_by),
    ):
        if was != will:
            yield f"{what}: {'; '.join(will)}."


def _otherwise(was: Mapping[str, str], will: Mapping[str, str]) -> Iterator[str]:
    for what in dict.fromkeys((*was, *will)):
        before, after = was.get(what, ""), will.get(what, "")
        if before == after:
            continue
        if not before:
            yield gettext("{what}: thêm mới, {after}.").format(what=what, after=after)
        elif not after:
            yield gettext("{what}: không còn.").format(what=what)
        else:
            yield f"{what}: {before} → {after}."


def _fees(view: ProcedureView) -> Mapping[str, str]:
    return {
        _when(fee.label, fee.condition): ", ".join(filter(None, (fee.rule, fee.bounds))) for fee in view.fees
    }


def _papers(view: ProcedureView) -> Mapping[str, str]:
    return {
        gettext("Giấy tờ “{name}”").format(name=paper.name): paper.words
        if paper.required
        else gettext("{copies} (nếu có)").format(copies=paper.words)
        for paper in view.papers
        if not paper.note
    }


def _times(view: ProcedureView) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for row in view.times:
        head = (
            gettext("Thời gian giải quyết ({case})").format(case=row.label)
            if row.label and len(view.times) > 1
            else gettext("Thời gian giải quyết")
        )
        what = _when(head, row.condition)
        found[what] = f"{found[what]}; {row.words}" if what in found else row.words
    return found


def _when(what: str, condition: str) -> str:
    return gettext("{what}, khi {condition}").format(what=what, condition=condition) if condition else what
