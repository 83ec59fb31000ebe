"""Immutable values made quickly: a dossier has forty fields, and a command makes it anew several times.

The `__init__` of a frozen dataclass sets each field through `object.__setattr__`, which looks it up by its name; the
slots themselves can be filled without. A class without slots, or one that looks at itself when it is made, is made
as usual.
"""

from collections.abc import Callable, Iterable
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any, Final, TypeVar, cast

V = TypeVar("V")

_new: Final = object.__new__


@cache
def names_of(kind: type) -> tuple[str, ...]:
    """The fields of a dataclass, in their order."""
    return tuple(field.name for field in fields(kind))


@cache
def maker(kind: type) -> Callable[[Iterable[object]], Any]:
    """What makes a value of a dataclass from the values of all its fields, in their order."""
    if hasattr(kind, "__post_init__") or "__slots__" not in kind.__dict__:
        return lambda values: kind(*values)
    fill = tuple(getattr(kind, name).__set__ for name in names_of(kind))

    def make(values: Iterable[object]) -> object:
        made: object = _new(kind)
        for put, value in zip(fill, values, strict=True):
            put(made, value)
        return made

    return make


@cache
def reader(kind: type) -> Callable[[Any], tuple[object, ...]]:
    """What takes all fields of a value in one look-up; of a single name `attrgetter` would give the value itself."""
    names = names_of(kind)
    if len(names) > 1:
        return attrgetter(*names)
    return lambda value: tuple(getattr(value, name) for name in names)


def values_of(value: object) -> tuple[object, ...]:
    """Of all fields, in their order."""
    kind: type = value.__class__
    return reader(kind)(value)


@cache
def _places(kind: type) -> dict[str, int]:
    return {name: at for at, name in enumerate(names_of(kind))}


def replace(value: V, **changes: object) -> V:
    """As `dataclasses.replace`; a name that is no field is a KeyError."""
    kind: type = value.__class__
    values, places = list(values_of(value)), _places(kind)
    for name, change in changes.items():
        values[places[name]] = change
    return cast("V", maker(kind)(values))
