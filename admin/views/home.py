"""What waits for whoever has signed in."""

from flask_admin import expose

from admin import listing
from admin.listing import rows
from admin.views.base import ADMINS, ASKERS, REVIEWERS, WRITERS, Page, may
from definitions.lifecycle import State
from tthc.accounts.session import current_account
from tthc.services import services


class Home(Page):
    """/quan-tri/: reviews by their due date, what may be published, what came back to its author."""

    rules = (WRITERS, REVIEWERS, ADMINS, ASKERS)

    @expose("/")
    def index(self) -> str:
        s = services()
        waiting = s.definitions.in_state(State.REGISTERED)
        mine = tuple(
            version
            for version in s.definitions.in_state(State.RETURNED, State.DRAFT)
            if version.author == current_account().key
        )
        approved = s.definitions.in_state(State.APPROVED)
        return self.show(
            "admin/home.html",
            writes=may(WRITERS),
            reviews=may(REVIEWERS),
            administers=may(ADMINS),
            asks=may(ASKERS),
            requests=len(s.account_requests.waiting()) if may(ADMINS) else 0,
            waiting=rows(s, waiting[: listing.PAGE]),
            approved=rows(s, approved[: listing.PAGE]),
            mine=rows(s, mine[: listing.PAGE]),
        )
