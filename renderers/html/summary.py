"""What was answered, to be read: the review page, the dossier as handed in, its printed copy."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial

from markupsafe import Markup

from forms.model import Field, Form
from forms.totals import totals
from forms.types import REGISTRY
from forms.types.files import File
from forms.types.texts import Text
from renderers.html.fields.base import escape, in_tongue
from renderers.text import size
from rules.i18n import gettext

Files = Callable[[Sequence[object]], str]
"""Uploaded files as HTML."""


def nothing() -> str:
    said = gettext("Không khai")
    return f'<span class="muted">{said}</span>'


def render_summary(
    form: Form | Sequence[Field],
    clean: Mapping[str, object],
    *,
    visible: Collection[str] | None = None,
    change: Callable[[str], str] | None = None,
    changed: Collection[str] = (),
    mask: bool = False,
    file_url: Callable[[str], str] | None = None,
    file_state: Callable[[str], str] | None = None,
    level: int = 2,
) -> Markup:
    """Rows of label and value, a section per page.

    `visible`: `Submission.visible`; without it, what has no value is left out. `change`: page id → address of “Sửa”.
    `changed`: ids of fields whose value changed since it was last seen. `mask`: sensitive values are covered.
    `file_url`: from the SHA-256 of an uploaded file to where the reader may open it; files are only named without;
    `file_state`: to why nobody may (yet).
    """
    files = partial(_files, url=file_url, state=file_state)
    if not isinstance(form, Form):
        return Markup(_rows(form, clean, visible, changed, mask=mask, files=files))  # noqa: S704 - escaped where drawn
    parts = []
    mend, part = gettext("Sửa"), gettext("phần {title}")
    for page in form.pages:
        rows = _rows(page.fields, clean, visible, changed, mask=mask, files=files)
        if not rows:
            continue
        link = (
            f'<a class="change" href="{escape(change(page.id))}">{mend}'
            f'<span class="visually-hidden"> {part.format(title=escape(page.title))}</span></a>'
            if change
            else ""
        )
        title = f"<h{level}>{escape(page.title)}</h{level}>"
        parts.append(f'<section><div class="summary-head">{title}{link}</div>{rows}</section>')
    return Markup("".join(parts))  # noqa: S704 - escaped where drawn


def _rows(
    fields: Sequence[Field],
    clean: Mapping[str, object],
    visible: Collection[str] | None,
    changed: Collection[str],
    *,
    mask: bool,
    files: Files,
    prefix: str = "",
) -> str:
    rows = []
    changed_word = gettext("Đã đổi")
    for field in fields:
        if not REGISTRY[field.type].stores:
            continue
        path = prefix + field.id
        value = clean.get(field.id)
        if (value is None or value == []) and (visible is None or path not in visible):
            continue
        shown = _value(field, value, path, mask=mask, files=files)
        mark = ' class="changed"' if path in changed else ""
        note = f' <span class="badge warn">{changed_word}</span>' if path in changed else ""
        rows.append(f"<div{mark}><dt>{escape(field.label)}{note}</dt><dd>{shown}</dd></div>")
    return f'<dl class="summary">{"".join(rows)}</dl>' if rows else ""


def _value(field: Field, value: object, path: str, *, mask: bool, files: Files) -> str:
    if mask and field.sensitive:
        return escape(REGISTRY[field.type].mask(field, value)) or nothing()
    if field.type == "list":
        if not isinstance(value, list) or not value:
            return nothing()
        items = "".join(
            f"<li>{_rows(field.item, row, None, (), mask=mask, files=files, prefix=f'{path}.{at}.') or nothing()}</li>"
            for at, row in enumerate(value)
            if isinstance(row, Mapping)
        )
        sums = "".join(
            f"<p>{escape(name)}: <strong>{escape(told)}</strong></p>"
            for name, told in totals(field, value, sensitive=not mask)
        )
        return f'<ol class="rows">{items}</ol>{sums}'
    if isinstance(value, list) and isinstance(REGISTRY[field.type], File):
        return files(value) or nothing()
    if field.type == "group" and not _in_a_line(field):
        parts = value if isinstance(value, Mapping) else {}
        return _rows(field.item, parts, None, (), mask=mask, files=files, prefix=f"{path}.") or nothing()
    kind = REGISTRY[field.type]
    text = kind.display(field, value)
    if not text:
        return nothing()
    return in_tongue(text) if isinstance(kind, Text) else escape(text)


def _files(
    files: Sequence[object], *, url: Callable[[str], str] | None, state: Callable[[str], str] | None
) -> str:
    """Names with sizes, and a picture to look at; links where the reader may open them."""
    lines = []
    for file in files:
        if not isinstance(file, Mapping):
            continue
        name, held = escape(file["name"]), state(file["sha256"]) if state else ""
        if url and not held:
            address = escape(url(file["sha256"]))
            picture = (
                ""
                if file["kind"] == "pdf"
                else f'<img class="preview" src="{address}" alt="" loading="lazy">'
            )
            name = f'<a href="{address}">{picture}{name}</a>'
        why = f' <span class="strong">{escape(held)}</span>' if held else ""
        lines.append(f'{name} <span class="muted">{size(file["size"])}</span>{why}')
    return "<br>".join(lines)


def covers(fields: Sequence[Field], clean: Mapping[str, object]) -> bool:
    """Whether anything answered is covered where a summary is masked."""
    for field in fields:
        value = clean.get(field.id)
        if value in (None, "", []):
            continue
        inner = value if isinstance(value, list) else [value]
        if field.sensitive or any(covers(field.item, row) for row in inner if isinstance(row, Mapping)):
            return True
    return False


def _in_a_line(field: Field) -> bool:
    """Whether the group is read as one line; what may have to be covered stands apart."""
    return bool(field.line) and not any(part.sensitive for part in field.item)
