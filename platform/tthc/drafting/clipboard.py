"""What an officer copied last, to be put into another list or another procedure's draft."""

import json
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from pymongo.database import Database


@dataclass(frozen=True, slots=True)
class Copied:
    """`kind`: what the language calls such an element; `called`: how the copied one is known."""

    kind: str
    called: str
    value: Any


class Clipboard:
    """One element an officer."""

    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._copied = database["definition_clipboards"]

    def put(self, by: str, copied: Copied, at: datetime) -> None:
        told = {
            "kind": copied.kind,
            "called": copied.called,
            "value": json.dumps(copied.value, default=_number),
            "at": at,
        }
        self._copied.replace_one({"_id": by}, told, upsert=True)

    def get(self, by: str) -> Copied | None:
        found = self._copied.find_one({"_id": by})
        if found is None:
            return None
        value = json.loads(found["value"], parse_float=Decimal)
        return Copied(str(found["kind"]), str(found["called"]), value)


def _number(value: object) -> object:
    """Decimals as JSON numbers: a definition has no other that JSON does not know."""
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(type(value).__name__)
