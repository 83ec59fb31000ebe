"""The raw answers kept while a form is being filled in: nothing typed is lost, right or wrong, shown or hidden."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from forms.model import Answers, Field
from forms.types import Source
from forms.types.lists import MOST_ROWS, ROW_MARK

ACTION: Final = "_rows"
"""Name of the buttons of list editors; their values are `documents:add`, `documents:remove:2`, `documents:up:2`."""


def merge(fields: Iterable[Field], stored: Answers, posted: Answers) -> dict[str, object]:
    """`stored` with what `posted` (of `forms.collect`) says over it.

    Fields the page did not have keep what was typed before, in groups and rows too: a posted row that says with `_row` which
    row it was takes that row's, one without it the row at its place; `_row` empty is a new row.
    """
    merged = dict(stored)
    for field in fields:
        if field.id not in posted:
            continue
        answer = posted[field.id]
        if field.type == "list" and isinstance(answer, Sequence) and not isinstance(answer, str):
            answer = _merge_rows(field, _rows(stored.get(field.id)), answer)
        elif field.type == "group" and isinstance(answer, Mapping):
            before = stored.get(field.id)
            answer = merge(field.item, before if isinstance(before, Mapping) else {}, answer)
        merged[field.id] = answer
    return merged


def _merge_rows(field: Field, stored: list[Answers], posted: Sequence[object]) -> list[object]:
    taken: set[int] = set()
    rows: list[object] = []
    for at, row in enumerate(posted):
        if not isinstance(row, Mapping):
            rows.append(row)
            continue
        origin = _origin(row, at)
        before: Answers = {}
        if origin is not None and origin < len(stored) and origin not in taken:
            taken.add(origin)
            before = stored[origin]
        rows.append(merge(field.item, before, {key: value for key, value in row.items() if key != ROW_MARK}))
    return rows


def _origin(row: Answers, at: int) -> int | None:
    if ROW_MARK not in row:
        return at
    mark = row[ROW_MARK]
    return (
        int(mark) if isinstance(mark, str) and mark.isascii() and mark.isdecimal() and len(mark) < 9 else None
    )


def _rows(answer: object) -> list[Answers]:
    """Stored rows; what is no list of rows counts as none."""
    return (
        [row if isinstance(row, Mapping) else {} for row in answer]
        if isinstance(answer, (list, tuple))
        else []
    )


@dataclass(frozen=True, slots=True)
class RowAction:
    """A press of a list editor's button. `path` is the list's (`documents`, in a row `people.0.papers`)."""

    path: str
    kind: Literal["add", "remove", "up", "down"]
    index: int = 0


def row_action(source: Source) -> RowAction | None:
    """The button pressed, if one of a list editor was."""
    pressed = source.get(ACTION)
    path, _, rest = (pressed[0] if pressed else "").partition(":")
    kind, _, index = rest.partition(":")
    number = int(index) if index.isascii() and index.isdecimal() and len(index) < 9 else None
    match kind, number:
        case "add", _:
            return RowAction(path, "add")
        case ("remove" | "up" | "down") as known, int() as at:
            return RowAction(path, known, at)
        case _:
            return None


def act(fields: Iterable[Field], answers: Answers, action: RowAction) -> dict[str, object]:
    """`answers` after the button; unchanged if its path names no list of the form."""
    if not _is_list(fields, action.path):
        return dict(answers)
    match action.kind:
        case "add":
            return add_row(answers, action.path)
        case "remove":
            return remove_row(answers, action.path, action.index)
        case "up":
            return move_row(answers, action.path, action.index, action.index - 1)
        case "down":
            return move_row(answers, action.path, action.index, action.index + 1)


def _is_list(fields: Iterable[Field], path: str) -> bool:
    name, _, rest = path.partition(".")
    field = next((field for field in fields if field.id == name and field.type == "list"), None)
    return field is not None and (not rest or _is_list(field.item, rest.partition(".")[2]))


def add_row(answers: Answers, path: str) -> dict[str, object]:
    """An empty row at the end; none where the list is as long as any list may be."""
    return _changed(answers, path, lambda rows: [*rows, {}] if len(rows) < MOST_ROWS else rows)


def remove_row(answers: Answers, path: str, index: int) -> dict[str, object]:
    """Without row `index`; unchanged if there is none."""
    return _changed(answers, path, lambda rows: [row for at, row in enumerate(rows) if at != index])


def move_row(answers: Answers, path: str, index: int, to: int) -> dict[str, object]:
    """Row `index` at place `to`; unchanged if either is no place of the list."""

    def moved(rows: list[Answers]) -> list[Answers]:
        if not (0 <= index < len(rows) and 0 <= to < len(rows)):
            return rows
        others = [row for at, row in enumerate(rows) if at != index]
        return [*others[:to], rows[index], *others[to:]]

    return _changed(answers, path, moved)


def _changed(
    answers: Answers, path: str, change: Callable[[list[Answers]], list[Answers]]
) -> dict[str, object]:
    name, _, rest = path.partition(".")
    if not rest:
        return {**answers, name: change(_rows(answers.get(name)))}
    index, _, inner = rest.partition(".")
    rows = _rows(answers.get(name))
    if not (index.isascii() and index.isdecimal() and len(index) < 9 and inner and int(index) < len(rows)):
        return dict(answers)
    at = int(index)
    return {**answers, name: [*rows[:at], _changed(rows[at], inner, change), *rows[at + 1 :]]}


def with_first_rows(fields: Iterable[Field], answers: Answers) -> dict[str, object]:
    """For showing: a list with no row yet gets one to write in."""
    shown = dict(answers)
    for field in fields:
        if field.type == "list" and not _rows(shown.get(field.id)):
            shown[field.id] = [{}]
    return shown
