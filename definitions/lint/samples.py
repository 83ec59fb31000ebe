"""Sample dossiers: the definition's own examples, varied over every question that decides money, time or case and
over every day on which the law changes. Deterministic.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice, product
from typing import Final

from definitions.amounts import AmountTable
from definitions.model import Definition, Effective
from forms.model import Field
from forms.types import REGISTRY
from rules.calendar import TZ
from rules.feel import Expression

MOST_SAMPLES: Final = 300
_AT: Final = time(9)
_NUMBERS: Final = frozenset({"integer", "decimal", "money"})
_TEXTS: Final[Mapping[str, object]] = {
    "integer": 1,
    "decimal": 1,
    "money": 1000,
    "yes_no": False,
    "declaration": True,
    "phone": "0912345678",
    "email": "nguoidan@example.vn",
    "citizen_number": "014187001234",
    "time": "09:00",
}


@dataclass(frozen=True, slots=True)
class Sample:
    """`varied`: what was changed, for telling the counter-example: (label, value as shown)."""

    answers: Mapping[str, object]
    channel: str
    applicant: Mapping[str, object]
    agency: Mapping[str, object]
    submitted_at: datetime
    varied: tuple[tuple[str, str], ...]


def samples(definition: Definition) -> Iterator[Sample]:
    """At most `MOST_SAMPLES`."""
    yield from islice(_samples(definition), MOST_SAMPLES)


def _samples(definition: Definition) -> Iterator[Sample]:
    deciding = _deciding(definition)
    variants = [_answers_of(field) for field in definition.fields if field.id in deciding]
    variants = [found for found in variants if len(found) > 1]
    channels: Sequence[str] = definition.submit_by if "channel" in deciding else definition.submit_by[:1]
    kinds = ("person", "organisation") if "applicant" in deciding else ("person",)
    bases: list[Mapping[str, object]] = [example.answers for example in definition.examples] or [{}]
    days = _days(definition)
    # the product in the outer loop, so that a limit reached early has still seen every base
    for choice in product(days, channels, kinds, *variants):
        day, channel, kind = choice[:3]
        assert isinstance(day, date)
        picked = [item for item in choice[3:] if isinstance(item, _Picked)]
        for base in bases:
            answers = {field.id: _plain_answer(field, day) for field in definition.fields}
            answers |= base
            for item in picked:
                answers[item.field] = item.applied_to(answers.get(item.field))
            yield Sample(
                answers=answers,
                channel=str(channel),
                applicant={"kind": kind, "name": "Nguyễn Thị Hoa"},
                agency={
                    "id": "mau",
                    "name": "Cơ quan mẫu",
                    "level": definition.offered_by.level,
                    "area": None,
                },
                submitted_at=datetime.combine(day, _AT, TZ),
                varied=tuple((item.label.rstrip("?"), item.shown) for item in picked),
            )


@dataclass(frozen=True, slots=True)
class _Picked:
    """One field's answer, or the rows of a list with the item `drop` left empty."""

    field: str
    label: str
    value: object
    shown: str
    drop: str | None = None

    def applied_to(self, answer: object) -> object:
        if self.drop is None or not isinstance(answer, list):
            return self.value if self.drop is None else answer
        return [{name: kept for name, kept in row.items() if name != self.drop} for row in answer]


def _answers_of(field: Field) -> list[_Picked]:
    if field.type == "yes_no":
        return [_Picked(field.id, field.label, value, "Có" if value else "Không") for value in (True, False)]
    if field.type == "choice":
        return [_Picked(field.id, field.label, option.value, option.label) for option in field.options]
    if field.type == "list":
        optional = [item for item in field.item if item.required is not True and REGISTRY[item.type].asks]
        whole = _Picked(field.id, field.label, None, "đủ các ô", drop="")
        return [whole, *(_Picked(field.id, item.label, None, "để trống", drop=item.id) for item in optional)]
    values: list[object] = [1, 7] if field.type in _NUMBERS else []
    if field.required is False and REGISTRY[field.type].asks:
        # also left empty: a formula that reads it must know what to do then
        values = [None, *(values or [1])]
    return [
        _Picked(field.id, field.label, value, "để trống" if value is None else str(value)) for value in values
    ]


def _plain_answer(field: Field, day: date) -> object:
    """An answer that is likely to be accepted."""
    if field.type == "list":
        return [{item.id: _plain_answer(item, day) for item in field.item}]
    if field.type == "choice" and field.options:
        return field.options[0].value
    if field.type == "multi_choice" and field.options:
        return [field.options[0].value]
    if field.type == "date":
        return day.isoformat()
    if field.type == "month":
        return f"{day:%Y-%m}"
    return _TEXTS.get(field.type, "Mẫu" if field.type in {"text", "textarea"} else None)


def _deciding(definition: Definition) -> frozenset[str]:
    """Names that the case, the fees and the deadline depend on, directly or through others."""
    wanted: set[str] = set()
    for case in definition.cases:
        wanted |= case.when.sources
    for fee in definition.fees:
        wanted |= fee.amount.sources | _sources(fee.when)
    for row in definition.deadlines:
        wanted |= _sources(row.when)
    needs = {
        field.id: _sources(field.compute) | _sources(field.visible) | _sources(page.visible)
        for page in definition.whole_form.pages
        for field in page.fields
    }
    waiting = list(wanted)
    while waiting:
        for name in needs.get(waiting.pop(), frozenset()) - wanted:
            wanted.add(name)
            waiting.append(name)
    return frozenset(wanted)


def _sources(expression: Expression | None) -> frozenset[str]:
    return frozenset() if expression is None else expression.sources


def _days(definition: Definition) -> list[date]:
    """The examples' days, and each day on which some fee's law begins or is the last, with its neighbours."""
    day = timedelta(days=1)
    edges: set[date] = set()
    for fee in definition.fees:
        edges |= set(_edges(fee.effective))
        if isinstance(fee.amount, AmountTable):
            edges |= set(fee.amount.changes)
    found = {near for edge in edges for near in (edge - day, edge, edge + day)}
    found |= {example.submitted_at.date() for example in definition.examples[:1]}
    if definition.effective.start is not None:
        found.add(definition.effective.start)
    inside = sorted(near for near in found if definition.effective.covers(near))
    return inside or [definition.effective.start or date(2026, 1, 5)]


def _edges(effective: Effective) -> Iterator[date]:
    yield from (edge for edge in (effective.start, effective.end) if edge is not None)
