"""The life of a version, pure: who may do what, when, and what it comes to (Đ9.2, Đ9.3, Đ24.3).

draft → registered (three working days) → returned | approved → published (in force from a day) → superseded | abolished
superseded | abolished → a new version of the same content, registered (rolled back)

Author ≠ reviewer. Only what was approved is published. A procedure has at most one version in force on any day:
publishing one ends the one before it on the eve. `superseded` and `abolished` versions keep the days they were in
force, and dossiers pinned to them finish on them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

from rules.calendar import Calendar, local
from rules.deadlines import DeadlineRule, Unit, due

REVIEW_TIME: Final = DeadlineRule(Decimal(3), Unit.WORKING_DAY)
"""Đ9.3b: thẩm định trong 03 ngày làm việc kể từ khi nhận đăng ký."""

Gate = Callable[[], Sequence[str]]
"""Why a version cannot be registered (lint errors, failing examples), as sentences; empty lets it through."""


class State(StrEnum):
    DRAFT = "draft"
    REGISTERED = "registered"
    RETURNED = "returned"
    APPROVED = "approved"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"
    ABOLISHED = "abolished"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS: Final = {
    State.DRAFT: "bản nháp",
    State.REGISTERED: "đã đăng ký, chờ thẩm định",
    State.RETURNED: "trả lại để chỉnh sửa",
    State.APPROVED: "đã duyệt, chờ công bố",
    State.PUBLISHED: "đã công bố",
    State.SUPERSEDED: "đã được thay thế",
    State.ABOLISHED: "đã bãi bỏ",
}


_LAW: Final = frozenset({State.PUBLISHED, State.SUPERSEDED, State.ABOLISHED})
"""States of versions that are, will be or were law for some days."""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that was done to a version. `hash`: its content at that moment."""

    kind: str
    by: str
    at: datetime
    hash: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a procedure's definition.

    `hash`: of its content, fixed from registration on; empty while a draft cannot be compiled. `text`: the key of
    what its author wrote, letter by letter. `due`: when its review is due. `start`, `end`: first and last
    day in force, `None` open; meaningful from publication on. `acts`: everything done, oldest first. `restores`: id of
    the earlier version whose text this one repeats, empty as soon as it says something else; `wanted`: the day from
    which whoever rolled back asks it to be in force.
    """

    id: str
    procedure: str
    hash: str
    text: str
    state: State
    author: str
    acts: tuple[Act, ...]
    due: datetime | None = None
    reviewer: str | None = None
    start: date | None = None
    end: date | None = None
    restores: str = ""
    wanted: date | None = None

    def in_force(self, day: date) -> bool:
        return (
            self.state in _LAW
            and (self.start is None or self.start <= day)
            and (self.end is None or day <= self.end)
        )


WROTE: Final = frozenset({"draft", "edit", "register", "roll_back"})
"""Acts that make a person an author of the version."""

_SITTING: Final = timedelta(minutes=30)
"""Changes of one person that follow each other so closely are one act of the history, told by the last."""


class LifecycleError(ValueError):
    """An act that is refused. `message` says why and what to do; `rule` names the clause."""

    def __init__(self, message: str, rule: str = "") -> None:
        self.message = message
        self.rule = rule
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Content:
    """What a version says: `hash` of the meaning, `text` key of the letters."""

    hash: str
    text: str


def draft(
    version_id: str, procedure: str, content: Content, by: str, at: datetime, *, note: str = ""
) -> Version:
    """`note`: where the text comes from, if it was not typed here."""
    acts = (Act("draft", by, at, content.hash, note.strip()),)
    return Version(version_id, procedure, content.hash, content.text, State.DRAFT, by, acts)


def edit(version: Version, content: Content, by: str, at: datetime) -> Version:
    """New content for a draft, or for a version that was returned (which is a draft again)."""
    _expect(version, "sửa", State.DRAFT, State.RETURNED)
    edited = replace(
        version,
        hash=content.hash,
        text=content.text,
        state=State.DRAFT,
        due=None,
        reviewer=None,
        restores=version.restores if content.text == version.text else "",
    )
    last = version.acts[-1] if version.acts else None
    if last is not None and last.kind == "edit" and last.by == by and at - last.at <= _SITTING:
        # a page that saves each change at once would else fill the history with nothing
        edited = replace(edited, acts=version.acts[:-1])
    return _acted(edited, "edit", by, at)


def register(version: Version, by: str, at: datetime, calendar: Calendar, gate: Gate) -> Version:
    """Handed in for review; the clock of three working days starts."""
    _expect(version, "đăng ký", State.DRAFT, State.RETURNED)
    _through(gate, "đăng ký", "Đ4.1")
    ending = due(REVIEW_TIME, at, calendar).at
    return _acted(replace(version, state=State.REGISTERED, author=by, due=ending), "register", by, at)


def send_back(version: Version, by: str, at: datetime, reasons: str, *, seen: str | None = None) -> Version:
    """`seen`: hash of the content the reviewer had before them; as for `approve`."""
    _expect(version, "trả lại", State.REGISTERED)
    _unchanged(version, seen)
    _other_than_author(version, by)
    if not reasons.strip():
        raise LifecycleError("Ông/bà ghi rõ lý do trả lại để người soạn biết phải sửa gì.", "Đ9.3b")
    return _acted(replace(version, state=State.RETURNED, reviewer=by), "return", by, at, reasons.strip())


def approve(
    version: Version,
    by: str,
    at: datetime,
    note: str = "",
    *,
    seen: str | None = None,
    gate: Gate | None = None,
    mended: Content | None = None,
) -> Version:
    """`seen`: hash of the content the reviewer had before them; what changed since is not approved unread.

    `gate`: what the review has not settled yet. `mended`: what the reviewer wrote instead (duyệt có sửa): that is what
    is approved, and the act says so.
    """
    _expect(version, "duyệt", State.REGISTERED)
    approved = (
        version if mended is None else replace(version, hash=mended.hash, text=mended.text, restores="")
    )
    _unchanged(approved, seen)
    _other_than_author(version, by)
    _through(gate, "duyệt", "Đ9.3b")
    kind = "approve" if mended is None else "approve_with_edits"
    return _acted(replace(approved, state=State.APPROVED, reviewer=by), kind, by, at, note.strip())


def roll_back(
    versions: Sequence[Version],
    earlier_id: str,
    version_id: str,
    by: str,
    at: datetime,
    *,
    calendar: Calendar,
    reason: str,
    start: date,
    gate: Gate,
) -> tuple[Version, ...]:
    """All versions with one more, of an earlier one's content, handed in for review at once (Đ9.3b, Đ24.3).

    Whoever asks for it is its author, so another person approves it. `start`: from when they ask it to be in force;
    the day that counts is chosen at publication. `gate`: that of registration, as the rules are today.
    """
    earlier = find(versions, earlier_id)
    _expect(earlier, "khôi phục", State.SUPERSEDED, State.ABOLISHED)
    if not reason.strip():
        raise LifecycleError("Ông/bà ghi rõ lý do khôi phục nội dung của bản cũ.", "Đ24.3")
    if start < local(at).date():
        raise LifecycleError(
            f"Không khôi phục lùi ngày: ngày có hiệu lực sớm nhất là {local(at):%d/%m/%Y}.", "Đ9.3"
        )
    same = [version for version in versions if version.text == earlier.text]
    if any(version.state is State.APPROVED for version in same):
        raise LifecycleError("Nội dung này đã có một bản được duyệt, đang chờ công bố.", "Đ24.3")
    if any(version.state is State.REGISTERED for version in same):
        raise LifecycleError("Nội dung này đã có một bản đang chờ thẩm định; ông/bà chờ kết quả.", "Đ24.3")
    _through(gate, "khôi phục", "Đ4.1")
    again = Version(
        version_id,
        earlier.procedure,
        earlier.hash,
        earlier.text,
        State.DRAFT,
        by,
        (),
        restores=earlier.id,
        wanted=start,
    )
    asked = _acted(again, "roll_back", by, at, reason.strip())
    return (*versions, register(asked, by, at, calendar, lambda: ()))


def origin(versions: Sequence[Version], version: Version) -> Version:
    """The version whose text was first written as that of this one, through however many times it was brought back."""
    while version.restores:
        version = find(versions, version.restores)
    return version


def restored_because(version: Version) -> str:
    """The reason its content was brought back with; empty where it was not."""
    return next((act.text for act in version.acts if act.kind == "roll_back"), "")


def publish(
    versions: Sequence[Version],
    version_id: str,
    by: str,
    at: datetime,
    start: date,
    *,
    note: str = "",
    earliest: date | None = None,
) -> tuple[Version, ...]:
    """All versions of the procedure after one of them is published from `start` on.

    The version in force on `start`, and any later one, end on the eve. `earliest`: the day from which the definition
    itself says it is law.
    """
    version = find(versions, version_id)
    _expect(version, "công bố", State.APPROVED)
    if start < local(at).date():
        raise LifecycleError(
            f"Không công bố lùi ngày: ngày có hiệu lực sớm nhất là {local(at):%d/%m/%Y}.", "Đ9.3"
        )
    if earliest is not None and start < earliest:
        raise LifecycleError(
            f"Bản cấu hình ghi có hiệu lực từ {earliest:%d/%m/%Y}; ông/bà chọn từ ngày đó trở đi.", "Đ9.3"
        )
    return put_in_force(versions, version, by, at, start, note=note)


def put_in_force(
    versions: Sequence[Version],
    version: Version,
    by: str,
    at: datetime,
    start: date | None,
    *,
    note: str = "",
) -> tuple[Version, ...]:
    """As `publish`, without asking whether it may (the procedures shipped with the product)."""
    eve = None if start is None else start - timedelta(days=1)
    after: list[Version] = []
    for other in versions:
        if other.id == version.id:
            continue
        running = other.state in _LAW and (other.end is None or (eve is not None and other.end > eve))
        if running:
            # an abolished version stays one, though its last days go to its successor
            state = other.state if other.state is State.ABOLISHED else State.SUPERSEDED
            after.append(_acted(replace(other, state=state, end=eve or date.min), "supersede", by, at))
        else:
            after.append(other)
    opened = replace(version, state=State.PUBLISHED, start=start, end=None)
    return (*after, _acted(opened, "publish", by, at, note.strip()))


def abolish(
    versions: Sequence[Version], version_id: str, by: str, at: datetime, *, last_day: date, decision: str
) -> tuple[Version, ...]:
    """All versions after the procedure takes no new dossiers beyond `last_day`; those under way finish.

    A version before this one that would still be law after that day ends with it.
    """
    version = find(versions, version_id)
    _expect(version, "bãi bỏ", State.PUBLISHED)
    if not decision.strip():
        raise LifecycleError("Ông/bà ghi số, ngày quyết định bãi bỏ thủ tục.", "Đ24.3")
    if last_day < local(at).date() - timedelta(days=1):
        raise LifecycleError(
            "Không bãi bỏ lùi ngày: hồ sơ đã nhận trong những ngày qua vẫn có hiệu lực.", "Đ24.3"
        )
    after: list[Version] = []
    for other in versions:
        if other.id == version.id:
            ended = replace(other, state=State.ABOLISHED, end=last_day)
            after.append(_acted(ended, "abolish", by, at, decision.strip()))
        elif other.state in _LAW and (other.end is None or other.end > last_day):
            after.append(_acted(replace(other, end=last_day), "abolish", by, at, decision.strip()))
        else:
            after.append(other)
    return tuple(after)


def in_force(versions: Sequence[Version], day: date) -> Version | None:
    """The one version whose law applies to dossiers handed in on that day."""
    return next((version for version in versions if version.in_force(day)), None)


def _acted(version: Version, kind: str, by: str, at: datetime, text: str = "") -> Version:
    return replace(version, acts=(*version.acts, Act(kind, by, at, version.hash, text)))


def find(versions: Sequence[Version], version_id: str) -> Version:
    """The version with that id; raises LifecycleError."""
    found = next((version for version in versions if version.id == version_id), None)
    if found is None:
        raise LifecycleError("Không tìm thấy phiên bản này; ông/bà tải lại trang.")
    return found


def _through(gate: Gate | None, act: str, rule: str) -> None:
    faults = gate() if gate is not None else ()
    if faults:
        more = f" (và {len(faults) - 1} lỗi khác)" if len(faults) > 1 else ""
        raise LifecycleError(f"Bản cấu hình chưa {act} được: {faults[0]}{more}", rule)


def _expect(version: Version, act: str, *states: State) -> None:
    if version.state not in states:
        allowed = " hoặc ".join(state.label for state in states)
        raise LifecycleError(
            f"Không {act} được phiên bản đang ở trạng thái {version.state.label}; chỉ {act} được khi {allowed}.",
            "Đ9.2",
        )


def _unchanged(version: Version, seen: str | None) -> None:
    if seen is not None and seen != version.hash:
        raise LifecycleError(
            "Nội dung bản này đã thay đổi sau khi ông/bà mở trang; ông/bà xem lại nội dung mới rồi quyết định.",
            "Đ9.3b",
        )


def _other_than_author(version: Version, by: str) -> None:
    if by == version.author or any(act.by == by for act in version.acts if act.kind in WROTE):
        raise LifecycleError(
            "Người đã soạn bản cấu hình không được tự thẩm định; cần một người khác.", "Đ9.3b"
        )
