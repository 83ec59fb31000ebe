"""Money that goes back by the bank it came by, and the list of requests that somebody must look after (Đ10.4c)."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pymongo import ASCENDING
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from tthc.dossiers.codes import DURABLE
from tthc.dossiers.commands_refund import AskRefund, RecordRefund
from tthc.dossiers.context import SYSTEM
from tthc.dossiers.refunds import TOO_MUCH, Refund
from tthc.dossiers.refusals import Refused
from tthc.dossiers.repository import Dossiers
from tthc.dossiers.service import DossierService
from tthc.dossiers.state import Dossier
from tthc.dossiers.values import replace
from tthc.payments.model import Payment
from tthc.payments.provider import Gateway, GatewayError, GatewayRefusedError
from tthc.payments.store import Payments

_log = logging.getLogger(__name__)
BANK: Final = "bank"
HAND: Final = "hand"
TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class Refunding:
    """`gateways`: by id, as payments know them."""

    database: Database[dict[str, Any]]
    store: Payments
    gateways: Mapping[str, Gateway]
    dossiers: DossierService
    repository: Dossiers

    def ensure_indexes(self) -> None:
        self._list.create_index([("agency", ASCENDING), ("at", ASCENDING)])

    def ask_left(self, payment: Payment, left: int) -> None:
        """Ask that what is left over of a payment be given back; the same money again is asked for once."""
        dossier = self.repository.get(payment.dossier)
        if dossier is None:
            return
        asked = sum(r.amount for r in dossier.refunds if r.payment == payment.id and r.granted is not False)
        if left <= asked:
            return
        command = AskRefund(
            TOO_MUCH, note=f"Mã nộp tiền {payment.reference}.", payment=payment.id, amount=left - asked
        )
        after = self.dossiers.execute(dossier.id, command, SYSTEM, f"refund:{payment.id}:{payment.money}")
        self.listed(after)

    def pay_back(self, dossier: Dossier, refund: Refund, by: str, now: datetime) -> bool:
        """Send money back by the bank that it came by. False where it must go by hand; then, or when the bank does not
        answer, reception sees it on the list. The same refund again is sent once, and none that is going by hand.
        """
        found = self._source(dossier, refund)
        key = _key(dossier, refund.id)
        if found is None or not refund.granted or refund.paid_at is not None or not self._take(key, BANK):
            return False
        payment, transaction = found
        gateway: Any = self.gateways[payment.gateway]
        now_there = self.repository.get(dossier.id)
        if now_there is None or any(r.id == refund.id and r.paid_at is not None for r in now_there.refunds):
            return False
        try:
            paid = gateway.pay_back(payment, transaction, refund.amount, by=by, key=key, now=now)
            command = RecordRefund(refund.id, paid.transaction)
            after = self.dossiers.execute(dossier.id, command, SYSTEM, f"refund-made:{key}")
        except GatewayRefusedError as error:
            self._ways.update_one({"_id": key}, {"$set": {"by": ""}})
            _log.warning("refund %s was refused: %s", key, error)
            return False
        except (GatewayError, Refused) as error:
            _log.warning("refund %s was not sent: %s", key, error)
            return False
        self.listed(after)
        return True

    def by_hand(self, dossier: Dossier, refund_id: str, record: Callable[[], bool], *, sure: bool) -> bool:
        """Let `record` write down that money went by hand; what it says. False where the bank was told to send it and has
        not said that it did not, unless somebody is `sure`: nothing goes back twice.
        """
        key = _key(dossier, refund_id)
        if not self._take(key, HAND, also=BANK if sure else HAND):
            return False
        if not record():
            self._ways.update_one({"_id": key, "by": HAND}, {"$set": {"by": ""}})
        return True

    def unsure(self, dossier: Dossier, refund: Refund) -> bool:
        """Whether the bank was told to send it and nobody knows whether it did."""
        return (
            refund.paid_at is None
            and self._ways.find_one({"_id": _key(dossier, refund.id), "by": BANK}) is not None
        )

    def by_bank(self, dossier: Dossier, refund: Refund) -> bool:
        """Whether the bank can send it back by itself."""
        return self._source(dossier, refund) is not None

    def listed(self, dossier: Dossier) -> None:
        """Put a dossier on the list, or off it, and tell its payments what went back of them."""
        waits = [one for one in dossier.refunds if one.open]
        if waits:
            row = {"agency": dossier.agency, "at": min(one.at for one in waits)}
            self._list.update_one({"_id": dossier.id}, {"$set": row}, upsert=True)
        else:
            self._list.delete_one({"_id": dossier.id})
        for payment in self.store.of_dossier(dossier.id):
            back = sum(r.amount for r in dossier.refunds if r.payment == payment.id and r.paid_at is not None)
            self._gave_back(payment, back)

    def _gave_back(self, payment: Payment, back: int) -> None:
        """A word of the bank may be written at the same moment: then once more, of what stands then."""
        found: Payment | None = payment
        for _ in range(TRIES):
            if found is None or found.given_back == back:
                return
            if self.store.change(found, replace(found, given_back=back)) is not None:
                return
            found = self.store.get(payment.id)

    def waiting(self, agency: str, limit: int = 100) -> Sequence[Dossier]:
        """Dossiers of an agency with requests to be decided or paid, the oldest first. What somebody who died left on the list
        goes off it.
        """
        rows = self._list.find({"agency": agency}).sort("at", ASCENDING).limit(limit)
        found = [d for row in rows if (d := self.repository.get(str(row["_id"]))) is not None]
        for dossier in found:
            if not any(one.open for one in dossier.refunds):
                self.listed(dossier)
        return [d for d in found if d.agency == agency and any(one.open for one in d.refunds)]

    def _take(self, key: str, by: str, *, also: str = "") -> bool:
        """Of the two ways that a refund may go, one at a time."""
        free = {"_id": key, "by": {"$in": ["", by, also]}}
        try:
            self._ways.update_one(free, {"$set": {"by": by}}, upsert=True)
        except DuplicateKeyError:
            return False
        return True

    @property
    def _ways(self) -> Any:
        """One row a refund that was begun: by which way, empty where that way is known to have done nothing."""
        return self.database.get_collection("refund_ways", write_concern=DURABLE)

    @property
    def _list(self) -> Any:
        return self.database.get_collection("refund_list", write_concern=DURABLE)

    def _source(self, dossier: Dossier, refund: Refund) -> tuple[Payment, str] | None:
        """The payment that the money came by, with the bank's number of it, where one of a bank covers it all."""
        for payment in self.store.of_dossier(dossier.id):
            fits = payment.id == refund.payment if refund.payment else payment.took == refund.amount
            if not fits or not hasattr(self.gateways.get(payment.gateway), "pay_back"):
                continue
            # of several times that money came, the last is the one too many
            came = payment.received[::-1] if refund.payment else payment.received
            enough = next((one for one in came if one.amount >= refund.amount), None)
            if enough is not None:
                return payment, enough.transaction
        return None


def _key(dossier: Dossier, refund_id: str) -> str:
    return f"{dossier.id}:{refund_id}"
