"""Payments made, heard of, asked about, and written into their dossiers. Every step may be repeated or break off anywhere."""

import logging
import uuid
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal, cast

from definitions.model import Definition
from rules.i18n import gettext
from tthc.dossiers.context import SYSTEM
from tthc.dossiers.refusals import Refused
from tthc.dossiers.repository import Dossiers
from tthc.dossiers.service import DossierService
from tthc.dossiers.state import Dossier
from tthc.payments import recording
from tthc.payments.matching import BankLine
from tthc.payments.model import (
    OPEN,
    Heard,
    Line,
    Note,
    Payment,
    State,
    Via,
    Word,
    expire,
    hear,
    settled,
)
from tthc.payments.provider import (
    Gateway,
    GatewayError,
    Redirecting,
    Transferring,
    WrongSignatureError,
)
from tthc.payments.references import new_reference
from tthc.payments.refunding import Refunding
from tthc.payments.store import Payments, ReferenceTakenError

_log = logging.getLogger(__name__)
TRIES: Final = 20
BATCH: Final = 50
FIRST_ASK: Final = timedelta(minutes=2)
SOON: Final = timedelta(seconds=30)
LONGEST: Final = timedelta(minutes=30)
LATER: Final = timedelta(minutes=1)
NOTHING_OWED: Final = "nothing_owed"
_LEFT: Final = "leave"
RULE: Final = "Đ10.4b"  # vi: a clause
_NOT_DOUBTFUL: Final = "Lần nộp này không còn chờ kiểm tra; tải lại trang."  # vi: told to staff
_ASKED_BACK: Final = "Số tiền này đã được đề nghị hoàn lại."  # vi: told to staff
_GIVE_BACK: Final = "Hoàn lại số tiền này để người nộp nộp đủ."  # vi: told to staff
_STALE: Final = "Lần nộp này vừa được cập nhật; ông/bà tải lại trang."  # vi: told to staff
_NAMES: Final = uuid.UUID("6f0d3c0e-6f1b-4c59-9a52-1c1c7a6c9f10")
_CHANGED: Final = frozenset({"amount", "already_paid", "closed", NOTHING_OWED, "unknown_fee"})
"""Refusals that say that the dossier is another one than it was when it was read."""

Answer = Literal["00", "01", "02", "04", "97", "99"]
"""What the bank is told of its notice, in its own numbers: confirmed, unknown, said before, another amount, wrong signature."""


Did = Literal["ok", "failed"]
"""Whether a gateway answered."""


def _nobody(_gateway: str, _at: datetime, _did: Did) -> None:
    """Where nobody keeps how gateways do."""


