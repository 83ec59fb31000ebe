"""Numbers, dates, names and remaining time as their reader expects them; also the Jinja filters of those names.

Aware datetimes are shown in Vietnam's time whatever zone they carry; a naive one is refused.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final, Literal
from zoneinfo import ZoneInfo

from forms import words
from rules.calendar import english_day
from rules.i18n import gettext, language, ngettext, noted

TZ: Final = ZoneInfo("Asia/Ho_Chi_Minh")
WEEKDAYS: Final = (
    noted("thứ Hai"),
    noted("thứ Ba"),
    noted("thứ Tư"),
    noted("thứ Năm"),
    noted("thứ Sáu"),
    noted("thứ Bảy"),
    noted("Chủ nhật"),
)

Tone = Literal["", "info", "ok", "warn", "bad"]

_BARRED: Final = str.maketrans("đĐ", "dD")  # vi: letters


def unmarked(text: str) -> str:
    """Letters without their marks: `Đơn đã nộp` → `Don da nop`."""
    bare = unicodedata.normalize("NFD", text.translate(_BARRED))
    return "".join(c for c in bare if not unicodedata.combining(c))


def folded(text: str) -> str:
    """In lower case and unmarked, as texts are compared when they are searched: `nguyen` is `Nguyễn`."""
    return unmarked(text.casefold())


def number(value: Decimal | float) -> str:
    """1234.5 → `1.234,5`; `1,234.5`."""
    whole, _, part = f"{value:,}".partition(".")
    part = part.rstrip("0")
    if language() == "en":
        return f"{whole}.{part}" if part else whole
    whole = whole.replace(",", ".")
    return f"{whole},{part}" if part else whole


def money(amount: Decimal | float | None) -> str:
    """Whole đồng: 21000 → `21.000 đồng`, `21,000 VND`; nothing owed is said, not shown as a zero."""
    if amount is None:
        return ""
    return gettext("{amount} đồng").format(amount=number(amount)) if amount else gettext("Không thu")


def there(instant: datetime) -> datetime:
    """The instant on a Vietnamese clock."""
    if instant.tzinfo is None:
        raise ValueError(f"Thời điểm {instant.isoformat(sep=' ')} không có múi giờ.")
    return instant if instant.tzinfo is TZ else instant.astimezone(TZ)


def _day(value: date) -> date:
    return there(value).date() if isinstance(value, datetime) else value


def day(value: date | None) -> str:
    """`25/11/2026`; `25 Nov 2026`."""
    if value is None:
        return ""
    value = _day(value)
    return english_day(value) if language() == "en" else f"{value:%d/%m}/{value.year}"


def day_long(value: date | None) -> str:
    """`25/11/2026 (thứ Tư)`; `25 Nov 2026 (Wednesday)`."""
    if value is None:
        return ""
    value = _day(value)
    return f"{day(value)} ({gettext(WEEKDAYS[value.weekday()])})"


def instant(value: datetime | None) -> str:
    """`09:00 ngày 25/11/2026 (thứ Tư)`; `09:00 on 25 Nov 2026 (Wednesday)`."""
    if value is None:
        return ""
    return gettext("{clock} ngày {day}").format(clock=f"{there(value):%H:%M}", day=day_long(value))


def clock(value: datetime | None) -> str:
    """`14:32`."""
    return "" if value is None else f"{there(value):%H:%M}"


def iso(value: date | None) -> str:
    """For `<time datetime>`."""
    if value is None:
        return ""
    return there(value).isoformat(timespec="minutes") if isinstance(value, datetime) else value.isoformat()


def day_in_letter(value: date) -> str:
    """`ngày 05 tháng 3 năm 2026` (`forms.words`)."""
    return words.day_in_letter(_day(value))


def instant_in_letter(value: datetime) -> str:
    """`9 giờ 05 phút, ngày 25 tháng 11 năm 2026`."""
    local = there(value)
    clock = f"{local.hour} giờ {local.minute:02} phút"  # vi: letters are written so
    return f"{clock}, {day_in_letter(local)}"


@dataclass(frozen=True, slots=True)
class DueWords:
    """A due badge: what it says, its tone and its icon. Shown beside the absolute date, never alone."""

    text: str
    tone: Tone
    icon: str


def due_words(due: datetime | None, now: datetime, *, paused: bool = False, done: bool = False) -> DueWords:
    """How much is left, in the words of the lists: «còn 2 ngày», «hôm nay», «quá hạn 1 ngày» (calendar days)."""
    if done:
        return DueWords(gettext("đã xong"), "ok", "check")
    if paused:
        return DueWords(gettext("tạm dừng tính giờ"), "info", "pause")
    if due is None:
        return DueWords(gettext("chưa có hạn"), "", "clock")
    days = (there(due).date() - there(now).date()).days
    if now > due:
        if days < 0:
            late = ngettext("quá hạn {n} ngày", "quá hạn {n} ngày", -days).format(n=-days)
            return DueWords(late, "bad", "alert")
        hours = int((now - due).total_seconds() // 3600)
        late = ngettext("quá hạn {n} giờ", "quá hạn {n} giờ", hours) if hours else gettext("vừa quá hạn")
        return DueWords(late.format(n=hours), "bad", "alert")
    if days == 0:
        return DueWords(gettext("hôm nay, trước {clock}").format(clock=clock(due)), "warn", "clock")
    left = ngettext("còn {n} ngày", "còn {n} ngày", days).format(n=days)
    return DueWords(left, "warn" if days == 1 else "ok", "clock")


def phone(text: str | None) -> str:
    """`0912345678` → `0912 345 678`; what is not a Vietnamese number is left as it is."""
    if not text:
        return ""
    digits = re.sub(r"^\+84", "0", re.sub(r"[\s.\-]", "", text))
    if not (digits.isascii() and digits.isdecimal() and digits.startswith("0")):
        return text
    if len(digits) == 10:
        return f"{digits[:4]} {digits[4:7]} {digits[7:]}"
    return f"{digits[:4]} {digits[4:8]} {digits[8:]}" if len(digits) == 11 else text


def mask_name(name: str | None) -> str:
    """`Nguyễn Văn An` → `Nguyễn V** A*`: enough for its owner to know it, not for others."""
    words = (name or "").split()
    return " ".join([*words[:1], *(word[0] + "*" * (len(word) - 1) for word in words[1:])]) if words else ""


def mask_number(text: str | None) -> str:
    """`014090001234` → `014******234`; shorter than 7 characters, nothing is left to read."""
    text = (text or "").strip()
    return f"{text[:3]}{'*' * (len(text) - 6)}{text[-3:]}" if len(text) > 6 else "*" * len(text)


def together(text: str) -> str:
    """The last three words of a long name on one line: `… NHÂN DÂN / XÃ CHIỀNG MAI`, never `… XÃ CHIỀNG / MAI`."""
    parts = text.split(" ")
    return " ".join([*parts[:-3], "\N{NO-BREAK SPACE}".join(parts[-3:])]) if len(parts) > 5 else text


def size(octets: int) -> str:
    """`1,4 MB`, `320 kB`."""
    if octets >= 1_000_000:
        return f"{number(round(Decimal(octets) / 1_000_000, 1))} MB"
    return f"{max(1, round(octets / 1000))} kB" if octets else "0 kB"


_BROWSERS: Final = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("CocCoc", "Cốc Cốc"),  # vi: its name
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS: Final = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", noted("máy Mac")),
    ("Linux", "Linux"),
)


def browser_name(agent: str) -> str:
    """What a browser says of itself, as its owner knows it: `Chrome trên Android`."""
    program = next((name for mark, name in _BROWSERS if mark in agent), "") or gettext("Trình duyệt")
    system = next((gettext(name) for mark, name in _SYSTEMS if mark in agent), "")
    return gettext("{program} trên {system}").format(program=program, system=system) if system else program


FILTERS: Final[Mapping[str, Callable[..., object]]] = {
    "number": number,
    "money": money,
    "day": day,
    "day_long": day_long,
    "instant": instant,
    "clock": clock,
    "iso": iso,
    "day_in_letter": day_in_letter,
    "instant_in_letter": instant_in_letter,
    "due_words": due_words,
    "phone": phone,
    "mask_name": mask_name,
    "mask_number": mask_number,
    "size": size,
    "browser_name": browser_name,
    "together": together,
}
