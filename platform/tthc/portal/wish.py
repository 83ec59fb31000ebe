"""What somebody pressed before signing in: beginning an application waits in their session until they have (Đ10.1a).

The session is a signed cookie of this browser, so what waits is small and does not wait long.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from flask import session

from tthc.accounts.session import WISH
from tthc.portal.needs_routes import AGENCY

LASTS: Final = timedelta(minutes=30)
MOST: Final = 2_500  # characters: a cookie holds 4 kB, and the session keeps other things in it
PLACE: Final = ("agency", AGENCY, "behalf")
Form = dict[str, list[str]]


def keep(code: str, form: Mapping[str, list[str]], now: datetime) -> None:
    """Keep what was posted to begin a procedure; of more answers than a cookie holds, the place alone."""
    kept = {name: values for name, values in form.items() if name != "csrf_token"}
    if len(json.dumps(kept)) > MOST:
        kept = {name: values for name, values in kept.items() if name in PLACE}
    session[WISH] = {"code": code, "until": (now + LASTS).isoformat(), "form": kept}


def taken(code: str, now: datetime) -> Form | None:
    """What was posted to begin this procedure, once; None where nothing waits, or has waited too long."""
    wish = session.pop(WISH, None)
    if not isinstance(wish, dict) or wish.get("code") != code or now.isoformat() > str(wish.get("until")):
        return None
    form = wish.get("form")
    return form if isinstance(form, dict) else None
