"""What the administrators of the system look after: agencies, accounts, and the letters a demonstration keeps."""

from typing import Any

from flask import abort, request, url_for
from flask_admin import expose

from admin import people
from admin.views.base import ADMINS, Page
from rules.calendar import local
from tthc.agencies.model import LEVEL_LABELS, missing_contacts
from tthc.portal.search import fold
from tthc.services import services
from tthc.web.access import access

LETTERS = 20
AGENCIES = 30


class Agencies(Page):
    """Every agency, those that have ended among them, and what their pages still lack (Đ17.1)."""

    rules = (ADMINS,)

    @expose("/")
    def index(self) -> str:
        s = services()
        today = s.clock.now().date()
        query = request.args.get("q", "").strip()[:200]
        level = request.args.get("cap", "")
        page = max(1, request.args.get("trang", 1, type=int))
        found = [
            agency
            for agency in s.agencies.all()
            if (not query or fold(query) in fold(f"{agency.name} {agency.id} {agency.identifier}"))
            and (not level or agency.level.value == level)
        ]
        chips = [
            {
                "label": label,
                "url": url_for(".index", cap=key or None, q=query or None),
                "current": key == level,
            }
            for key, label in {"": "Tất cả", **{str(k): v for k, v in LEVEL_LABELS.items()}}.items()
        ]
        return self.show(
            "admin/agencies.html",
            agencies=[
                (agency, agency.exists(today), missing_contacts(agency))
                for agency in found[(page - 1) * AGENCIES : page * AGENCIES]
            ],
            total=len(found),
            page=page,
            more=len(found) > page * AGENCIES,
            labels=LEVEL_LABELS,
            chips=chips,
            query=query,
            level=level,
        )


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
