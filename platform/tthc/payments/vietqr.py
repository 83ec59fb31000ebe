"""The text of a VietQR code: EMVCo merchant-presented QR for a transfer to one account (NAPAS 247), with its CRC. Pure."""

from dataclasses import dataclass
from typing import Final

_NAPAS: Final = "A000000727"
_TO_ACCOUNT: Final = "QRIBFTTA"
_DONG: Final = "704"
_VIETNAM: Final = "VN"
MOST_WORDS: Final = 25


@dataclass(frozen=True, slots=True)
class BankAccount:
    """Where money is sent. `bin`: six digits that name the bank; `name`: of whoever holds it, as the bank writes it."""

    bin: str
    number: str
    name: str
    bank: str = ""


def payload(account: BankAccount, amount: int, words: str) -> str:
    """What the QR code says: this amount, whole đồng, to this account, with these words.

    Raises ValueError for words that the field does not hold.
    """
    if not words.isascii() or not words.isalnum() or len(words) > MOST_WORDS:
        raise ValueError(f"the words of a transfer are at most {MOST_WORDS} letters and digits: {words!r}")
    beneficiary = _field("00", account.bin) + _field("01", account.number)
    told = "".join(
        (
            _field("00", "01"),
            _field("01", "12"),  # for one transfer, not to be used again
            _field("38", _field("00", _NAPAS) + _field("01", beneficiary) + _field("02", _TO_ACCOUNT)),
            _field("53", _DONG),
            _field("54", str(amount)),
            _field("58", _VIETNAM),
            _field("62", _field("08", words)),
            "6304",
        )
    )
    return f"{told}{crc16(told):04X}"


def crc16(text: str) -> int:
    """CRC-16/CCITT-FALSE (polynomial 1021, start FFFF), as EMVCo asks."""
    value = 0xFFFF
    for byte in text.encode("ascii"):
        value ^= byte << 8
        for _ in range(8):
            value = (value << 1) ^ 0x1021 if value & 0x8000 else value << 1
            value &= 0xFFFF
    return value


def _field(tag: str, value: str) -> str:
    return f"{tag}{len(value):02d}{value}"
