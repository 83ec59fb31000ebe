"""Notices of the review desk into people's inboxes on the portal: both sides, each notice once.

A notice's id is made of what it is about, so sending it again does nothing (`tthc.notices.channels.Inbox`).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol

from pymongo.database import Database

from definitions.lifecycle import Act, Version, restored_because
from definitions.review_time import Stage, left, registrations
from renderers.messages import Message
from renderers.text import instant
from rules.calendar import Calendar
from tthc.accounts.model import Account
from tthc.notices.channels import Inbox, Parcel

REVIEWERS: Final = "tham_dinh_cau_hinh"
PUBLISHERS: Final = "cong_bo_ky_thuat"
_TITLES: Final = {
    "register": "Có bản cấu hình chờ thẩm định",
    "return": "Bản cấu hình được trả lại để chỉnh sửa",
    "approve": "Bản cấu hình đã được duyệt",
    "approve_with_edits": "Bản cấu hình đã được duyệt, có sửa",
    "publish": "Bản cấu hình đã được công bố",
}
RESTORED: Final = "Có bản khôi phục chờ thẩm định"
_TO_AUTHOR: Final = frozenset({"return", "approve", "approve_with_edits", "publish"})
_TO_ROLE: Final = {
    "register": REVIEWERS,
    "approve": PUBLISHERS,
    "approve_with_edits": PUBLISHERS,
}


class People(Protocol):
    def staff_in_role(self, role: str) -> tuple[Account, ...]:
        """Active staff who hold a role, by name."""
        ...


@dataclass(frozen=True, slots=True)
class Notice:
    """`about`: what makes it one and the same notice, fit to stand in an address; `place`: the page of the administration it leads to."""

    about: str
    template: str
    to: str
    message: Message
    place: str


class Telling:
    """Puts notices into inboxes."""

    def __init__(self, database: Database[dict[str, Any]], people: People) -> None:
        self._inbox = Inbox(database)
        self._people = people

    def act(self, version: Version, name: str, at: datetime) -> None:
        """Tells of the last act of a version: its author of decisions, those who act next of what waits for them."""
        done: Act = version.acts[-1]
        if done.kind not in _TITLES:
            return
        to = {version.author} if done.kind in _TO_AUTHOR else set()
        if role := _TO_ROLE.get(done.kind):
            to |= {account.key for account in self._people.staff_in_role(role)}
        restored = version.restores and done.kind == "register"
        title = RESTORED if restored else _TITLES[done.kind]
        why = restored_because(version) if restored else done.text
        body = "\n".join(filter(None, (f"“{name}” ({version.procedure}).", why)))
        for person in sorted(to - {done.by}):
            notice = Notice(
                about=f"{version.id}:{len(version.acts)}:{done.kind}",
                template=f"review_{done.kind}",
                to=person,
                message=Message(title, body),
                place=place(version),
            )
            self._put(notice, at)

    def slip(self, about: str, message: Message, place: str, by: str, at: datetime) -> tuple[str, ...]:
        """Tells everybody who reviews, but `by`, of a registration slip; keys of those told."""
        to = sorted({account.key for account in self._people.staff_in_role(REVIEWERS)} - {by})
        for person in to:
            self._put(Notice(about, "slip_sent", person, message, place), at)
        return tuple(to)

    def remind(self, version: Version, stage: Stage, name: str, now: datetime, calendar: Calendar) -> None:
        """Both sides: everybody who reviews, and the author."""
        to = {version.author, *(account.key for account in self._people.staff_in_role(REVIEWERS))}
        about = f"{version.id}:{registrations(version)}:{stage}"
        until = f"Hạn thẩm định: {instant(version.due)} ({left(version, now, calendar)})."
        message = Message(
            f"Thẩm định bản cấu hình: {stage.label}", f"“{name}” ({version.procedure}).\n{until}"
        )
        for person in sorted(to):
            self._put(Notice(about, "review_reminder", person, message, place(version)), now)

    def _put(self, notice: Notice, at: datetime) -> None:
        self._inbox.send(
            Parcel(
                id=f"{notice.about}:{notice.to}",
                dossier="",
                template=notice.template,
                to=notice.to,
                message=notice.message,
                link=notice.place,
            ),
            at,
        )


def place(version: Version) -> str:
    return f"/quan-tri/ban-cau-hinh/{version.procedure}/{version.id}/tham-dinh"
