"""Values as JSON, and the types of data that came as JSON: for the command line and for other programs."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from rules.feel import types as T  # noqa: N812
from rules.feel.limits import Run
from rules.feel.text import text_of
from rules.feel.types import FeelType
from rules.feel.values import coerce


def json_text(value: object) -> str:
    """The value as JSON. Numbers keep all their digits; what JSON lacks (dates, durations, ranges, functions) is a
    string as FEEL's `string(…)` writes it.
    """
    return _written(coerce(value))


def _written(value: Any) -> str:
    if value is None or isinstance(value, (bool, str)):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, Decimal):
        return format(value, "f" if abs(value.adjusted()) < 40 else "E")
    if isinstance(value, list):
        return f"[{', '.join(_written(item) for item in value)}]"
    if isinstance(value, dict):
        pairs = (f"{json.dumps(key, ensure_ascii=False)}: {_written(item)}" for key, item in value.items())
        return f"{{{', '.join(pairs)}}}"
    return json.dumps(text_of(value, Run()), ensure_ascii=False)


def declared(data: object) -> FeelType:
    """The type by which names of several words within the data are known; plain values may be anything."""
    if isinstance(data, dict):
        return T.context({name: declared(item) for name, item in data.items()})
    if isinstance(data, list) and data:
        found = declared(data[0])
        for item in data[1:]:
            found = T.join(found, declared(item))
        return T.list_of(found)
    return T.ANY
