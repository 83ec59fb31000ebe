"""What was posted by a form written by hand: read with the field types' own rules, kept as typed where it is wrong."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from flask import request

from forms.model import Field
from forms.types import REGISTRY


class PostedError(ValueError):
    """A box to mend: its name, and the sentence that says how."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


def text(name: str, *, missing: str = "", most: int = 500) -> str:
    """A line or a text, trimmed. `missing`: the sentence where it must not be empty."""
    value = request.form.get(_full(name), "").replace("\r\n", "\n").strip()
    if missing and not value:
        raise PostedError(missing, name)
    if len(value) > most:
        raise PostedError(f"Ghi không quá {most} ký tự (đang có {len(value)}).", name)
    return value


def many(name: str) -> list[str]:
    """The values of boxes that share a name, without the empty ones, each once."""
    return list(dict.fromkeys(v.strip() for v in request.form.getlist(_full(name)) if v.strip()))


def choice(name: str, known: Iterable[str], missing: str) -> str:
    value = request.form.get(_full(name), "")
    if value not in set(known):
        raise PostedError(missing, name)
    return value


def day(name: str, label: str) -> date:
    """A day posted in three boxes."""
    found = maybe_day(name, label)
    if found is None:
        raise PostedError(f"{label}: nhập ngày, tháng, năm.", name)
    return found


def maybe_day(name: str, label: str, source: Mapping[str, Sequence[str]] | None = None) -> date | None:
    """The same; `None` where the boxes are empty. `source`: other than the form that was posted."""
    kind = REGISTRY["date"]
    field = Field(id=name, type="date", label=label)
    read = kind.parse(field, kind.collect(field, source if source is not None else _source(), name))
    if read.error is not None:
        raise PostedError(f"{label}: {read.error}.", name)
    return read.value if isinstance(read.value, date) else None


def number(name: str, label: str, *, least: int, most: int) -> int:
    value = request.form.get(_full(name), "").strip()
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        raise PostedError(f"{label}: nhập một số từ {least} đến {most}.", name)
    return int(value)


def typed(*days: str) -> dict[str, object]:
    """What was posted, as the fields take it back; `days`: the names of those in three boxes."""
    kind = REGISTRY["date"]
    source = _source()
    dates = {name: kind.collect(Field(id=name, type="date", label=name), source, name) for name in days}
    lists = {f"{name}[]": values for name, values in source.items() if len(values) > 1}
    return {
        **{name: values[0] for name, values in source.items()},
        **lists,
        **{n: d for n, d in dates.items() if d is not None},
    }


def _full(name: str) -> str:
    """A form that shares its page with others puts its own name before those of its boxes: an id stands once a page."""
    form = request.form.get("_form", "")
    return f"{form}.{name}" if form else name


def _source() -> dict[str, list[str]]:
    """What was posted, without the form's own name before each box."""
    before = _full("")
    return {name.removeprefix(before): values for name, values in request.form.to_dict(flat=False).items()}


def boxes(on: date) -> dict[str, str]:
    """A day as the three boxes of a form take it."""
    return {"d": f"{on:%d}", "m": f"{on:%m}", "y": f"{on:%Y}"}
