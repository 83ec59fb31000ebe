"""Versions as the lists show them: who wrote them, what they are called, how long their review may take."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Final

from admin import texts
from definitions import standing
from definitions.lifecycle import State, Version
from definitions.store import SYSTEM, DefinitionStore, UnknownDefinitionError
from tthc.portal.search import fold
from tthc.services import Services

TONES: Final[Mapping[State, str]] = {
    State.DRAFT: "",
    State.REGISTERED: "warn",
    State.RETURNED: "bad",
    State.APPROVED: "info",
    State.PUBLISHED: "ok",
    State.SUPERSEDED: "",
    State.ABOLISHED: "",
}
FILTERS: Final[Mapping[str, tuple[str, tuple[State, ...]]]] = {
    "": ("Tất cả", tuple(State)),
    "dang-soan": ("Đang soạn", (State.DRAFT, State.RETURNED)),
    "cho-tham-dinh": ("Chờ thẩm định", (State.REGISTERED,)),
    "cho-cong-bo": ("Chờ công bố", (State.APPROVED,)),
    "da-cong-bo": ("Đã công bố", (State.PUBLISHED, State.SUPERSEDED, State.ABOLISHED)),
    "da-ket-thuc": ("Đã thay thế, bãi bỏ", (State.SUPERSEDED, State.ABOLISHED)),
}
ENDED_OR_NOT: Final[Mapping[str, bool]] = {"da-cong-bo": False, "da-ket-thuc": True}
"""Filters that ask besides whether the last day in force is over."""
PAGE: Final = 50
SHORT: Final = 80
UNREAD: Final = "(chưa đọc được tên thủ tục)"


@dataclass(frozen=True, slots=True)
class Row:
    """One version in a list. `at`: when something was done to it last; `due`: only while its review is awaited; `today`:
    the day it is looked at.
    """

    version: Version
    name: str
    author: str
    due: datetime | None
    at: datetime
    today: date

    @property
    def label(self) -> str:
        return standing.label(self.version, self.today)

    @property
    def tone(self) -> str:
        return "ok" if self.version.in_force(self.today) else TONES[self.version.state]

    @property
    def days(self) -> str:
        return days_in_force(self.version)


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of rows, how many there are of all, and whether another page follows."""

    rows: tuple[Row, ...]
    total: int
    more: bool


def listed(s: Services, chosen: str, query: str = "", page: int = 1) -> Listed:
    """Versions of this filter whose procedure's code or name holds `query`; what waits for review comes first."""
    versions = s.definitions.in_state(*FILTERS[chosen][1])
    if chosen in ENDED_OR_NOT:
        today, ended = s.clock.now().date(), ENDED_OR_NOT[chosen]
        versions = tuple(version for version in versions if standing.over(version, today) is ended)
    if query:
        wanted = fold(query)
        versions = tuple(
            version
            for version in versions
            if wanted in version.procedure or wanted in fold(name_of(s.definitions, version))
        )
    first = (page - 1) * PAGE
    return Listed(rows(s, versions[first : first + PAGE]), len(versions), len(versions) > first + PAGE)


def rows(s: Services, versions: Iterable[Version]) -> tuple[Row, ...]:
    who, today = names(s), s.clock.now().date()
    return tuple(
        Row(
            version=version,
            name=name_of(s.definitions, version),
            author=who(version.author),
            due=version.due if version.state is State.REGISTERED else None,
            at=version.acts[-1].at,
            today=today,
        )
        for version in versions
    )


def names(s: Services) -> Callable[[str], str]:
    """Account keys to names, each asked for once."""

    @cache
    def name(key: str) -> str:
        if key == SYSTEM:
            return "Hệ thống"
        account = s.accounts.get(key)
        return account.name if account else "Tài khoản đã xóa"

    return name


def name_of(store: DefinitionStore, version: Version) -> str:
    """The procedure's name as this version says it, taken from its letters where they cannot be compiled."""
    if version.hash:
        try:
            return store.by_hash(version.hash).name
        except UnknownDefinitionError:
            return UNREAD
    return texts.name_in(store.text(version)) or UNREAD


def shorten(name: str) -> str:
    """For where a name only says where one is: names of procedures run to three hundred letters."""
    return name if len(name) <= SHORT else f"{name[: SHORT - 1].rstrip()}…"


def days_in_force(version: Version) -> str:
    """`từ 25/08/2019`, `25/08/2019 – 31/12/2026`; empty before publication and where it never came into force."""
    if version.state not in {State.PUBLISHED, State.SUPERSEDED, State.ABOLISHED} or version.end == date.min:
        return ""
    start = f"{version.start:%d/%m/%Y}" if version.start else ""
    if version.end is None:
        return f"từ {start}" if start else "đang có hiệu lực"
    return f"{start} – {version.end:%d/%m/%Y}" if start else f"đến {version.end:%d/%m/%Y}"
