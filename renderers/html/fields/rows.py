"""Fields inside fields: groups of parts, and lists of rows.

A list is edited without script: its buttons are submit buttons named `forms.answers.ACTION` whose values say
what to do (`documents:add`, `documents:remove:2`, `documents:up:2`); with script the same buttons answer in place.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from forms.answers import ACTION
from forms.model import Field
from forms.totals import totals
from forms.types import REGISTRY
from forms.types.lists import ROW_MARK
from renderers.html.fields import COMPILERS, Compile, Draw, Moment
from renderers.html.fields.base import Frame, error_block, escape, invalid
from rules.i18n import gettext

ROWS_KEPT: Final = 40
"""Rows whose fixed parts are kept between drawings."""


def compile_field(field: Field, path: str) -> Draw:
    """A drawing for any type; one not known here is typed as text."""
    if field.type == "list":
        return compile_list(field, path)
    if field.type == "group":
        return compile_group(field, path)
    compiler: Compile = COMPILERS.get(field.type, COMPILERS["text"])
    return compiler(field, path)


def compile_all(fields: Sequence[Field], prefix: str) -> tuple[tuple[Field, str, Draw], ...]:
    return tuple((field, prefix + field.id, compile_field(field, prefix + field.id)) for field in fields)


def draw_all(
    compiled: Sequence[tuple[Field, str, Draw]],
    answers: Mapping[str, object],
    clean: Mapping[str, object],
    moment: Moment,
    *,
    fresh: bool = False,
) -> str:
    """Visible fields one after another. `fresh`: a row the submission does not know, where only what is always
    visible can be shown.
    """
    visible, required = moment.submission.visible, moment.submission.required
    parts = []
    for field, path, draw in compiled:
        if field.visible is not None and path not in visible:
            continue
        if field.type == "computed":
            raw = clean.get(field.id)
        else:
            raw = answers.get(field.id)
            if raw is None:
                raw = field.default
        must = path in required or field.type == "declaration" or (fresh and field.required is True)
        if field.type == "group":
            inner = clean.get(field.id)
            parts.append(draw(raw, must, replace(moment, clean=inner if isinstance(inner, Mapping) else {})))
        else:
            parts.append(draw(raw, must, moment))
    return "".join(parts)


def compile_group(field: Field, path: str) -> Draw:
    """A fieldset of the parts; `moment.clean` holds their clean values."""
    frame = Frame(field, path, group=True)
    inside = compile_all(field.item, f"{path}.")
    gated = _gated(field.item)

    def draw(raw: object, required: bool, moment: Moment) -> str:
        errors = moment.errors.get(path, ())
        answers = raw if isinstance(raw, Mapping) else {}
        if gated:
            moment = replace(moment, row={**moment.row, **_typed(field.item, answers)})
        # a group the submission does not know stands in a row that is not there yet
        fresh = path not in moment.submission.visible
        body = draw_all(inside, answers, moment.clean, moment, fresh=fresh)
        head = frame.head(required, errors).replace('class="field', 'class="field group', 1)
        return f'{head}<div class="parts" id="f-{frame.path}" tabindex="-1">{body}</div>{frame.close}'

    return draw


def _gated(fields: Sequence[Field]) -> bool:
    """Whether some option in them is offered only sometimes."""
    return any(
        any(option.when is not None for option in field.options) or _gated(field.item) for field in fields
    )


def compile_list(field: Field, path: str) -> Draw:
    frame = Frame(field, path, group=True)
    p = frame.path
    name = field.item_label or gettext("Dòng")
    title = escape(name)
    lowered = escape(name[:1].lower() + name[1:])
    conditional = _gated(field.item)
    kept: dict[int, tuple[tuple[Field, str, Draw], ...]] = {}
    summed = any(item.total for item in field.item)
    one_more = gettext("+ Thêm {row}").format(row=lowered)
    add = (
        f'<button class="button secondary" type="submit" id="f-{p}" name="{ACTION}" value="{p}:add" formnovalidate'
        f' data-rows="{p}">{one_more}</button>'
    )

    def inside(at: int) -> tuple[tuple[Field, str, Draw], ...]:
        found = kept.get(at)
        if found is None:
            found = compile_all(field.item, f"{path}.{at}.")
            if at < ROWS_KEPT:
                kept[at] = found
        return found

    def button(kind: str, at: int, word: str, spoken: str) -> str:
        return (
            f'<button class="button quiet" type="submit" name="{ACTION}" value="{p}:{kind}:{at}" formnovalidate'
            f' data-rows="{p}">{word}<span class="visually-hidden"> {spoken}</span></button>'
        )

    def draw_row(
        at: int, count: int, row: Mapping[str, object], clean: object, moment: Moment, *, known: bool
    ) -> str:
        number = f"{lowered} {at + 1}"
        errors = moment.errors.get(f"{path}.{at}", ())
        if conditional:
            moment = replace(moment, row=_typed(field.item, row))
        up = button("up", at, gettext("Lên"), number) if at else ""
        down = button("down", at, gettext("Xuống"), number) if at + 1 < count else ""
        remove = button("remove", at, gettext("Xóa"), number)
        body = draw_all(inside(at), row, clean if isinstance(clean, Mapping) else {}, moment, fresh=not known)
        return (
            f'<div role="group" class="list-row{" wrong" if invalid(errors) else ""}" id="w-{p}.{at}" aria-labelledby="h-{p}.{at}">'
            f'<header><h3 id="h-{p}.{at}" tabindex="-1">{title} {at + 1}</h3>{up}{down}{remove}</header>'
            f'<input type="hidden" name="{p}.{at}.{ROW_MARK}" value="{at if known else ""}">'
            f"{error_block(f'{p}.{at}', errors) if errors else ''}{body}</div>"
        )

    def draw(raw: object, required: bool, moment: Moment) -> str:
        errors = moment.errors.get(path, ())
        rows = (
            [row if isinstance(row, Mapping) else {} for row in raw] if isinstance(raw, (list, tuple)) else []
        )
        known = bool(rows)
        rows = rows or [{}]
        kept_rows = _clean_rows(moment, path)
        cleans = iter(kept_rows)
        body = "".join(
            draw_row(at, len(rows), row, next(cleans, {}) if _answered(row) else {}, moment, known=known)
            for at, row in enumerate(rows)
        )
        return (
            f'{frame.head(required, errors)}<input type="hidden" name="{p}.count" value="{len(rows)}">'
            f"{body}{total_lines(field, kept_rows, p) if summed else ''}{add}{frame.close}"
        )

    return draw


def total_lines(field: Field, rows: object, path: str) -> str:
    """The totals of a list's columns, told to a reader when they change; `path` escaped."""
    lines = "".join(
        f"<p>{escape(name)}: <strong>{escape(sum_)}</strong></p>" for name, sum_ in totals(field, rows)
    )
    return f'<div class="totals" id="f-{path}-totals" role="status">{lines}</div>'


def _answered(row: Mapping[str, object]) -> bool:
    """Rows in which nothing was answered are left out of a submission's clean rows."""
    return any(
        _answered(value) if isinstance(value, Mapping) else value not in (None, "", [])
        for value in row.values()
    )


def _clean_rows(moment: Moment, path: str) -> Sequence[object]:
    rows: object = moment.submission.clean
    for part in path.split("."):
        if isinstance(rows, Mapping):
            rows = rows.get(part)
        elif isinstance(rows, list) and part.isdecimal() and int(part) < len(rows):
            rows = rows[int(part)]
        else:
            return ()
    return rows if isinstance(rows, list) else ()


def _typed(items: Sequence[Field], row: Mapping[str, object]) -> dict[str, object]:
    found: dict[str, object] = {}
    for item in items:
        answer = row.get(item.id)
        if item.type == "group":
            found[item.id] = _typed(item.item, answer) if isinstance(answer, Mapping) else None
        elif item.type != "list":
            found[item.id] = REGISTRY[item.type].parse(item, item.default if answer is None else answer).value
    return found
