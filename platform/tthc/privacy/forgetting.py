"""Deleting one's account: what goes at once, what the law keeps, and the record of both (law 91/2025, law 33/2024 on archives).

A dossier is evidence of what an authority did: its history is chained and is never rewritten; it stays until its retention
ends, under a key that names nobody any more. `now` is always given.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from pymongo import ASCENDING, DESCENDING
from pymongo.database import Database
from pymongo.write_concern import WriteConcern

from rules.calendar import TZ
from rules.i18n import ngettext
from tthc.accounts.documents import NO_PASSWORD, AccountDocument, SignInDocument
from tthc.accounts.service import AccountError
from tthc.oidc.linking import Links

NOBODY: Final = "Tài khoản đã xóa"  # vi: kept

_TOLD: Final = ("phone", "email", "citizen_number", "tax_number", "representative", "address")
_PROVEN: Final = ("proof", "identity_key", "birth_date", "totp_secret", "totp_pending")
# where letters and codes to an address lie
_ADDRESSED: Final = (
    ("mailbox", "to"),
    ("account_letters", "to"),
    ("contact_sends", "contact"),
    ("contact_codes", "contact"),
)


@dataclass(frozen=True, slots=True)
class Wish:
    """`kept`: of a deletion, what stays: `{number, until, law}`."""

    kind: Literal["export", "delete"]
    at: datetime
    kept: Sequence[dict[str, str]]


class Privacy:
    """The collection `privacy_requests`: rows that are added and never changed."""

    def __init__(self, database: Database[dict[str, Any]], links: Links) -> None:
        self._database = database
        self._rows = database.get_collection(
            "privacy_requests", write_concern=WriteConcern("majority", j=True)
        )
        self._links = links

    def ensure_indexes(self) -> None:
        self._rows.create_index([("account", ASCENDING), ("at", DESCENDING)])

    def of(self, account: str) -> tuple[Wish, ...]:
        rows = self._rows.find({"account": account}).sort([("at", DESCENDING), ("_id", DESCENDING)])
        return tuple(Wish(r["kind"], r["at"].astimezone(TZ), r["kept"]) for r in rows)

    def note(
        self,
        account: str,
        kind: Literal["export", "delete"],
        now: datetime,
        kept: Sequence[dict[str, str]] = (),
    ) -> None:
        """What was asked and done."""
        self._rows.insert_one({"account": account, "kind": kind, "at": now, "kept": list(kept)})

    def forget(self, account: str, kept: Sequence[dict[str, str]], now: datetime, *, under_way: int) -> None:
        """The account is nobody's from now on: no name, number, contact, password, link, draft, notice or address of a
        computer is left of it; `kept` is what the law keeps. Asked again after a fault, it does what is left.

        Raises:
            AccountError: dossiers are still `under_way`, and their applicant must be reached.
        """
        if under_way:
            told = ngettext(
                "Còn {n} hồ sơ đang giải quyết. Ông/bà đợi có kết quả hoặc rút hồ sơ, rồi xóa tài khoản.",
                "Còn {n} hồ sơ đang giải quyết. Ông/bà đợi có kết quả hoặc rút hồ sơ, rồi xóa tài khoản.",
                under_way,
            )
            raise AccountError(told.format(n=under_way), "delete")
        contacts = _contacts(account)
        self.note(account, "delete", now, kept)
        self._links.forget(account)
        SignInDocument.objects(account=account).update(set__login="", set__address="", set__browser="")
        # what was handed in stands in its dossier; the copy that it was typed into serves nobody any more
        self._database["applications"].delete_many({"owner": account})
        self._database["inbox"].delete_many({"to": account})
        # what was said stays with its answer, which its code still opens; who said it does not
        nobody = {"name": NOBODY, "phone": "", "email": "", "account": ""}
        self._database["feedback"].update_many(
            {"sender.account": account}, {"$set": {"sender": nobody}, "$inc": {"version": 1}}
        )
        for name, field in _ADDRESSED:
            self._database[name].delete_many({field: {"$in": contacts}})
        AccountDocument.objects(id=account).update_one(
            set__name=NOBODY,
            set__login=f"-{account}",
            set__logins=[f"-{account}"],
            set__password_hash=NO_PASSWORD,
            set__active=False,
            set__lock_reason="Chủ tài khoản xóa",  # vi: kept
            set__stamp="-",
            set__confirmed=[],
            set__recovery=[],
            set__former=[],
            **{f"set__{name}": "" for name in _TOLD},
            **{f"unset__{name}": 1 for name in _PROVEN},
        )
        self._database["sessions"].delete_many({"account": account})


def _contacts(account: str) -> list[str]:
    row = AccountDocument.objects(id=account).as_pymongo().first() or {}
    return [one for one in {row.get("phone"), row.get("email"), *(row.get("logins") or ())} if one]
