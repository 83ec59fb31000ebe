"""What was sent about one dossier, to whom, how, and what became of it (Đ10.2b): the delivery log that officials read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from renderers.messages.events import LABELS
from tthc.dossiers.permissions import function_name
from tthc.dossiers.state import Dossier, OutboxEntry
from tthc.notices.masking import masked_address, masked_text

CHANNELS: Final[Mapping[str, str]] = {
    "portal": "Hộp thư trên cổng",
    "email": "Thư điện tử",
    "sms": "Tin nhắn",
}
_STATES: Final[Mapping[str, tuple[str, str]]] = {
    "pending": ("Chờ gửi", "info"),
    "leased": ("Đang gửi", "info"),
    "done": ("Đã gửi", "ok"),
    "dead": ("Không gửi được, đã thôi thử", "bad"),
    "unwanted": ("Không gửi: người nộp đã tắt kênh này", ""),
}


@dataclass(frozen=True, slots=True)
class Delivery:
    """One notice on one channel. `made`: when what it tells happened, `at`: when it was sent, or is tried next."""

    id: str
    notice: str
    channel: str
    to: str
    made: datetime | None
    state: str
    tone: str
    at: datetime | None
    attempts: int
    error: str
    dead: bool


def deliveries(dossier: Dossier) -> tuple[Delivery, ...]:
    """The newest first; errands of the system itself are no notices."""
    times = {entry.seq: entry.at for entry in dossier.history}
    found = [_delivery(dossier, entry, times) for entry in dossier.outbox if entry.kind == "notice"]
    return tuple(reversed(found))


def _delivery(dossier: Dossier, entry: OutboxEntry, times: Mapping[int, datetime]) -> Delivery:
    state, tone = _STATES[entry.state]
    if entry.state == "pending" and entry.attempts:
        state, tone = "Chưa gửi được, sẽ thử lại", "warn"
    seq = entry.id.removeprefix(f"{dossier.id}:").partition(":")[0]
    return Delivery(
        id=entry.id,
        notice=LABELS.get(entry.template, entry.template).partition(" (báo ")[0],
        channel=CHANNELS.get(entry.channel, entry.channel),
        to=_to(dossier, entry),
        made=times.get(int(seq)) if seq.isdigit() else None,
        state=state,
        tone=tone,
        at=entry.done_at or (entry.next_at if entry.state == "pending" and entry.attempts else None),
        attempts=entry.attempts,
        error=masked_text(entry.error),
        dead=entry.state == "dead",
    )


def _to(dossier: Dossier, entry: OutboxEntry) -> str:
    """Covered; of staff the function, or the name of whoever had the task."""
    if entry.channel in {"email", "sms"}:
        return f"Người nộp, {masked_address(entry.to)}"
    if entry.to == dossier.owner:
        return "Người nộp"
    function, at, _ = entry.to.partition("@")
    if at:
        return function_name(function).capitalize()
    name = next((task.assignee_name for task in dossier.tasks if task.assignee == entry.to), "")
    return name or "Cán bộ thụ lý"
