"""The conditions and tables of a version, in the builder's editors: tried, and of a draft kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import abort, flash, redirect, render_template, request, url_for
from flask_admin import expose

from admin import texts
from admin.listing import Row, rows
from admin.version_page import frame, open_version
from admin.views.base import WRITERS, Answer, Page, may
from admin.views.definitions import EDITABLE
from admin.views.feel import path_in
from definitions.aid import Place, check, place, sentence
from definitions.aid.listing import Found, conditions_in, tables_in, unwritten
from definitions.conditions import ALWAYS, NEVER, Condition, feel_of, rows_of
from definitions.conditions import posting as by_rows
from definitions.conditions import sentence as said_by_rows
from definitions.conditions.shown import shown as shown_rows
from definitions.conditions.subjects import Subject
from definitions.editing import Drop, Edit, EditError, Put, place_of
from definitions.editing.text import tree_of
from definitions.grid import act, checked, collect, grid_of, marks, table_of
from definitions.grid.model import HITS
from definitions.grid.proof import Counterexample, Overlap
from definitions.grid.shown import shown as shown_grid
from definitions.lifecycle import LifecycleError, Version
from definitions.model import Definition
from definitions.reading import ReadingError
from tthc.accounts.session import current_account
from tthc.drafting.desk import Sitting
from tthc.services import services

NAME: Final = "d"
"""The prefix of the editors' form names on this page: there is one editor at a time."""


@dataclass(frozen=True, slots=True)
class _Open:
    """A version with what of it can be tried. `definition`: None where it cannot be compiled."""

    version: Version
    row: Row
    text: str
    definition: Definition | None
    conditions: tuple[Found, ...]
    tables: tuple[Found, ...]
    data: Any

    def chosen(self, dotted: str) -> Found | None:
        """The piece at a place; in a draft also one that is not written yet; else the first that there is."""
        every = (*self.tables, *self.conditions)
        found = next((each for each in every if each.dotted == dotted), None)
        if found is None and dotted and self.version.state in EDITABLE:
            found = unwritten(self.data, dotted)
        return found or (every[0] if every else None)


class Pieces(Page):
    """/quan-tri/ban-cau-hinh/<code>/<version>/bang-va-dieu-kien."""

    rules = (WRITERS,)
    listed = False

    @expose("/<code>/<version_id>/bang-va-dieu-kien", methods=("GET", "POST"))
    def pieces(self, code: str, version_id: str) -> Answer:
        """What is stored, or what was posted with what is wrong with it; `_save` keeps it in the draft."""
        opened = _opened(code, version_id)
        chosen = opened.chosen(request.args.get("cho", "")[:500])
        editor = _editor(opened, chosen, told=request.method == "POST")
        if chosen is None or editor is None or editor["wrong"] or "_save" not in request.form:
            page = self._page(opened, chosen, editor)
            return (page, 422) if editor and editor["wrong"] else page
        refusal = _save(opened, chosen, editor["value"])
        if refusal:
            return self._page(opened, chosen, editor, refusal), 422
        flash("Đã lưu vào bản nháp.", "ok")
        at: dict[str, Any] = {"code": code, "version_id": version_id}
        return redirect(url_for(".pieces", cho=chosen.dotted, **at))

    @expose("/<code>/<version_id>/bang-va-dieu-kien/doi", methods=("POST",))
    def redraw(self, code: str, version_id: str) -> str:
        """The editor alone, after a change."""
        opened = _opened(code, version_id)
        chosen = opened.chosen(request.args.get("cho", "")[:500])
        if chosen is None or opened.definition is None:
            abort(404)
        return render_template(
            "admin/builder/editor.html",
            editor=_editor(opened, chosen, told=False),
            chosen=chosen,
            urls=_urls(opened.version),
            load_url=_load_url(opened, chosen),
            hits=HITS,
        )

    def _page(
        self, opened: _Open, chosen: Found | None, editor: Mapping[str, Any] | None, refusal: str = ""
    ) -> str:
        shown = open_version(opened.version.procedure, opened.version.id)
        return self.show(
            "admin/version_pieces.html",
            **frame(shown, "pieces.pieces"),
            opened=opened,
            chosen=chosen,
            editor=editor,
            refusal=refusal,
            editable=opened.version.state in EDITABLE,
            owner=place_of(opened.data, chosen.path[:-1]) if chosen else "",
            urls=_urls(opened.version),
            load_url=_load_url(opened, chosen),
            hits=HITS,
        )


def _load_url(opened: _Open, chosen: Found | None) -> Callable[[Counterexample | Overlap], str] | None:
    """The builder's address with a dossier in its preview, for whoever may build."""
    if chosen is None or opened.version.state not in EDITABLE or not may(WRITERS):
        return None
    here = place_of(tree_of(opened.text).data, chosen.path[:-1])
    at: dict[str, Any] = {"code": opened.version.procedure, "version_id": opened.version.id}
    return lambda found: url_for(
        "builder.index", o=here, xem="to-khai", th=found.situation.packed or None, **at
    )


