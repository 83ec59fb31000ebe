"""How a value is written in a document: the Vietnamese way, by the type of its field. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from definitions.documents.model import Slot
from forms.model import Field
from forms.types import REGISTRY
from forms.types.computed import show, to_json
from forms.words import date_in_words, day_in_letter, in_words, money_in_words

BLANK: Final = "." * 24
"""A dotted line for a hand to fill."""

NAMES: Final = ("full_name", "name")
"""The part of a group that says who or what it is."""


def written(slot: Slot, value: object, clean: Mapping[str, object]) -> str:
    """`value`: what the expression came to; `clean`: the stored answers that it is among. Nothing known: a dotted line."""
    if value is None or value == []:
        return BLANK
    if slot.style == "long":
        return day_in_letter(value) if isinstance(value, date) else BLANK
    if slot.style == "words":
        return _words(slot.field, value) or BLANK
    if slot.style == "plain":
        return str(value)
    if slot.field is not None:
        return answer(slot.field, at(clean, slot.path)) or BLANK
    return plain(value) or BLANK


def at(clean: object, path: Sequence[str]) -> object:
    """The stored answer at a path of ids."""
    for name in path:
        clean = clean.get(name) if isinstance(clean, Mapping) else None
    return clean


def answer(field: Field, clean: object) -> str:
    """A stored answer in one piece: a choice by its label, an address in a line, a person by name; empty for none."""
    if field.type == "group" and isinstance(clean, Mapping) and not field.line:
        parts = {part.id: part for part in field.item}
        named = next((name for name in NAMES if name in parts), None)
        if named is not None:
            return REGISTRY[parts[named].type].display(parts[named], clean.get(named))
    return REGISTRY[field.type].display(field, clean)


def rows(field: Field, clean: object) -> tuple[tuple[str, str], ...]:
    """(label, answer) of one question; of a group without a line of its own those of its parts that were answered."""
    if field.type == "group" and not field.line and isinstance(clean, Mapping):
        return tuple(
            row
            for part in field.item
            if clean.get(part.id) not in (None, "", [])
            for row in rows(part, clean.get(part.id))
        )
    return ((field.label, answer(field, clean) or BLANK),)


def plain(value: object) -> str:
    """A value that belongs to no field: `1.234`, `15/03/2026`, `09:05 ngày 15/03/2026`."""
    if isinstance(value, datetime):
        return f"{value:%H:%M} ngày {value:%d/%m}/{value.year}"
    if isinstance(value, date):
        return f"{value:%d/%m}/{value.year}"
    if isinstance(value, (list, tuple)):
        return ", ".join(filter(None, map(plain, value)))
    return show(to_json(value))


def _words(field: Field | None, value: object) -> str:
    if isinstance(value, date):
        return date_in_words(value)
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)) or value != int(value):
        return ""
    if field is not None and (field.type == "money" or field.unit == "đồng"):
        return money_in_words(int(value))
    return in_words(int(value))
