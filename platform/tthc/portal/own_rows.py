"""One's own dossiers a page at a time, the page named by `?sau=` (by key, never by offset)."""

from flask import request

from tthc.accounts.session import current_account
from tthc.dossiers.queries import PAGE, Page
from tthc.services import services


def own_rows(limit: int = PAGE) -> Page:
    """Newest first; a key that this system did not write is answered with the first page."""
    lists, owner = services().lists, current_account().key
    try:
        return lists.owned(owner, after=request.args.get("sau") or None, limit=limit)
    except ValueError:
        return lists.owned(owner, limit=limit)
