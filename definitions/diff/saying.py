"""Changes in words: what an officer reads before saying yes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from definitions.diff.model import Change

_LONGEST: Final = 120
_PARTS: Final[Mapping[str, str]] = {
    "procedure": "thủ tục",
    "page": "trang",
    "field": "trường",
    "option": "lựa chọn",
    "check": "kiểm tra",
    "case": "trường hợp",
    "paper": "giấy tờ",
    "fee": "khoản thu",
    "fee_row": "dòng của bảng phí",
    "fee_input": "cột của bảng phí",
    "exemption": "miễn, giảm",
    "deadline": "dòng thời hạn",
    "more_time": "thời gian cộng thêm",
    "step": "bước",
    "action": "thao tác",
    "event_rule": "quy tắc sự kiện",
    "branch": "nhánh",
    "legal_basis": "căn cứ pháp lý",
    "entry": "mục của danh mục",
    "document": "văn bản",
    "block": "đoạn của văn bản",
    "column": "cột",
    "example": "ví dụ",
    "translation": "bản dịch tiếng Anh",
}


def sentence(change: Change) -> str:
    """One change, whole: what, which one, from what to what."""
    name = named(change)
    if not change.key:
        match change.verb:
            case "added":
                return f"Thêm {name}."
            case "removed":
                return f"Bỏ {name}."
            case "moved" if isinstance(change.before, str):
                return f"Chuyển {name} từ trang “{change.before}” sang trang “{change.after}”."
            case "moved":
                return f"Đổi thứ tự {name}: từ vị trí {change.before} sang vị trí {change.after}."
            case _:
                return f"{_capital(name)} đổi từ {shown(change.before)} thành {shown(change.after)}."
    start = "" if change.part == "procedure" else f"{_capital(name)}: "
    title = change.title if start else _capital(change.title)
    match change.verb:
        case "added":
            return f"{start}{title}: thêm {shown(change.after)}."
        case "removed":
            return f"{start}{title}: bỏ (trước là {shown(change.before)})."
        case _:
            return f"{start}{title}: đổi từ {shown(change.before)} thành {shown(change.after)}."


def part_word(part: str) -> str:
    """What kind of thing a part is: «trường», «khoản thu»."""
    return _PARTS.get(part, part)


def shown(value: Any) -> str:
    """A raw value as people read it: `có`, `1.234`, «chữ», a list with commas."""
    if value is None:
        return "trống"
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, str):
        return f"“{_short(value)}”"
    if isinstance(value, Mapping):
        return _short("; ".join(f"{key}: {shown(each)}" for key, each in value.items()))
    if isinstance(value, (list, tuple)):
        return _short(", ".join(map(shown, value))) or "danh sách trống"
    return f"{value:,}".translate(str.maketrans(",.", ".,"))


def named(change: Change) -> str:
    """What changed: `trường “Họ và tên” (full_name)`."""
    part = part_word(change.part)
    if change.part == "procedure":
        return part
    if change.part == "translation":
        return f"{part} của “{_short(change.label)}”"
    name = change.id.rpartition(".")[2]
    if name.isdecimal():
        return f"{part} thứ {name}" + (f" của “{_short(change.label)}”" if change.label else "")
    return f"{part} “{_short(change.label)}” ({change.id})" if change.label else f"{part} ({change.id})"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
