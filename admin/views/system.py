"""What the administrators of the system look after: accounts, and the letters a demonstration keeps."""

from typing import Any

from flask import abort, request
from flask_admin import expose

from admin import people
from admin.views.base import ADMINS, Page
from rules.calendar import local
from tthc.services import services
from tthc.web.access import access

LETTERS = 20


class Accounts(Page):
    """Staff by name; a citizen only by the exact address they sign in with."""

    rules = (ADMINS,)

    @expose("/", methods=("GET",))
    def index(self) -> str:
        return self._show(request.args.get("q", "").strip()[:200], staff=True)

    @expose("/tra-cuu", methods=("POST",))
    @access(ADMINS)
    def citizens(self) -> str:
        """Posted, so that no telephone number stands in an address or a log."""
        return self._show(request.form.get("login", "").strip()[:254], staff=False)

    def _show(self, query: str, *, staff: bool) -> str:
        found, more = people.find(query, staff=staff)
        agencies = {agency.id: agency.name for agency in services().agencies.all()}
        return self.show(
            "admin/accounts.html", people=found, more=more, agencies=agencies, query=query, staff=staff
        )


class Mailbox(Page):
    """Letters and text messages that stay here because no way out is set up. Never in production."""

    rules = (ADMINS,)

    def is_visible(self) -> bool:
        return not services().settings.production

    @expose("/")
    def index(self) -> str:
        s = services()
        if s.settings.production:
            abort(404)
        letters: list[dict[str, Any]] = [
            {**row, "at": local(row["at"]), "to": people.masked_address(row["to"])}
            for row in s.database["mailbox"].find().sort("at", -1).limit(LETTERS)
        ]
        return self.show("admin/mailbox.html", letters=letters, most=LETTERS)
