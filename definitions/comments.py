"""Remarks of the reviewer and the author on one element of a version, with answers, settled one by one (Đ9.1a). Pure.

A comment is pinned to a place by ids (`definitions.elements`), never to a line: it stays with its element through
every edit of the version, and where the element goes away it is kept and marked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from definitions.elements import Element, element_of
from definitions.lifecycle import Version
from definitions.review_time import registrations

LONGEST: Final = 4000
WHOLE: Final = ""
"""The place of a remark on the whole version."""
WHOLE_LABEL: Final = "Cả bản cấu hình"


class CommentError(ValueError):
    """A remark that is refused; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Answer:
    by: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Comment:
    """`place` and `label`: of its element, the label as it was when the remark was made. `hash`: the content it speaks
    of; `registration`: how often the version had been registered then. `settled_by`, `settled_at`: None while open.
    """

    id: str
    procedure: str
    version: str
    place: str
    label: str
    text: str
    by: str
    at: datetime
    hash: str
    registration: int
    answers: tuple[Answer, ...] = ()
    settled_by: str | None = None
    settled_at: datetime | None = None

    @property
    def open(self) -> bool:
        return self.settled_by is None


@dataclass(frozen=True, slots=True)
class Pinned:
    """Comments of one element as it is now. `gone`: the version has no such element any more."""

    place: str
    label: str
    gone: bool
    comments: tuple[Comment, ...]

    @property
    def open(self) -> int:
        return sum(comment.open for comment in self.comments)


def write(
    version: Version, element: Element, text: str, *, by: str, at: datetime, comment_id: str
) -> Comment:
    """A remark on an element of the version as it stands. Raises `CommentError`."""
    return Comment(
        id=comment_id,
        procedure=version.procedure,
        version=version.id,
        place=element.place,
        label=element.label,
        text=_said(text, "góp ý"),
        by=by,
        at=at,
        hash=version.hash,
        registration=registrations(version),
    )


def answer(comment: Comment, text: str, by: str, at: datetime) -> Comment:
    if not comment.open:
        raise CommentError("Góp ý này đã được giải quyết; ông/bà mở lại trước khi trả lời.")
    return replace(comment, answers=(*comment.answers, Answer(by, at, _said(text, "câu trả lời"))))


def settle(comment: Comment, by: str, at: datetime, *, reviewer: bool) -> Comment:
    """Whoever made the remark says that it is settled, or a reviewer does; the one it is addressed to answers."""
    if not reviewer and comment.by != by:
        raise CommentError(
            "Người nêu góp ý hoặc người thẩm định mới đánh dấu đã giải quyết; ông/bà trả lời góp ý này."
        )
    if not comment.open:
        raise CommentError("Góp ý này đã được giải quyết rồi; ông/bà tải lại trang.")
    return replace(comment, settled_by=by, settled_at=at)


def reopen(comment: Comment, by: str, *, reviewer: bool) -> Comment:
    if comment.open or (not reviewer and comment.by != by):
        raise CommentError("Góp ý này không mở lại được; ông/bà viết một góp ý mới.")
    return replace(comment, settled_by=None, settled_at=None)


def place_of(elements: Sequence[Element], place: str) -> Element:
    """Where a remark is pinned; raises `CommentError` for a place the version does not have.

    A place below an element (`fees.phi.amount`, as other pages link to it) is that element's.
    """
    if place == WHOLE:
        return Element(WHOLE, WHOLE_LABEL)
    if not elements:
        raise CommentError(
            "Bản này còn lỗi nên chưa liệt kê được các phần; ông/bà góp ý về cả bản, nêu rõ phần cần sửa."
        )
    found = element_of(elements, place)
    if found is None:
        raise CommentError("Bản cấu hình không có phần này; ông/bà chọn lại phần muốn góp ý.")
    return found


def pinned(comments: Sequence[Comment], elements: Sequence[Element]) -> tuple[Pinned, ...]:
    """By element, in the order of the definition, the whole version first, what went away last; oldest first in each.

    Of a text that cannot be compiled no elements are known, and nobody can say what went away.
    """
    labels = {element.place: element.label for element in elements}
    order = {place: number for number, place in enumerate(labels)}
    grouped: dict[str, list[Comment]] = {}
    for comment in sorted(comments, key=lambda c: c.at):
        grouped.setdefault(comment.place, []).append(comment)
    found = [
        Pinned(
            place,
            labels.get(place, group[-1].label),
            bool(elements) and place != WHOLE and place not in labels,
            tuple(group),
        )
        for place, group in grouped.items()
    ]
    return tuple(
        sorted(found, key=lambda p: (p.gone, -1 if p.place == WHOLE else order.get(p.place, len(order))))
    )


def open_at(comments: Sequence[Comment]) -> Mapping[str, int]:
    """How many are open, by place."""
    counts: dict[str, int] = {}
    for comment in comments:
        if comment.open:
            counts[comment.place] = counts.get(comment.place, 0) + 1
    return counts


def _said(text: str, what: str) -> str:
    said = text.replace("\r\n", "\n").strip()
    if not said:
        raise CommentError(f"Ông/bà viết {what} trước khi gửi.")
    if len(said) > LONGEST:
        raise CommentError(f"Ông/bà rút gọn {what} còn tối đa {LONGEST:,} ký tự.".replace(",", "."))
    return said