@dataclass(frozen=True, slots=True)
class PaymentService:
    """`gateways`: by id, in the order in which they are offered; `seen`: told whether a gateway answered."""

    store: Payments
    gateways: Mapping[str, Gateway]
    dossiers: DossierService
    repository: Dossiers
    refunding: Refunding
    seen: Callable[[str, datetime, Did], None] = _nobody

    def offered(self, definition: Definition, dossier: Dossier) -> Sequence[Gateway]:
        """The gateways by which this dossier's fees may be paid: the procedure lets them, and the agency has an account."""
        return [
            gateway
            for gateway in self.gateways.values()
            if gateway.method in definition.pay_by
            and (not is_transfer(gateway) or transferring(gateway).account(dossier.agency) is not None)
        ]

    def make(
        self,
        definition: Definition,
        dossier_id: str,
        gateway_id: str,
        *,
        by: str,
        pressed: str,
        now: datetime,
    ) -> Payment:
        """A payment of all that may be paid now; the one there is for the same press, or that lives for the same lines.

        Before another one is made, the bank is asked of those that are open: nobody pays twice for want of a notice.

        Raises:
            Refused: nothing to pay, no such way, or the bank has not said yet what became of the one before.
        """
        payment_id = uuid.uuid5(_NAMES, f"{dossier_id}:{pressed}").hex
        if (again := self.store.get(payment_id)) is not None:
            return again
        self._ask_open(dossier_id, now)
        dossier = self.repository.get(dossier_id)
        if dossier is None:
            raise Refused("unknown", gettext("Không tìm thấy hồ sơ này."))
        gateway = next((g for g in self.offered(definition, dossier) if g.id == gateway_id), None)
        if gateway is None:
            raise Refused(
                "no_gateway", gettext("Thủ tục này không nộp được bằng cách đó; chọn cách nộp khác."), RULE
            )
        fees = recording.payable(dossier)
        if not fees:
            raise Refused(
                NOTHING_OWED,
                gettext("Hồ sơ này không có khoản nào phải nộp lúc này."),
                "Đ15.1a",  # vi: a clause
            )
        lines = tuple(Line(fee.id, fee.label, fee.amount) for fee in fees)
        for other in self.store.of_dossier(dossier_id):
            if other.state is State.PENDING and now < other.expires_at + gateway.lasts:
                raise Refused(
                    "waiting",
                    gettext(
                        "Lần nộp {code} đang chờ ngân hàng xác nhận; ông/bà chờ ít phút, đừng nộp lần nữa."
                    ).format(code=other.reference),
                    RULE,
                )
            if other.gateway == gateway_id and other.lines == lines and other.living(now):
                return other
        made = Payment(
            id=payment_id,
            reference="",
            dossier=dossier_id,
            agency=dossier.agency,
            gateway=gateway_id,
            lines=lines,
            amount=sum(line.amount for line in lines),
            made_at=now,
            expires_at=now + gateway.lasts,
            by=by,
            next_at=now + (gateway.lasts if is_transfer(gateway) else FIRST_ASK),
        )
        for _ in range(TRIES):
            try:
                return self.store.insert(replace(made, reference=new_reference()))
            except ReferenceTakenError:
                continue
        raise Refused("busy", gettext("Chưa tạo được mã nộp tiền; ông/bà thử lại."))

    def leave(self, payment: Payment, now: datetime) -> Payment:
        """The payer goes to the bank's page. Whoever was there before may have paid and closed the window: then the bank is
        asked first, and the payment comes back as it says.
        """
        if not payment.living(now):
            return payment
        if any(note.via == _LEFT for note in payment.notes):
            try:
                return self.ask(payment, now)[0]
            except GatewayError as error:
                _log.warning("payment %s: %s", payment.reference, error)
                return self._again(payment)
        note = Note(now, _LEFT, "Người nộp sang trang ngân hàng.")  # vi: kept
        return self.store.change(payment, replace(payment, notes=(*payment.notes, note))) or self._again(
            payment
        )

    def hear_return(self, gateway_id: str, said: Mapping[str, str], now: datetime) -> Payment | None:
        """The payer's browser came back from the bank; `None` where that was not signed, or names no payment."""
        return self._said(gateway_id, said, "return", now)[0]

    def hear_notice(self, gateway_id: str, said: Mapping[str, str], now: datetime) -> Answer:
        """The bank's own word; what to tell it. Money is written down before it is confirmed."""
        return self._said(gateway_id, said, "notice", now)[1]

    def receive(
        self, line: BankLine, via: Via, now: datetime, agencies: Container[str] | None = None
    ) -> Heard | None:
        """Money that came to an account: the payment that its words name; `None` where they name none of `agencies`'.

        A line that names several payments is nobody's: somebody must look.
        """
        named = [p for reference in line.references if (p := self.store.by_reference(reference)) is not None]
        fits = len(named) == 1 and (agencies is None or named[0].agency in agencies)
        reference = named[0].reference if fits else ""
        heard = None
        if fits:
            word = Word(reference, "paid", line.amount, line.transaction)
            heard = self.tell(named[0], word, via, now)
        self.store.word(
            gateway="transfer",
            via=via,
            reference=reference,
            verdict=heard.verdict if heard is not None else "unknown",
            at=now,
            told={"transaction": line.transaction, "amount": str(line.amount), "words": line.words},
        )
        return heard

    def tell(self, payment: Payment, word: Word, via: Via, now: datetime) -> Heard:
        """A word that is known to be right, by whatever way it came; the money goes where it belongs."""
        for _ in range(TRIES):
            heard = hear(payment, word, via, now)
            if heard.payment is payment:
                return heard
            stored = self.store.change(payment, heard.payment)
            if stored is not None:
                return Heard(self.settle(stored, now), heard.verdict)
            payment = self._again(payment)
        raise Refused("busy", gettext("Lần nộp này đang được cập nhật; ông/bà thử lại."))

    def settle(self, payment: Payment, now: datetime) -> Payment:
        """Write the money into the dossier, and what is left over into the payment. Again does nothing."""
        for _ in range(TRIES):
            if payment.settled or payment.state is not State.PAID:
                return payment
            method = self.gateways[payment.gateway].method if payment.gateway in self.gateways else "online"
            found = recording.outcome(self.repository.get(payment.dossier), payment, method)
            if isinstance(found, recording.TooLittle):
                doubt = replace(payment, state=State.DOUBTFUL, took=0, why=found.why, next_at=None)
                if (stored := self.store.change(payment, doubt)) is not None:
                    return stored
            elif isinstance(found, recording.Taken):
                done = settled(payment, found.amount, found.why, now)
                if done.left and not self._asked_back(payment, done.left):
                    return self._later(payment, now + LATER)
                if (stored := self.store.change(payment, done)) is not None:
                    return stored
            else:
                try:
                    self.dossiers.execute(payment.dossier, found, SYSTEM, recording.command_id(payment))
                except Refused as refused:
                    if refused.code not in _CHANGED:
                        _log.warning("payment %s is not recorded yet: %s", payment.reference, refused)
                        return self._later(payment, now + LATER)
                continue
            payment = self._again(payment)
        return self._later(payment, now + LATER)

    def take_doubtful(self, payment: Payment, now: datetime) -> Payment:
        """Somebody looked: the money is the dossier's after all, as far as its fees go; the rest is the payer's.

        Raises:
            Refused: it is not doubtful, or does not suffice.
        """
        if payment.state is not State.DOUBTFUL or payment.given_back:
            raise Refused("not_doubtful", _NOT_DOUBTFUL, RULE)
        dossier = self.repository.get(payment.dossier)
        asked = [r for r in (dossier.refunds if dossier is not None else ()) if r.payment == payment.id]
        if any(r.granted is not False for r in asked) or (payment.settled and not asked):
            raise Refused("refund_waiting", _ASKED_BACK, RULE)
        found = recording.outcome(dossier, payment, "online")
        if isinstance(found, recording.TooLittle):
            raise Refused("too_little", f"{found.why} {_GIVE_BACK}", RULE)
        note = Note(now, "desk", "Đã kiểm tra, ghi vào hồ sơ.")  # vi: kept
        taken = replace(
            payment,
            state=State.PAID,
            took=None,
            why="",
            notes=(*payment.notes, note),
            next_at=now,
            settled_at=None,
        )
        stored = self.store.change(payment, taken)
        if stored is None:
            raise Refused("stale", _STALE)
        return self.settle(stored, now)

    def return_doubtful(self, payment: Payment, now: datetime) -> Payment:
        """Somebody looked: the money is the payer's; a request to give it back is made. Again does nothing.

        Raises:
            Refused: it is not doubtful any more.
        """
        if payment.state is not State.DOUBTFUL:
            raise Refused("not_doubtful", _NOT_DOUBTFUL, RULE)
        if not payment.settled:
            stored = self.store.change(payment, settled(payment, 0, payment.why, now))
            if stored is None:
                raise Refused("stale", _STALE)
            payment = stored
        self.refunding.ask_left(payment, payment.left)
        return payment

    def ask(self, payment: Payment, now: datetime) -> tuple[Payment, Word | None]:
        """Ask the bank what became of it: the payment after its word, `None` where it knows nothing. Raises `GatewayError`."""
        gateway = self.gateways.get(payment.gateway)
        if gateway is None or is_transfer(gateway):
            return payment, None
        try:
            word = redirecting(gateway).ask(payment, now)
        except GatewayError:
            self.seen(gateway.id, now, "failed")
            raise
        self.seen(gateway.id, now, "ok")
        self.store.word(
            gateway=payment.gateway,
            via="query",
            reference=payment.reference,
            verdict="unknown" if word is None else word.standing,
            at=now,
            told={} if word is None else {"amount": str(word.amount), "transaction": word.transaction},
        )
        return (payment, None) if word is None else (self.tell(payment, word, "query", now).payment, word)

    def sweep(self, now: datetime) -> int:
        """Ask of what nobody told, end what is over, write down what is not written yet; how many payments changed."""
        done = 0
        for payment in self.store.due(now, BATCH):
            try:
                done += self._look(payment, now).state is not payment.state
            except (GatewayError, Refused) as error:
                _log.warning("payment %s: %s", payment.reference, error)
                self._later(self._again(payment), now + _pause(payment), asked=True)
        return done

    def _look(self, payment: Payment, now: datetime) -> Payment:
        if payment.state in {State.PAID, State.DOUBTFUL}:
            return self.settle(payment, now) if payment.state is State.PAID else self._later(payment, None)
        gateway = self.gateways.get(payment.gateway)
        asked, word = self.ask(payment, now)
        if asked.state not in {*OPEN, State.EXPIRED}:
            return asked
        end = payment.expires_at + (gateway.patience if gateway is not None else timedelta(0))
        # a bank that has it in hand is waited for; one that knows nothing is asked once more at the very end
        over = asked if word is not None and now < end else expire(asked, now)
        following = now + _pause(payment) if over.state in OPEN else end if now < end else None
        changed = replace(over, next_at=following, asked=payment.asked + 1)
        return self.store.change(asked, changed) or self._again(asked)

    def _asked_back(self, payment: Payment, left: int) -> bool:
        """Whether what is left over is asked for; not yet while a request about the same payment waits for its decision."""
        try:
            self.refunding.ask_left(payment, left)
        except Refused as refused:
            _log.warning("payment %s: what is left is not asked for yet: %s", payment.reference, refused)
            return False
        return True

    def _ask_open(self, dossier_id: str, now: datetime) -> None:
        for payment in self.store.of_dossier(dossier_id):
            if payment.state in OPEN:
                try:
                    self.ask(payment, now)
                except GatewayError as error:
                    _log.warning("payment %s: %s", payment.reference, error)

    def _said(
        self, gateway_id: str, said: Mapping[str, str], via: Via, now: datetime
    ) -> tuple[Payment | None, Answer]:
        reference, verdict = said.get("vnp_TxnRef", ""), ""
        answer: Answer = "99"
        gateway = self.gateways.get(gateway_id)
        payment: Payment | None = None
        try:
            if gateway is None or is_transfer(gateway):
                return None, "99"
            word = redirecting(gateway).read(said)
            payment = self.store.by_reference(word.reference)
            if payment is None or payment.gateway != gateway_id:
                payment, verdict, answer = None, "unknown", "01"
            else:
                heard = self.tell(payment, word, via, now)
                payment, verdict = heard.payment, heard.verdict
                answer = {"again": "02", "amount": "04"}.get(verdict, "00")  # type: ignore[assignment]
        except WrongSignatureError:
            _log.warning("payments: a %s for %s is not signed by the bank", via, reference[:40])
            verdict, answer = "signature", "97"
        except GatewayError as error:
            _log.warning("payments: a %s for %s cannot be read: %s", via, reference[:40], error)
            verdict = "unreadable"
        self.store.word(gateway=gateway_id, via=via, reference=reference, verdict=verdict, at=now, told=said)
        return payment, answer

    def _again(self, payment: Payment) -> Payment:
        found = self.store.get(payment.id)
        if found is None:
            raise LookupError(payment.id)
        return found

    def _later(self, payment: Payment, at: datetime | None, *, asked: bool = False) -> Payment:
        changed = replace(payment, next_at=at, asked=payment.asked + 1 if asked else payment.asked)
        return self.store.change(payment, changed) or self._again(payment)


def is_transfer(gateway: Gateway) -> bool:
    return gateway.method == "transfer"


def redirecting(gateway: Gateway) -> Redirecting:
    return cast("Redirecting", gateway)


def transferring(gateway: Gateway) -> Transferring:
    return cast("Transferring", gateway)


def _pause(payment: Payment) -> timedelta:
    """Until the bank is asked again: longer each time."""
    return min(SOON * (1 << min(payment.asked, 8)), LONGEST)