def _save(opened: _Open, chosen: Found, value: object) -> str:
    """Put the value in its place of the draft's text; the sentence that says why not, empty where it was done."""
    if request.form.get("base") != opened.version.text:
        return "Bản nháp này vừa được sửa ở nơi khác. Ông/bà mở lại trang này rồi sửa tiếp."
    s = services()
    edits: list[Edit] = [Put(chosen.path, value)]
    if value is None:
        edits = [Drop(chosen.path)] if chosen.value else []
    try:
        s.drafting.change(
            Sitting(opened.version.procedure, opened.version.id, current_account().key, s.clock.now()),
            upon=opened.version.text,
            make=lambda _: edits,
            what="Sửa bảng hoặc điều kiện",
            place=place_of(tree_of(opened.text).data, chosen.path[:-1]),
        )
    except (EditError, LifecycleError) as error:
        return str(error)
    return ""


def _written(feel: str, condition: Condition | None, key: str | int) -> object:
    """The value of the key; None where having no key says the same."""
    unsaid = {"when": ALWAYS, "visible": ALWAYS, "required": NEVER, "skip_when": NEVER}.get(str(key))
    if condition is not None and condition == unsaid:
        return None
    return {"true": True, "false": False}.get(feel, feel) if key == "required" else feel


def _opened(code: str, version_id: str) -> _Open:
    s = services()
    version = s.definitions.version(code, version_id)
    if version is None:
        abort(404)
    text = s.definitions.text(version)
    definition = texts.loaded(version.text, text, f"{code}.yaml").definition
    try:
        data = tree_of(text).data
    except ReadingError:
        data = None
    return _Open(version, rows(s, [version])[0], text, definition, conditions_in(data), tables_in(data), data)


def _urls(version: Version) -> dict[str, str]:
    at: dict[str, Any] = {"code": version.procedure, "version_id": version.id}
    return {
        "check": url_for("feel.check", **at),
        "complete": url_for("feel.complete", **at),
        "redraw": url_for("pieces.redraw", **at),
    }


def _editor(opened: _Open, chosen: Found | None, *, told: bool) -> dict[str, Any] | None:
    """What the editor shows of what is stored, or of what was posted. `told`: whether to say what is lacking."""
    if chosen is None or opened.definition is None:
        return None
    where = place(opened.definition, path_in(opened.text, chosen.dotted))
    source = request.form.to_dict(flat=False) if request.method == "POST" else {}
    if isinstance(chosen.value, str):
        return _condition(chosen, where, source, told=told)
    return _grid(opened.definition, chosen, where, source)


def _condition(chosen: Found, where: Place, source: Mapping[str, list[str]], *, told: bool) -> dict[str, Any]:
    known = where.subjects
    pressed, turned = _one(source, by_rows.ACTION), _one(source, "_way")
    way = _one(source, f"{NAME}.way")
    error = ""
    if way == "rows":
        draft = by_rows.settled(by_rows.act(by_rows.collect(source, NAME), pressed, NAME), known)
        condition, judged = by_rows.condition_of(draft, known)
        draft = judged if (told and not pressed) or turned else draft
        feel = "" if condition is None else feel_of(condition, known)
        if turned == "feel" and condition is not None:
            way = "feel"
    else:
        feel = _one(source, f"{NAME}.feel") if way == "feel" else str(chosen.value)
        if not way and not feel:  # nothing is written yet: by rows, the first of them to be filled in
            return _rows_from(by_rows.Draft("all", (by_rows.RowDraft(),)), known)
        condition = rows_of(feel, known) if way != "feel" or turned == "rows" else None
        draft = by_rows.draft_of(ALWAYS if condition is None else condition)
        if turned == "rows" and condition is None:
            error = "Biểu thức này nói nhiều hơn các dòng nói được, nên để ở dạng FEEL."
        way = "feel" if condition is None else "rows"
    if way == "feel" and not error and (found := check(feel, where)):
        error = str(found[0])
    said = said_by_rows(condition, known) if condition is not None else sentence(feel, where)
    return {
        "kind": "condition",
        "way": way,
        "rows": shown_rows(draft, known, NAME),
        "feel": feel,
        "said": said,
        "error": error,
        "value": _written(feel.strip(), rows_of(feel, known), chosen.path[-1]),
        "wrong": told and not pressed and not turned and bool(error or not feel.strip()),
        "checked": told and not pressed and not turned,
    }


def _rows_from(draft: by_rows.Draft, known: tuple[Subject, ...]) -> dict[str, Any]:
    """The editor of a condition that nobody has written anything of."""
    return {
        "kind": "condition",
        "way": "rows",
        "rows": shown_rows(draft, known, NAME),
        "feel": "",
        "said": "",
        "error": "",
        "value": None,
        "wrong": False,
        "checked": False,
    }


def _grid(
    definition: Definition, chosen: Found, where: Place, source: Mapping[str, list[str]]
) -> dict[str, Any]:
    pressed = _one(source, "_grid")
    grid = grid_of(chosen.value) if isinstance(chosen.value, Mapping) else grid_of({})
    if source:
        grid = act(collect(source, NAME), pressed, NAME)
    errors = checked(grid, where, NAME)
    at = chosen.path[1]
    fee = definition.fees[at].id if isinstance(at, int) else ""
    found = None if errors else marks(definition, fee, grid)
    return {
        "kind": "grid",
        "grid": shown_grid(grid, where, NAME, errors, found),
        "marks": found,
        "value": table_of(grid),
        "wrong": bool(errors) and bool(source) and not pressed,
        "checked": bool(source) and not pressed,
    }


def _one(source: Mapping[str, list[str]], name: str) -> str:
    return next(iter(source.get(name, ())), "")[:20000].replace("\r\n", "\n")
