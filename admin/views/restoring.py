"""An earlier version brought back: asked for on one page, then reviewed and published as any other (Đ9.3b, Đ24.3)."""

from typing import Final

from flask import flash, redirect, url_for
from flask_admin import expose

from admin import posted
from admin.comparing import told
from admin.listing import rows
from admin.posted import boxes
from admin.restoring import RESTORABLE
from admin.version_page import Shown, frame, open_version, own_calendar
from admin.views.base import REVIEWERS, WRITERS, Answer, Page
from definitions.lifecycle import LifecycleError, in_force, origin
from tthc.accounts.session import current_account
from tthc.services import services

LONGEST_REASON: Final = 5000


class Restoring(Page):
    """/quan-tri/ban-cau-hinh/<code>/<version>/khoi-phuc."""

    rules = (WRITERS, REVIEWERS)
    listed = False

    @expose("/<code>/<version_id>/khoi-phuc")
    def form(self, code: str, version_id: str) -> Answer:
        """What will happen, what will change, and the two things to say."""
        shown = open_version(code, version_id)
        if shown.version.state not in RESTORABLE:
            flash("Chỉ khôi phục được bản đã được thay thế hoặc đã bãi bỏ.", "warn")
            return redirect(url_for("versions.overview", **shown.at))
        return self._form(shown)

    @expose("/<code>/<version_id>/khoi-phuc", methods=("POST",))
    def ask(self, code: str, version_id: str) -> Answer:
        """A new version of the same text, at the review desk at once."""
        shown, s = open_version(code, version_id), services()
        now = s.clock.now()
        # the consent of Đ5.3 is looked for where the text was registered first
        first = origin(s.definitions.versions(code), shown.version)
        try:
            reason = posted.text(
                "reason",
                missing="Ông/bà ghi rõ lý do khôi phục nội dung của bản cũ.",
                most=LONGEST_REASON,
            )
            start = posted.day("start", "Ngày có hiệu lực")
        except posted.PostedError as error:
            return self._form(shown, error.message, error.field), 422
        try:
            version = s.definitions.roll_back(
                code,
                version_id,
                current_account().key,
                now,
                calendar=own_calendar(),
                reason=reason,
                start=start,
                gate=s.registry.gate(first.id, now.date()),
            )
        except LifecycleError as error:
            return self._form(shown, error.message), 422
        s.telling.act(version, s.definitions.name_of(version), now)
        flash("Đã gửi bản khôi phục tới bàn thẩm định. Kết quả có trong 03 ngày làm việc.", "ok")
        return redirect(url_for("reviewing.desk", code=code, version_id=version.id))

    def _form(self, shown: Shown, message: str = "", field: str = "") -> str:
        s = services()
        today = s.clock.now().date()
        versions = s.definitions.versions(shown.version.procedure)
        current = in_force(versions, today)
        other = None if current in {None, shown.version} else current
        before = None if other is None else open_version(other.procedure, other.id).loaded
        return self.show(
            "admin/restore.html",
            number=versions.index(shown.version) + 1,
            other=None if other is None else rows(s, [other])[0],
            changes=() if before is None else told(before, shown.loaded),
            message=message,
            wrong={field: message} if field else {},
            typed=posted.typed("start"),
            today=boxes(today),
            **frame(shown, "versions.overview"),
        )
