"""The codec as one walks through a value by hand: what the functions made for each class must agree with."""

import dataclasses
import functools
import types
import typing
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Literal, Union, cast

from rules.calendar import TZ
from tthc.dossiers.codec import milliseconds


def encode(value: object, *, json: bool) -> object:
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
        return {f.name: encode(getattr(value, f.name), json=json) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): encode(item, json=json) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [encode(item, json=json) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted((encode(item, json=json) for item in value), key=str)
    if isinstance(value, float):
        return value
    raise TypeError(f"{type(value).__name__} has no plain form")


@functools.cache
def _fields(kind: type) -> Mapping[str, object]:
    hints = typing.get_type_hints(kind)
    return {f.name: hints[f.name] for f in dataclasses.fields(kind)}


def decode(kind: object, raw: object) -> object:
    origin = typing.get_origin(kind)
    if origin in {Union, types.UnionType}:
        return None if raw is None else decode(_only(kind), raw)
    if origin is Literal or raw is None or kind is object:
        return raw
    if origin is tuple:
        (item, *_) = typing.get_args(kind)
        return tuple(decode(item, each) for each in cast("list[object]", raw))
    if origin is not None:  # Mapping[str, object] and its like hold plain data
        return raw
    assert isinstance(kind, type)
    return _decode_plain(kind, raw)


def _decode_plain(kind: type, raw: object) -> object:
    if dataclasses.is_dataclass(kind):
        data = cast("Mapping[str, object]", raw)
        return kind(**{name: decode(t, data[name]) for name, t in _fields(kind).items() if name in data})
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
