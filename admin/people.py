"""Accounts as an administrator finds them: few at a time, and no more of a person than is needed (Đ24.2)."""

import re
from dataclasses import dataclass
from typing import Any, Final

from renderers.text import mask_name
from tthc.accounts.documents import AccountDocument, account_from
from tthc.accounts.logins import normal_login
from tthc.accounts.model import Account
from tthc.notices.masking import masked_address

MOST: Final = 50


@dataclass(frozen=True, slots=True)
class Person:
    """`key` only of staff, who have a page. `name` and `login` of a citizen are covered; staff are known by theirs."""

    name: str
    login: str
    titles: tuple[str, ...]
    agency: str | None
    active: bool
    key: str = ""


def find(query: str, *, staff: bool, agency: str = "") -> tuple[tuple[Person, ...], bool]:
    """Staff by part of a name or of a login; citizens only by the exact telephone number or e-mail they sign in with.

    The people, at most `MOST`, and whether there are more.
    """
    kinds = ["staff"] if staff else ["person", "organisation"]
    match: dict[str, Any] = {"kind": {"$in": kinds}}
    if staff and query:
        part = {"$regex": re.escape(query), "$options": "i"}
        match["$or"] = [{"name": part}, {"login": part}]
    if staff and agency:
        match.setdefault("$and", []).append({"$or": [{"agency": agency}, {"grants.agency": agency}]})
    if not staff:
        if not query:
            return (), False
        match["logins"] = normal_login(query)
    found = AccountDocument.objects(__raw__=match).order_by("name").limit(MOST + 1).as_pymongo()
    people = [_person(account_from(row)) for row in found]
    return tuple(people[:MOST]), len(people) > MOST


def _person(account: Account) -> Person:
    if account.staff:
        return Person(
            account.name, account.login, account.titles(), account.agency, account.active, account.key
        )
    covered = mask_name(account.name) if account.kind == "person" else account.name
    return Person(covered, masked_address(account.login), account.titles(), None, account.active)
