"""Values ↔ plain data, twice: as JSON for history (datetimes as text) and as BSON for the database.

Both are read back by the declared types of the dataclasses, so what is stored carries no class names. Instants are
kept to the millisecond, which is all that MongoDB holds, in UTC; they come back in Vietnam's time.

Every command reads and writes whole dossiers, so what is to be done with a class is found out once, when it is first
met, and kept as a function. What is plain already is passed on untouched.
"""

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from operator import attrgetter
from typing import Any, Final, TypeVar, Union, cast

from rules.calendar import TZ
from tthc.dossiers.events import TYPES, Event
from tthc.dossiers.state import Dossier, Entry, OutboxEntry
from tthc.dossiers.values import maker, names_of, reader

V = TypeVar("V")

_PLAIN: Final = frozenset({str, int, bool, float, types.NoneType})
_NAMES: Final = {kind: name for name, kind in TYPES.items()}
# their `data` were made by `to_json` and lie as they are; a history is most of a dossier
_WRITTEN_BEFORE: Final = {Entry: "data", OutboxEntry: "data"}
_Write = Callable[[Any], object]
_Read = Callable[[Any], object]


def milliseconds(instant: datetime) -> datetime:
    """The instant cut to what the database can hold."""
    return instant.replace(microsecond=instant.microsecond // 1000 * 1000)


def to_json(value: object) -> object:
    """A value as JSON: mappings, lists, text, whole numbers, booleans and nothing."""
    return value if value.__class__ in _PLAIN else _JSON[value.__class__](value)


def to_bson(value: object) -> object:
    """The same with instants as datetimes in UTC."""
    return value if value.__class__ in _PLAIN else _BSON[value.__class__](value)


def from_data(kind: type[V], raw: object) -> V:
    """Read back what `to_json` or `to_bson` made of a value of this type."""
    read = _READERS[kind]
    return cast("V", raw if read is None or raw is None else read(raw))


def event_to_json(event: Event) -> tuple[str, Mapping[str, object]]:
    """The `type` and the `data` of a history entry."""
    return _NAMES[type(event)], cast("Mapping[str, object]", to_json(event))


def event_from_json(name: str, data: Mapping[str, object]) -> Event:
    return from_data(TYPES[name], data)


def dossier_to_bson(dossier: Dossier) -> dict[str, object]:
    """The dossier's own fields; `repository` adds what only queries read. `id` becomes `_id`."""
    document = cast("dict[str, object]", to_bson(dossier))
    document["_id"] = document.pop("id")
    if document["code"] is None:
        del document["code"]  # a sparse unique index passes over what is absent, not over null
    return document


def dossier_from_bson(document: Mapping[str, object]) -> Dossier:
    return from_data(Dossier, {**document, "id": document["_id"]})


class _Writers(dict[type, _Write]):
    """What makes plain data of the values of a class, made when the class is first met."""

    def __init__(self, *, json: bool) -> None:
        super().__init__()
        self._instant = _instant_text if json else _instant

    def __missing__(self, kind: type) -> _Write:
        made = self[kind] = self._writer(kind)
        return made

    def _writer(self, kind: type) -> _Write:
        if issubclass(kind, Enum):
            return attrgetter("_value_")  # what `value` gives, without the way through a descriptor
        if issubclass(kind, (str, int, float)):
            return _same
        if issubclass(kind, datetime):
            return self._instant
        if issubclass(kind, (date, time)):
            return kind.isoformat
        if issubclass(kind, Decimal):
            return str
        if dataclasses.is_dataclass(kind):
            return self._of_fields(kind)
        if issubclass(kind, Mapping):
            return lambda value: {str(key): self._plain(item) for key, item in value.items()}
        if issubclass(kind, (list, tuple)):
            return lambda value: [
                item if item.__class__ in _PLAIN else self[item.__class__](item) for item in value
            ]
        if issubclass(kind, (set, frozenset)):
            return lambda value: sorted(map(self._plain, value), key=str)
        raise TypeError(f"{kind.__name__} has no plain form")

    def _of_fields(self, kind: type) -> _Write:
        names, values, as_is = names_of(kind), reader(kind), _WRITTEN_BEFORE.get(kind)

        def write(value: object) -> object:
            return {
                name: item if item.__class__ in _PLAIN or name == as_is else self[item.__class__](item)
                for name, item in zip(names, values(value), strict=True)
            }

        return write

    def _plain(self, item: object) -> object:
        return item if item.__class__ in _PLAIN else self[item.__class__](item)


def _same(value: object) -> object:
    return value


def _instant(value: datetime) -> datetime:
    return milliseconds(value.astimezone(UTC))


def _instant_text(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


class _Readers(dict[object, _Read | None]):
    """What reads a value of a declared type, other than None, back; `None` where it lies as it is."""

    def __missing__(self, kind: object) -> _Read | None:
        made = self[kind] = self._reader(kind)
        return made

    def _reader(self, kind: object) -> _Read | None:
        origin = typing.get_origin(kind)
        if origin in {Union, types.UnionType}:
            return self[_only(kind)]
        if origin is tuple:
            (item, *_) = typing.get_args(kind)
            return _items_reader(self[item])
        # Literal; Mapping[str, object] and its like, which hold plain data
        if origin is not None or not isinstance(kind, type):
            return None
        if dataclasses.is_dataclass(kind):
            return self._of_fields(kind)
        if issubclass(kind, Enum):
            return kind
        if issubclass(kind, datetime):
            return _read_instant
        if issubclass(kind, (date, time)):
            return kind.fromisoformat
        return Decimal if issubclass(kind, Decimal) else None

    def _of_fields(self, kind: type) -> _Read:
        hints, names, make = typing.get_type_hints(kind), names_of(kind), maker(kind)
        readers = tuple(
            (at, each) for at, name in enumerate(names) if (each := self[hints[name]]) is not None
        )

        def read(raw: Mapping[str, object]) -> object:
            try:
                values = [raw[name] for name in names]
            except KeyError:
                return read_older(raw)
            for at, read_one in readers:
                if values[at] is not None:
                    values[at] = read_one(values[at])
            return make(values)

        def read_older(raw: Mapping[str, object]) -> object:
            """Stored before a field was there: that one takes its default."""
            told = {name: raw[name] for name in names if name in raw}
            for at, read_one in readers:
                if told.get(names[at]) is not None:
                    told[names[at]] = read_one(told[names[at]])
            return kind(**told)

        return read


def _items_reader(item: _Read | None) -> _Read:
    if item is None:
        return tuple
    return lambda raw: tuple([each if each is None else item(each) for each in raw])


def _read_instant(raw: str | datetime) -> datetime:
    instant = datetime.fromisoformat(raw) if isinstance(raw, str) else raw
    return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(TZ)


def _only(union: object) -> object:
    """The one member of `X | None` that is not None."""
    (member,) = (a for a in typing.get_args(union) if a is not types.NoneType)
    return member


_JSON: Final = _Writers(json=True)
_BSON: Final = _Writers(json=False)
_READERS: Final = _Readers()
