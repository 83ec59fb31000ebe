"""The demonstration's accounts, as the sign-in page and the run command show them."""

import os
from collections.abc import Mapping
from dataclasses import dataclass

from tthc.accounts.model import FUNCTIONS, OVERSEER, ROLES
from tthc.agencies.data import shipped
from tthc.agencies.model import Agency
from tthc.demo.people import CITIZENS, STAFF, Staff

VARIABLE = "TTHC_DEMO_PASSWORD"
DEFAULT = "hoa-ban-son-la"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """`role` as a person reads it; `agency` its name, empty for citizens; `url` where signing in leads."""

    login: str
    name: str
    role: str
    agency: str
    url: str


def password(environ: Mapping[str, str] | None = None) -> str:
    """The password of all demonstration accounts."""
    return (os.environ if environ is None else environ).get(VARIABLE, "").strip() or DEFAULT


def accounts() -> tuple[DemoAccount, ...]:
    """Citizens first, then staff agency by agency."""
    agencies = {agency.id: agency for agency in shipped()}
    kinds = {"person": "Người dân", "organisation": "Tổ chức"}
    citizens = (DemoAccount(c.phone, c.name, kinds[c.kind], "", "/ho-so") for c in CITIZENS)
    staff = (
        DemoAccount(s.login, s.name, _role(s), agencies[s.agency].name, _url(s, agencies[s.agency]))
        for s in STAFF
    )
    return (*citizens, *staff)


def welcome() -> tuple[str, ...]:
    """Lines for the operator's screen: the password, and every account with what it is for."""
    known = accounts()
    width = max(len(one.login) for one in known)
    lines = [f"Tài khoản dùng thử (mật khẩu chung: {password()}):"]
    for one in known:
        where = f" - {one.agency}" if one.agency else ""
        lines.append(f"  {one.login:<{width}}  {one.role}{where}")
    return tuple(lines)


def _role(staff: Staff) -> str:
    return "; ".join([*(FUNCTIONS[f] for f in staff.functions), *(ROLES[r] for r in staff.roles)])


def _url(staff: Staff, agency: Agency) -> str:
    if OVERSEER in staff.roles:
        return "/giam-sat"
    return f"/motcua/{agency.slug}/" if staff.functions else "/quan-tri/"
