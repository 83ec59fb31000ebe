"""A draft of rows as the macros of `admin/builder/conditions.html` draw it."""

from collections.abc import Sequence
from dataclasses import dataclass

from definitions.conditions.model import Comparison
from definitions.conditions.posting import Draft, GroupDraft, RowDraft
from definitions.conditions.subjects import Subject
from definitions.conditions.words import offered


@dataclass(frozen=True, slots=True)
class ShownRow:
    """`control`: how values are given: `option`, `options` (any number), `text`, `two` or nothing; `hint`: an example;
    `removes`: what the button that removes it posts.
    """

    name: str
    number: str
    path: str
    comparison: str
    comparisons: tuple[tuple[str, str], ...]
    control: str
    options: tuple[tuple[str, str], ...]
    values: tuple[str, ...]
    hint: str
    kind: str
    label: str
    error: str
    removes: str


@dataclass(frozen=True, slots=True)
class ShownGroup:
    name: str
    number: str
    rows: tuple[ShownRow, ...]
    removes: str


@dataclass(frozen=True, slots=True)
class ShownRows:
    """`items` in order; `offers`: heading, then path and label of each subject."""

    name: str
    mode: str
    items: tuple[ShownRow | ShownGroup, ...]
    offers: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]

    @property
    def inner(self) -> str:
        return "any" if self.mode == "all" else "all"


def shown(draft: Draft, known: Sequence[Subject], name: str) -> ShownRows:
    """`name`: the prefix of the form's names."""
    by_path = {subject.path: subject for subject in known}
    items: list[ShownRow | ShownGroup] = []
    for at, item in enumerate(draft.items):
        here, number = f"{name}.{at}", str(at + 1)
        if isinstance(item, GroupDraft):
            rows = tuple(
                _row(row, by_path, f"{here}.{inner}", f"{number}.{inner + 1}", f"{here}:remove:{inner}")
                for inner, row in enumerate(item.rows)
            )
            items.append(ShownGroup(here, number, rows, f"{name}:remove:{at}"))
        else:
            items.append(_row(item, by_path, here, number, f"{name}:remove:{at}"))
    headings = dict.fromkeys(subject.about for subject in known)
    offers = tuple(
        (heading, tuple((each.path, each.label) for each in known if each.about == heading))
        for heading in headings
    )
    return ShownRows(name, draft.mode, tuple(items), offers)


def _row(row: RowDraft, known: dict[str, Subject], name: str, number: str, removes: str) -> ShownRow:
    subject = known.get(row.path)
    kind = "other" if subject is None else subject.kind
    comparison = next((each for each in Comparison if each == row.comparison), None)
    options = () if subject is None or kind not in {"choice", "several"} else subject.options
    values = row.values
    if comparison is not None and comparison.takes[1] is None and not options:
        values = ("; ".join(values),) if values else ()
    hint = {"number": "12", "count": "2", "date": "23/11/2026", "moment": "23/11/2026"}.get(kind, "")
    return ShownRow(
        name,
        number,
        row.path,
        row.comparison,
        () if subject is None else tuple((str(each), word) for each, word in offered(subject.kind)),
        _control(comparison, options),
        options,
        values,
        hint,
        kind,
        "" if subject is None else subject.label,
        row.error,
        removes,
    )


def _control(comparison: Comparison | None, options: tuple[tuple[str, str], ...]) -> str:
    if comparison is None or comparison.takes == (0, 0):
        return ""
    if comparison.takes == (2, 2):
        return "two"
    if options:
        return "options" if comparison.takes[1] is None else "option"
    return "text"
