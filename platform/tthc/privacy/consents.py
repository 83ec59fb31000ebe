"""What people agreed to: one row each time, never changed; the last one stands (law 91/2025).

A row says for what, which text (version and SHA-256 of its words), when, and whether it was given or withdrawn; and in
which language it was read, with the SHA-256 of those words where they were not Vietnamese.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any, Final

from pymongo import ASCENDING, DESCENDING
from pymongo.database import Database
from pymongo.write_concern import WriteConcern
from ruamel.yaml import YAML

from rules.calendar import TZ

ACCOUNT: Final = "tai_khoan"
REUSE: Final = "dien_san"
VIETNAMESE: Final = "vi"


@dataclass(frozen=True, slots=True)
class Words:
    title: str
    text: str
    basis: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(f"{self.title}\n{self.text}\n{self.basis}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Purpose:
    """`choice`: whether the person may say no and still have an account; `others`: its words in other languages."""

    id: str
    version: str
    vietnamese: Words
    others: Mapping[str, Words]
    choice: bool

    def words(self, language: str) -> Words:
        """As they are read in that language."""
        return self.others.get(language, self.vietnamese)

    @property
    def title(self) -> str:
        return self.vietnamese.title

    @property
    def text(self) -> str:
        return self.vietnamese.text

    @property
    def sha256(self) -> str:
        """Of the Vietnamese words, which prevail."""
        return self.vietnamese.sha256


@dataclass(frozen=True, slots=True)
class Consent:
    """`language`: in which the words were read; `shown`: their SHA-256 in it (`sha256`: of the Vietnamese ones)."""

    purpose: str
    given: bool
    version: str
    sha256: str
    at: datetime
    language: str
    shown: str


@cache
def purposes() -> Mapping[str, Purpose]:
    """In the order in which they are shown."""
    told = YAML(typ="safe", pure=True).load(
        (files(__package__) / "purposes.yaml").read_text(encoding="utf-8")
    )
    return {
        name: Purpose(
            name,
            row["version"],
            Words(row["title"], row["text"], row["basis"]),
            {language: Words(**words) for language, words in row["others"].items()},
            row["choice"],
        )
        for name, row in told.items()
    }


class Consents:
    """The collection `consents`."""

    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._rows = database.get_collection("consents", write_concern=WriteConcern("majority", j=True))

    def ensure_indexes(self) -> None:
        self._rows.create_index([("account", ASCENDING), ("at", DESCENDING)])

    def say(
        self, account: str, purpose: str, now: datetime, *, given: bool, language: str = VIETNAMESE
    ) -> None:
        """Agreed, or no more, to the words as `language` shows them. Raises KeyError for a purpose that is none."""
        about = purposes()[purpose]
        self._rows.insert_one(
            {
                "account": account,
                "purpose": purpose,
                "given": given,
                "version": about.version,
                "sha256": about.sha256,
                "language": language,
                "shown": about.words(language).sha256,
                "at": now,
            }
        )

    def of(self, account: str) -> tuple[Consent, ...]:
        """Everything somebody ever said, the newest first."""
        rows = self._rows.find({"account": account}).sort([("at", DESCENDING), ("_id", DESCENDING)])
        return tuple(
            Consent(
                r["purpose"],
                r["given"],
                r["version"],
                r["sha256"],
                r["at"].astimezone(TZ),
                r.get("language", VIETNAMESE),  # those from before there was another
                r.get("shown", r["sha256"]),
            )
            for r in rows
        )

    def allows(self, account: str, purpose: str) -> bool:
        """Whether data may be used so; what rests on law stands until somebody says no where they may."""
        row = self._rows.find_one(
            {"account": account, "purpose": purpose}, sort=[("at", DESCENDING), ("_id", DESCENDING)]
        )
        return row is None or bool(row["given"])
