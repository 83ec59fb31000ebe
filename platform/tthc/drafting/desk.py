"""The one place where drafts are changed element by element.

A change was made upon some text, perhaps not the newest: then it is brought together with what others did since. What
cannot be brought together is told with both sides, and nothing is written.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from pymongo.database import Database

from definitions.editing import Edit, EditError, edited_all, minimal, place_of
from definitions.editing.merging import merged
from definitions.editing.text import tree_of
from definitions.lifecycle import LifecycleError, Version
from definitions.loader import Loaded
from definitions.reading import ReadingError
from definitions.store import ChangedMeanwhileError, DefinitionStore, UnknownDefinitionError
from tthc.drafting.clipboard import Clipboard
from tthc.drafting.journal import Change, Journal
from tthc.drafting.presence import Presence

_ATTEMPTS: Final = 5
_RECENT: Final = timedelta(hours=1)
"""What was saved since may be about to become a version."""

Make = Callable[[Any], Iterable[Edit]]
"""The data of a text → the changes wanted of it."""


class ClashError(LifecycleError):
    """Somebody else changed the same otherwise. `places`: where; `by`: their account keys; `seen`: the text that the
    person's change was made upon.
    """

    def __init__(self, places: tuple[str, ...], by: tuple[str, ...], seen: str) -> None:
        self.places = places
        self.by = by
        self.seen = seen
        super().__init__(
            "Người khác vừa sửa đúng chỗ này. Nội dung của họ đang hiện; chữ ông/bà gõ vẫn còn dưới đây để so và sửa lại."
        )


@dataclass(frozen=True, slots=True)
class Sitting:
    """Who changes which draft now. `version`: its id; `by`: account key."""

    procedure: str
    version: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Once:
    """What a page calls an act, empty where it does not say: one of the same name is done once. `before`: names of
    earlier acts that this one was made upon, the newest last; the page need not know whether they were done.
    """

    name: str = ""
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """The draft after a change, its text and what that comes to; `changed` is false where nothing was to be done."""

    version: Version
    text: str
    loaded: Loaded | None
    changed: bool


class Desk:
    def __init__(self, database: Database[dict[str, Any]], definitions: DefinitionStore) -> None:
        self._definitions = definitions
        self.journal = Journal(database)
        self.presence = Presence(database)
        self.clipboard = Clipboard(database)

    def ensure_indexes(self) -> None:
        self.journal.ensure_indexes()
        self.presence.ensure_indexes()

    def change(
        self, sitting: Sitting, *, upon: str, make: Make, what: str, place: str, once: Once = Once()
    ) -> Written:
        """`upon`: key of the text that the person had before them. Raises `EditError`, `ClashError`, `LifecycleError`,
        `ReadingError` where the text cannot be read.
        """
        if self._done(sitting, once) is not None:
            return self._unchanged(sitting)
        for name in reversed(once.before):
            known = self.journal.named(sitting.version, sitting.by, name)
            if known is not None:
                # what it said, without what others had said by then: the page may not show that
                upon = known.mine or known.after
                break
        try:
            seen = self._definitions.text_by_key(upon)
        except UnknownDefinitionError:
            raise LifecycleError("Trang này đã cũ; ông/bà tải lại trang rồi sửa tiếp.") from None
        mine = edited_all(seen, make(tree_of(seen).data))
        return self._write(sitting, seen, mine, (what, place, once.name))

    def done(self, sitting: Sitting, once: Once) -> bool:
        """Whether this person's act of that name was done before."""
        return self._done(sitting, once) is not None

    def undo(self, sitting: Sitting, once: Once = Once()) -> tuple[Written, Change] | None:
        """Takes back this person's newest change; None where there is none. Raises as `change`."""
        return self._again(sitting, once, undone=False)

    def redo(self, sitting: Sitting, once: Once = Once()) -> tuple[Written, Change] | None:
        return self._again(sitting, once, undone=True)

    def close(self, version_id: str, at: datetime) -> None:
        """The draft was handed in: how it came about is not kept, what it says is."""
        self._definitions.forget_texts(self.journal.close(version_id), at - _RECENT)

    def _done(self, sitting: Sitting, once: Once) -> Change | None:
        return self.journal.named(sitting.version, sitting.by, once.name) if once.name else None

    def _unchanged(self, sitting: Sitting) -> Written:
        version = self._definitions.version(sitting.procedure, sitting.version)
        if version is None:
            raise LifecycleError("Không tìm thấy phiên bản này; ông/bà tải lại trang.")
        return Written(version, self._definitions.text(version), None, changed=False)

    def _again(self, sitting: Sitting, once: Once, *, undone: bool) -> tuple[Written, Change] | None:
        already = self._done(sitting, once)
        if already is not None:
            return self._unchanged(sitting), already
        change = self.journal.last(sitting.version, sitting.by, undone=undone)
        if change is None:
            return None
        start, end = (change.before, change.after) if undone else (change.after, change.before)
        seen, wanted = self._definitions.text_by_key(start), self._definitions.text_by_key(end)
        written = self._write(sitting, seen, wanted, ("", change.place, ""))
        self.journal.mark(sitting.version, change.number, undone=not undone, name=once.name)
        return written, change

    def _write(self, sitting: Sitting, seen: str, mine: str, told: tuple[str, str, str]) -> Written:
        """`told`: what, where, and what the page calls it, for the journal; what is empty is not told there."""
        what, place, name = told
        for _ in range(_ATTEMPTS):
            version = self._definitions.version(sitting.procedure, sitting.version)
            if version is None:
                raise LifecycleError("Không tìm thấy phiên bản này; ông/bà tải lại trang.")
            current = self._definitions.text(version)
            text = mine if current == seen else self._together(version, seen, mine, current)
            if text == current:
                return Written(version, current, None, changed=False)
            try:
                saved = self._definitions.save_draft(
                    sitting.procedure,
                    text,
                    sitting.by,
                    sitting.at,
                    version_id=sitting.version,
                    expected=version.text,
                )
            except ChangedMeanwhileError:
                continue
            if what:
                change = Change(
                    0,
                    sitting.by,
                    sitting.at,
                    version.text,
                    saved.version.text,
                    what,
                    place,
                    name=name,
                    mine=self._alone(sitting, mine, text) if name else "",
                )
                self._definitions.forget_texts(
                    self.journal.add(sitting.version, change), sitting.at - _RECENT
                )
            return Written(saved.version, text, saved.loaded, changed=True)
        raise LifecycleError("Nhiều người đang cùng sửa bản này; ông/bà thử lại sau ít giây.")

    def _alone(self, sitting: Sitting, mine: str, text: str) -> str:
        """Key of what the person's own text says where it was brought together with others', else empty."""
        if mine == text:
            return ""
        return self._definitions.keep(sitting.procedure, mine, sitting.at)[0].text

    def _together(self, version: Version, seen: str, mine: str, current: str) -> str:
        try:
            base, own, theirs = (tree_of(text).data for text in (seen, mine, current))
        except ReadingError:
            raise ClashError(("",), self._others(version), seen) from None
        both, clashes = merged(base, own, theirs)
        if clashes:
            places = tuple(place_of(theirs, path) for path in clashes)
            raise ClashError(places, self._others(version), seen)
        try:
            return edited_all(current, minimal((), theirs, both))
        except EditError:
            raise ClashError(("",), self._others(version), seen) from None

    def _others(self, version: Version) -> tuple[str, ...]:
        last = version.acts[-1].by if version.acts else ""
        return (last,) if last else ()
