"""Whether a counter-example can occur: its values are answered in a form, and the form says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final

from definitions.assess import Assessment, assess
from definitions.lint.samples import samples
from definitions.lint.tables.domains import field_at, path_of
from definitions.model import Definition, FeeLine
from forms.model import Field
from rules.calendar import TZ
from rules.feel import Expression, FeelLimitError, FeelValue
from rules.tables.analysis import Given, Point
from rules.tables.decide import equal

MOST_BASES: Final = 6
MOST_TRIED: Final = 500  # forms filled in for one table
_AT: Final = time(9)


@dataclass(slots=True)
class Occurs:
    """Called with a point: True, some accepted dossier has these inputs and owes this fee; False, none has; None, it
    is not known.
    """

    definition: Definition
    fee: FeeLine
    inputs: Mapping[str, Expression]
    left: int = MOST_TRIED

    def __call__(self, point: Point) -> bool | None:
        if self.left <= 0:
            return None
        for answers in self._bases(point):
            self.left -= 1
            found = self._assess(point, answers)
            if found is not None and self._shows(point, found):
                return True
        return False if self._settled(point) else None

    def _bases(self, point: Point) -> Iterator[dict[str, Any]]:
        """Answers of the examples, and plain ones, with the point's values in their place."""
        plain = next(samples(self.definition))
        examples = [example.answers for example in self.definition.examples[:MOST_BASES]]
        for base in examples or [{}]:
            answers = {**plain.answers, **base}
            for given in point.given:
                path = path_of(self.inputs[given.expression].tree)
                if path is not None and field_at(self.definition, path):
                    _put(answers, path, _answer(given.value))
            yield answers

    def _at(self, point: Point) -> datetime:
        if point.day is None:
            return next(samples(self.definition)).submitted_at
        return datetime.combine(point.day, _AT, TZ)

    def _assess(self, point: Point, answers: Mapping[str, object]) -> Assessment | None:
        scope = {given.expression: given.value for given in point.given}
        now = self._at(point)
        level = scope.get("agency.level", self.definition.offered_by.level)
        agency = {"id": "mau", "name": "Cơ quan mẫu", "level": level, "area": scope.get("agency.area")}
        applicant = {"kind": scope.get("applicant.kind", "person"), "name": "Nguyễn Thị Hoa"}
        channel = str(scope.get("channel") or self.definition.submit_by[0])
        try:
            return assess(
                self.definition, answers, now=now, channel=channel, agency=agency, applicant=applicant
            )
        except FeelLimitError:
            return None

    def _shows(self, point: Point, found: Assessment) -> bool:
        """Whether the form kept the values as they are, takes them, and the fee is owed."""
        now = self._at(point)
        for given in point.given:
            expression = self.inputs[given.expression]
            if not equal(_value(expression, found.context, now), given.value):
                return False
            path = path_of(expression.tree)
            places = {".".join(path[: at + 1]) for at in range(len(path))} if path else set()
            if any(error.severity == "error" and error.path in places for error in found.submission.errors):
                return False
        when = self.fee.when
        return when is None or _value(when, found.context, now) is True

    def _settled(self, point: Point) -> bool:
        """Whether nothing but the point's own values could make it occur: each stands for itself alone, and all that
        shows or demands their fields reads no other.
        """
        names = {path[0] for given in point.given if (path := path_of(self.inputs[given.expression].tree))}
        if len(names) < len(point.given) or not all(_stands_alone(given) for given in point.given):
            return False
        read = set(names) | _sources(self.fee.when)
        for page in self.definition.whole_form.pages:
            for field in page.fields:
                if field.id in names:
                    read |= _sources(page.visible) | _read_by(field)
        return read <= names


def _read_by(field: Field) -> set[str]:
    """Names that decide whether the field is shown and what it takes."""
    found = _sources(field.visible) | _sources(field.min) | _sources(field.max) | _sources(field.compute)
    found |= _sources(field.required if isinstance(field.required, Expression) else None)
    for rule in (*(check.rule for check in field.checks), *(option.when for option in field.options)):
        found |= _sources(rule)
    for item in field.item:
        found |= _read_by(item)
    return found


def _sources(expression: Expression | None) -> set[str]:
    return set() if expression is None else set(expression.sources)


def _answer(value: FeelValue) -> object:
    """The value as a form's answer."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else value
    return value.isoformat() if isinstance(value, (date, time)) else value


def _stands_alone(given: Given) -> bool:
    domain = given.domain
    return given.value is None or domain.values is not None or isinstance(given.value, bool)


def _value(expression: Expression, context: Mapping[str, object], at: datetime) -> FeelValue:
    try:
        return expression.evaluate(context, now=at)
    except FeelLimitError:
        return None


def _put(answers: dict[str, Any], path: tuple[str, ...], value: object) -> None:
    for name in path[:-1]:
        inner = answers.get(name)
        answers[name] = answers = dict(inner) if isinstance(inner, Mapping) else {}
    answers[path[-1]] = value
