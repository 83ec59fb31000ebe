"""What waits for whoever has signed in."""

from flask_admin import expose

from admin import listing
from admin.listing import rows
from admin.views.base import ADMINS, ASKERS, PUBLISHERS, REVIEWERS, WRITERS, Page, may
from definitions.lifecycle import State
from tthc.accounts.session import current_account
from tthc.notices.reading import Notes, addresses
from tthc.services import services

MOST_NOTES = 10


class Home(Page):
    """/quan-tri/: reviews by their due date, what may be published, what came back to its author."""

    rules = (WRITERS, REVIEWERS, PUBLISHERS, ADMINS, ASKERS)

    @expose("/")
    def index(self) -> str:
        s = services()
        waiting = s.definitions.in_state(State.REGISTERED)
        mine = tuple(
            version
            for version in s.definitions.in_state(State.RETURNED, State.DRAFT)
            if version.author == current_account().key
        )
        notes = [
            note for note in Notes(s.database).of(addresses(current_account()), MOST_NOTES) if note.unread
        ]
        approved = s.definitions.in_state(State.APPROVED)
        return self.show(
            "admin/home.html",
            writes=may(WRITERS),
            reviews=may(REVIEWERS),
            publishes=may(PUBLISHERS),
            notes=notes,
            administers=may(ADMINS),
            asks=may(ASKERS),
            requests=len(s.account_requests.waiting()) if may(ADMINS) else 0,
            waiting=rows(s, waiting[: listing.PAGE]),
            approved=rows(s, approved[: listing.PAGE]),
            mine=rows(s, mine[: listing.PAGE]),
        )
