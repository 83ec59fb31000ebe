"""Other layouts of a record → the one that is read: nothing is left out, what is rearranged is told.

Three were met: the message of the national database (`MATTHC`, lists of objects with names in capitals), a crawl that keeps each
part of the public page as one text with its table run together (“Hình thức nộpThời gianPhí, lệ phíMô tảTrực tuyến3 Ngày làm
việc…”), and records with English keys in nested groups. Keys of groups become `group.key`, so that a path still leads there.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from definitions.importing.record import page
from definitions.importing.record.keys import RECORD, named

_LEVELS: Final = {"0": "Cấp bộ", "1": "Cấp tỉnh", "2": "Cấp huyện", "3": "Cấp xã"}
_CHANNELS: Final = {"1": "Trực tiếp", "2": "Trực tuyến", "3": "Dịch vụ bưu chính"}
_NAMES: Final = ("TENDONVI", "TENLINHVUC", "TENDOITUONG", "TENKETQUA", "TENCAP", "TENTUKHOA")
_GROUPS: Final = frozenset({"procedure", "jurisdiction", "source", "relations"})


@dataclass
class Laid:
    """`told`: by key of `data`, why it is no longer as the source has it."""

    data: dict[str, Any]
    told: dict[str, str] = field(default_factory=dict)


def laid_out(data: Mapping[str, Any]) -> Laid:
    if {"MATTHC", "TENTTHC"} <= data.keys():
        return _message(data)
    return _page(_flat(data))


def _flat(data: Mapping[str, Any]) -> dict[str, Any]:
    """Groups of an English record one level up; anything else stays."""
    found: dict[str, Any] = {}
    for key, value in data.items():
        if key in _GROUPS and isinstance(value, dict) and not {f"{key}.{k}" for k in value} & data.keys():
            found |= {f"{key}.{inner}": each for inner, each in value.items()}
        else:
            found[key] = value
    return found


def _page(data: dict[str, Any]) -> Laid:
    laid = Laid(dict(data))
    keys = named(data, RECORD)
    for part, read in (("ways", page.ways), ("papers", page.papers), ("basis", page.basis)):
        text = data.get(keys.get(part, ""))
        rows = read(text) if isinstance(text, str) else None
        if rows:
            laid.data[keys[part]] = rows
            laid.told[keys[part]] = (
                "Bảng của trang nằm liền trong một dòng chữ; bộ nhập tách lại thành từng dòng."
            )
    text = data.get(keys.get("result", ""))
    parts = page.result(text) if isinstance(text, str) else None
    if parts is not None:
        key = keys["result"]
        laid.data[key] = parts.pop("result")
        laid.data |= {f"{key}.{name}": value for name, value in parts.items() if value}
        laid.told[key] = "Kết quả nằm liền với phần cuối của trang; bộ nhập tách lại."
    return laid


def _message(data: Mapping[str, Any]) -> Laid:
    laid = Laid({})
    for key, value in data.items():
        rows = [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
        if not rows or len(rows) < len(value):
            laid.data[key] = value
        elif key == "CACHTHUCTHUCHIEN":
            laid.data[key] = [way for row in rows for way in _ways(row)]
        elif key == "TRINHTUTHUCHIEN":
            laid.data[key] = [line for row in rows for line in _steps(row, len(rows) > 1)]
        elif any(name in row for row in rows for name in _NAMES):
            _named_only(key, rows, laid)
            continue
        else:
            laid.data[key] = value
            continue
        if key in laid.data and laid.data[key] is not value:
            laid.told[key] = "Nhiều tầng trong gói tin; bộ nhập xếp lại thành từng dòng."
    return laid


def _named_only(key: str, rows: list[dict[str, Any]], laid: Laid) -> None:
    """`[{MADONVI, TENDONVI}]` → the names; what else each says under `KEY.MADONVI`."""
    names: list[object] = []
    others: dict[str, list[object]] = {}
    for row in rows:
        name = next((each for each in _NAMES if row.get(each)), None)
        code = str(row.get("CAPTHUCHIEN", ""))
        names.append(row[name] if name else _LEVELS.get(code, ""))
        for inner, value in row.items():
            if inner != name and value not in (None, "", []):
                others.setdefault(f"{key}.{inner}", []).append(value)
    laid.data[key] = [each for each in names if each not in (None, "")]
    laid.data |= others


def _ways(row: dict[str, Any]) -> list[dict[str, Any]]:
    """A channel with several times, each with several fees: one row for each time."""
    code = str(row.get("KENH", ""))
    rest = {key: value for key, value in row.items() if key not in {"KENH", "THOIGIAN"}}
    times = row.get("THOIGIAN")
    found = []
    for at, time in enumerate(times if isinstance(times, list) and times else [{}]):
        if not isinstance(time, dict):
            rest[f"THOIGIAN.{at}"] = time
            continue
        amount = " ".join(str(time[k]) for k in ("THOIGIANGIAIQUYET", "DONVITINH") if time.get(k))
        fees, others = _fees(time.get("PHILEPHI"))
        made = {"hình thức": _CHANNELS.get(code, code), "thời hạn": amount, "phí, lệ phí": fees}
        made["mô tả"] = str(time.get("MOTA") or "")
        used = {"THOIGIANGIAIQUYET", "DONVITINH", "PHILEPHI", "MOTA"}
        made |= others | {key: value for key, value in time.items() if key not in used}
        found.append(made | (rest if at == 0 else {}))
    return found or [rest | {"hình thức": _CHANNELS.get(code, code)}]


def _fees(value: object) -> tuple[str, dict[str, Any]]:
    said, others = [], {}
    for at, fee in enumerate(value if isinstance(value, list) else []):
        if not isinstance(fee, dict):
            others[f"PHILEPHI.{at}"] = fee
            continue
        amount = " ".join(str(fee[k]) for k in ("SOTIEN", "DONVI") if fee.get(k))
        note = str(fee.get("MOTA") or "")
        said.append(f"{amount} ({note})" if amount and note else amount or note)
        used = {"SOTIEN", "DONVI", "MOTA"}
        others |= {f"PHILEPHI.{at}.{k}": v for k, v in fee.items() if k not in used and v not in (None, "")}
    return "; ".join(each for each in said if each), others


def _steps(row: dict[str, Any], several: bool) -> list[object]:
    case = str(row.get("TRUONGHOP") or "").strip()
    lines: list[object] = [f"{case}:"] if case and (several or case) else []
    steps = row.get("TRINHTU")
    for step in steps if isinstance(steps, list) else []:
        lines += list(step.values()) if isinstance(step, dict) else [step]
    return lines + [value for key, value in row.items() if key not in {"TRUONGHOP", "TRINHTU"} and value]
