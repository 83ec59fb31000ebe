"""Codes that prove that a telephone number or an e-mail address is somebody's (Đ10.1a).

A code has six digits, lasts ten minutes and may be tried five times; it can be sent again after a minute, and an address
gets five an hour at the most, whoever asks. What waits for the code lies encrypted in one row, found by a token that only
the browser that began has: guessing a code is of no use without it. Nothing here tells whether an address has an account:
where it has one already (or none, for a lost password) the same page comes, and no code is right. `now` is always given.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, Literal

from pymongo import ASCENDING, DESCENDING, ReturnDocument
from pymongo.database import Database

from renderers.text import clock as clock_words
from rules.calendar import TZ
from rules.i18n import gettext, noted
from tthc.accounts.boxes import box
from tthc.accounts.letters import Letters
from tthc.accounts.service import AccountError
from tthc.notices.masking import masked_address

Purpose = Literal["register", "contact", "password"]

DIGITS: Final = 6
LASTS: Final = timedelta(minutes=10)
WAITS: Final = timedelta(hours=1)  # how long what was typed is kept for a code sent again
TRIES: Final = 5
AGAIN_AFTER: Final = timedelta(seconds=60)
AN_HOUR: Final = 5
PURPOSES: Final[Mapping[Purpose, str]] = {
    "register": "mở tài khoản",  # vi: sent in a letter
    "contact": "xác nhận nơi nhận thông báo",  # vi: sent in a letter
    "password": "đặt lại mật khẩu",  # vi: sent in a letter
}
WRONG: Final = noted("Mã chưa đúng. Ông/bà xem lại mã trong tin nhắn hoặc thư mới nhất; còn {left} lần thử.")
SPENT: Final = noted(
    "Mã này đã nhập sai quá nhiều lần nên không dùng được nữa; bấm “Gửi lại mã” để lấy mã khác."
)
EXPIRED: Final = noted("Mã đã hết hạn; bấm “Gửi lại mã” để lấy mã khác.")
GONE: Final = noted("Đã quá lâu hoặc mã đã dùng rồi; ông/bà làm lại từ đầu.")


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a code. `contact`: as it was typed; `shown`: covered; `again_at`: when a code may be sent again.

    `letter`: the one that carries the code now, empty where none does. `payload`: what is done once the code was right. `account`: whose, where there is one.
    """

    id: str
    purpose: Purpose
    contact: str
    shown: str
    account: str | None
    letter: str
    payload: Mapping[str, Any]
    sent_at: datetime
    again_at: datetime
    expires_at: datetime


