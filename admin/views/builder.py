"""/quan-tri/ban-cau-hinh/<code>/<version>/soan: a draft written element by element (Đ9.3, Đ24.3).

Each change is saved at once and answered with the page's panes drawn anew; without script the same forms post and the
page comes again. A change made upon a text that somebody else has changed since is brought together with theirs.
"""

from collections.abc import Callable, Iterable
from typing import Any, Final

from flask import abort, flash, jsonify, redirect, render_template, request, url_for
from flask_admin import expose
from werkzeug.wrappers import Response

from admin import texts
from admin.builder import lookups, posted, preview, tuning
from admin.builder import names as ids
from admin.builder.beginning import BEGINNING, begun, wrong
from admin.builder.clashing import own
from admin.builder.context import context_of
from admin.builder.fields import FIELD_ACTS, label_of
from admin.builder.gestures import ACTS, Asked
from admin.builder.nearness import nearby
from admin.builder.page import (
    filled_in,
    titled,
    written,
)
from admin.listing import names, shorten
from admin.views.base import WRITERS, Answer, Page
from admin.views.definitions import EDITABLE, twin
from definitions.editing import Edit, EditError, applied, path_of, place_of
from definitions.editing import at as value_at
from definitions.editing.collecting import collect
from definitions.editing.contents import title_of
from definitions.editing.controls import part_at
from definitions.editing.reshaping import added, copied, moved, pasted, removed, turned
from definitions.editing.text import tree_of
from definitions.gestures import GestureError, edits, tuned
from definitions.lifecycle import LifecycleError, Version
from definitions.reading import ReadingError
from definitions.workflows import shared
from tthc.accounts.session import current_account
from tthc.drafting.clipboard import Copied
from tthc.drafting.desk import ClashError, Sitting
from tthc.services import services
from tthc.web.access import access

PANES: Final = "X-Panes"


