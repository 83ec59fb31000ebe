"""Sample dossiers: the definition's own examples, varied over every question that decides money, time or case and
over every day on which the law changes. Deterministic.

Each fee, the cases and the deadline have samples of their own, varied only over what that one thing depends on; so
the combinations stay few enough to be tried all, or are picked evenly from all over.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import gcd, prod
from typing import Final

from definitions.amounts import AmountTable
from definitions.assess import Assessment, assess
from definitions.model import Definition, Effective
from definitions.situation import Situation
from forms.model import Field
from forms.types import REGISTRY
from forms.types.files import File, aspect_of
from rules.calendar import TZ
from rules.feel import Expression

MOST_SAMPLES: Final = 200
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
    "tax_number": "5500123457",
    "time": "09:00",
    "account_number": "7900205123456",
    "account_holder": "NGUYEN THI HOA",
}


@dataclass(frozen=True, slots=True)
class Sample:
    """`varied`: what was changed, for telling the counter-example: (label, value as shown); `changed`: the same answers by
    field.
    """

    answers: Mapping[str, object]
    channel: str
    applicant: Mapping[str, object]
    agency: Mapping[str, object]
    submitted_at: datetime
    varied: tuple[tuple[str, str], ...]
    changed: Mapping[str, object]

    @property
    def situation(self) -> Situation:
        """What sets it apart from other dossiers."""
        facts = {"channel": self.channel, "applicant.kind": self.applicant["kind"]}
        return Situation(self.changed, facts, self.submitted_at.date())

    def assessed(self, definition: Definition) -> Assessment:
        """What a definition makes of it on the day that it is handed in."""
        return assess(
            definition,
            self.answers,
            now=self.submitted_at,
            channel=self.channel,
            agency=self.agency,
            applicant=self.applicant,
        )


def samples(definition: Definition) -> Iterator[Sample]:
    """At most `MOST_SAMPLES` for each fee, for the cases and for the deadline; what was tried for one of them is not
    tried again for another that depends on the same.
    """
    days = _days(definition)
    usual = [{field.id: plain_answer(field, day) for field in definition.fields} for day in days]
    given: set[object] = set()
    for wanted in _decisions(definition):
        yield from _samples(definition, _deciding(definition, wanted), days, usual, given)


def _samples(
    definition: Definition,
    deciding: frozenset[str],
    days: Sequence[date],
    usual: Sequence[Mapping[str, object]],
    given: set[object],
) -> Iterator[Sample]:
    """`usual`: plain answers on each of the days; `given`: what was given before, by all that sets a sample apart."""
    variants = [_answers_of(field) for field in definition.fields if field.id in deciding]
    channels: Sequence[str] = definition.submit_by if "channel" in deciding else definition.submit_by[:1]
    kinds = ("person", "organisation") if "applicant" in deciding else ("person",)
    bases: list[Mapping[str, object]] = [example.answers for example in definition.examples] or [{}]
    choices = [found for found in variants if len(found) > 1]
    for at in _spread([len(days), len(channels), len(kinds), len(bases), *map(len, choices)]):
        picked = [found[number] for found, number in zip(choices, at[4:], strict=True)]
        alike = (at[0], channels[at[1]], kinds[at[2]], at[3], tuple(picked))
        if alike in given:
            continue
        given.add(alike)
        answers = {**usual[at[0]], **bases[at[3]]}
        for item in picked:
            answers[item.field] = item.applied_to(answers.get(item.field))
        yield Sample(
            answers=answers,
            channel=channels[at[1]],
            applicant={"kind": kinds[at[2]], "name": "Nguyễn Thị Hoa"},
            agency={"id": "mau", "name": "Cơ quan mẫu", "level": definition.offered_by.level, "area": None},
            submitted_at=datetime.combine(days[at[0]], _AT, TZ),
            varied=tuple((item.label.rstrip("?"), item.shown) for item in picked),
            changed={item.field: answers[item.field] for item in picked},
        )


def _spread(sizes: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Combinations of indices: all of them, or `MOST_SAMPLES` from all over, by a stride that shares no factor with
    their number and so repeats none.
    """
    count = prod(sizes)
    stride = 1
    if count > MOST_SAMPLES:
        stride = int(count * 0.618)
        while gcd(stride, count) > 1:
            stride += 1
    for number in range(min(count, MOST_SAMPLES)):
        rest, at = number * stride % count, []
        for size in reversed(sizes):
            rest, index = divmod(rest, size)
            at.append(index)
        yield tuple(reversed(at))


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
    if field.type == "group":
        whole = _Picked(field.id, field.label, None, "đủ các ô", drop="")
        return (
            [whole] if field.required is True else [whole, _Picked(field.id, field.label, None, "để trống")]
        )
    values: list[object] = [1, 7] if field.type in _NUMBERS else []
    if field.required is False and REGISTRY[field.type].asks:
        # also left empty: a formula that reads it must know what to do then
        values = [None, *(values or [1])]
    return [
        _Picked(field.id, field.label, value, "để trống" if value is None else str(value)) for value in values
    ]


