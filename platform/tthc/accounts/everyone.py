"""Every member of staff at once, for what looks at all of them: who could act at all."""

from datetime import date

from tthc.accounts.documents import AccountDocument, account_from
from tthc.accounts.model import Account


def every_staff(today: date) -> tuple[Account, ...]:
    """Active and locked ones; without the grants that have ended by `today`."""
    rows = AccountDocument.objects(kind="staff").exclude("password_hash").as_pymongo()
    return tuple(account_from(row, today) for row in rows)
