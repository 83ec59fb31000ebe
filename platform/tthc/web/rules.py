"""Access rules and what they decide: no request, no database.

A rule is a word:

    public                everybody
    signed_in             whoever has an account
    citizen               persons and organisations
    staff                 staff; where the address names an agency, those who hold a function there (Đ2.7): belonging
                          to an agency alone opens nobody's papers
    staff:<function>      the same, holding that function there (anywhere, where the address names no agency)
    client                another system by its key (`tthc.api.gate`), never an account
    kiem_soat, tham_dinh_cau_hinh, cong_bo_ky_thuat, quan_tri_co_quan, giam_sat, admin
                          holders of that role; `admin` is quan_tri. `giam_sat` watches over all agencies (Đ23.1): it
                          stands only at pages that read
"""

from enum import Enum, auto

from tthc.accounts.model import FUNCTIONS, Account

_ROLES = {
    "kiem_soat": "kiem_soat",
    "tham_dinh_cau_hinh": "tham_dinh_cau_hinh",
    "cong_bo_ky_thuat": "cong_bo_ky_thuat",
    "admin": "quan_tri",
    "quan_tri_co_quan": "quan_tri_co_quan",
    "giam_sat": "giam_sat",
}
CLIENT = "client"
OVERSEER = "giam_sat"
_PLAIN = frozenset({"public", "signed_in", "citizen", "staff", CLIENT})


class Verdict(Enum):
    ALLOWED = auto()
    SIGN_IN = auto()
    FORBIDDEN = auto()


def check(rule: str) -> str:
    """The rule itself; raises `ValueError` for a word that is none, when the program starts rather than later."""
    head, _, function = rule.partition(":")
    known = rule in _PLAIN or rule in _ROLES or (head == "staff" and function in FUNCTIONS)
    if not known:
        raise ValueError(f"unknown access rule: {rule}")
    return rule


def judge(rules: tuple[str, ...], account: Account | None, agency: str | None) -> Verdict:
    """Whether any of the rules lets this account in, at the agency that the address names."""
    if "public" in rules:
        return Verdict.ALLOWED
    if account is None or not account.active:
        return Verdict.SIGN_IN
    return Verdict.ALLOWED if any(_holds(rule, account, agency) for rule in rules) else Verdict.FORBIDDEN


def _holds(rule: str, account: Account, agency: str | None) -> bool:
    if rule == "signed_in":
        return True
    if rule == CLIENT:
        return False
    if rule == "citizen":
        return not account.staff
    if rule in _ROLES:
        return account.staff and _ROLES[rule] in account.roles
    if not account.staff or (agency is not None and not account.functions_at(agency)):
        return False
    _, _, function = rule.partition(":")
    if not function:
        return True
    if agency is not None:
        return function in account.functions_at(agency)
    return any(function in held for held in account.functions.values())