def plain_answer(field: Field, day: date) -> object:
    """An answer that is likely to be accepted."""
    if field.type == "list":
        return [{item.id: plain_answer(item, day) for item in field.item}]
    if field.type == "group":
        return {part.id: plain_answer(part, day) for part in field.item}
    if field.type == "choice" and field.options:
        return field.options[0].value
    if field.type == "multi_choice" and field.options:
        return [field.options[0].value]
    if field.type == "date":
        return day.isoformat()
    if field.type == "month":
        return f"{day:%Y-%m}"
    if isinstance(kind := REGISTRY[field.type], File):
        return [_sample_file(field, kind)]
    if field.type in {"text", "textarea"}:
        return field.example or "Mẫu"  # an example passes the field's own checks
    return _TEXTS.get(field.type)


def _sample_file(field: Field, kind: File) -> dict[str, object]:
    first = kind.accepted(field)[0]
    width = max(600, field.min_width)
    height = max(800, field.min_height)
    if shape := aspect_of(field):
        width = max(width, int(height * shape))
        height = int(width / shape)
    return {
        "sha256": "0" * 64,
        "size": 1000,
        "kind": str(first),
        "name": f"mau.{first.extension}",
        "width": width,
        "height": height,
    }


def _decisions(definition: Definition) -> Iterator[frozenset[str]]:
    """Names that each decision reads itself."""
    cases = frozenset[str]().union(*(case.when.sources for case in definition.cases))
    yield cases
    yield frozenset[str]().union(
        *(
            _sources(when)
            for row in definition.deadlines
            for when in (row.when, *(more.when for more in row.more))
        )
    )
    for fee in definition.fees:
        yield fee.sources


def _deciding(definition: Definition, wanted: frozenset[str]) -> frozenset[str]:
    """Names that a decision depends on, directly or through others."""
    needs: dict[str, frozenset[str]] = {
        field.id: _sources(field.compute) | _sources(field.visible) | _sources(page.visible)
        for page in definition.whole_form.pages
        for field in page.fields
    }
    needs["case"] = frozenset[str]().union(*(case.when.sources for case in definition.cases))
    found = set(wanted)
    waiting = list(wanted)
    while waiting:
        for name in needs.get(waiting.pop(), frozenset()) - found:
            found.add(name)
            waiting.append(name)
    return frozenset(found)


def _sources(expression: Expression | None) -> frozenset[str]:
    return frozenset() if expression is None else expression.sources


def _days(definition: Definition) -> list[date]:
    """The first example's day, and each day on which some fee's law begins or is the last, with its neighbours."""
    edges: set[date] = set()
    for fee in definition.fees:
        edges |= set(_edges(fee.effective))
        if isinstance(fee.amount, AmountTable):
            edges |= set(fee.amount.changes)
    found = {near for edge in edges for near in _around(edge)}
    found |= {example.submitted_at.date() for example in definition.examples[:1]}
    if definition.effective.start is not None:
        found.add(definition.effective.start)
    inside = sorted(near for near in found if definition.effective.covers(near))
    return inside or [definition.effective.start or date(2026, 1, 5)]


def _around(day: date) -> Iterator[date]:
    """The day and its neighbours; the calendar itself ends on 31/12/9999, which people write for «for ever»."""
    yield day
    if day > date.min:
        yield day - timedelta(days=1)
    if day < date.max:
        yield day + timedelta(days=1)


def _edges(effective: Effective) -> Iterator[date]:
    yield from (edge for edge in (effective.start, effective.end) if edge is not None)
