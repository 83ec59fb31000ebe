"""What the administrators of the system can see without changing anything: the letters a demonstration keeps."""

from typing import Any

from flask import abort
from flask_admin import expose

from admin.views.base import ADMINS, Page
from rules.calendar import local
from tthc.notices.masking import masked_address
from tthc.services import services

LETTERS = 20


class Mailbox(Page):
    """Letters and text messages that stay here because no way out is set up. Never in production."""

    rules = (ADMINS,)

    def is_visible(self) -> bool:
        return services().settings.mailbox

    @expose("/")
    def index(self) -> str:
        s = services()
        if not s.settings.mailbox:
            abort(404)
        letters: list[dict[str, Any]] = [
            {**row, "at": local(row["at"]), "to": masked_address(row["to"])}
            for row in s.database["mailbox"].find().sort("at", -1).limit(LETTERS)
        ]
        return self.show("admin/mailbox.html", letters=letters, most=LETTERS)
