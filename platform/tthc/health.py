"""Can this process serve? The facts behind `/livez` and `/readyz` (Đ4.3), free of addresses and secrets."""

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from kombu.connection import Connection
from kombu.exceptions import KombuError
from pymongo.database import Database
from pymongo.errors import PyMongoError

from rules.events.engine import engine_name
from tthc.antivirus.scanner import Clamd
from tthc.dossiers.files import Files
from tthc.health_trail import PULSE, HealthTrail
from tthc.settings import Settings
from tthc.signing.local import KEYS, LocalSigner

MIN_FREE_BYTES = 50 * 1024 * 1024
_QUEUE_SECONDS = 2.0
_SCANNER_SECONDS = 2.0
PULSE_LATE = timedelta(minutes=3)


@dataclass(frozen=True, slots=True)
class Check:
    """One fact. `needed`: without it the site cannot serve; otherwise it serves, but something will be late."""

    name: str
    ok: bool
    detail: str
    needed: bool = True


class ChannelHealth(Protocol):
    @property
    def ok(self) -> bool: ...


class ChannelSet(Protocol):
    """The part of `tthc.notices.registry.Channels` that is asked."""

    def check_config(self) -> Sequence[ChannelHealth]: ...


def database(found: Database[dict[str, Any]]) -> Check:
    try:
        found.command("ping")
    except PyMongoError:
        return Check("database", ok=False, detail="Máy chủ dữ liệu không trả lời.")
    return Check("database", ok=True, detail="Máy chủ dữ liệu trả lời.")


def storage(var: Path) -> Check:
    try:
        free = shutil.disk_usage(var).free
    except OSError:
        return Check("storage", ok=False, detail="Không đọc được thư mục dữ liệu.")
    if not os.access(var, os.W_OK):
        return Check("storage", ok=False, detail="Không ghi được vào thư mục dữ liệu.")
    return Check("storage", ok=free >= MIN_FREE_BYTES, detail=f"Ổ đĩa còn {free // 1024**2} MB.")


def queue(broker_url: str | None, found: Database[dict[str, Any]]) -> Check:
    """The way of the hints. Not needed: the sweeps find what no hint told."""
    try:
        if broker_url is None or broker_url.startswith("mongodb"):
            found["jobs.messages"].estimated_document_count()
        else:
            with Connection(broker_url, connect_timeout=_QUEUE_SECONDS) as connection:  # type: ignore[no-untyped-call]
                connection.ensure_connection(max_retries=1, interval_start=0, timeout=_QUEUE_SECONDS)
    except (KombuError, PyMongoError, OSError):
        return Check("queue", ok=False, detail="Hàng đợi không trả lời.", needed=False)
    return Check("queue", ok=True, detail="Hàng đợi trả lời.", needed=False)


def notices(channels: ChannelSet) -> Check:
    ok = all(channel.ok for channel in channels.check_config())
    detail = "Các kênh thông báo sẵn sàng." if ok else "Có kênh thông báo chưa cấu hình đúng."
    return Check("notices", ok=ok, detail=detail, needed=False)


def signing(settings: Settings) -> Check:
    """Who signs. Not needed: what is signed already is still checked, and papers may be signed by hand."""
    if not settings.signing.test:
        detail = "Không dùng ký số: kết quả phát hành không có chữ ký số của hệ thống."
        return Check("signing", ok=True, detail=detail, needed=False)
    ok = LocalSigner(settings.var / KEYS).ready()
    said = "Ký số thử nghiệm sẵn sàng, không có giá trị pháp lý." if ok else "Không đọc được khóa ký số."
    stamped = (
        " Có máy chủ cấp dấu thời gian." if settings.signing.tsa else " Không có dấu thời gian (PAdES B-B)."
    )
    return Check("signing", ok=ok, detail=said + (stamped if ok else ""), needed=False)


def antivirus(found: Database[dict[str, Any]], settings: Settings) -> Check:
    """Who looks for malware, and how many files wait for it. Not needed: while the scanner is away, what comes is held."""
    if not settings.clamav:
        detail = "Chưa đặt CLAMAV_ADDRESS: tệp người dân và cán bộ gửi lên không được quét mã độc."
        return Check("antivirus", ok=True, detail=detail, needed=False)
    ok = Clamd(settings.clamav, _SCANNER_SECONDS).ready()
    said = (
        "Bộ quét ClamAV trả lời; tệp nào gửi lên cũng được quét trước khi có người mở."
        if ok
        else "Bộ quét ClamAV không trả lời: tệp mới gửi lên bị giữ lại, chưa ai mở được."
    )
    return Check("antivirus", ok=ok, detail=f"{said}{_held(found)}", needed=False)


def _held(found: Database[dict[str, Any]]) -> str:
    try:
        counts = Files(found).counts()
    except PyMongoError:
        return ""
    said = {"waiting": "{n} tệp đang chờ quét", "infected": "{n} tệp bị chặn vì có mã độc"}
    some = [said[each].format(n=n) for each, n in counts.items() if n]
    return f" {', '.join(some)}." if some else ""


def workers(found: Database[dict[str, Any]], now: datetime) -> Check:
    """Whether beat, broker and worker still hand on the pulse. Not needed: pages are served, but nothing is sent."""
    try:
        last = HealthTrail(found).pulse()
    except PyMongoError:
        return Check(PULSE, ok=False, detail="Không đọc được nhịp của bộ xử lý công việc nền.", needed=False)
    if last is None:
        detail = "Chưa thấy bộ xử lý công việc nền chạy lần nào."
        return Check(PULSE, ok=False, detail=detail, needed=False)
    ok = now - last <= PULSE_LATE
    said = "chạy đều" if ok else "đã ngừng, thông báo và hạn sẽ trễ"
    return Check(PULSE, ok=ok, detail=f"Bộ xử lý công việc nền {said}.", needed=False)


def checks(
    found: Database[dict[str, Any]], settings: Settings, channels: ChannelSet, now: datetime | None = None
) -> tuple[Check, ...]:
    """Everything that is looked at, by `/readyz` and by the administrators' page alike."""
    every: tuple[Check, ...] = (
        database(found),
        storage(settings.var),
        queue(settings.broker_url, found),
        notices(channels),
        signing(settings),
        antivirus(found, settings),
    )
    return every if now is None else (*every, workers(found, now))


def report(checks: Sequence[Check]) -> dict[str, Any]:
    """The answer of `/readyz`: `ready` is false only when something needed is away."""
    return {
        "ready": all(check.ok for check in checks if check.needed),
        "checks": {check.name: {"ok": check.ok, "detail": check.detail} for check in checks},
        "event_rules": engine_name(),
    }


def readiness(
    found: Database[dict[str, Any]], settings: Settings, channels: ChannelSet, now: datetime | None = None
) -> Mapping[str, Any]:
    """All checks of one process. At most a few seconds when everything is away."""
    return report(checks(found, settings, channels, now))
