"""Which gateways this installation has, from its settings."""

from collections.abc import Mapping
from typing import Any

from pymongo.database import Database

from tthc.payments.local_bank import LocalBank
from tthc.payments.provider import Gateway
from tthc.payments.redirect import BankRedirect, Merchant
from tthc.payments.transfer import Transfer
from tthc.payments.vietqr import BankAccount
from tthc.settings import Settings

LOCAL_ACCOUNT = BankAccount(
    "970400",
    "0000123456789",
    "TAI KHOAN THU NGHIEM",
    "Ngân hàng thử",  # vi: the bank's own name
)


def local_bank(settings: Settings, database: Database[dict[str, Any]]) -> LocalBank | None:
    """The bank of demonstrations; `None` where money is real, or where there is none."""
    if not settings.payments.local:
        return None
    return LocalBank(database, settings.secret_key, settings.base_url)


def gateways(settings: Settings, local: LocalBank | None) -> Mapping[str, Gateway]:
    """By id, in the order in which they are offered; empty where money is taken at the counter alone."""
    found: list[Gateway] = []
    chosen = settings.payments
    if local is not None:
        found.append(BankRedirect(local.merchant, local, test=True))
    elif chosen.bank_page:
        found.append(
            BankRedirect(Merchant(chosen.bank_page, chosen.bank_api, chosen.bank_code, chosen.bank_secret))
        )
    default, own = chosen.account, chosen.accounts
    if local is not None and default is None and not own:
        found.append(Transfer(LOCAL_ACCOUNT, test=True))
    elif default is not None or own:
        found.append(
            Transfer(
                BankAccount(*default) if default else None,
                {agency: BankAccount(*each) for agency, each in own.items()},
            )
        )
    return {gateway.id: gateway for gateway in found}
