"""The hash chain over a dossier's history (Đ9.1e, Đ11.2): what was written can be read, not rewritten."""

import dataclasses
import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import cast

from tthc.dossiers.codec import event_to_json, milliseconds, to_json
from tthc.dossiers.events import Event
from tthc.dossiers.state import Dossier, Entry, Who
from tthc.dossiers.values import replace

# canonical: the same bytes for the same entry, always
_CANONICAL = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def link(history: Sequence[Entry], event: Event, at: datetime, actor: Who, command_id: str) -> Entry:
    """The entry that follows `history`."""
    name, data = event_to_json(event)
    at = milliseconds(at)
    previous = history[-1].hash if history else ""
    seq = len(history) + 1
    entry = Entry(seq, at, name, actor, data, command_id, previous, hash="")
    return replace(entry, hash=digest(entry))


def digest(entry: Entry) -> str:
    """SHA-256, in hex, of the canonical JSON (sorted keys, UTF-8, no spaces) of everything else in an entry."""
    told = {
        "seq": entry.seq,
        "at": to_json(entry.at),
        "type": entry.type,
        "actor": _signed(entry.actor),
        "data": entry.data,
        "command_id": entry.command_id,
        "previous": entry.previous,
    }
    return hashlib.sha256(_CANONICAL.encode(told).encode()).hexdigest()


def _signed(actor: Who) -> Mapping[str, object]:
    """Who acted, as entries were hashed before anybody could act in another's place: nothing is said of what is not."""
    told = cast("dict[str, object]", to_json(actor))
    if told["acting"] is None:
        del told["acting"]
    return told


def verify(dossier: Dossier) -> tuple[str, ...]:
    """What is wrong with a stored dossier, as sentences; nothing when it is sound.

    Three things are looked at: the entries follow one another, each hash is right, and the dossier is what its
    history says (deliveries in `outbox` aside, which go on after the event).
    """
    from tthc.dossiers.apply import replay

    previous = ""
    for place, entry in enumerate(dossier.history, start=1):
        if entry.seq != place or entry.previous != previous:
            return (f"Lịch sử bị đứt đoạn ở mục {place}.",)
        if entry.hash != digest(entry):
            return (f"Mục {place} của lịch sử đã bị sửa.",)
        previous = entry.hash
    if not dossier.history:
        return ("Hồ sơ không có lịch sử.",)
    rebuilt = replay(dossier.history)
    return tuple(
        f"Dữ liệu “{field.name}” của hồ sơ khác với lịch sử."
        for field in dataclasses.fields(Dossier)
        if field.name != "outbox" and getattr(rebuilt, field.name) != getattr(dossier, field.name)
    )
