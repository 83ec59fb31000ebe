"""The forms in force on a day (`documents/sets.yaml`): number, title and symbol are law, so they are data."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from ruamel.yaml import YAML

from renderers.environment import TEMPLATES
from renderers.pdf.data import RatingCriterion, RatingOption

FILE: Final = TEMPLATES / "documents" / "sets.yaml"
RATING: Final = TEMPLATES / "documents" / "rating.yaml"
DESKS: Final = TEMPLATES / "documents" / "desks.yaml"


@dataclass(frozen=True, slots=True)
class DocumentForm:
    """`symbol` follows the number of a letter (`05/HDHS`); `template`: its file, as its kind where it is not said."""

    kind: str
    number: str
    title: str
    symbol: str
    legal_basis: str
    template: str = ""

    @property
    def label(self) -> str:
        """`Mẫu số 01 – Thông tư số …`, in the corner of the paper; nothing for a paper without a form."""
        return f"Mẫu số {self.number} – {self.legal_basis}" if self.number else ""

    @property
    def file(self) -> str:
        return f"documents/{self.template or self.kind}.html"


@dataclass(frozen=True, slots=True)
class FormSet:
    legal_basis: str
    start: date
    end: date | None
    forms: dict[str, DocumentForm]

    def holds(self, on: date) -> bool:
        return self.start <= on and (self.end is None or on <= self.end)


@cache
def form_sets() -> tuple[FormSet, ...]:
    """All sets, oldest first."""
    found = YAML(typ="safe").load(FILE.read_text(encoding="utf-8"))
    return tuple(
        FormSet(
            legal_basis=one["legal_basis"],
            start=one["from"],
            end=one["to"],
            forms={
                kind: DocumentForm(
                    kind,
                    form["number"],
                    form["title"],
                    form.get("symbol", ""),
                    one["legal_basis"],
                    form.get("template", ""),
                )
                for kind, form in one["forms"].items()
            },
        )
        for one in found
    )


def document_form(kind: str, on: date) -> DocumentForm:
    """The form of that kind on the day.

    Raises:
        LookupError: no set in force on the day has it.
    """
    for one in form_sets():
        if one.holds(on) and kind in one.forms:
            return one.forms[kind]
    raise LookupError(f"Ngày {on:%d/%m/%Y} chưa có mẫu “{kind}” nào có hiệu lực trong sets.yaml.")


def set_on(kind: str, on: date) -> FormSet | None:
    """The set in force on the day that has a form of that kind."""
    return next((one for one in form_sets() if one.holds(on) and kind in one.forms), None)


def has_form(kind: str, on: date) -> bool:
    """Whether a form of that kind is law on the day: the stop notice only since 15/9/2025."""
    return any(one.holds(on) and kind in one.forms for one in form_sets())


@cache
def _ratings() -> tuple[tuple[date, str, tuple[RatingCriterion, ...]], ...]:
    """Of each set what people are asked; the rest is measured (`tthc.ratings`)."""
    found = YAML(typ="safe").load(RATING.read_text(encoding="utf-8"))["sets"]
    return tuple(
        (
            one["valid_from"],
            one["legal_basis"],
            tuple(
                RatingCriterion(
                    each["question"],
                    tuple(RatingOption(answer["label"], answer["points"]) for answer in each["answers"]),
                )
                for each in one["criteria"]
                if each["from"] == "citizen"
            ),
        )
        for one in sorted(found, key=lambda one: one["valid_from"], reverse=True)
    )


def rating_criteria(on: date) -> tuple[str, tuple[RatingCriterion, ...]]:
    """Legal basis and what the applicant is asked on that day.

    Raises:
        LookupError: nothing is asked on the day.
    """
    for start, basis, criteria in _ratings():
        if start <= on:
            return basis, criteria
    raise LookupError(f"Ngày {on:%d/%m/%Y} chưa có tiêu chí đánh giá nào trong rating.yaml.")


@cache
def _desks() -> tuple[tuple[date, date | None, str, dict[str, str]], ...]:
    found = YAML(typ="safe").load(DESKS.read_text(encoding="utf-8"))
    return tuple((one["from"], one["to"], one["others"], one["levels"]) for one in found)


def desk_name(level: str, on: date) -> str:
    """What the one-stop unit of an agency of that level is called on the day; before all of them, as in the first."""
    known = _desks()
    found = next((one for one in known if one[0] <= on and (one[1] is None or on <= one[1])), known[0])
    return found[3].get(level, found[2])
