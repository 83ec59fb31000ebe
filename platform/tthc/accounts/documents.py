"""How accounts and the log of signing in are kept."""

from datetime import date, datetime
from typing import Any

from mongoengine import (
    BooleanField,
    DateField,
    DateTimeField,
    DictField,
    Document,
    EmbeddedDocument,
    EmbeddedDocumentField,
    IntField,
    ListField,
    StringField,
)

from tthc.accounts.deputies import DeputyGrant, deputies_from
from tthc.accounts.model import FUNCTIONS, ROLES, Account, with_deputies
from tthc.accounts.proof import proof_from

NO_PASSWORD = "-"  # noqa: S105 — no password fits it
KINDS = (("person", "Cá nhân"), ("organisation", "Tổ chức"), ("staff", "Cán bộ"))


class Grant(EmbeddedDocument):
    """Functions in one agency; the own agency's are a grant like any other (Đ2.7). `until`: the last day, if any."""

    agency = StringField(required=True)
    functions = ListField(StringField(choices=tuple(FUNCTIONS.items())))
    until = DateField()


class AccountDocument(Document):
    """`logins`: everything this account may sign in with (phone, e-mail, staff name); unique over all accounts.
    `workplace`: the agency at whose counter a seconded official sits, where that is not their own (Đ2.7).
    """

    id = StringField(primary_key=True)
    kind = StringField(required=True, choices=KINDS)
    name = StringField(required=True, max_length=200)
    login = StringField(required=True, max_length=254)
    logins = ListField(StringField(max_length=254), required=True)
    password_hash = StringField(required=True)
    stamp = StringField(required=True)
    phone = StringField(default="")
    email = StringField(default="")
    citizen_number = StringField(default="")
    tax_number = StringField(default="")
    birth_date = DateField()
    representative = StringField(default="", max_length=200)
    address = StringField(default="", max_length=300)
    agency = StringField()
    unit = StringField()
    grants = ListField(EmbeddedDocumentField(Grant))
    deputies = ListField(EmbeddedDocumentField(DeputyGrant))
    workplace = StringField()
    roles = ListField(StringField(choices=tuple(ROLES.items())))
    active = BooleanField(default=True)
    lock_reason = StringField(default="", max_length=500)
    must_change_password = BooleanField(default=False)
    terms_version = StringField(default="")
    terms_accepted_at = DateTimeField()
    created_at = DateTimeField(required=True)
    failures = IntField(default=0)
    failed_at = DateTimeField()
    locked_until = DateTimeField()
    totp_secret = StringField()  # encrypted (`tthc.accounts.second_factor`)
    totp_pending = StringField()
    totp_step = IntField()
    totp_failures = IntField(default=0)
    totp_locked_until = DateTimeField()
    recovery = ListField(StringField())
    confirmed = ListField(DictField())  # {contact, at}: proven by a code
    former = ListField(
        StringField()
    )  # contacts given up, as one signs in with them (`tthc.notices.forwarding`)
    proof = DictField()  # `tthc.accounts.proof.Proof`
    identity_key = StringField()  # whose account it was confirmed to be; one account a person

    meta = {  # noqa: RUF012 — MongoEngine's own form
        "collection": "accounts",
        "indexes": [
            {"fields": ["logins"], "unique": True},
            "grants.agency",
            {"fields": ["identity_key"], "unique": True, "sparse": True},
        ],
        "strict": False,
    }

    def __str__(self) -> str:
        return f"{self.name} ({self.login})"


class MissedDocument(Document):
    """Attempts on a login that nobody has, counted as an account counts its own; `id` is the login's hash."""

    id = StringField(primary_key=True)
    failures = IntField(default=0)
    failed_at = DateTimeField()
    locked_until = DateTimeField()

    meta = {  # noqa: RUF012 — MongoEngine's own form
        "collection": "sign_in_misses",
        "indexes": ["failed_at"],
        "strict": False,
    }


class SignInDocument(Document):
    """One attempt to sign in (Đ10.1c): `result` is "ok", "half" (the password was right, a code is awaited), "code"
    (it was wrong), "provider" (through one, `login` says which), "wrong", "locked" or "closed".
    """

    at = DateTimeField(required=True)
    account = StringField()
    login = StringField(default="", max_length=254)
    result = StringField(required=True)
    address = StringField(default="", max_length=64)
    browser = StringField(default="", max_length=200)

    meta = {  # noqa: RUF012 — MongoEngine's own form
        "collection": "sign_ins",
        "indexes": [("account", "-at"), "at"],
        "strict": False,
    }


def account_from(row: dict[str, Any], on: date | None = None) -> Account:
    """The value of a stored row as the driver gives it; without the grants that ended before `on`, and with what it was
    given to do in others' places on that day.
    """
    born = row.get("birth_date")
    deputies = () if on is None else tuple(one for one in deputies_from(row) if one.in_force(on))
    day: date | None = born.date() if isinstance(born, datetime) else None
    return Account(
        key=row["_id"],
        kind=row["kind"],
        name=row["name"],
        login=row["login"],
        stamp=row["stamp"],
        phone=row.get("phone") or "",
        email=row.get("email") or "",
        citizen_number=row.get("citizen_number") or "",
        tax_number=row.get("tax_number") or "",
        birth_date=day,
        representative=row.get("representative") or "",
        address=row.get("address") or "",
        agency=row.get("agency"),
        unit=row.get("unit"),
        functions=with_deputies(
            {
                g["agency"]: frozenset(g.get("functions") or ())
                for g in row.get("grants") or ()
                if on is None or not isinstance(g.get("until"), datetime) or g["until"].date() >= on
            },
            deputies,
        ),
        deputies=deputies,
        workplace=row.get("workplace"),
        roles=frozenset(row.get("roles") or ()),
        active=row.get("active", True),
        must_change_password=bool(row.get("must_change_password")),
        terms_version=row.get("terms_version") or "",
        second_factor=bool(row.get("totp_secret")),
        confirmed=frozenset(one["contact"] for one in row.get("confirmed") or ()),
        proof=proof_from(row.get("proof")),
        has_password=row["password_hash"] != NO_PASSWORD if "password_hash" in row else True,
    )
