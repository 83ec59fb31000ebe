"""Passwords: how they are kept (argon2id) and which are refused (Đ10.1c)."""

import secrets
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from rules.i18n import gettext

MIN_LENGTH = 10
MAX_LENGTH = 200

_COMMON = frozenset(
    [
        "1234567890",
        "12345678910",
        "0123456789",
        "0987654321",
        "9876543210",
        "1111111111",
        "0000000000",
        "1122334455",
        "1234512345",
        "password12",
        "password123",
        "password1234",
        "qwertyuiop",
        "qwerty12345",
        "1q2w3e4r5t",
        "adminadmin",
        "admin12345",
        "admin123456",
        "matkhau123",
        "matkhau1234",
        "matkhau12345",
        "iloveyou123",
        "anhyeuem123",
        "emyeuanh123",
        "vietnam123",
        "vietnam1234",
        "sonla12345",
        "sonla123456",
        "abc1234567",
        "abcd123456",
        "aa12345678",
        "aaaaaaaaaa",
        "dichvucong",
        "motcua1234",
    ]
)


def weakness(password: str, *, login: str = "", name: str = "") -> str | None:
    """Why this password may not be used, as a sentence that says what to do; `None` when it may."""
    text = unicodedata.normalize("NFKC", password)
    folded = text.casefold()
    if len(text) < MIN_LENGTH:
        told = gettext("Đặt mật khẩu dài ít nhất {n} ký tự; một câu ngắn dễ nhớ là tốt nhất.")
        return told.format(n=MIN_LENGTH)
    if len(text) > MAX_LENGTH:
        return gettext("Đặt mật khẩu không quá {n} ký tự.").format(n=MAX_LENGTH)
    own = {part.casefold() for part in (login, name, login.partition("@")[0]) if part}
    if folded in own or folded.replace(" ", "") in own:
        return gettext("Đặt mật khẩu khác với tên đăng nhập và họ tên của ông/bà.")
    if folded in _COMMON or len(set(folded)) < 4:
        return gettext(
            "Mật khẩu này quá dễ đoán; đặt mật khẩu khác, ví dụ ghép vài từ không liên quan với nhau."
        )
    return None


_CLEAR = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another on paper


def initial() -> str:
    """A password to be shown once and changed at the first signing in (Đ25.5): 79 bits, in four groups."""
    return "-".join("".join(secrets.choice(_CLEAR) for _ in range(4)) for _ in range(4))


class Hasher:
    """Argon2id. The parameters are the operator's; tests pass cheap ones."""

    def __init__(self, *, time_cost: int = 3, memory_kib: int = 65_536, parallelism: int = 2) -> None:
        self._argon = PasswordHasher(
            time_cost=time_cost, memory_cost=memory_kib, parallelism=parallelism, hash_len=32, salt_len=16
        )
        self._nobody = self._argon.hash("nobody has this password")

    def make(self, password: str) -> str:
        return self._argon.hash(unicodedata.normalize("NFKC", password))

    def fits(self, stored: str | None, password: str) -> bool:
        """Takes as long when there is no such account, so that nobody learns who has one."""
        try:
            self._argon.verify(stored or self._nobody, unicodedata.normalize("NFKC", password))
        except (VerificationError, InvalidHashError):
            return False
        return stored is not None

    def outdated(self, stored: str) -> bool:
        """True when the parameters were raised since this hash was made."""
        return self._argon.check_needs_rehash(stored)
