"""Amounts and days in words (số tiền, ngày tháng bằng chữ), as receipts, contracts and civil status papers read them.

`num2words` 0.5 reads 1.005.000 as “một triệu năm nghìn” and 2.500 billion as “hai nghìn tỷ năm trăm
tỷ”; papers say the hundreds that are zero, hence these forty lines.
"""

from datetime import date
from typing import Final

_DIGITS: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES: Final = ("", "nghìn", "triệu")


def in_words(number: int) -> str:
    """1005000 → `một triệu không trăm linh năm nghìn`. Hundreds that are zero are said inside a number, so that no
    digit can be slipped in between.
    """
    if number < 0:
        return f"âm {in_words(-number)}"
    if number == 0:
        return _DIGITS[0]
    return " ".join(_upwards(number, full=False))


def money_in_words(amount: int, currency: str = "đồng") -> str:
    """21000 → `Hai mươi mốt nghìn đồng`."""
    words = in_words(amount)
    return f"{words[:1].upper()}{words[1:]} {currency}"


def date_in_words(day: date) -> str:
    """2/4/2026 → `Ngày mùng hai tháng tư năm hai nghìn không trăm hai mươi sáu`, as civil status papers read it."""
    number = f"mùng {in_words(day.day)}" if day.day <= 10 else in_words(day.day)
    month = "tư" if day.month == 4 else in_words(day.month)
    return f"Ngày {number} tháng {month} năm {in_words(day.year)}"


def day_in_letter(day: date) -> str:
    """`ngày 05 tháng 3 năm 2026`: days below 10 and months 1, 2 take a leading nought (NĐ 30/2020, phụ lục I)."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def _upwards(number: int, *, full: bool) -> list[str]:
    """`number` in billions (tỷ, of which there may be thousands and millions again) and what is below one. `full`:
    something was said before it.
    """
    billions, rest = divmod(number, 1_000_000_000)
    words = [*_upwards(billions, full=False), "tỷ"] if billions else []
    full = full or bool(billions)
    for power in (2, 1, 0):
        group = rest // 1000**power % 1000
        if group:
            words += _group(group, full=full)
            if _SCALES[power]:
                words.append(_SCALES[power])
            full = True
    return words


def _group(group: int, *, full: bool) -> list[str]:
    """Three digits; `full`: the hundreds are said even if zero."""
    hundreds, rest = divmod(group, 100)
    tens, ones = divmod(rest, 10)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or full else []
    if tens == 0:
        if ones:
            words += ["linh", _DIGITS[ones]] if words else [_DIGITS[ones]]
        return words
    words += ["mười"] if tens == 1 else [_DIGITS[tens], "mươi"]
    if ones:
        words.append(_last(tens, ones))
    return words


def _last(tens: int, ones: int) -> str:
    if ones == 5:
        return "lăm"
    if tens > 1 and ones in {1, 4}:
        return "mốt" if ones == 1 else "tư"
    return _DIGITS[ones]
