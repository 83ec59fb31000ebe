"""Where signing in leads."""

from flask import url_for

from tthc.accounts.model import OVERSEER, Account
from tthc.services import services
from tthc.web.redirects import safe_next


def landing(account: Account) -> str:
    """Where signing in leads: where one was going; else staff to their workspace (Đ3.2), citizens to their dossiers."""
    if account.must_change_password:
        return url_for("accounts.change_password")
    if not account.staff:
        return safe_next("/ho-so")
    # one's own agency where one holds a function there, else the first of those that granted one (Đ2.7)
    held = sorted(
        (a for a in account.functions if account.functions_at(a)), key=lambda a: a != account.agency
    )
    agency = services().agencies.get(held[0]) if held else None
    if agency is None and OVERSEER in account.roles:
        return safe_next("/giam-sat")
    return safe_next(f"/motcua/{agency.slug}/" if agency else "/quan-tri/" if account.roles else "/tai-khoan")
