"""Who may see the reports of an agency: its leaders and its reception; and whoever watches over all agencies (Đ23.1)."""

from typing import Final

from tthc.accounts.model import Account
from tthc.dossiers.context import RECEPTION
from tthc.services import Services

WATCHER: Final = "giam_sat"
FUNCTIONS: Final = frozenset({"phe_duyet", "lanh_dao_phong", RECEPTION})
FIGURES: Final = ("staff:phe_duyet", "staff:lanh_dao_phong", f"staff:{RECEPTION}", WATCHER)
"""Rules for figures, and lists without the names of applicants."""
PERSONAL: Final = ("staff:phe_duyet", "staff:lanh_dao_phong", f"staff:{RECEPTION}")
"""Rules for what names applicants: the agency's own people only."""


def sees(account: Account | None, agency: str) -> bool:
    """Whether the pages of an agency offer its reports to this account."""
    if account is None:
        return False
    return bool(account.functions_at(agency) & FUNCTIONS) or watches(account)


def watches(account: Account) -> bool:
    return account.staff and account.active and WATCHER in account.roles


def own(account: Account, agency: str) -> bool:
    """Whether they may open the agency's dossiers themselves."""
    return bool(account.functions_at(agency))


def fresh(s: Services) -> int:
    """Bring the lives up to date; how many are left for the sweep (0 but in the first minutes of an old installation)."""
    if s.lives.sweep():
        return s.lives.waiting()
    return 0
