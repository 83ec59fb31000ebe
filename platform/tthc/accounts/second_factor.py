"""One-time codes (TOTP, RFC 6238) beside the password, for those who approve and decide.

The secret is kept encrypted with a key made of the installation's `TTHC_SECRET_KEY`; a code counts once; eight recovery
codes, kept as hashes, stand in for a lost telephone once each. `now` is always given.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

import pyotp
from cryptography.fernet import InvalidToken

from rules.i18n import gettext, noted
from tthc.accounts.boxes import box
from tthc.accounts.documents import AccountDocument
from tthc.accounts.service import AccountError

STEP: Final = 30  # seconds that a code lasts
EITHER_SIDE: Final = 1  # codes before and after, for clocks that go wrong
RECOVERY_CODES: Final = 8
LOCK_AFTER: Final = 5
LOCK_FOR: Final = timedelta(minutes=15)
_CLEAR: Final = "abcdefghjkmnpqrstuvwxyz23456789"

WRONG: Final = noted(
    "Mã chưa đúng hoặc đã dùng. Ông/bà đợi ứng dụng hiện mã mới rồi nhập lại; kiểm tra giờ của điện thoại "
    "có tự động theo mạng không."
)
RESTS: Final = noted(
    "Nhập sai mã {times} lần liên tiếp nên tạm nghỉ {minutes} phút. Ông/bà thử lại sau, "
    "hoặc nhờ quản trị hệ thống nếu mất điện thoại."
)
GONE: Final = noted("Chưa có mã nào đang chờ xác nhận. Ông/bà mở lại trang này để lấy mã mới.")


@dataclass(frozen=True, slots=True)
class Standing:
    """Of an account: whether codes are asked for, and how many recovery codes are left."""

    on: bool
    recovery_left: int


class SecondFactor:
    """Reads and writes the second factor's part of the accounts."""

    def __init__(self, secret_key: str) -> None:
        self._box = box(secret_key, "second factor")

    def standing(self, key: str) -> Standing:
        row = _row(key)
        return Standing(bool(row.get("totp_secret")), len(row.get("recovery") or ()))

    def start(self, key: str) -> str:
        """The secret to be put into the application on the telephone, base32; the same until it is confirmed."""
        waiting = self._open(_row(key).get("totp_pending"))
        if waiting is None:
            waiting = pyotp.random_base32()
            AccountDocument.objects(id=key).update_one(set__totp_pending=self._shut(waiting))
        return waiting

    def confirm(self, key: str, code: str, now: datetime) -> tuple[str, ...]:
        """Codes are asked for from now on, once one of the new secret was given; the recovery codes, shown this once.

        Raises:
            AccountError: the code is wrong, or nothing waits to be confirmed.
        """
        waiting = self._open(_row(key).get("totp_pending"))
        if waiting is None:
            raise AccountError(gettext(GONE), "code")
        step = _step_of(waiting, code, now, after=-1)
        if step is None:
            raise AccountError(gettext(WRONG), "code")
        recovery = tuple(_recovery_code() for _ in range(RECOVERY_CODES))
        AccountDocument.objects(id=key).update_one(
            set__totp_secret=self._shut(waiting),
            unset__totp_pending=1,
            set__totp_step=step,
            set__totp_failures=0,
            unset__totp_locked_until=1,
            set__recovery=[_hash(each) for each in recovery],
        )
        return recovery

    def check(self, key: str, code: str, now: datetime) -> None:
        """Take a code of the telephone or a recovery code; each counts once, whoever sends it twice at one moment.

        Raises:
            AccountError: it is wrong, or so many were wrong that the account rests.
        """
        AccountDocument.objects(id=key, totp_locked_until__lte=now).update_one(
            set__totp_failures=0, unset__totp_locked_until=1
        )
        counted = AccountDocument.objects(id=key, totp_locked_until=None).modify(
            inc__totp_failures=1, new=True
        )
        if counted is None:
            raise AccountError(_rests(), "code")
        if counted.totp_failures >= LOCK_AFTER:
            AccountDocument.objects(id=key).update_one(set__totp_locked_until=now + LOCK_FOR)
        if not self._take(key, code, now):
            raise AccountError(_rests() if counted.totp_failures >= LOCK_AFTER else gettext(WRONG), "code")
        AccountDocument.objects(id=key).update_one(set__totp_failures=0, unset__totp_locked_until=1)

    def remove(self, key: str) -> None:
        """No codes any more: the telephone was lost, or their owner wants a new one."""
        AccountDocument.objects(id=key).update_one(
            unset__totp_secret=1,
            unset__totp_pending=1,
            unset__totp_step=1,
            set__totp_failures=0,
            unset__totp_locked_until=1,
            set__recovery=[],
        )

    def _take(self, key: str, code: str, now: datetime) -> bool:
        row = _row(key)
        secret = self._open(row.get("totp_secret"))
        step = None if secret is None else _step_of(secret, code, now, after=row.get("totp_step") or -1)
        if step is not None:
            taken = AccountDocument.objects(
                __raw__={"_id": key, "$or": [{"totp_step": {"$lt": step}}, {"totp_step": None}]}
            )
            return bool(taken.update_one(set__totp_step=step))
        hashed = _hash(code)
        return bool(AccountDocument.objects(id=key, recovery=hashed).update_one(pull__recovery=hashed))

    def _shut(self, secret: str) -> str:
        return self._box.encrypt(secret.encode()).decode()

    def _open(self, kept: str | None) -> str | None:
        """Nothing where nothing is kept, or where it was kept under another key of the installation."""
        try:
            return self._box.decrypt(kept.encode()).decode() if kept else None
        except InvalidToken:
            return None


def address(secret: str, login: str, issuer: str) -> str:
    """What the QR code says (`otpauth://…`)."""
    return str(pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=login, issuer_name=issuer))


def _rests() -> str:
    return gettext(RESTS).format(times=LOCK_AFTER, minutes=LOCK_FOR.seconds // 60)


def _step_of(secret: str, code: str, now: datetime, *, after: int) -> int | None:
    """The step of time whose code this is, if it is later than `after`."""
    typed = "".join(code.split())
    totp = pyotp.TOTP(secret, interval=STEP)
    current = int(now.timestamp()) // STEP
    for step in range(current - EITHER_SIDE, current + EITHER_SIDE + 1):
        if step > after and secrets.compare_digest(totp.generate_otp(step).encode(), typed.encode()):
            return step
    return None


def _recovery_code() -> str:
    return "-".join("".join(secrets.choice(_CLEAR) for _ in range(4)) for _ in range(3))


def _hash(code: str) -> str:
    """Recovery codes hold 59 bits of chance: nobody finds one by trying, so a quick hash is enough."""
    return hashlib.sha256("".join(code.split()).casefold().encode()).hexdigest()


def _row(key: str) -> dict[str, Any]:
    return AccountDocument.objects(id=key).as_pymongo().first() or {}
