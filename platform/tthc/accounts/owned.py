"""What an account's owner does with it: opens it, proves a contact, changes the profile, sets a lost password. `now` is given."""

import secrets
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from mongoengine import NotUniqueError, ValidationError

from rules.calendar import TZ
from rules.i18n import gettext
from tthc.accounts.documents import AccountDocument, account_from
from tthc.accounts.logins import normal_login
from tthc.accounts.model import Account, Kind
from tthc.accounts.passwords import Hasher, weakness


class AccountError(ValueError):
    """What the person asked for cannot be done; `field` names the box to mend, empty when it is none."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


@dataclass(frozen=True, slots=True)
class Registration:
    """What somebody who makes an account tells; every value already parsed by its field."""

    kind: Kind
    name: str
    password: str
    phone: str = ""
    email: str = ""
    citizen_number: str = ""
    tax_number: str = ""
    representative: str = ""
    terms_version: str = ""


class Owned:
    """The part of `tthc.accounts.service.Accounts` that owners use themselves."""

    def __init__(self, hasher: Hasher, today: Callable[[], date] | None = None) -> None:
        """`today`: the day by which grants end; without it none does."""
        self._hasher = hasher
        self._today = today

    def _account(self, row: dict[str, Any]) -> Account:
        return account_from(row, self._today() if self._today else None)

    def get(self, key: str) -> Account | None:
        row = AccountDocument.objects(id=key).as_pymongo().first()
        return self._account(row) if row else None

    def register(self, who: Registration, now: datetime) -> Account:
        """A citizen's or an organisation's account whose contacts are known to be right; raises `AccountError`."""
        return self.open(who, self.checked(who), now)

    def checked(self, who: Registration) -> str:
        """What a new account lacks, as `AccountError`; else its password as it is kept."""
        if not (logins := _logins(who.phone, who.email)):
            raise AccountError(
                gettext("Nhập số điện thoại hoặc thư điện tử để đăng nhập và nhận thông báo."), "phone"
            )
        if not who.terms_version:
            raise AccountError(gettext("Ông/bà cần đồng ý với điều khoản sử dụng để mở tài khoản."), "terms")
        if (problem := weakness(who.password, login=logins[0], name=who.name)) is not None:
            raise AccountError(problem, "password")
        return self._hasher.make(who.password)

    def open(self, who: Registration, password_hash: str, now: datetime) -> Account:
        """An account of `who`, whose contacts were confirmed (Đ10.1a); raises `AccountError` where one is another's."""
        logins = _logins(who.phone, who.email)
        key = uuid.uuid4().hex
        document = AccountDocument(
            id=key,
            kind=who.kind,
            name=who.name.strip(),
            login=logins[0]
            if logins
            else f"-{key}",  # one who comes through a provider alone has none to type
            logins=list(logins) or [f"-{key}"],
            password_hash=password_hash,
            stamp=secrets.token_urlsafe(12),
            phone=who.phone,
            email=who.email,
            confirmed=[{"contact": one, "at": now} for one in logins],
            citizen_number=who.citizen_number,
            tax_number=who.tax_number,
            representative=who.representative.strip(),
            terms_version=who.terms_version,
            terms_accepted_at=now,
            created_at=now,
        )
        return self._insert(document)

    def terms_of(self, key: str) -> tuple[str, datetime | None]:
        """Which words of the terms somebody agreed to, and when."""
        row = AccountDocument.objects(id=key).as_pymongo().first() or {}
        at = row.get("terms_accepted_at")
        return row.get("terms_version") or "", at.astimezone(TZ) if at else None

    def accept_terms(self, key: str, version: str, now: datetime) -> Account:
        return self._changed(key, set__terms_version=version, set__terms_accepted_at=now)

    def confirm_contact(self, key: str, contact: str, now: datetime) -> Account:
        """A telephone number or an e-mail address proven by a code takes the place of the one before. Raises AccountError
        where it is another's.
        """
        account = self.get(key)
        assert account is not None
        phone, email = (account.phone, contact) if "@" in contact else (contact, account.email)
        logins = _logins(phone, email)
        kept = [
            {"contact": one, "at": at}
            for one, at in self.confirmed_at(key).items()
            if one in logins and one != contact
        ]
        return self._changed(
            key,
            set__phone=phone,
            set__email=email,
            set__login=logins[0],
            set__logins=list(logins),
            set__confirmed=[*kept, {"contact": normal_login(contact), "at": now}],
            set__former=self._former(account, logins),
        )

    def confirmed_at(self, key: str) -> Mapping[str, datetime]:
        """When each of an account's contacts was proven by a code."""
        row = AccountDocument.objects(id=key).as_pymongo().first() or {}
        return {one["contact"]: one["at"].astimezone(TZ) for one in row.get("confirmed") or ()}

    def reset_password(self, key: str, password: str) -> Account:
        """A new password of somebody who proved their telephone number or address; every session of the account ends.
        Raises AccountError.
        """
        account = self.get(key)
        assert account is not None
        if (problem := weakness(password, login=account.login, name=account.name)) is not None:
            raise AccountError(problem, "password")
        return self._changed(
            key,
            set__password_hash=self._hasher.make(password),
            set__stamp=secrets.token_urlsafe(12),
            set__failures=0,
            unset__locked_until=1,
        )

    def update_profile(
        self,
        key: str,
        *,
        name: str,
        phone: str,
        email: str,
        citizen_number: str = "",
        tax_number: str = "",
        birth_date: date | None = None,
        representative: str = "",
        address: str = "",
    ) -> Account:
        """What fills forms. A changed phone or e-mail is signed in with from now on; raises `AccountError`.

        What was confirmed of an account (its owner's name and number) nobody changes here.
        """
        account = self.get(key)
        assert account is not None
        if account.proof is not None:
            name, citizen_number = account.name, account.citizen_number or citizen_number
            tax_number = account.tax_number or tax_number
        own = [account.login] if account.staff else []
        logins = list(dict.fromkeys([*own, *(normal_login(x) for x in (phone, email) if x)]))
        if not logins and account.has_password:
            raise AccountError(
                gettext("Giữ lại ít nhất một số điện thoại hoặc thư điện tử để đăng nhập."), "phone"
            )
        logins = logins or [account.login]
        return self._changed(
            key,
            set__name=name.strip(),
            set__phone=phone,
            set__email=email,
            set__login=logins[0],
            set__logins=logins,
            set__confirmed=[
                {"contact": one, "at": at} for one, at in self.confirmed_at(key).items() if one in logins
            ],
            set__former=self._former(account, logins),
            set__citizen_number=citizen_number,
            set__tax_number=tax_number,
            set__birth_date=birth_date,
            set__representative=representative.strip(),
            set__address=address.strip(),
        )

    def _former(self, account: Account, logins: Iterable[str]) -> list[str]:
        """The contacts that an account had and has no more: notices of dossiers under way go there no longer."""
        row = AccountDocument.objects(id=account.key).only("former").as_pymongo().first() or {}
        had = (*(row.get("former") or ()), *_logins(account.phone, account.email))
        return [one for one in dict.fromkeys(had) if one not in set(logins)]

    def _insert(self, document: AccountDocument) -> Account:
        try:
            document.save(force_insert=True)
        except NotUniqueError as error:
            raise AccountError(
                gettext(
                    "Số điện thoại, thư điện tử hoặc tên này đã có tài khoản; ông/bà đăng nhập bằng tài khoản đó."
                ),
                "login" if document.kind == "staff" else "phone" if document.phone else "email",
            ) from error
        except ValidationError as error:
            raise AccountError(
                gettext("Chưa đúng ở: {names}.").format(names=", ".join(sorted(error.to_dict())))
            ) from error
        found = self.get(document.id)
        assert found is not None
        return found

    def _changed(self, key: str, **changes: object) -> Account:
        try:
            AccountDocument.objects(id=key).update_one(**changes)
        except NotUniqueError as error:
            raise AccountError(
                gettext("Số điện thoại hoặc thư điện tử này đã thuộc tài khoản khác."), "phone"
            ) from error
        found = self.get(key)
        assert found is not None
        return found


def _logins(phone: str, email: str) -> tuple[str, ...]:
    """What one signs in with, the telephone number first."""
    return tuple(dict.fromkeys(normal_login(x) for x in (phone, email) if x))
