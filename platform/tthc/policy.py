"""The numbers of the clocks as data: the shipped `policy.yaml`, or the operator's own in its place (TTHC_POLICY)."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import time
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from rules.deadlines import DeadlineRule, Unit
from tthc.dossiers.context import Policy
from tthc.settings import SettingsError

SHIPPED: Final = Path(__file__).with_name("policy.yaml")
_MOST_DAYS: Final = 1_000


def load_policy(path: Path | None = None) -> Policy:
    """Read a file of the shipped one's shape; what it leaves out is not looked at. Raises SettingsError, which names the file
    and the line's word.
    """
    place = path or SHIPPED
    try:
        told = YAML(typ="safe", pure=True).load(place.read_text(encoding="utf-8")) or {}
    except OSError as error:
        raise SettingsError(f"Không đọc được tệp chính sách {place} ({error.strerror}).") from error
    except (YAMLError, UnicodeDecodeError) as error:
        raise SettingsError(f"Tệp chính sách {place} không đúng YAML: {error}") from error
    try:
        return _policy(told)
    except ValueError as error:
        raise SettingsError(f"Tệp chính sách {place}: {error}") from error


def _policy(told: object) -> Policy:
    if not isinstance(told, Mapping):
        raise ValueError("phải là các dòng “từ: giá trị”.")  # noqa: TRY004 — one kind of error for one kind of mistake
    known = {each.name for each in fields(Policy)}
    if unknown := sorted(map(str, set(told) - known)):
        raise ValueError(f"không có từ “{unknown[0]}”; dùng được: {', '.join(sorted(known))}.")
    usual = Policy()
    grace, closed = _days(told, "handover_grace"), _days(told, "rescan_closed_days")
    return Policy(
        intake=_rule(told, "intake") or usual.intake,
        supplement_max=_days(told, "supplement_max"),
        apology_max=_days(told, "apology_max"),
        follow_calendar=_switch(told, "follow_calendar", default=usual.follow_calendar),
        remind_half=_switch(told, "remind_half", default=usual.remind_half),
        remind_before=_days(told, "remind_before"),
        apology_lead=_days(told, "apology_lead"),
        handover_cutoff=_clock(told, "handover_cutoff") or usual.handover_cutoff,
        handover_grace=usual.handover_grace if grace is None else grace,
        supplement_wait=_rule(told, "supplement_wait"),
        escalate_overdue=_days(told, "escalate_overdue"),
        escalate_returns=_days(told, "escalate_returns"),
        uncollected=_ages(told.get("uncollected")),
        rescan_days=_days(told, "rescan_days"),
        rescan_closed_days=usual.rescan_closed_days if closed is None else closed,
        sign_online=_switch(told, "sign_online", default=usual.sign_online),
    )


def _switch(told: Mapping[str, object], name: str, *, default: bool) -> bool:
    value = told.get(name)
    if value is None:
        return default
    if not isinstance(value, bool):
        raise ValueError(f"{name} phải là true hoặc false.")  # noqa: TRY004
    return value


def _days(told: Mapping[str, object], name: str) -> int | None:
    value = told.get(name)
    return None if value is None else _whole(name, value)


def _whole(name: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MOST_DAYS:
        raise ValueError(f"{name} phải là số nguyên từ 0 đến {_MOST_DAYS}.")
    return value


def _clock(told: Mapping[str, object], name: str) -> time | None:
    """A time of day, `15:00`."""
    value = told.get(name)
    if value is None:
        return None
    try:
        return time.fromisoformat(str(value))
    except ValueError:
        raise ValueError(f'{name} phải là giờ, ví dụ "15:00".') from None


def _ages(value: object) -> tuple[int, ...]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise ValueError("uncollected phải là danh sách số ngày, ví dụ [5, 15, 30].")  # noqa: TRY004
    return tuple(sorted({_whole("uncollected", each) for each in value}))


def _rule(told: Mapping[str, object], name: str) -> DeadlineRule | None:
    value = told.get(name)
    if value is None:
        return None
    parts = value if isinstance(value, Mapping) and set(value) == {"amount", "unit"} else {}
    try:
        return DeadlineRule(Decimal(str(parts.get("amount"))), Unit(str(parts.get("unit"))))
    except (ValueError, InvalidOperation):
        units = ", ".join(unit.value for unit in Unit)
        raise ValueError(f"{name} phải có dạng {{amount: 8, unit: working_hour}}; đơn vị: {units}.") from None
