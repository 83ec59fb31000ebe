"""Delivers what the outbox holds: claim with a lease, put into words and send, or run the errand, record (design §4).

A worker may die at any line. Before `done` the lease runs out and another worker sends again, with the same entry
id: the portal and the local mailbox keep one row an id, a gateway is told the id.
"""

import logging
import os
import socket
import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Protocol

from pymongo import ASCENDING, DESCENDING
from pymongo.database import Database

from renderers.messages import Message, MessageError, custom, render
from renderers.messages.rendering import without_diacritics
from rules.calendar import TZ
from tthc.clock import Clock, ManualClock
from tthc.dossiers.outbox import Claim, Outbox
from tthc.health_trail import HealthTrail
from tthc.notices.channels import DeliveryError, Parcel
from tthc.notices.forwarding import Forwarding
from tthc.notices.inbound import Inbound
from tthc.notices.preferences import Preferences
from tthc.notices.registry import Channels, channels
from tthc.notices.words import Words
from tthc.sandbox import SUBJECT_PREFIX
from tthc.settings import Settings

_log = logging.getLogger(__name__)
BATCH = 200
NOTHING_ELSE: Mapping[str, Callable[[Claim], None]] = MappingProxyType({})


class Deliveries(Protocol):
    """The part of the outbox that a worker uses."""

    def claim(self, now: Any, worker: str, dossier: str | None = None) -> Claim | None: ...
    def done(self, dossier: str, entry_id: str, worker: str, now: Any) -> bool: ...
    def leave(self, dossier: str, entry_id: str, worker: str, now: Any) -> bool: ...
    def fail(self, dossier: str, entry_id: str, worker: str, now: Any, error: str) -> bool: ...


class OutboxWorker:
    """One a process; `run_once` may run in several at a time."""

    def __init__(
        self,
        outbox: Outbox | Deliveries,
        database: Database[dict[str, Any]],
        settings: Settings,
        clock: Clock | ManualClock,
        through: Channels | None = None,
        *,
        errands: Mapping[str, Callable[[Claim], None]] = NOTHING_ELSE,
        beside: tuple["OutboxWorker", ...] = (),
    ) -> None:
        """`errands`: what to do for entries that are no notices, by their kind; `beside`: other outboxes, emptied with it."""
        self._outbox = outbox
        self._database = database
        self._base_url = settings.base_url
        self._before = SUBJECT_PREFIX if settings.sandbox else ""
        self._clock = clock
        self.channels = through or channels(settings, database)
        self._errands = errands
        self._beside = beside
        self.words = Words(database)
        self._inbound = Inbound(database)
        self._preferences = Preferences(database)
        self._forwarding = Forwarding(database)
        self._trail = HealthTrail(database)

    def ensure_indexes(self) -> None:
        self._database["inbox"].create_index([("to", ASCENDING), ("at", DESCENDING)])
        self._database["mailbox"].create_index([("at", DESCENDING)])
        self.words.ensure_indexes()

    def run_once(self, limit: int = BATCH) -> int:
        """Deliver what is due now, `limit` entries at the most; how many were handed over."""
        worker = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
        delivered = 0
        for _ in range(limit):
            claim = self._outbox.claim(self._clock.now(), worker)
            if claim is None:
                break
            delivered += self._deliver(claim, worker)
        delivered += sum(each.run_once(limit) for each in self._beside)
        return delivered + self._inbound.run_once(self._answer, worker, self._clock.now(), limit)

    def _answer(self, parcel: Parcel) -> None:
        """To a text message that came in."""
        told = replace(parcel, message=self._marked(parcel.message))
        self.channels.get("sms").send(told, self._clock.now())

    def _deliver(self, claim: Claim, worker: str) -> bool:
        entry = claim.entry
        to = self._forwarding.now(claim.dossier, entry.channel, entry.to)
        given_up = bool(entry.to) and not to
        if given_up or self._preferences.unwanted(claim.dossier, entry.template, entry.channel):
            self._outbox.leave(claim.dossier, entry.id, worker, self._clock.now())
            return False
        try:
            if entry.channel == "system":
                self._errands[entry.kind](claim)
            else:
                parcel = Parcel(
                    id=entry.id,
                    dossier=claim.dossier,
                    template=entry.template,
                    to=to,
                    message=self._marked(self._message(claim)),
                    link=self._link(claim),
                )
                self.channels.get(entry.channel).send(parcel, self._clock.now())
        except (DeliveryError, MessageError) as error:
            _log.warning("Chưa gửi được %s: %s", entry.id, error)
            self._outbox.fail(claim.dossier, entry.id, worker, self._clock.now(), str(error))
            self._trail.note(entry.channel, self._clock.now(), ok=False, detail=str(error))
            return False
        except Exception as error:  # noqa: BLE001 — a fault in one notice holds up no other, nor itself for ever
            _log.exception("Lỗi khi gửi %s", entry.id)
            self._outbox.fail(claim.dossier, entry.id, worker, self._clock.now(), type(error).__name__)
            return False
        self._trail.note(entry.channel, self._clock.now(), ok=True)
        return self._outbox.done(claim.dossier, entry.id, worker, self._clock.now())

    def _marked(self, message: Message) -> Message:
        """In a place to train, each message says so before anything else."""
        if not self._before:
            return message
        if message.subject:
            return Message(self._before + message.subject, message.body)
        return Message("", without_diacritics(self._before) + message.body)

    def _message(self, claim: Claim) -> Message:
        """In the administrators' words where they wrote some that can be filled in, else in the shipped ones."""
        entry, facts = claim.entry, self._facts(claim)
        parts = self.words.parts(entry.template, self._clock.now().astimezone(TZ).date())
        if parts is not None:
            try:
                return custom.render(entry.template, entry.channel, facts, parts)
            except MessageError as error:
                _log.warning("Mẫu đã sửa của %s không dùng được, gửi bằng mẫu gốc: %s", entry.template, error)
        return render(entry.template, entry.channel, facts)

    def _facts(self, claim: Claim) -> Mapping[str, object]:
        link = f"{self._base_url}{self._link(claim)}"
        return {**claim.entry.data, "link": link, "site": self._base_url}

    def _link(self, claim: Claim) -> str:
        return f"/ho-so/{claim.dossier}"
