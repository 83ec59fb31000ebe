"""Whose account it is that a provider's word opens: one account a person, linked by a confirmed citizen number.

Never by an e-mail address or a telephone number, and never by a number that somebody merely wrote into an account: then
the password of that account is asked for, or the counter's confirmation opens the way. `now` is always given.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from pymongo import ASCENDING
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError

from rules.calendar import TZ
from rules.i18n import gettext, noted
from tthc.accounts.boxes import box
from tthc.accounts.documents import NO_PASSWORD, AccountDocument
from tthc.accounts.identity import Identities
from tthc.accounts.model import Account
from tthc.accounts.proof import Proof
from tthc.accounts.service import AccountError, Accounts, Registration
from tthc.oidc.client import Facts

LASTS: Final = timedelta(minutes=15)
OTHER: Final = noted(
    "Tài khoản định danh này đã nối với một tài khoản khác trên Cổng; mỗi người một tài khoản."
)
DIFFERENT: Final = noted(
    "Số định danh của tài khoản định danh khác với số trong tài khoản này, nên không nối được. "
    "Nếu số trong tài khoản ghi nhầm, ông/bà sửa trước rồi nối lại."
)


@dataclass(frozen=True, slots=True)
class Link:
    provider: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """What a provider said, until the person has decided. `account`: whose wish it was to link theirs."""

    facts: Facts
    account: str
    next: str


class Links:
    """The collections `account_links` (one row a subject of a provider) and `provider_words` (what waits)."""

    def __init__(
        self, database: Database[dict[str, Any]], secret_key: str, accounts: Accounts, identities: Identities
    ) -> None:
        self._rows = database["account_links"]
        self._words = database["provider_words"]
        self._box = box(secret_key, "provider words")
        self._accounts = accounts
        self._identities = identities

    def ensure_indexes(self) -> None:
        self._rows.create_index([("account", ASCENDING)])
        self._words.create_index([("ends_at", ASCENDING)])

    def of(self, account: str) -> tuple[Link, ...]:
        return tuple(
            Link(r["provider"], r["at"].astimezone(TZ)) for r in self._rows.find({"account": account})
        )

    def account_for(self, facts: Facts, now: datetime) -> Account | None:
        """The account that these facts open at once: linked before, or confirmed to be this very person's."""
        row = self._rows.find_one({"_id": _subject(facts)})
        if row is not None:
            found = self._accounts.get(row["account"])
            return self._proven(found, facts, now) if found is not None else None
        holder = self._identities.holder("person", facts.citizen_number) if facts.verified else None
        if holder is not None and holder.active:
            self._link(holder, facts, now)
            return holder
        return None

    def keep(self, kept: Kept, now: datetime) -> str:
        """What was said waits for the person's decision; the token by which their browser finds it."""
        self._words.delete_many({"ends_at": {"$lte": now}})
        token = secrets.token_urlsafe(24)
        words = {**asdict(kept.facts), "_account": kept.account, "_next": kept.next}
        sealed = self._box.encrypt(json.dumps(words).encode()).decode()
        self._words.insert_one({"_id": _hashed(token), "box": sealed, "ends_at": now + LASTS})
        return token

    def kept(self, token: str, now: datetime) -> Kept | None:
        row = self._words.find_one({"_id": _hashed(token), "ends_at": {"$gt": now}}) if token else None
        if row is None:
            return None
        words: dict[str, Any] = json.loads(self._box.decrypt(row["box"].encode()))
        account, goes_to = words.pop("_account"), words.pop("_next")
        return Kept(Facts(**words), account, goes_to)

    def drop(self, token: str) -> None:
        self._words.delete_one({"_id": _hashed(token)})

    def open(self, facts: Facts, terms_version: str, now: datetime) -> Account:
        """A new account without a password, of whom the provider says it is. Raises AccountError."""
        if self._rows.find_one({"_id": _subject(facts)}) is not None:
            raise AccountError(gettext(OTHER))
        if not facts.name:
            raise AccountError(
                gettext("Nơi đăng nhập không cho biết họ tên; ông/bà mở tài khoản bằng số điện thoại.")
            )
        if not terms_version:
            raise AccountError(gettext("Ông/bà cần đồng ý với điều khoản sử dụng để mở tài khoản."), "terms")
        free = {
            one: "" if one and self._accounts.by_login(one) is not None else one
            for one in (facts.phone, facts.email)
        }
        who = Registration(
            kind="person",
            name=facts.name,
            password="",
            phone=free[facts.phone],
            email=free[facts.email],
            citizen_number=facts.citizen_number,
            terms_version=terms_version,
        )
        made = self._accounts.open(who, NO_PASSWORD, now)
        try:
            if facts.verified:
                made = self._identities.put(
                    made, _proof(facts, now), citizen_number=facts.citizen_number, name=facts.name
                )
            self._link(made, facts, now)
        except AccountError:
            AccountDocument.objects(id=made.key).delete()  # of two at one moment, one person has one account
            raise
        return self._filled(made, facts)

    def join(self, account: Account, facts: Facts, now: datetime) -> Account:
        """Link an account whose owner has just shown its password. Raises AccountError."""
        if account.kind != "person":
            raise AccountError(
                gettext("Chỉ nối được tài khoản cá nhân; tài khoản tổ chức đăng nhập bằng mật khẩu.")
            )
        if facts.citizen_number and account.citizen_number and facts.citizen_number != account.citizen_number:
            raise AccountError(gettext(DIFFERENT))
        holder = self._identities.holder("person", facts.citizen_number) if facts.citizen_number else None
        if holder is not None and holder.key != account.key:
            raise AccountError(gettext(OTHER))
        self._link(account, facts, now)
        return self._filled(self._proven(account, facts, now), facts)

    def part(self, account: Account, provider: str) -> None:
        """Sign in there no more. Raises AccountError where no other way in would be left."""
        others = self._rows.count_documents({"account": account.key, "provider": {"$ne": provider}})
        if not account.has_password and not others:
            raise AccountError(
                gettext(
                    "Đây là cách đăng nhập duy nhất; ông/bà xác nhận số điện thoại rồi đặt mật khẩu trước."
                )
            )
        self._rows.delete_many({"account": account.key, "provider": provider})

    def forget(self, account: str) -> None:
        """The account is no more."""
        self._rows.delete_many({"account": account})

    def _link(self, account: Account, facts: Facts, now: datetime) -> None:
        row = {"_id": _subject(facts), "provider": facts.provider, "account": account.key, "at": now}
        try:
            self._rows.insert_one(row)
        except DuplicateKeyError:
            found: Mapping[str, Any] = self._rows.find_one({"_id": row["_id"]}) or {}
            if found.get("account") != account.key:
                raise AccountError(gettext(OTHER)) from None

    def _filled(self, account: Account, facts: Facts) -> Account:
        """What the provider tells fills what is empty in the profile, and writes over nothing."""
        told: dict[str, object] = {}
        if account.birth_date is None and (born := _day(facts.birth_date)) is not None:
            told["set__birth_date"] = born
        if not account.address and facts.address:
            told["set__address"] = facts.address
        if told:
            AccountDocument.objects(id=account.key).update_one(**told)
        found = self._accounts.get(account.key)
        assert found is not None
        return found

    def _proven(self, account: Account, facts: Facts, now: datetime) -> Account:
        """What the provider vouches for is kept of an account that nobody confirmed yet, if it fits."""
        fits = account.citizen_number in {"", facts.citizen_number}
        if not facts.verified or account.proof is not None or not fits or account.kind != "person":
            return account
        try:
            return self._identities.put(
                account, _proof(facts, now), citizen_number=facts.citizen_number, name=facts.name
            )
        except AccountError:
            return account  # the number is another's; the way in stays, the confirmation does not come


def _proof(facts: Facts, now: datetime) -> Proof:
    return Proof("provider", now, facts.provider_name, facts.citizen_number)


def _subject(facts: Facts) -> str:
    return hashlib.sha256(f"{facts.issuer}\0{facts.subject}".encode()).hexdigest()


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _day(text: str) -> date | None:
    """`1995-03-08`, or as it is written here, `08/03/1995`."""
    for shape in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, shape).date()  # noqa: DTZ007 — a day has no zone
        except ValueError:
            continue
    return None