class Builder(Page):
    """Three panes and a bar: contents, the element, its effect; what is wrong."""

    rules = (WRITERS,)
    listed = False

    @expose("/soan-moi", methods=("GET", "POST"))
    @access(WRITERS)
    def begin(self) -> Answer:
        """A procedure that has no definition yet: its code, its name, who does it; the rest is written in the builder."""
        typed = {name: " ".join(request.form.get(name, "").split())[: posted.LONGEST] for name in BEGINNING}
        if request.method == "GET":
            return self.show("admin/builder/begin.html", typed=typed, errors={}, fields=BEGINNING)
        errors = wrong(typed)
        if errors:
            return self.show("admin/builder/begin.html", typed=typed, errors=errors, fields=BEGINNING), 422
        s = services()
        saved = s.definitions.save_draft(
            typed["procedure"], begun(typed), current_account().key, s.clock.now()
        )
        return redirect(url_for(".index", **_at(saved.version)))

    @expose("/<code>/<version_id>/ban-moi", methods=("POST",))
    @access(WRITERS)
    def renew(self, code: str, version_id: str) -> Answer:
        """An amendment begins as the text of the version it amends; pressed twice, there is still one (Đ24.3)."""
        s = services()
        version = s.definitions.version(code, version_id)
        if version is None:
            abort(404)
        text, me = s.definitions.text(version), current_account().key
        begun_before = twin(s.definitions, code, text, me)
        draft = begun_before or s.definitions.save_draft(code, text, me, s.clock.now()).version
        return redirect(url_for(".index", **_at(draft)))

    @expose("/<code>/<version_id>/soan")
    def index(self, code: str, version_id: str) -> Answer:
        return self._page(_draft(code, version_id))

    @expose("/<code>/<version_id>/soan/luu", methods=("POST",))
    @access(WRITERS)
    def save(self, code: str, version_id: str) -> Answer:
        """The controls of one element as they were filled in."""
        place, errors = posted.place(), dict[str, str]()

        def make(data: Any) -> Iterable[Edit]:
            path, before, asked = filled_in(data, place)
            found = collect(asked, request.form.to_dict(flat=False), before)
            errors.update(found.errors)
            return written(data, path, before, asked, found.value)

        return self._change(_draft(code, version_id), make, f"Sửa {posted.called()}", place, errors)

    @expose("/<code>/<version_id>/soan/muc", methods=("POST",))
    @access(WRITERS)
    def reshape(self, code: str, version_id: str) -> Answer:
        """Adds, copies, removes, moves an element or turns it into another shape: `viec`, and where; `lam` says both for
        the buttons of a list.
        """
        act, place = request.form.get("viec", ""), posted.place("muc")
        if lam := request.form.get("lam", ""):
            act, _, place = lam[: posted.LONGEST].partition(" ")
        into, before, label = (
            posted.place("vao"),
            posted.place("truoc"),
            request.form.get("ten", "")[: posted.LONGEST],
        )
        kind = request.form.get("kieu", "")
        given = {"type": kind, "begins": kind} if kind else {}
        label = label or (label_of(kind) if kind else "")
        went = {"to": posted.place()}

        def add(data: Any) -> Iterable[Edit]:
            edits, name = added(data, into, label, before, **given)
            went["to"] = f"{into}.{name}" if request.form.get("mo") else went["to"]
            return edits

        version = _draft(code, version_id)
        if services().drafting.done(_sitting(code, version_id), posted.once()):
            return self._answer(version, "", posted.place())
        called = (
            posted.called()
            if request.form.get("goi")
            else titled(services().definitions.text(version), place)
        )
        if act in FIELD_ACTS:
            told, do = FIELD_ACTS[act]

            def done(data: Any) -> Iterable[Edit]:
                return edits(data, do(data, place, request.form))

            return self._change(version, done, f"{told} {called}", posted.place())
        if act == "chep":
            return self._copy(version, place)
        if act == "xoa" and not posted.agreed() and (found := self._read(version)) is not None:
            asked = ids.asking_to_remove(found[1], place, ids.indexed(found[0].text, found[1]))
            if asked is not None:
                return self._page(found[0], asking=asked)
        copied_before = services().drafting.clipboard.get(current_account().key)
        makes: dict[str, tuple[str, Callable[[Any], Iterable[Edit]]]] = {
            "them": (f"Thêm “{label or 'mục mới'}”", add),
            "xoa": (f"Xóa {called}", lambda data: removed(data, place)),
            "dan": ("Dán", lambda data: pasted(data, into, copied_before.value) if copied_before else ()),
            "nhan-doi": (f"Nhân đôi {called}", lambda data: copied(data, place)),
            "dang": (f"Đổi cách ghi {called}", lambda data: turned(data, place, kind)),
            "len": (f"Chuyển {called} lên", lambda data: moved(data, place, by=-1)),
            "xuong": (f"Chuyển {called} xuống", lambda data: moved(data, place, by=1)),
            "chuyen": (f"Chuyển {called}", lambda data: moved(data, place, before=before, into=into)),
        }
        if act not in makes:
            abort(400)
        what, make = makes[act]
        return self._change(version, make, what, lambda: went["to"])

    @expose("/<code>/<version_id>/soan/doi-ma", methods=("POST",))
    @access(WRITERS)
    def rename(self, code: str, version_id: str) -> Answer:
        """Another id for an element: which places follow, and, agreed to, all of them in one change."""
        version, place, new = (
            _draft(code, version_id),
            posted.place("muc"),
            request.form.get("ma", "").strip(),
        )
        if services().drafting.done(_sitting(code, version_id), posted.once()):
            return self._answer(version, "", posted.place())
        read = self._read(version)
        if read is None:
            abort(404)
        acted = ids.acted(version.text, services().definitions.text(version), code, read[1])
        went = {"to": place}

        def make(data: Any) -> Iterable[Edit]:
            plan = ids.renamed(data, place, new[: posted.LONGEST], acted)
            went["to"] = place_of(applied(data, plan.edit), plan.path)
            return (plan.edit,)

        if posted.agreed():
            return self._change(version, make, f"Đổi mã {posted.called()} thành {new}", lambda: went["to"])
        try:
            plan = ids.renamed(read[1], place, new[: posted.LONGEST], acted)
        except EditError as error:
            return self._refused(code, version_id, _message(error), place)
        asking = ids.asking_to_rename(read[1], place, plan, ids.indexed(version.text, read[1]))
        return self._page(version, place=place, asking=asking)

    @expose("/<code>/<version_id>/soan/buoc", methods=("POST",))
    @access(WRITERS)
    def gesture(self, code: str, version_id: str) -> Answer:
        """What is done to the workflow as a drawing: `viec`, on a step and one of its actions."""
        asked = Asked.of(request.form)
        if asked.act not in ACTS:
            abort(400)

        def make(data: Any) -> Iterable[Edit]:
            return edits(data, asked.done(data))

        return self._change(
            _draft(code, version_id), make, f"{ACTS[asked.act]} ở {posted.called()}", posted.place()
        )

    @expose("/<code>/<version_id>/soan/quy-trinh-chung", methods=("POST",))
    @access(WRITERS)
    def tune(self, code: str, version_id: str) -> Answer:
        """Times of the steps, who plays the roles and what is signed, where this procedure has them otherwise than the shared workflow."""
        errors = dict[str, str]()

        def make(data: Any) -> Iterable[Edit]:
            durations, roles = tuning.posted(data, request.form, errors)
            signed = tuning.posted_signing(data, request.form)
            return edits(data, tuned(data, shared(), durations, roles, signed))

        what = "Sửa thời gian, người làm của quy trình"
        return self._change(_draft(code, version_id), make, what, posted.place(), errors)

    @expose("/<code>/<version_id>/soan/tra-cuu")
    @access(WRITERS)
    def look_up(self, code: str, version_id: str) -> Answer:
        """What is looked up beside: alone for the script, else with the whole page."""
        version = _draft(code, version_id)
        try:
            data = tree_of(services().definitions.text(version)).data
        except ReadingError as error:
            return self._unreadable(version, error)
        asked = (request.args.get(name, "")[: posted.LONGEST].strip() for name in ("tra", "ma", "q"))
        found = lookups.asked(data, *asked)
        if found is None:
            abort(404)
        if request.headers.get(PANES):
            context = {"beside": found, "kinds": lookups.KINDS, "at": _at(version), "view": posted.view()}
            return render_template("admin/builder/beside.html", shown_place=posted.place(), **context)
        return self._page(version, beside=found)

    @expose("/<code>/<version_id>/soan/hoan-tac", methods=("POST",))
    @access(WRITERS)
    def undo(self, code: str, version_id: str) -> Answer:
        return self._again(code, version_id, redo=False)

    @expose("/<code>/<version_id>/soan/lam-lai", methods=("POST",))
    @access(WRITERS)
    def redo(self, code: str, version_id: str) -> Answer:
        return self._again(code, version_id, redo=True)

    @expose("/<code>/<version_id>/soan/nhip")
    def beat(self, code: str, version_id: str) -> Response:
        """Who else is here, and whether the text is still the one the page shows."""
        version, s, me = _draft(code, version_id), services(), current_account()
        s.drafting.presence.seen(version_id, me.key, me.name, posted.place(), s.clock.now())
        others = s.drafting.presence.others(version_id, me.key, s.clock.now())
        return jsonify(
            text=version.text, people=[{"name": each.name, "place": each.place} for each in others]
        )

    @expose("/<code>/<version_id>/soan/vi-du")
    def examples(self, code: str, version_id: str) -> str:
        """How the examples come out now, and what none of them tries."""
        version = _draft(code, version_id)
        text = services().definitions.text(version)
        found = preview.tried(version.text, text, code)
        return render_template("admin/builder/examples.html", found=found, at=_at(version))

    def _copy(self, version: Version, place: str) -> Answer:
        """Keep an element for «Dán», here or in another draft."""
        s, who = services(), current_account().key
        try:
            data = tree_of(s.definitions.text(version)).data
            path = path_of(data, place)
            value, part = value_at(data, path), part_at(path)
        except (EditError, ReadingError) as error:
            return self._refused(version.procedure, version.id, _message(error), posted.place())
        called = title_of(part, value, path)
        s.drafting.clipboard.put(who, Copied(part.title, called, value), s.clock.now())
        return self._answer(
            version, f"Đã chép “{called}”; mở danh sách cùng loại rồi bấm Dán", posted.place()
        )

    def _again(self, code: str, version_id: str, *, redo: bool) -> Answer:
        desk, sitting = services().drafting, _sitting(code, version_id)
        try:
            done = desk.redo(sitting, posted.once()) if redo else desk.undo(sitting, posted.once())
        except (EditError, LifecycleError, ReadingError) as error:
            return self._refused(code, version_id, f"Chưa làm được: {_message(error)}", posted.place())
        if done is None:
            nothing = "Không còn thay đổi nào của ông/bà để " + ("làm lại." if redo else "hoàn tác.")
            return self._answer(_draft(code, version_id), nothing, posted.place())
        said = f"{'Đã làm lại' if redo else 'Đã hoàn tác'}: {done[1].what}."
        return self._answer(done[0].version, said, done[1].place)

    def _change(
        self,
        version: Version,
        make: Callable[[Any], Iterable[Edit]],
        what: str,
        place: str | Callable[[], str],
        errors: dict[str, str] | None = None,
    ) -> Answer:
        """`place`: where the page goes on; `errors`: filled by `make` with what could not be kept."""
        code, version_id = version.procedure, version.id
        s = services()
        where = place if isinstance(place, str) else posted.place()
        try:
            written = s.drafting.change(
                _sitting(code, version_id),
                upon=posted.upon(),
                make=make,
                what=what,
                place=where,
                once=posted.once(),
            )
        except ClashError as error:
            people = ", ".join(names(s)(by) for by in error.by)
            said = f"{people}: {error.message}" if people else error.message
            sent = request.form.to_dict(flat=False)
            typed = sent if errors is None else own(error.seen, where, sent)
            return self._page(
                _draft(code, version_id), refusal=said, place=where, typed=typed, clash=errors is not None
            ), 409
        except (EditError, GestureError, LifecycleError, ReadingError) as error:
            return self._refused(code, version_id, _message(error), where)
        if errors:
            return self._page(written.version, refusal="Có chỗ chưa lưu được.", errors=errors), 422
        said = what if written.changed else ""
        return self._answer(written.version, said, place if isinstance(place, str) else place())

    def _answer(self, version: Version, said: str, place: str) -> Answer:
        if request.headers.get(PANES):
            return self._page(version, said=said, place=place)
        if said:
            flash(f"{said}.".replace("..", "."), "ok")
        return redirect(
            url_for(".index", **_at(version), o=place or None, xem=posted.view(), th=posted.packed() or None)
        )

    def _refused(self, code: str, version_id: str, why: str, place: str) -> Answer:
        typed = request.form.to_dict(flat=False)
        return self._page(_draft(code, version_id), refusal=why, place=place, typed=typed), 422

    def _page(
        self,
        version: Version,
        *,
        said: str = "",
        refusal: str = "",
        place: str | None = None,
        errors: dict[str, str] | None = None,
        typed: dict[str, list[str]] | None = None,
        clash: bool = False,
        beside: lookups.Lookup | None = None,
        asking: ids.Asking | None = None,
    ) -> str:
        s = services()
        text = s.definitions.text(version)
        loaded = texts.loaded(version.text, text, f"{version.procedure}.yaml")
        try:
            data = tree_of(text).data
        except ReadingError as error:
            return self._unreadable(version, error)
        near = _near(version)
        context = {
            **context_of(version, data, loaded, posted.place() if place is None else place, near),
            "errors": errors or {},
            "typed": typed or (request.form.to_dict(flat=False) if errors else {}),
            "said": said,
            "refusal": refusal,
            "clash": clash,
            "asking": asking,
            "beside": beside,
        }
        if request.headers.get(PANES):
            return render_template("admin/builder/panes.html", **context, now=s.clock.now())
        crumbs = [
            ("Bản cấu hình thủ tục", url_for("definitions.index")),
            (shorten(context["row"].name), url_for("versions.overview", **_at(version))),
            ("Soạn", None),
        ]
        return self.show("admin/builder/page.html", breadcrumbs=crumbs, **context)

    def _read(self, version: Version) -> tuple[Version, Any] | None:
        try:
            return version, tree_of(services().definitions.text(version)).data
        except ReadingError:
            return None

    def _unreadable(self, version: Version, error: ReadingError) -> str:
        """A text that somebody typed and that is no YAML: only its source can be mended."""
        said = f"Dòng {error.mark.line}: {error.message} {error.remedy}"
        return self.show("admin/builder/unreadable.html", version=version, at=_at(version), said=said)


def _draft(code: str, version_id: str) -> Version:
    version = services().definitions.version(code, version_id)
    if version is None or version.state not in EDITABLE:
        abort(404)
    return version


def _at(version: Version) -> dict[str, Any]:
    return {"code": version.procedure, "version_id": version.id}


def _sitting(code: str, version_id: str) -> Sitting:
    return Sitting(code, version_id, current_account().key, services().clock.now())


def _near(version: Version) -> Callable[..., str]:
    """Panes are put into the page at its own address; other answers may stand at theirs, where nothing is near."""
    home = url_for("builder.index", **_at(version))
    return nearby(home, _at(version), at_home=bool(request.headers.get(PANES)) or request.path == home)


def _message(error: Exception) -> str:
    return str(getattr(error, "message", error))
