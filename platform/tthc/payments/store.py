"""Payments in the database: one document each, written by revision, so that two words at once are heard one after the other."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final, cast

from pymongo import ASCENDING, DESCENDING
from pymongo.collection import Collection
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from tthc.dossiers.codec import from_data, to_bson
from tthc.dossiers.codes import DURABLE
from tthc.dossiers.values import replace
from tthc.payments.model import OPEN, Payment, State

NOISE: Final = ("signature", "unreadable")
NOISE_KEPT: Final = timedelta(days=30)
"""What is not the bank's is kept to be looked at, and no longer: who sends it is nobody we know."""
_NAME: Final = re.compile(r"\w{1,40}", re.ASCII)


class ReferenceTakenError(Exception):
    """Another payment is called so."""


class Payments:
    """The collections `payments` and `payment_words`."""

    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._rows: Collection[dict[str, Any]] = database.get_collection("payments", write_concern=DURABLE)
        self._words: Collection[dict[str, Any]] = database.get_collection(
            "payment_words", write_concern=DURABLE
        )

    def ensure_indexes(self) -> None:
        self._rows.create_index("reference", unique=True, name="reference")
        self._rows.create_index([("dossier", ASCENDING), ("made_at", DESCENDING)])
        self._rows.create_index([("agency", ASCENDING), ("made_at", DESCENDING)])
        self._rows.create_index("next_at", sparse=True, name="next_at")
        self._rows.create_index("received.transaction", sparse=True, name="transaction")
        self._words.create_index([("at", DESCENDING)])

    def insert(self, payment: Payment) -> Payment:
        """Keep a new payment; the one there is where its id was used before. Raises `ReferenceTakenError`."""
        try:
            self._rows.insert_one(_row(payment))
        except DuplicateKeyError as error:
            found = self.get(payment.id)
            if found is None:
                raise ReferenceTakenError(payment.reference) from error
            return found
        return payment

    def get(self, payment_id: str) -> Payment | None:
        return _payment(self._rows.find_one({"_id": payment_id}))

    def by_reference(self, reference: str) -> Payment | None:
        return _payment(self._rows.find_one({"reference": reference}))

    def of_dossier(self, dossier: str) -> tuple[Payment, ...]:
        """The newest first."""
        return self._found({"dossier": dossier}, 100)

    def of_agency(
        self, agency: str, since: datetime, until: datetime, limit: int = 500
    ) -> tuple[Payment, ...]:
        """Made within these instants, the newest first."""
        return self._found({"agency": agency, "made_at": {"$gte": _utc(since), "$lt": _utc(until)}}, limit)

    def received(self, agency: str, since: datetime, until: datetime) -> tuple[Payment, ...]:
        """Those for which money came within these instants."""
        within = {"$elemMatch": {"at": {"$gte": _utc(since), "$lt": _utc(until)}}}
        return self._found({"agency": agency, "received": within}, 5_000)

    def doubtful(self, agency: str) -> tuple[Payment, ...]:
        """Those whose money somebody must look after: it does not fit, or is left over."""
        return self._found({"agency": agency, "left": {"$gt": 0}}, 200)

    def by_transactions(self, agency: str, numbers: Sequence[str]) -> tuple[Payment, ...]:
        """Those of an agency that money with one of these numbers came for."""
        return self._found({"agency": agency, "received.transaction": {"$in": list(numbers)}}, 5_000)

    def by_references(self, agency: str, references: Sequence[str]) -> tuple[Payment, ...]:
        return self._found({"agency": agency, "reference": {"$in": list(references)}}, 5_000)

    def due(self, now: datetime, limit: int) -> tuple[Payment, ...]:
        """What the sweep must look at, longest waiting first."""
        rows = self._rows.find({"next_at": {"$lte": _utc(now)}}).sort("next_at", ASCENDING).limit(limit)
        return tuple(p for row in rows if (p := _payment(row)) is not None)

    def change(self, before: Payment, after: Payment) -> Payment | None:
        """Write a payment; `None` where somebody wrote it since it was read."""
        made = replace(after, rev=before.rev + 1)
        written = self._rows.replace_one({"_id": before.id, "rev": before.rev}, _row(made))
        return made if written.matched_count else None

    def word(
        self, *, gateway: str, via: str, reference: str, verdict: str, at: datetime, told: Mapping[str, str]
    ) -> None:
        """Keep what was said, also what was not believed; signatures and addresses of payers are left out, and names that
        no bank gives: anybody may say anything here.
        """
        plain = {
            k: str(v)[:200]
            for k, v in told.items()
            if _NAME.fullmatch(k) and "Hash" not in k and "Ip" not in k
        }
        noise = {"verdict": {"$in": list(NOISE)}, "at": {"$lt": at - NOISE_KEPT}}
        self._words.delete_many(noise)
        row = {
            "gateway": gateway,
            "via": via,
            "reference": reference[:60],
            "verdict": verdict,
            "at": at,
            "told": dict(list(plain.items())[:40]),
        }
        self._words.insert_one(row)

    def last_wrong(self) -> Mapping[str, Any] | None:
        """The last word that was not believed."""
        return self._words.find_one({"verdict": "signature"}, sort=[("at", DESCENDING)])

    def open_count(self) -> int:
        return self._rows.count_documents({"state": {"$in": [state.value for state in OPEN]}})

    def unsettled_count(self) -> int:
        """Money whose dossier does not know of it yet."""
        return self._rows.count_documents({"state": State.PAID.value, "settled_at": None})

    def _found(self, query: Mapping[str, Any], limit: int) -> tuple[Payment, ...]:
        rows = self._rows.find(query).sort([("made_at", DESCENDING), ("_id", DESCENDING)]).limit(limit)
        return tuple(p for row in rows if (p := _payment(row)) is not None)


def _row(payment: Payment) -> dict[str, Any]:
    row = cast("dict[str, Any]", to_bson(payment))
    row["_id"] = row.pop("id")
    row["left"] = payment.left
    if row["next_at"] is None:
        del row["next_at"]  # a sparse index passes over what is absent
    return row


def _payment(row: Mapping[str, Any] | None) -> Payment | None:
    return (
        None if row is None else from_data(Payment, {**row, "id": row["_id"], "next_at": row.get("next_at")})
    )


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC)
