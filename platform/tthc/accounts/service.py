"""Making accounts, signing in, changing passwords. `now` is always given."""

import hashlib
import secrets
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from rules.calendar import TZ
from rules.i18n import gettext, noted
from tthc.accounts.deputies import CAPACITIES, Deputy, deputies_from, granted
from tthc.accounts.documents import AccountDocument, Grant, MissedDocument, SignInDocument, account_from
from tthc.accounts.logins import is_staff_login, normal_login
from tthc.accounts.model import FUNCTIONS, ROLES, Account
from tthc.accounts.owned import AccountError, Owned, Registration
from tthc.accounts.passwords import weakness

__all__ = ["LOCK_AFTER", "LOCK_FOR", "RESTS", "WRONG", "AccountError", "Accounts", "Registration", "SignIn"]

LOCK_AFTER = 8
LOCK_FOR = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(days=1)
SIGN_INS_KEPT = timedelta(days=730)
"""So long somebody may ask who was in an account; then addresses and browsers go."""

WRONG = noted(
    "Tên đăng nhập hoặc mật khẩu chưa đúng. Ông/bà kiểm tra lại, nhất là phím Caps Lock và bộ gõ tiếng Việt."
)

_RESTS = noted(
    "Tài khoản tạm nghỉ {minutes} phút vì đăng nhập sai nhiều lần liên tiếp. "
    "Ông/bà thử lại sau, hoặc bấm “Quên mật khẩu” nếu không nhớ."
)
RESTS = _RESTS.format(minutes=LOCK_FOR.seconds // 60)
"""As it is said in Vietnamese."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """Where an attempt came from, for the log."""

    at: datetime
    account: str | None
    result: str
    address: str


class Accounts(Owned):
    """Needs `tthc.agencies.binding.bind` to have been called."""

    def ensure_indexes(self) -> None:
        AccountDocument.ensure_indexes()
        SignInDocument.ensure_indexes()
        MissedDocument.ensure_indexes()

    def by_login(self, login: str) -> Account | None:
        row = AccountDocument.objects(logins=normal_login(login)).as_pymongo().first()
        return self._account(row) if row else None

    def staff_with(self, agency: str, function: str | None = None) -> tuple[Account, ...]:
        """Active staff who hold a function (that one, if named) in the agency, by name."""
        match: dict[str, Any] = {"agency": agency}
        if function is not None:
            match["functions"] = function
        rows = AccountDocument.objects(
            __raw__={"kind": "staff", "active": True, "grants": {"$elemMatch": match}}
        )
        found = (self._account(row) for row in rows.order_by("name").as_pymongo())
        wanted = {function} if function is not None else set(FUNCTIONS)
        return tuple(account for account in found if account.functions_at(agency) & wanted)

    def belonging(self, agency: str) -> tuple[Account, ...]:
        """Active staff who work at the agency, with a function there or without, by name."""
        there = [{"agency": agency}, {"grants.agency": agency}]
        rows = AccountDocument.objects(__raw__={"kind": "staff", "active": True, "$or": there})
        found = (self._account(row) for row in rows.order_by("name").as_pymongo())
        return tuple(account for account in found if account.works_at(agency))

    def staff_in_role(self, role: str) -> tuple[Account, ...]:
        """Active staff who hold a role, by name."""
        rows = AccountDocument.objects(__raw__={"kind": "staff", "active": True, "roles": role})
        return tuple(account_from(row) for row in rows.order_by("name").as_pymongo())

    def create_staff(
        self,
        *,
        login: str,
        name: str,
        password: str,
        now: datetime,
        agency: str | None = None,
        unit: str | None = None,
        functions: Mapping[str, Iterable[str]] | None = None,
        roles: Iterable[str] = (),
        must_change_password: bool = True,
        phone: str = "",
        email: str = "",
    ) -> Account:
        """A member of staff; a new password is asked for at the first signing in (Đ25.5). Raises `AccountError`."""
        normal = normal_login(login)
        if not is_staff_login(normal):
            raise AccountError(
                "Tên đăng nhập của cán bộ chỉ gồm chữ không dấu, số, dấu chấm và gạch.",  # vi: for officials
                "login",
            )
        if (problem := weakness(password, login=normal, name=name)) is not None:
            raise AccountError(problem, "password")
        held = {place: sorted(names) for place, names in (functions or {}).items()}
        unknown = {n for names in held.values() for n in names} - set(FUNCTIONS) | set(roles) - set(ROLES)
        if unknown:
            raise AccountError(
                f"Không có chức năng hoặc vai trò: {', '.join(sorted(unknown))}.",  # vi: for officials
                "functions",
            )
        document = AccountDocument(
            id=uuid.uuid4().hex,
            kind="staff",
            name=name.strip(),
            login=normal,
            logins=[normal],
            password_hash=self._hasher.make(password),
            stamp=secrets.token_urlsafe(12),
            agency=agency,
            unit=unit,
            grants=[Grant(agency=place, functions=names) for place, names in held.items()],
            roles=sorted(roles),
            must_change_password=must_change_password,
            phone=phone,
            email=email,
            created_at=now,
        )
        return self._insert(document)

    def sign_in(
        self, login: str, password: str, now: datetime, *, address: str = "", browser: str = ""
    ) -> Account:
        """The account, or `AccountError`. Wrong ones are counted on the account: after `LOCK_AFTER` in a row it
        rests for `LOCK_FOR`, whoever asks and from wherever. Every attempt is logged.

        The attempt is counted before the password is looked at, so that guesses sent at once cannot share one
        count. While an account rests, a right password is answered like a wrong one.
        """
        normal = normal_login(login)
        document = AccountDocument.objects(logins=normal).first()
        if document is None:
            self._hasher.fits(None, password)
            # what does not exist rests like what does, or the difference would tell which is which
            rests = not self._may_try(MissedDocument, self._nobody(normal, now), now)
            self._log(now, None, normal, "locked" if rests else "wrong", address=address, browser=browser)
            raise AccountError(_rests() if rests else gettext(WRONG))
        if not self._may_try(AccountDocument, document.id, now):
            self._hasher.fits(None, password)
            self._log(now, document.id, normal, "locked", address=address, browser=browser)
            raise AccountError(_rests())
        if not self._hasher.fits(document.password_hash, password):
            self._log(now, document.id, normal, "wrong", address=address, browser=browser)
            raise AccountError(gettext(WRONG))
        if not document.active:
            self._log(now, document.id, normal, "closed", address=address, browser=browser)
            raise AccountError(
                gettext("Tài khoản này đã bị khóa. Ông/bà liên hệ bộ phận hỗ trợ để biết lý do.")
            )
        changes: dict[str, object] = {"set__failures": 0, "unset__locked_until": 1}
        if self._hasher.outdated(document.password_hash):
            changes["set__password_hash"] = self._hasher.make(password)
        AccountDocument.objects(id=document.id).update_one(**changes)
        found = self.get(document.id)
        assert found is not None
        result = "half" if found.second_factor else "ok"
        self._log(now, document.id, normal, result, address=address, browser=browser)
        return found

    def log_code(
        self, account: Account, now: datetime, *, ok: bool, address: str = "", browser: str = ""
    ) -> None:
        """A one-time code was right or wrong, after the password was right."""
        self._log(now, account.key, account.login, "ok" if ok else "code", address=address, browser=browser)

    def log_provider(
        self,
        account: Account,
        provider: str,
        now: datetime,
        *,
        ok: bool,
        address: str = "",
        browser: str = "",
    ) -> None:
        """Somebody came through a provider; `ok`: and was let in."""
        self._log(
            now, account.key, provider, "provider" if ok else "closed", address=address, browser=browser
        )

    def change_password(self, key: str, old: str, new: str) -> Account:
        """Ends every other session of the account (the stamp changes); raises `AccountError`."""
        document = AccountDocument.objects(id=key).first()
        if document is None or not self._hasher.fits(document.password_hash, old):
            raise AccountError(gettext("Mật khẩu hiện tại chưa đúng."), "old_password")
        if old == new:
            raise AccountError(gettext("Đặt mật khẩu mới khác mật khẩu hiện tại."), "password")
        if (problem := weakness(new, login=document.login, name=document.name)) is not None:
            raise AccountError(problem, "password")
        return self._changed(
            key,
            set__password_hash=self._hasher.make(new),
            set__must_change_password=False,
            set__stamp=secrets.token_urlsafe(12),
        )

    def knows_password(self, key: str, password: str) -> bool:
        """Asked again before something that a computer left open must not do."""
        document = AccountDocument.objects(id=key).first()
        return document is not None and self._hasher.fits(document.password_hash, password)

    def lock(self, key: str, reason: str) -> Account:
        """Close an account, with the reason for the record (Đ6); its sessions end."""
        if not reason.strip():
            raise AccountError("Ghi lý do khóa tài khoản.", "reason")  # vi: for officials
        return self._changed(
            key,
            set__active=False,
            set__lock_reason=reason.strip(),
            set__stamp=secrets.token_urlsafe(12),
        )

    def unlock(self, key: str, reason: str) -> Account:
        """Open a closed account again, with the reason for the record."""
        if not reason.strip():
            raise AccountError("Ghi lý do mở khóa tài khoản.", "reason")  # vi: for officials
        return self._changed(
            key, set__active=True, set__lock_reason="", set__failures=0, unset__locked_until=1
        )

    def resting(self, key: str, now: datetime) -> datetime | None:
        """Until when the account rests after too many wrong passwords or codes; `None` where it does not."""
        row = AccountDocument.objects(id=key).as_pymongo().first() or {}
        until = [row[name] for name in ("locked_until", "totp_locked_until") if row.get(name)]
        latest = max(until, default=None)
        return latest.astimezone(TZ) if latest is not None and latest > now else None

    def release(self, key: str) -> Account:
        """An account that rests may try again at once."""
        return self._changed(
            key, set__failures=0, unset__locked_until=1, set__totp_failures=0, unset__totp_locked_until=1
        )

    def new_password(self, key: str, password: str) -> Account:
        """Put a password that its owner must change at once (Đ25.5); every session of the account ends."""
        return self._changed(
            key,
            set__password_hash=self._hasher.make(password),
            set__must_change_password=True,
            set__stamp=secrets.token_urlsafe(12),
            set__failures=0,
            unset__locked_until=1,
        )

    def grants(self, key: str) -> tuple[tuple[str, tuple[str, ...], date | None], ...]:
        """`(agency, functions, last day)` of each grant, ended ones too."""
        row = AccountDocument.objects(id=key).as_pymongo().first() or {}
        return tuple(
            (g["agency"], tuple(g.get("functions") or ()), g["until"].date() if g.get("until") else None)
            for g in row.get("grants") or ()
        )

    def grant(self, key: str, agency: str, functions: Iterable[str], until: date | None = None) -> Account:
        """What an account may do in an agency from now on, in place of what it could there; nothing takes it away."""
        held = sorted(functions)
        if unknown := set(held) - set(FUNCTIONS):
            raise AccountError(
                f"Không có chức năng: {', '.join(sorted(unknown))}.",  # vi: for officials
                "functions",
            )
        kept = [Grant(agency=a, functions=list(f), until=u) for a, f, u in self.grants(key) if a != agency]
        new = [Grant(agency=agency, functions=held, until=until)] if held else []
        return self._changed(key, set__grants=[*kept, *new])

    def deputies(self, key: str) -> tuple[Deputy, ...]:
        """Every decision by which an account acts, or acted, in somebody's place; the latest first."""
        return deputies_from(AccountDocument.objects(id=key).as_pymongo().first() or {})

    def deputies_at(self, agency: str) -> tuple[tuple[Account, Deputy], ...]:
        """The decisions of an agency, those of former days too, by name."""
        rows = AccountDocument.objects(__raw__={"deputies.agency": agency}).order_by("name").as_pymongo()
        return tuple(
            (self._account(r), one) for r in rows for one in deputies_from(r) if one.agency == agency
        )

    def appoint(
        self,
        key: str,
        agency: str,
        whom: str,
        functions: Iterable[str],
        *,
        capacity: str,
        title: str,
        start: date,
        until: date,
        decision: str,
    ) -> Account:
        """An account acts for `whom`, from a day until a day, by a decision (Đ13 đầu). Nobody passes on more than they
        hold. Raises AccountError.
        """
        deputy, head = self.get(key), self.get(whom)
        if deputy is None or not deputy.works_at(agency):
            raise AccountError("Chọn cán bộ đang làm việc tại cơ quan này.", "deputy")  # vi: for officials
        if head is None or head.key == key:
            raise AccountError(
                "Chọn người được thay mặt, khác với người thay mặt.",  # vi: for officials
                "whom",
            )
        if capacity not in CAPACITIES:
            raise AccountError("Chọn KT. hoặc TUQ.", "capacity")  # vi: for officials
        held, asked = self._own(head.key, agency), frozenset(functions)
        if not asked or asked - held:
            raise AccountError(
                f"Chỉ giao được chức năng mà {head.name} đang giữ tại cơ quan: "  # vi: for officials
                f"{', '.join(FUNCTIONS[f].lower() for f in sorted(held)) or 'không có'}.",  # vi: for officials
                "functions",
            )
        if until < start:
            raise AccountError("Ngày cuối phải từ ngày bắt đầu trở đi.", "until")  # vi: for officials
        if not decision.strip():
            raise AccountError(
                "Ghi số, ngày của quyết định hoặc văn bản ủy quyền.",  # vi: for officials
                "decision",
            )
        row = granted(
            agency=agency,
            functions=asked,
            capacity=capacity,
            whom=head.key,
            whom_name=head.name,
            title=title.strip(),
            start=start,
            until=until,
            decision=decision.strip(),
        )
        return self._changed(key, __raw__={"$push": {"deputies": row}})

    def dismiss(self, key: str, deputy_id: str, last: date) -> Account:
        """A decision is in force up to `last` only; one that has not begun never begins."""
        one = next((d for d in self.deputies(key) if d.id == deputy_id), None)
        if one is None:
            raise AccountError("Không tìm thấy việc thay mặt này.")  # vi: for officials
        end = min(one.until, last)
        AccountDocument._get_collection().update_one(  # noqa: SLF001 — MongoEngine's own way to the driver
            {"_id": key, "deputies.id": deputy_id},
            {"$set": {"deputies.$.until": datetime(end.year, end.month, end.day, tzinfo=UTC)}},
        )
        found = self.get(key)
        assert found is not None
        return found

    def sit(self, key: str, workplace: str | None) -> Account:
        """At whose counter a seconded official works; it opens nothing there (Đ2.7)."""
        return self._changed(key, set__workplace=workplace)

    def sitting_at(self, agency: str) -> tuple[Account, ...]:
        """Active staff of other agencies who sit at this one's counter, by name (Đ2.7)."""
        rows = AccountDocument.objects(__raw__={"kind": "staff", "active": True, "workplace": agency})
        return tuple(self._account(row) for row in rows.order_by("name").as_pymongo())

    def place(self, key: str, agency: str | None, unit: str | None, roles: Iterable[str]) -> Account:
        """Where a member of staff belongs, and the roles held across agencies; sessions of a lost role end."""
        if unknown := set(roles) - set(ROLES):
            raise AccountError(
                f"Không có vai trò: {', '.join(sorted(unknown))}.",  # vi: for officials
                "roles",
            )
        return self._changed(
            key,
            set__agency=agency,
            set__unit=unit,
            set__roles=sorted(roles),
            set__stamp=secrets.token_urlsafe(12),
        )

    def sign_ins(self, key: str, limit: int = 10) -> tuple[SignIn, ...]:
        """The latest attempts on an account, the newest first."""
        rows = SignInDocument.objects(account=key).order_by("-at", "-id").limit(limit).as_pymongo()
        return tuple(
            SignIn(r["at"].astimezone(TZ), r.get("account"), r["result"], r.get("address") or "")
            for r in rows
        )

    def _own(self, key: str, agency: str) -> frozenset[str]:
        """What an account holds in its own right today: nobody passes on what they do in another's place."""
        today = self._today() if self._today else None
        return frozenset(
            function
            for place, functions, until in self.grants(key)
            if place == agency and (until is None or today is None or until >= today)
            for function in functions
        )

    def _may_try(self, rows: type[AccountDocument | MissedDocument], key: str, now: datetime) -> bool:
        """Count one attempt, or say that the account rests; one atomic step each."""
        rows.objects(id=key, locked_until__lte=now).update_one(set__failures=0, unset__locked_until=1)
        forgotten = rows.objects(id=key, locked_until=None, failed_at__lte=now - FORGOTTEN_AFTER)
        forgotten.update_one(set__failures=0)
        counted = rows.objects(id=key, locked_until=None).modify(
            inc__failures=1, set__failed_at=now, new=True
        )
        if counted is None:
            return False
        if counted.failures >= LOCK_AFTER:
            rows.objects(id=key).update_one(set__locked_until=now + LOCK_FOR)
        return bool(counted.failures <= LOCK_AFTER)

    def _nobody(self, login: str, now: datetime) -> str:
        """The row that counts attempts on a login that nobody has, which is kept as its hash; old ones go."""
        MissedDocument.objects(failed_at__lte=now - FORGOTTEN_AFTER).delete()
        key = hashlib.sha256(login.encode()).hexdigest()
        MissedDocument.objects(id=key).update_one(set_on_insert__failures=0, upsert=True)
        return key

    def forget_sign_ins(self, now: datetime) -> int:
        """Throw away what the log of signing in has kept long enough; how many rows."""
        return int(SignInDocument.objects(at__lte=now - SIGN_INS_KEPT).delete())

    def _log(
        self, now: datetime, account: str | None, login: str, result: str, *, address: str, browser: str
    ) -> None:
        SignInDocument(
            at=now,
            account=account,
            login=login,
            result=result,
            address=address[:64],
            browser=browser[:200],
        ).save()


def _rests() -> str:
    return gettext(_RESTS).format(minutes=LOCK_FOR.seconds // 60)
