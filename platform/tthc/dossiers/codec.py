"""Values ↔ plain data, twice: as JSON for history (datetimes as text) and as BSON for the database.

Both are read back by the declared types of the dataclasses, so what is stored carries no class names. Instants are
kept to the millisecond, which is all that MongoDB holds, in UTC; they come back in Vietnam's time.
"""

import dataclasses
import functools
import types
import typing
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Literal, TypeVar, Union, cast

from rules.calendar import TZ
from tthc.dossiers.events import TYPES, Event, type_name
from tthc.dossiers.state import Dossier

V = TypeVar("V")


def milliseconds(instant: datetime) -> datetime:
    """The instant cut to what the database can hold."""
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


def to_json(value: object) -> object:
    """A value as JSON: mappings, lists, text, whole numbers, booleans and nothing."""
    return _encode(value, json=True)


def to_bson(value: object) -> object:
    """The same with instants as datetimes in UTC."""
    return _encode(value, json=False)


def from_data(kind: type[V], raw: object) -> V:
    """Read back what `to_json` or `to_bson` made of a value of this type."""
    return cast("V", _decode(kind, raw))


def event_to_json(event: Event) -> tuple[str, Mapping[str, object]]:
    """The `type` and the `data` of a history entry."""
    return type_name(type(event)), cast("Mapping[str, object]", to_json(event))


def event_from_json(name: str, data: Mapping[str, object]) -> Event:
    return cast("Event", _decode(TYPES[name], data))


def dossier_to_bson(dossier: Dossier) -> dict[str, object]:
    """The dossier's own fields; `repository` adds what only queries read. `id` becomes `_id`."""
    document = cast("dict[str, object]", to_bson(dossier))
    document["_id"] = document.pop("id")
    if document["code"] is None:
        del document["code"]  # a sparse unique index passes over what is absent, not over null
    return document


def dossier_from_bson(document: Mapping[str, object]) -> Dossier:
    return from_data(Dossier, {**document, "id": document["_id"]})


def _encode(value: object, *, json: bool) -> object:
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        instant = milliseconds(value.astimezone(UTC))
        return instant.isoformat(timespec="milliseconds").replace("+00:00", "Z") if json else instant
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: _encode(getattr(value, f.name), json=json) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _encode(item, json=json) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_encode(item, json=json) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted((_encode(item, json=json) for item in value), key=str)
    if isinstance(value, float):
        return value
    raise TypeError(f"{type(value).__name__} has no plain form")


@functools.cache
def _fields(kind: type) -> Mapping[str, object]:
    hints = typing.get_type_hints(kind)
    return {f.name: hints[f.name] for f in dataclasses.fields(kind)}


def _decode(kind: object, raw: object) -> object:
    origin = typing.get_origin(kind)
    if origin in {Union, types.UnionType}:
        return None if raw is None else _decode(_only(kind), raw)
    if origin is Literal or raw is None or kind is object:
        return raw
    if origin is tuple:
        (item, *_) = typing.get_args(kind)
        return tuple(_decode(item, each) for each in cast("list[object]", raw))
    if origin is not None:  # Mapping[str, object] and its like hold plain data
        return raw
    assert isinstance(kind, type)
    return _decode_plain(kind, raw)


def _decode_plain(kind: type, raw: object) -> object:
    if dataclasses.is_dataclass(kind):
        data = cast("Mapping[str, object]", raw)
        return kind(**{name: _decode(t, data[name]) for name, t in _fields(kind).items() if name in data})
    if issubclass(kind, Enum):
        return kind(raw)
    if issubclass(kind, datetime):
        instant = datetime.fromisoformat(raw) if isinstance(raw, str) else cast("datetime", raw)
        return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(TZ)
    if issubclass(kind, (date, time)):
        return kind.fromisoformat(cast("str", raw))
    if issubclass(kind, Decimal):
        return Decimal(cast("str", raw))
    return raw


def _only(union: object) -> object:
    """The one member of `X | None` that is not None."""
    (member,) = (a for a in typing.get_args(union) if a is not types.NoneType)
    return member
