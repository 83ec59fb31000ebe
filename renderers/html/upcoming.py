"""What will soon be, or has become, otherwise about a procedure, for those who need it: fees, papers, time, in sentences."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import Final

from definitions.model import Definition
from definitions.turns import fee_days
from renderers.html.procedure import FeeRow, ProcedureView, procedure_view
from renderers.text import number
from rules.i18n import gettext

SOON: Final = timedelta(days=180)


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
    days = {day for day in fee_days(current) if ends is None or day < ends} | set(starts)
    now = procedure_view(current, today)
    for day in sorted(day for day in days if today < day <= today + SOON):
        then = procedure_view(starts.get(day, current), day)
        sentences = tuple(chain.from_iterable(each.full for each in changes(now, then)))
        if sentences or day in starts:
            return Upcoming(day, sentences)
    return None


@dataclass(frozen=True, slots=True)
class Otherwise:
    """One kind of thing that is otherwise: `full`, every sentence about it; `brief`, the same for who only glances."""

    full: tuple[str, ...]
    brief: tuple[str, ...]


def changes(now: ProcedureView, then: ProcedureView) -> tuple[Otherwise, ...]:
    """What nobody notices who hands in a dossier is left out."""
    fees = _fees(now, then)
    found = (
        Otherwise(tuple(said for _, said in fees), tuple(_briefly(now, then, fees))),
        *(
            Otherwise(sentences, sentences)
            for each in (
                _otherwise(_papers(now), _papers(then)),
                _otherwise(_times(now), _times(then)),
                _named(now, then),
                _ways(now, then),
                _levels(now, then),
                _forms(now, then),
            )
            if (sentences := tuple(each))
        ),
    )
    return tuple(each for each in found if each.full)


def _named(now: ProcedureView, then: ProcedureView) -> Iterator[str]:
    if now.name != then.name:
        yield gettext("Tên thủ tục: {name}.").format(name=then.name)


def _ways(now: ProcedureView, then: ProcedureView) -> Iterator[str]:
    for what, was, will in (
        (gettext("Cách nộp hồ sơ"), now.submit_by, then.submit_by),
        (gettext("Cách nhận kết quả"), now.receive_by, then.receive_by),
    ):
        if was != will:
            yield f"{what}: {'; '.join(will)}."


def _levels(now: ProcedureView, then: ProcedureView) -> Iterator[str]:
    if now.level != then.level:
        yield gettext("Mức độ dịch vụ công trực tuyến: {before} → {after}.").format(
            before=now.level, after=then.level
        )


def _forms(now: ProcedureView, then: ProcedureView) -> Iterator[str]:
    for form in then.forms:
        if form not in now.forms:
            yield gettext("Dùng mẫu mới: {form}.").format(form=form.rstrip("."))
    for form in now.forms:
        if form not in then.forms:
            yield gettext("Không dùng nữa: {form}.").format(form=form.rstrip("."))


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


def _fees(now: ProcedureView, then: ProcedureView) -> list[tuple[str, str]]:
    """(the fee's label, a sentence). Where a row goes or comes, what everybody else pays is what was or will be paid."""
    was, will = ({(fee.label, fee.condition): fee for fee in view.fees} for view in (now, then))
    found = []
    for label, condition in dict.fromkeys((*was, *will)):
        key = label, condition
        before = was.get(key) or _others(now, label)
        after = will.get(key) or _others(then, label)
        told = {_when(label, condition): _price(before)}, {_when(label, condition): _price(after)}
        found += [(label, sentence) for sentence in _otherwise(*told)]
    return found


def _others(view: ProcedureView, label: str) -> FeeRow | None:
    return next((fee for fee in view.fees if fee.label == label and fee.others), None)


def _price(fee: FeeRow | None) -> str:
    return "" if fee is None else ", ".join(filter(None, (fee.rule, fee.bounds)))


def _briefly(now: ProcedureView, then: ProcedureView, told: Sequence[tuple[str, str]]) -> Iterator[str]:
    """One sentence a fee: of many rows that change, from what to what they range."""
    for label in dict.fromkeys(label for label, _ in told):
        mine = [sentence for each, sentence in told if each == label]
        before, after = _range(now, label), _range(then, label)
        if len(mine) == 1:
            yield mine[0]
        elif not before or not after:
            yield gettext("{fee}: cách tính thay đổi.").format(fee=label)
        else:
            yield gettext("{fee}: {before} → {after}, tùy trường hợp.").format(
                fee=label, before=before, after=after
            )


def _range(view: ProcedureView, label: str) -> str:
    """`50.000 – 300.000 đồng mỗi điểm kinh doanh`; empty where some row of the fee is no number."""
    rows = [fee for fee in view.fees if fee.label == label]
    prices = [fee.price for fee in rows if fee.price is not None]
    units = {fee.unit for fee in rows}
    if len(prices) < len(rows) or len(units) != 1:
        return ""
    least, most = number(min(prices)), number(max(prices))
    amounts = least if least == most else f"{least} – {most}"
    unit = units.pop()
    amount = gettext("{amount} đồng").format(amount=amounts)
    return gettext("{amount} mỗi {unit}").format(amount=amount, unit=unit) if unit else amount


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
