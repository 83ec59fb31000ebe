"""Reconciling an agency's day, and keeping what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from pymongo import ASCENDING, DESCENDING
from pymongo.database import Database

from tthc.dossiers.codes import DURABLE
from tthc.payments.matching import BankLine
from tthc.payments.provider import GatewayError
from tthc.payments.reconciling import Compared, bounds, compare
from tthc.payments.service import PaymentService, is_transfer


@dataclass(frozen=True, slots=True)
class Reconciling:
    payments: PaymentService
    database: Database[dict[str, Any]]

    def ensure_indexes(self) -> None:
        self._rows.create_index([("agency", ASCENDING), ("at", DESCENDING)])

    def reconcile(
        self, agency: str, lines: Sequence[BankLine], day: date, now: datetime
    ) -> tuple[int, Compared]:
        """How many lines were missing here and are taken now; then how statement and payments stand to each other.

        A transfer's line is the bank's word itself; of a payment at the bank's page the bank is asked.
        """
        taken = 0
        for pair in self._compare(agency, lines, day).missing_here:
            if pair.line is None or pair.payment is None:
                continue
            gateway = self.payments.gateways.get(pair.payment.gateway)
            if gateway is None:
                continue
            before = pair.payment.money
            if is_transfer(gateway):
                self.payments.receive(pair.line, "statement", now, {agency})
            else:
                try:
                    self.payments.ask(pair.payment, now)
                except GatewayError:
                    continue
            after = self.payments.store.get(pair.payment.id)
            taken += after is not None and after.money > before
        return taken, self._compare(agency, lines, day)

    def keep(self, agency: str, day: date, found: Compared, sha256: str, *, by: str, at: datetime) -> None:
        """That it was done, with its counts; the file itself is the bank's."""
        self._rows.insert_one(
            {
                "agency": agency,
                "day": day.isoformat(),
                "same": len(found.same),
                "missing_here": len(found.missing_here),
                "missing_there": len(found.missing_there),
                "different": len(found.different),
                "strange": len(found.strange),
                "sha256": sha256,
                "by": by,
                "at": at.astimezone(UTC),
            }
        )

    def kept(self, agency: str, limit: int = 10) -> Sequence[Mapping[str, Any]]:
        """The latest first."""
        return list(self._rows.find({"agency": agency}).sort("at", DESCENDING).limit(limit))

    def _compare(self, agency: str, lines: Sequence[BankLine], day: date) -> Compared:
        store = self.payments.store
        numbers = {line.transaction for line in lines}
        known = {
            received.transaction: (payment, received)
            for payment in store.by_transactions(agency, sorted(numbers))
            for received in payment.received
            if received.transaction in numbers
        }
        references = {reference for line in lines for reference in line.references}
        named = {payment.reference: payment for payment in store.by_references(agency, sorted(references))}
        return compare(lines, known, named, store.received(agency, *bounds(day)), day)

    @property
    def _rows(self) -> Any:
        return self.database.get_collection("reconciliations", write_concern=DURABLE)
