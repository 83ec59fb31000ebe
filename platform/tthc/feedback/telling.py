"""What the sender is told outside the site: that it was taken, and that it was answered (Đ18)."""

from datetime import datetime, timedelta
from typing import Final, Protocol

from renderers.text import instant, there
from rules.i18n import in_vietnamese
from tthc.feedback.model import Feedback

AN_HOUR: Final = 3
"""Who writes may give anybody's number: nobody is told more often than this that something was taken."""


class Letters(Protocol):
    def recent(self, template: str, contact: str, since: datetime) -> int: ...
    def put(self, template: str, contact: str, data: dict[str, object], now: datetime) -> str: ...


TAKEN: Final = "feedback_taken"
ANSWERED: Final = "feedback_answered"


@in_vietnamese()  # sent to whoever wrote, in the language of letters
def tell(letters: Letters, template: str, found: Feedback, agency: str, now: datetime) -> int:
    """To each address given; how many were. The text itself stays on the site, behind the code, which the sender has seen."""
    data: dict[str, object] = {
        "code": found.id,
        "agency": agency,
        "due": instant(found.due),
        "day": f"{there(found.due):%d/%m/%Y}",
    }
    contacts = [contact for contact in (found.sender.email, found.sender.phone) if contact]
    if template == TAKEN:
        hour = now - timedelta(hours=1)
        contacts = [one for one in contacts if letters.recent(template, one, hour) < AN_HOUR]
    for contact in contacts:
        letters.put(template, contact, data, now)
    return len(contacts)
