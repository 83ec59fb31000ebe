"""One version: what it says, what a citizen will see, how its examples come out, and the acts of its life."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from flask import abort, flash, redirect, request, url_for
from flask_admin import expose
from werkzeug.wrappers import Response

from admin import documents as printed
from admin import posted, texts
from admin.comparing import chosen_other, facts, other_of, side_by_side
from admin.listing import names, rows
from admin.posted import boxes
from admin.preview import Preview, preview
from admin.restoring import RESTORABLE, restored, wanted_day
from admin.reviewing import wrote
from admin.version_page import Shown, frame
from admin.version_page import open_version as _shown
from admin.version_page import own_calendar as _calendar
from admin.views.base import ADMINS, PUBLISHERS, REVIEWERS, WRITERS, Answer, Page, may
from admin.views.definitions import EDITABLE
from definitions.event_words import rules_in_words
from definitions.lifecycle import LifecycleError, State, Version
from definitions.model import Definition, Example
from renderers.html.procedure import procedure_view
from tthc.accounts.session import current_account
from tthc.impact.sampling import Around, report
from tthc.services import services
from tthc.trials.gate import untried
from tthc.trials.run import run_all
from tthc.web.access import access
from tthc.web.files import send_bytes

READERS: Final = (WRITERS, REVIEWERS, PUBLISHERS, ADMINS)
ACTS: Final[Mapping[str, str]] = {
    "draft": "Soạn bản nháp",
    "edit": "Sửa bản nháp",
    "register": "Đăng ký thẩm định",
    "return": "Trả lại",
    "approve": "Duyệt",
    "approve_with_edits": "Duyệt có sửa",
    "roll_back": "Khôi phục nội dung bản cũ",
    "publish": "Công bố",
    "supersede": "Được thay thế",
    "abolish": "Bãi bỏ",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """What whoever is signed in is offered to do. `own`: they wrote what waits for review, so another must do it."""

    edit: bool
    renew: bool
    review: bool
    own: bool
    roll_back: bool
    publish: bool
    abolish: bool

    @property
    def anything(self) -> bool:
        return any((self.edit, self.renew, self.review, self.own, self.roll_back, self.publish, self.abolish))


@dataclass(frozen=True, slots=True)
class Refusal:
    """An act that was refused, with what was typed for it. `act`: which form to open again."""

    act: str
    message: str
    typed: Mapping[str, object]


class Versions(Page):
    """/quan-tri/ban-cau-hinh/<code>/<version>."""

    rules = READERS
    listed = False

    @expose("/<code>/<version_id>/")
    def overview(self, code: str, version_id: str) -> str:
        return self._overview(_shown(code, version_id), None)

    @expose("/<code>/<version_id>/trang-thu-tuc")
    def page(self, code: str, version_id: str) -> str:
        """The page that the public will read (Đ7.2b)."""
        shown = _shown(code, version_id)
        definition = shown.loaded.definition
        today = services().clock.now().date()
        view = None if definition is None else procedure_view(definition, today)
        return self._tab("page", shown, view=view)

    @expose("/<code>/<version_id>/bieu-mau", methods=("GET", "POST"))
    def form(self, code: str, version_id: str) -> str:
        """The form page by page, to be tried; nothing is kept."""
        shown = _shown(code, version_id)
        definition = shown.loaded.definition
        if definition is None:
            return self._tab("form", shown, tried=None)
        tried = self._tried(definition)
        return self._tab(
            "form",
            shown,
            tried=tried,
            html=tried.html(show=request.method == "POST" and "_rows" not in request.form),
            posted=request.method == "POST",
            example=_example_number(definition),
            definition=definition,
        )

    @expose("/<code>/<version_id>/bieu-mau/doi", methods=("POST",))
    def form_live(self, code: str, version_id: str) -> str:
        """What a change shows, hides or computes."""
        definition = _shown(code, version_id).loaded.definition
        if definition is None:
            abort(404)
        return str(self._tried(definition).html(show=frozenset(request.form.getlist("_touched"))))

    @expose("/<code>/<version_id>/van-ban-in")
    def documents(self, code: str, version_id: str) -> str:
        """Each printed document as the first fitting example makes it."""
        shown = _shown(code, version_id)
        definition = shown.loaded.definition
        found = None if definition is None else printed.tried(definition, _calendar())
        return self._tab("documents", shown, documents=found)

    @expose("/<code>/<version_id>/van-ban-in/<document_id>.pdf")
    def document(self, code: str, version_id: str, document_id: str) -> Response:
        """One of them as PDF."""
        definition = _shown(code, version_id).loaded.definition
        found = () if definition is None else printed.tried(definition, _calendar())
        made = next((one.made for one in found if one.document.id == document_id), None)
        if definition is None or made is None:
            abort(404)
        return send_bytes(printed.drawn(definition, made), "application/pdf", f"{document_id}.pdf")

    @expose("/<code>/<version_id>/noi-dung")
    def text(self, code: str, version_id: str) -> str:
        shown = _shown(code, version_id)
        found = texts.lines(shown.text, shown.loaded.problems)
        return self._tab("text", shown, part=texts.part(found, _part_number()))

    @expose("/<code>/<version_id>/noi-dung.yaml")
    def raw(self, code: str, version_id: str) -> Response:
        """The text as it is kept, for the editor that fetches it and for whoever writes elsewhere."""
        return Response(
            _shown(code, version_id).text,
            content_type="text/plain; charset=utf-8",
            headers={
                "Content-Disposition": f'attachment; filename="{code}.yaml"',
                "Cache-Control": "no-store",
            },
        )

    @expose("/<code>/<version_id>/so-sanh")
    def changes(self, code: str, version_id: str) -> str:
        """Against the version in force now, or that before this one, or any other (`?voi=`)."""
        shown = _shown(code, version_id)
        s = services()
        other = chosen_other(shown.version, request.args.get("voi", ""))
        lines = () if other is None else texts.changes(s.definitions.text(other), shown.text)
        return self._tab(
            "changes",
            shown,
            other=None if other is None else rows(s, [other])[0],
            others=rows(s, [v for v in reversed(s.definitions.versions(code)) if v.id != version_id]),
            groups=() if other is None else side_by_side(_shown(code, other.id).loaded, shown.loaded),
            part=texts.part(lines, _part_number()),
        )

    @expose("/<code>/<version_id>/tac-dong")
    def impact(self, code: str, version_id: str) -> str:
        """What the dossiers that exist would come to by this version, beside what they come to by the other."""
        shown = _shown(code, version_id)
        s = services()
        other = other_of(shown.version)
        before = None if other is None else _shown(code, other.id).loaded.definition
        after = shown.loaded.definition
        found = None
        if before is not None and after is not None:
            found = report(before, after, Around(s.repository, facts, s.calendar))
        return self._tab(
            "impact",
            shown,
            other=None if other is None else rows(s, [other])[0],
            report=found,
            agency_name=lambda agency: s.agencies.facts(agency).name,
            moves=may(REVIEWERS)
            and (
                shown.version.state in {State.APPROVED, State.PUBLISHED}
                or shown.version.in_force(s.clock.now().date())
            ),
        )

    @expose("/<code>/<version_id>/dang-ky", methods=("POST",))
    @access(WRITERS)
    def register(self, code: str, version_id: str) -> Answer:
        """Hand in for review; lint and examples decide whether it can be (Đ9.3)."""
        s = services()
        calendar, now = _calendar(), s.clock.now()
        checks = s.registry.gate(version_id, now.date())
        return self._act(
            code,
            version_id,
            "register",
            lambda by: s.definitions.register(code, version_id, by, now, calendar, gate=checks),
            "Đã đăng ký thẩm định. Kết quả có trong 03 ngày làm việc.",
        )

    @expose("/<code>/<version_id>/cong-bo", methods=("POST",))
    @access(PUBLISHERS)
    def publish(self, code: str, version_id: str) -> Answer:
        s = services()
        note = request.form.get("note", "")[:500]

        def act(by: str) -> Version:
            start = _day("start", "Ngày có hiệu lực")
            s.registry.require_consent(s.definitions.versions(code), version_id)
            return s.definitions.publish(code, version_id, by, s.clock.now(), start=start, note=note)

        return self._act(code, version_id, "publish", act, "Đã công bố.")

    @expose("/<code>/<version_id>/bai-bo", methods=("POST",))
    @access(PUBLISHERS)
    def abolish(self, code: str, version_id: str) -> Answer:
        s = services()
        decision = request.form.get("decision", "")[:500]

        def act(by: str) -> Version:
            last_day = _day("last_day", "Ngày cuối còn nhận hồ sơ")
            return s.definitions.abolish(
                code, version_id, by, s.clock.now(), last_day=last_day, decision=decision
            )

        return self._act(
            code, version_id, "abolish", act, "Đã bãi bỏ. Hồ sơ đang giải quyết vẫn làm tới hết."
        )

    def _act(self, code: str, version_id: str, kind: str, act: Callable[[str], Version], done: str) -> Answer:
        """Do it and go back to the version, or say why not with everything still typed in."""
        if services().definitions.version(code, version_id) is None:
            abort(404)
        try:
            version = act(current_account().key)
        except LifecycleError as error:
            refusal = Refusal(kind, error.message, posted.typed("start", "last_day"))
            return self._overview(_shown(code, version_id), refusal), 422
        s = services()
        s.telling.act(version, s.definitions.name_of(version), s.clock.now())
        if version.state is State.REGISTERED:
            s.drafting.close(version.id, s.clock.now())
        flash(done, "ok")
        return redirect(url_for(".overview", code=code, version_id=version_id))

    def _overview(self, shown: Shown, refusal: Refusal | None) -> str:
        s = services()
        definition, who = shown.loaded.definition, names(s)
        results = () if definition is None else run_all(definition, _calendar())
        acts = [
            {
                "at": act.at,
                "title": ACTS.get(act.kind, act.kind),
                "actor": f"{who(act.by)} · nội dung {act.hash[:12] or 'chưa dựng được'}",
                "text": act.text,
                "state": "bad" if act.kind == "return" else "",
            }
            for act in shown.version.acts
        ]
        return self._tab(
            "overview",
            shown,
            refusal=refusal,
            typed=refusal.typed if refusal else {},
            results=results,
            cases={case.id: case.label for case in definition.cases} if definition else {},
            untried=() if definition is None else untried(definition, results, shown.text),
            rules=() if definition is None else rules_in_words(definition),
            official=None
            if definition is None
            else s.registry.name_against(definition, s.clock.now().date()),
            consent=s.registry.consent(shown.version.id),
            acts=acts,
            excerpts={line.number: line.text for line in texts.lines(shown.text)},
            can=_offer(shown.version),
            exports=may(WRITERS) or may(REVIEWERS),
            line=rows(s, s.definitions.versions(shown.version.procedure)),
            reviewer=who(shown.version.reviewer) if shown.version.reviewer else "",
            restored=restored(shown.version),
            wanted=boxes(wanted_day(shown.version, s.clock.now().date())),
            restores=may(WRITERS) or may(REVIEWERS),
        )

    def _tab(self, current: str, shown: Shown, **context: Any) -> str:
        return self.show(f"admin/version_{current}.html", **frame(shown, f"versions.{current}"), **context)

    def _tried(self, definition: Definition) -> Preview:
        pages = definition.whole_form.pages
        wanted = request.args.get("trang", "")
        page = next((page for page in pages if page.id == wanted), pages[0])
        number = _example_number(definition)
        example: Example | None = None if number is None else definition.examples[number]
        source = request.form.to_dict(flat=False)
        return preview(definition, page, example, source, calendar=_calendar(), now=services().clock.now())


def _part_number() -> int:
    """`?phan=`: which part of a long text; `?dong=`: the part that this line stands in."""
    line = request.args.get("dong", type=int)
    return request.args.get("phan", 1, type=int) if line is None else texts.part_of(line)


def _offer(version: Version) -> Offer:
    """For the page only: the life cycle itself has the last word."""
    me = current_account().key
    own = wrote(version, me)
    reviews, writes, publishes = may(REVIEWERS), may(WRITERS), may(PUBLISHERS)
    return Offer(
        edit=writes and version.state in EDITABLE,
        renew=writes and version.state not in EDITABLE,
        review=reviews and not own and version.state is State.REGISTERED,
        own=reviews and own and version.state is State.REGISTERED,
        publish=publishes and version.state is State.APPROVED,
        abolish=publishes and version.state is State.PUBLISHED,
        roll_back=(writes or reviews) and version.state in RESTORABLE,
    )


def _example_number(definition: Definition) -> int | None:
    """`?vi_du=1`: the first example's answers are filled in."""
    number = request.args.get("vi_du", 0, type=int)
    return number - 1 if 1 <= number <= len(definition.examples) else None


def _day(name: str, label: str) -> date:
    """A day posted in three boxes; raises LifecycleError with what is wrong with it."""
    try:
        return posted.day(name, label)
    except posted.PostedError as error:
        raise LifecycleError(error.message) from None