class ContactCodes:
    """The collections `contact_codes` (one row a wish) and `contact_sends` (one row a letter, for the limit)."""

    def __init__(self, database: Database[dict[str, Any]], secret_key: str, letters: Letters) -> None:
        self._rows = database["contact_codes"]
        self._sends = database["contact_sends"]
        self._letters = letters
        self._box = box(secret_key, "contact codes")
        self._key = hashlib.sha256(b"tthc contact codes " + secret_key.encode()).digest()

    def ensure_indexes(self) -> None:
        self._rows.create_index([("ends_at", ASCENDING)])
        self._sends.create_index([("contact", ASCENDING), ("at", DESCENDING)])

    def begin(
        self,
        purpose: Purpose,
        contact: str,
        now: datetime,
        *,
        account: str | None = None,
        payload: Mapping[str, Any] | None = None,
        known: bool = False,
        nobody: bool = False,
    ) -> str:
        """Send a code; the token by which the browser goes on.

        `contact`: a normal telephone number or e-mail address. `known`: it belongs to an account already, whose owner is
        told so instead; `nobody`: there is no account to help, and nothing is sent. Both look the same from outside.

        Raises:
            AccountError: the address got as many codes as it may within an hour.
        """
        self._rows.delete_many({"ends_at": {"$lte": now}})
        self._allow(contact, now)
        token = secrets.token_urlsafe(24)
        row = {
            "_id": _hashed(token),
            "purpose": purpose,
            "contact": contact,
            "account": account,
            "box": self._box.encrypt(json.dumps(dict(payload or {})).encode()).decode(),
            "decoy": "known" if known else "nobody" if nobody else "",
            "made_at": now,
            "ends_at": now + WAITS,
        }
        self._rows.insert_one({**row, **self._fresh(row, now)})
        return token

    def again(self, token: str, purpose: Purpose, now: datetime) -> None:
        """Another code in place of the one before. Raises AccountError: too soon, too many, or nothing waits."""
        row = self._row(token, purpose, now)
        if now < row["sent_at"] + AGAIN_AFTER:
            raise AccountError(
                gettext("Mã vừa được gửi. Chờ {seconds} giây rồi hãy bấm gửi lại.").format(
                    seconds=AGAIN_AFTER.seconds
                ),
                "code",
            )
        # of two presses at one moment one sends
        taken = self._rows.update_one(
            {"_id": row["_id"], "sent_at": row["sent_at"]}, {"$set": {"sent_at": now}}
        )
        if not taken.modified_count:
            return
        self._allow(row["contact"], now)
        self._rows.update_one({"_id": row["_id"]}, {"$set": self._fresh(row, now)})

    def waiting(self, token: str, purpose: Purpose, now: datetime) -> Waiting | None:
        """What waits for the code of this browser, if anything does."""
        try:
            return self._waiting(self._row(token, purpose, now))
        except AccountError:
            return None

    def take(self, token: str, purpose: Purpose, code: str, now: datetime) -> Waiting:
        """The code is right, once: what was waiting for it. A try is counted before the code is looked at.

        Raises:
            AccountError: it is wrong, too old, tried too often, or nothing waits.
        """
        row = self._row(token, purpose, now)
        counted = self._rows.find_one_and_update(
            {"_id": row["_id"], "tries": {"$lt": TRIES}},
            {"$inc": {"tries": 1}},
            return_document=ReturnDocument.AFTER,
        )
        if counted is None:
            raise AccountError(gettext(SPENT), "code")
        if now >= counted["expires_at"]:
            raise AccountError(gettext(EXPIRED), "code")
        typed = self._hash(counted["_id"], "".join(code.split()))
        right = hmac.compare_digest(typed, counted["code"]) and not counted["decoy"]
        if not right:
            left = TRIES - counted["tries"]
            raise AccountError(gettext(WRONG).format(left=left) if left else gettext(SPENT), "code")
        if not self._rows.delete_one({"_id": counted["_id"], "code": counted["code"]}).deleted_count:
            raise AccountError(gettext(GONE), "code")
        return self._waiting(counted)

    def drop(self, token: str) -> None:
        """Nobody waits for this one any more."""
        self._rows.delete_one({"_id": _hashed(token)})

    def _fresh(self, row: Mapping[str, Any], now: datetime) -> dict[str, Any]:
        """A new code, sent; what the row keeps of it."""
        code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"
        words = {"purpose": PURPOSES[row["purpose"]], "minutes": LASTS.seconds // 60}
        self._sends.insert_one({"contact": row["contact"], "at": now})
        letter = ""
        if row["decoy"] == "known":
            letter = self._letters.put("known", row["contact"], words, now)
        elif not row["decoy"]:
            letter = self._letters.put("code", row["contact"], {**words, "code": code}, now, LASTS)
        return {
            "code": self._hash(row["_id"], code),
            "letter": letter,
            "tries": 0,
            "sent_at": now,
            "expires_at": now + LASTS,
        }

    def _allow(self, contact: str, now: datetime) -> None:
        self._sends.delete_many({"at": {"$lt": now - timedelta(days=1)}})
        recent = list(
            self._sends.find({"contact": contact, "at": {"$gt": now - timedelta(hours=1)}})
            .sort("at", DESCENDING)
            .limit(AN_HOUR)
        )
        if len(recent) == AN_HOUR:
            at = recent[-1]["at"].astimezone(TZ) + timedelta(hours=1)
            raise AccountError(
                gettext(
                    "Đã gửi {n} mã tới {address} trong một giờ. Ông/bà chờ đến {time} rồi thử lại."
                ).format(n=AN_HOUR, address=masked_address(contact), time=clock_words(at)),
                "code",
            )

    def _row(self, token: str, purpose: Purpose, now: datetime) -> dict[str, Any]:
        match = {"_id": _hashed(token), "purpose": purpose, "ends_at": {"$gt": now}}
        row = self._rows.find_one(match) if token else None
        if row is None:
            raise AccountError(gettext(GONE), "code")
        return row

    def _waiting(self, row: Mapping[str, Any]) -> Waiting:
        return Waiting(
            id=row["_id"],
            purpose=row["purpose"],
            contact=row["contact"],
            shown=masked_address(row["contact"]),
            account=row["account"],
            letter=row["letter"],
            payload=json.loads(self._box.decrypt(row["box"].encode())),
            sent_at=row["sent_at"].astimezone(TZ),
            again_at=(row["sent_at"] + AGAIN_AFTER).astimezone(TZ),
            expires_at=row["expires_at"].astimezone(TZ),
        )

    def _hash(self, row: str, code: str) -> bytes:
        """Six digits are found by trying whoever reads the table, so the installation's key goes into it."""
        return hmac.new(self._key, f"{row}:{code}".encode(), hashlib.sha256).digest()


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
