"""The conditions and tables of a version, to be tried in the builder's editors; nothing is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from flask import abort, render_template, request, url_for
from flask_admin import expose

from admin import texts
from admin.listing import Row, rows, shorten
from admin.views.base import WRITERS, Answer, Page
from admin.views.feel import path_in
from admin.views.versions import tab_row
from definitions.aid import Place, check, place, sentence
from definitions.aid.listing import Found, conditions_in, tables_in
from definitions.conditions import ALWAYS, feel_of, rows_of
from definitions.conditions import posting as by_rows
from definitions.conditions import sentence as said_by_rows
from definitions.conditions.shown import shown as shown_rows
from definitions.grid import act, checked, collect, grid_of, marks
from definitions.grid.model import HITS
from definitions.grid.shown import shown as shown_grid
from definitions.lifecycle import Version
from definitions.model import Definition
from definitions.reading import ReadingError, read
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

    def chosen(self, dotted: str) -> Found | None:
        every = (*self.tables, *self.conditions)
        return next((each for each in every if each.dotted == dotted), every[0] if every else None)


class Pieces(Page):
    """/quan-tri/ban-cau-hinh/<code>/<version>/bang-va-dieu-kien."""

    rules = (WRITERS,)
    listed = False

    @expose("/<code>/<version_id>/bang-va-dieu-kien", methods=("GET", "POST"))
    def pieces(self, code: str, version_id: str) -> Answer:
        opened = _opened(code, version_id)
        chosen = opened.chosen(request.args.get("cho", "")[:500])
        editor = _editor(opened, chosen, told=request.method == "POST")
        page = self._page(opened, chosen, editor)
        return (page, 422) if editor and editor.get("wrong") else page

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
            hits=HITS,
        )

    def _page(self, opened: _Open, chosen: Found | None, editor: Mapping[str, Any] | None) -> str:
        at = {"code": opened.version.procedure, "version_id": opened.version.id}
        return self.show(
            "admin/version_pieces.html",
            version=opened.version,
            row=opened.row,
            at=at,
            tabs=tab_row(at, "pieces"),
            breadcrumbs=[
                ("Bản cấu hình thủ tục", url_for("definitions.index")),
                (shorten(opened.row.name), None),
            ],
            opened=opened,
            chosen=chosen,
            editor=editor,
            urls=_urls(opened.version),
            hits=HITS,
        )


def _opened(code: str, version_id: str) -> _Open:
    s = services()
    version = s.definitions.version(code, version_id)
    if version is None:
        abort(404)
    text = s.definitions.text(version)
    definition = texts.loaded(version.text, text, f"{code}.yaml").definition
    try:
        data = read(text).data
    except ReadingError:
        data = None
    return _Open(version, rows(s, [version])[0], text, definition, conditions_in(data), tables_in(data))


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
        return _condition(chosen.value, where, source, told=told)
    return _grid(opened.definition, chosen, where, source)


def _condition(stored: str, where: Place, source: Mapping[str, list[str]], *, told: bool) -> dict[str, Any]:
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
        feel = _one(source, f"{NAME}.feel") if way == "feel" else stored
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
        "wrong": told and not pressed and not turned and bool(error or (way == "rows" and not feel)),
        "checked": told and not pressed and not turned,
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
        "wrong": bool(errors) and bool(source) and not pressed,
        "checked": bool(source) and not pressed,
    }


def _one(source: Mapping[str, list[str]], name: str) -> str:
    return next(iter(source.get(name, ())), "")[:20000].replace("\r\n", "\n")
