"""The review of one version: the citizen's page with its changes marked, the checklist, and the decisions (Đ9.3b, Đ21.4)."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from flask import abort, flash, redirect, request, url_for
from flask_admin import expose
from werkzeug.wrappers import Response

from admin.comparing import facts
from admin.listing import names, rows
from admin.posted import boxes
from admin.restoring import restored, wanted_day
from admin.reviewing import Desk, desk, may_review
from admin.version_page import frame, open_version
from admin.views.base import ADMINS, PUBLISHERS, REVIEWERS, WRITERS, Answer, Page, may
from admin.views.definitions import WITH_PAGE, posted
from definitions import checklist
from definitions.checklist import TickError
from definitions.lifecycle import LifecycleError, State, Version
from definitions.review_time import approval, left, registered_at
from renderers.html.procedure import procedure_view
from tthc.accounts.session import current_account
from tthc.impact.sampling import Around, report
from tthc.services import services
from tthc.web.access import access

MOST_EDITS_TOLD: Final = 20
LONGEST_NOTE: Final = 5000


class Reviewing(Page):
    """/quan-tri/ban-cau-hinh/<code>/<version>/tham-dinh and the acts of the reviewer."""

    rules = (WRITERS, REVIEWERS, PUBLISHERS, ADMINS)
    listed = False

    @expose("/<code>/<version_id>/tham-dinh")
    def desk(self, code: str, version_id: str) -> str:
        return self._desk(desk(open_version(code, version_id)))

    @expose("/<code>/<version_id>/danh-dau", methods=("POST",))
    @access(REVIEWERS)
    def tick(self, code: str, version_id: str) -> Answer:
        """The whole list at once: what is marked now and was not, what no longer is, what its note has become."""
        found = desk(open_version(code, version_id))
        if not may_review(found.shown.version):
            abort(403)
        wrong = self._tick(found)
        if wrong:
            fresh = desk(open_version(code, version_id))
            return self._desk(fresh, act="tick", message=" ".join(wrong), typed=_typed()), 422
        flash("Đã lưu danh sách thẩm định.", "ok")
        return redirect(url_for(".desk", code=code, version_id=version_id, _anchor="danh-sach"))

    @expose("/<code>/<version_id>/tra-lai", methods=("POST",))
    @access(REVIEWERS)
    def send_back(self, code: str, version_id: str) -> Answer:
        """With the reasons and every open remark, so that the author has all of it in one place."""
        found = desk(open_version(code, version_id))
        reasons = "\n".join(
            [
                *filter(None, [request.form.get("reasons", "")[:LONGEST_NOTE].strip()]),
                *(f"Góp ý về {comment.label}: {comment.text}" for comment in found.open),
            ]
        )
        s = services()
        return self._act(
            found,
            "send_back",
            lambda by: s.definitions.send_back(code, version_id, by, s.clock.now(), reasons, seen=_seen()),
            "Đã trả lại người soạn kèm lý do.",
        )

    @expose("/<code>/<version_id>/duyet", methods=("POST",))
    @access(REVIEWERS)
    def approve(self, code: str, version_id: str) -> Answer:
        """What was registered, or what the reviewer wrote instead; then the machine's ticks are kept as they were."""
        found = desk(open_version(code, version_id))
        note = request.form.get("note", "")[:LONGEST_NOTE].strip()
        mended = found.mended
        if mended is not None:
            note = "\n".join(filter(None, [note, *_told(found)]))
        s = services()

        def act(by: str) -> Version:
            version = s.definitions.approve(
                code,
                version_id,
                by,
                s.clock.now(),
                note,
                seen=_seen(),
                gate=lambda: found.missing,
                mended=None if mended is None else mended.content,
            )
            s.reviews.settle(version, found.lines)
            return version

        return self._act(found, "approve", act, "Đã duyệt. Bản này chờ công bố từ một ngày.")

    @expose("/<code>/<version_id>/sua-khi-duyet", methods=("GET", "POST"))
    @access(REVIEWERS)
    def mend(self, code: str, version_id: str) -> Answer:
        """The reviewer's own text beside what was registered, which stays as it is."""
        found = desk(open_version(code, version_id))
        version = found.shown.version
        if not may_review(version):
            return redirect(url_for(".desk", code=code, version_id=version_id))
        if request.method == "GET":
            return self._mending(found, found.text)
        text, refusal = posted()
        if not refusal and request.form.get("base") != _base(found) and text != found.text:
            refusal = "Bản sửa này vừa được lưu ở nơi khác. Chữ ông/bà gõ vẫn còn dưới đây; ông/bà lưu lại nếu muốn thay."
        if refusal:
            return self._mending(found, text, refusal), 422
        s = services()
        try:
            content, loaded = s.definitions.keep(code, text, s.clock.now())
        except LifecycleError as error:
            return self._mending(found, text, error.message), 422
        if content.text == version.text:
            s.reviews.drop_mended(version)
            flash("Nội dung giống bản đã đăng ký nên không có bản sửa nào.", "ok")
        else:
            s.reviews.mend(version, content, current_account().key, s.clock.now())
            wrong = len(loaded.errors)
            flash(
                f"Đã lưu bản sửa; còn {wrong} lỗi." if wrong else "Đã lưu bản sửa.", "warn" if wrong else "ok"
            )
        return redirect(url_for(".desk", code=code, version_id=version_id))

    @expose("/<code>/<version_id>/sua-khi-duyet.yaml")
    @access(REVIEWERS)
    def raw(self, code: str, version_id: str) -> Response:
        """The text being mended, for the editor that fetches a long one."""
        found = desk(open_version(code, version_id))
        return Response(
            found.text, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"}
        )

    @expose("/<code>/<version_id>/bo-ban-sua", methods=("POST",))
    @access(REVIEWERS)
    def drop(self, code: str, version_id: str) -> Answer:
        version = open_version(code, version_id).version
        if not may_review(version):
            abort(403)
        services().reviews.drop_mended(version)
        flash("Đã bỏ bản sửa; nội dung người soạn đăng ký vẫn nguyên.", "ok")
        return redirect(url_for(".desk", code=code, version_id=version_id))

    def _act(self, found: Desk, kind: str, act: Callable[[str], Version], done: str) -> Answer:
        """Do it, tell those concerned, and go to the version; or say why not with everything still typed in."""
        try:
            version = act(current_account().key)
        except LifecycleError as error:
            return self._desk(found, act=kind, message=error.message, typed=_typed()), 422
        s = services()
        s.telling.act(version, s.definitions.name_of(version), s.clock.now())
        flash(done, "ok")
        return redirect(url_for(".desk", code=version.procedure, version_id=version.id))

    def _tick(self, found: Desk) -> list[str]:
        """Stores what can be, and says what cannot."""
        s, me, now = services(), current_account().key, services().clock.now()
        version, wrong = found.shown.version, []
        chosen = frozenset(request.form.getlist("tick"))
        for line in found.lines:
            item = line.item.id
            if line.state not in {"open", "ticked"}:
                continue
            if item not in chosen:
                if line.tick is not None:
                    s.reviews.untick(version, item)
                continue
            note = request.form.get(f"note.{item}", "")
            if line.tick is not None and line.tick.note == " ".join(note.split()):
                continue
            try:
                s.reviews.tick(version, checklist.tick(found.lines, item, me, now, note))
            except TickError as error:
                wrong.append(str(error))
        return wrong

    def _desk(
        self, found: Desk, *, act: str = "", message: str = "", typed: Mapping[str, Any] | None = None
    ) -> str:
        s = services()
        version, now = found.shown.version, s.clock.now()
        definition = found.judged.definition
        reviews = may_review(version)
        return self.show(
            "admin/review.html",
            desk=found,
            who=names(s),
            view=None if definition is None else procedure_view(definition, now.date()),
            other=None if found.other is None else rows(s, [found.other])[0],
            impact=_impact(found),
            registered=registered_at(version),
            left=left(version, now, s.calendar("")),
            can={
                "review": reviews,
                "own": may(REVIEWERS) and not reviews and version.state is State.REGISTERED,
                "publish": may(PUBLISHERS) and version.state is State.APPROVED,
            },
            act=act,
            message=message,
            typed=typed or {},
            restored=restored(version),
            approval=approval(version),
            wanted=boxes(wanted_day(version, now.date())),
            **frame(found.shown, "reviewing.desk"),
        )

    def _mending(self, found: Desk, text: str, refusal: str = "") -> str:
        """`admin/edit.html` for the reviewer; a long stored text is fetched after the page."""
        stored = text == found.text and len(text.encode()) > WITH_PAGE
        at = found.shown.at
        return self.show(
            "admin/edit.html",
            version=found.shown.version,
            name=found.shown.row.name,
            text=text,
            source=url_for(".raw", **at) if stored else None,
            refusal=refusal,
            problems=(),
            excerpts={},
            reviewing={
                "action": url_for(".mend", **at),
                "back": url_for(".desk", **at),
                "base": _base(found),
            },
        )


def _impact(found: Desk) -> Any:
    """What the dossiers that exist would come to; None where there is nothing to hold it against."""
    s = services()
    if found.other is None:
        return None
    before = open_version(found.other.procedure, found.other.id).loaded.definition
    after = found.judged.definition
    if before is None or after is None:
        return None
    return report(before, after, Around(s.repository, facts, s.calendar))


def _told(found: Desk) -> list[str]:
    """What the reviewer changed, in words, for the act that stays."""
    said = [f"Sửa: {change.sentence}" for change in found.edits[:MOST_EDITS_TOLD]]
    more = len(found.edits) - len(said)
    return [*said, f"Và {more} chỗ khác."] if more > 0 else said


def _base(found: Desk) -> str:
    """Which text the editor began with."""
    return found.mended.content.text if found.mended else found.shown.version.text


def _seen() -> str:
    """Hash of the content on the page the reviewer pressed the button of."""
    return request.form.get("seen", "")[:200]


def _typed() -> dict[str, Any]:
    return {**request.form.to_dict(), "tick": request.form.getlist("tick")}
