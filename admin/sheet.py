"""Pages of the administration as values: a record with its facts and acts, a form, a table. Two templates draw them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

Tone = Literal["", "info", "ok", "warn", "bad"]


@dataclass(frozen=True, slots=True)
class Box:
    """One field of a form. `type`: of `forms.types.REGISTRY`, or `password`, or `lines` for several boxes of one name
    with suggestions, or `hidden`, or `checks` for boxes to tick. `options`: `(value, label)`.
    """

    name: str
    label: str = ""
    type: str = "text"
    value: object = None
    help: str = ""
    example: str = ""
    required: bool = True
    options: Sequence[tuple[str, str]] = ()
    unit: str = ""
    boxes: int = 3


@dataclass(frozen=True, slots=True)
class Act:
    """Something to do: a link, or a form folded under its button where there are boxes (or `confirm`)."""

    label: str
    url: str
    boxes: Sequence[Box] = ()
    kind: Literal["", "secondary", "danger"] = "secondary"
    post: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """`tone` makes it a badge, `url` a link; `small` stands muted after it."""

    text: str
    url: str = ""
    tone: Tone | None = None
    small: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A table, or a text where there are no columns. `empty`: what to say where there are no rows."""

    title: str
    columns: Sequence[str] = ()
    rows: Sequence[Sequence[Cell | str]] = ()
    empty: str = "Chưa có."
    text: str = ""
    following: str = ""
    acts: Sequence[Act] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """`notes`: callouts, as tone and text."""

    title: str
    lead: str = ""
    badges: Sequence[Cell] = ()
    notes: Sequence[tuple[Tone, str]] = ()
    facts: Sequence[tuple[str, str]] = ()
    acts: Sequence[Act] = ()
    sections: Sequence[Section] = ()
    breadcrumbs: Sequence[tuple[str, str]] = ()
    tabs: Sequence[Mapping[str, object]] = ()
    filters: Sequence[Box] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """`wrong`: box → sentence. `secondary`: a second button that posts `_action`, as `(value, label)`."""

    title: str
    boxes: Sequence[Box]
    button: str
    back: str
    lead: str = ""
    notes: Sequence[tuple[Tone, str]] = ()
    typed: Mapping[str, object] = field(default_factory=dict)
    wrong: Mapping[str, str] = field(default_factory=dict)
    secondary: tuple[str, str] | None = None
    breadcrumbs: Sequence[tuple[str, str]] = ()
    sections: Sequence[Section] = ()
    action: str = ""
