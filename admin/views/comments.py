"""Remarks on a version, element by element, with answers, settled one by one (Đ9.1a)."""

from collections.abc import Callable
from typing import Final
from uuid import uuid4

from flask import flash, redirect, request, url_for
from flask_admin import expose

from admin.listing import names
from admin.reviewing import places
from admin.version_page import Shown, frame, open_version
from admin.views.base import ADMINS, PUBLISHERS, REVIEWERS, WRITERS, Answer, Page, may
from admin.views.definitions import EDITABLE
from definitions import comments
from definitions.comments import WHOLE, WHOLE_LABEL, Comment, CommentError, pinned
from definitions.elements import Element, element_of
from tthc.accounts.session import current_account
from tthc.services import services
from tthc.web.access import access

SIDES: Final = (WRITERS, REVIEWERS)
_SMALL: Final = frozenset(
    {"options", "item", "legal_basis", "rows", "columns", "body", "entries", "examples"}
)
"""Lists whose elements the drop-down leaves out: an address may still name one."""


class Comments(Page):
    """/quan-tri/ban-cau-hinh/<code>/<version>/gop-y; `?o=<place>` presets what a new remark is about."""

    rules = (WRITERS, REVIEWERS, PUBLISHERS, ADMINS)
    listed = False

    @expose("/<code>/<version_id>/gop-y")
    def index(self, code: str, version_id: str) -> str:
        return self._page(open_version(code, version_id))

    @expose("/<code>/<version_id>/gop-y", methods=("POST",))
    @access(*SIDES)
    def add(self, code: str, version_id: str) -> Answer:
        shown, s = open_version(code, version_id), services()
        try:
            element = comments.place_of(places(shown.loaded), request.form.get("place", "")[:500])
            made = comments.write(
                shown.version,
                element,
                request.form.get("text", ""),
                by=current_account().key,
                at=s.clock.now(),
                comment_id=uuid4().hex,
            )
        except CommentError as error:
            return self._page(shown, str(error)), 422
        s.remarks.add(made)
        flash("Đã gửi góp ý.", "ok")
        return redirect(url_for(".index", **shown.at, _anchor=made.id))

    @expose("/<code>/<version_id>/gop-y/<comment_id>/tra-loi", methods=("POST",))
    @access(*SIDES)
    def answer(self, code: str, version_id: str, comment_id: str) -> Answer:
        text, now = request.form.get("text", ""), services().clock.now()
        return self._change(
            open_version(code, version_id),
            comment_id,
            lambda comment: comments.answer(comment, text, current_account().key, now),
            "Đã gửi trả lời.",
        )

    @expose("/<code>/<version_id>/gop-y/<comment_id>/giai-quyet", methods=("POST",))
    @access(*SIDES)
    def settle(self, code: str, version_id: str, comment_id: str) -> Answer:
        now = services().clock.now()
        return self._change(
            open_version(code, version_id),
            comment_id,
            lambda comment: comments.settle(comment, current_account().key, now, reviewer=may(REVIEWERS)),
            "Đã đánh dấu góp ý là đã giải quyết.",
        )

    @expose("/<code>/<version_id>/gop-y/<comment_id>/mo-lai", methods=("POST",))
    @access(*SIDES)
    def reopen(self, code: str, version_id: str, comment_id: str) -> Answer:
        return self._change(
            open_version(code, version_id),
            comment_id,
            lambda comment: comments.reopen(comment, current_account().key, reviewer=may(REVIEWERS)),
            "Đã mở lại góp ý.",
        )

    def _change(self, shown: Shown, comment_id: str, act: Callable[[Comment], Comment], done: str) -> Answer:
        version = shown.version
        try:
            services().remarks.change(version.procedure, version.id, comment_id, act)
        except CommentError as error:
            return self._page(shown, str(error), about=comment_id), 422
        flash(done, "ok")
        return redirect(url_for(".index", **shown.at, _anchor=comment_id))

    def _page(self, shown: Shown, refusal: str = "", about: str = "") -> str:
        """`about`: the comment that a refused answer belongs to."""
        s = services()
        found = places(shown.loaded)
        chosen = request.form.get("place", request.args.get("o", ""))[:500]
        element = element_of(found, chosen)
        return self.show(
            "admin/version_comments.html",
            groups=pinned(s.remarks.of(shown.version.procedure, shown.version.id), found),
            offered=_offered(found, element),
            preset=bool(request.args.get("o")),
            chosen=element.place if element else WHOLE,
            typed=request.form.get("text", ""),
            refusal=refusal,
            about=about,
            who=names(s),
            me=current_account().key,
            takes_part=may(WRITERS) or may(REVIEWERS),
            reviews=may(REVIEWERS),
            editable=may(WRITERS) and shown.version.state in EDITABLE,
            **frame(shown, "comments.index"),
        )


def _offered(found: tuple[Element, ...], chosen: Element | None) -> list[tuple[str, list[Element]]]:
    """Elements for the drop-down, by the part of the definition they stand in."""
    groups: list[tuple[str, list[Element]]] = [(WHOLE_LABEL, [Element(WHOLE, WHOLE_LABEL)])]
    for element in found:
        first, *keys = element.place.split(".")
        if element is not chosen and (first in _SMALL or _SMALL & set(keys)):
            continue
        if not keys:
            groups.append((element.label, []))
        groups[-1][1].append(element)
    return groups
