"""What a form is: pages of fields, as a definition's `questions` and `form` compile to (design §3).

*Answers* are JSON values keyed by field id, whether a person typed them (text, `{"d","m","y"}` for a date in
three boxes) or a file holds them (`12`, `"2026-11-23"`): every field type reads both. A list field's answer is
a list of such mappings, a group's is one such mapping.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rules.feel import Expression

Answers = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    help: str = ""
    when: Expression | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """A rule over several fields that must hold (true); null or false shows `message` at the field."""

    rule: Expression
    message: str
    severity: Literal["error", "warning"] = "error"


@dataclass(frozen=True, slots=True)
class Field:
    """One question. `type` names a member of `forms.types.REGISTRY`.

    `item`: of a list the fields of a row, of a group its parts; `line`: of a group, the parts a paper writes in one
    line, in reading order.

    `min`/`max` bound numbers, money and dates (expressions, so that `today()` can be said), and the number of
    rows of a list or of files (one where nothing is said); `max_length` bounds text in characters. `prefill` names an
    attribute of the applicant's profile (`full_name`, `citizen_number`, `birth_date`, `sex`, `phone`, `email`,
    `address`, …). `remember`: whether an answer given in an earlier dossier is offered again; not said: in
    the same procedure only, and never where it is `sensitive`. `in_words`: an amount of money is also said in words. `total`: of a list's column, shown under the
    list. `appearance`: how one choice is offered, whatever the number of options. `said_unit`: `unit` in the language of a page
    that is not in Vietnamese, (of many, of one or empty).

    Of files: `accept` names kinds (`pdf`, `jpeg`, `png`; none: all the type takes), `max_size` is in MB, `aspect` is
    width by height (`3:4`), `min_width`, `min_height` are pixels, `capture` the camera a telephone opens.
    """

    id: str
    type: str
    label: str
    help: str = ""
    example: str = ""
    required: Expression | bool = False
    visible: Expression | None = None
    options: tuple[Option, ...] = ()
    min: Expression | None = None
    max: Expression | None = None
    max_length: int | None = None
    item: tuple["Field", ...] = ()
    line: tuple[str, ...] = ()
    item_label: str = ""
    compute: Expression | None = None
    default: object = None
    checks: tuple[Check, ...] = ()
    autocomplete: str = ""
    prefill: str = ""
    remember: bool | None = None
    unit: str = ""
    said_unit: tuple[str, str] | None = None
    in_words: bool = False
    total: Literal["", "sum"] = ""
    appearance: Literal["", "radio", "select"] = ""
    accept: tuple[str, ...] = ()
    max_size: int = 0
    aspect: str = ""
    min_width: int = 0
    min_height: int = 0
    capture: Literal["", "user", "environment"] = ""
    sensitive: bool = False
    text: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    id: str
    title: str
    fields: tuple[Field, ...]
    help: str = ""
    visible: Expression | None = None


@dataclass(frozen=True, slots=True)
class Form:
    pages: tuple[Page, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every top-level field, in page order."""
        return tuple(field for page in self.pages for field in page.fields)

    def page(self, page_id: str) -> Page | None:
        return next((page for page in self.pages if page.id == page_id), None)


@dataclass(frozen=True, slots=True)
class FieldError:
    """A mistake a person can mend. `path` is `field`, `group.part` or `list.0.field`; `message` says what to do.
    `within`: what the field is part of, outermost first, for telling it away from its place.
    """

    path: str
    message: str
    severity: Literal["error", "warning"] = "error"
    within: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """«Người mẹ: Chọn dân tộc»."""
        return ": ".join((*self.within, self.message))


@dataclass(frozen=True, slots=True)
class Submission:
    """What a form's answers come to, at one instant.

    `values`: typed FEEL values of visible fields only (a hidden field is absent), for expressions.
    `clean`: the same as JSON values, what is stored. `visible`, `required`: paths; `pages`: ids of the visible pages
    that ask something. `errors` holds errors and warnings in page order.
    """

    values: Mapping[str, object]
    clean: Mapping[str, object]
    visible: frozenset[str]
    required: frozenset[str]
    pages: Sequence[str]
    errors: Sequence[FieldError]

    @property
    def valid(self) -> bool:
        return not any(error.severity == "error" for error in self.errors)

    def errors_at(self, path: str) -> tuple[FieldError, ...]:
        return tuple(error for error in self.errors if error.path == path)
