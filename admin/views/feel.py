"""What whoever types FEEL is told while typing: what is wrong, what it says, what could come next. Nothing is kept."""

from typing import Any

from flask import abort, request
from flask_admin import expose

from admin import texts
from admin.views.base import WRITERS, Page
from definitions.aid import Place, check, complete, named, place, sentence
from definitions.editing.text import tree_of
from definitions.grid.checking import tests_of
from definitions.grid.model import Column
from definitions.reading import ReadingError
from definitions.reading.tree import Path
from rules.feel.limits import TEXT
from tthc.services import services

UNREAD = "Bản này còn lỗi nên chưa kiểm tra từng ô được; ông/bà sửa các lỗi ở phần Tổng quan trước."


class Feel(Page):
    """/quan-tri/ban-cau-hinh/<code>/<version>/feel/… : `{text, place, column?, cursor?}` in, JSON out.

    `place`: dotted path of the element in the stored version; `column`: the expression that a table's cell is held
    against.
    """

    rules = (WRITERS,)
    listed = False

    @expose("/<code>/<version_id>/feel/kiem", methods=("POST",))
    def check(self, code: str, version_id: str) -> dict[str, Any]:
        """`{problems: [{offset, message, remedy, code}], said}`."""
        asked = _asked()
        where = _place(code, version_id, asked)
        if where is None:
            return {"problems": [], "said": "", "unread": UNREAD}
        found = check(asked["text"], where)
        return {
            "problems": [
                {"offset": each.offset, "message": each.message, "remedy": each.remedy, "code": each.code}
                for each in found
            ],
            "said": "" if found else sentence(asked["text"], where),
        }

    @expose("/<code>/<version_id>/feel/goi-y", methods=("POST",))
    def complete(self, code: str, version_id: str) -> dict[str, Any]:
        """`{suggestions: [{name, kind, type, insert, doc, start, end}]}`."""
        asked = _asked()
        where = _place(code, version_id, asked)
        cursor = asked.get("cursor")
        if where is None or not isinstance(cursor, int):
            return {"suggestions": []}
        return {
            "suggestions": [
                {
                    "name": each.name,
                    "kind": each.kind,
                    "type": each.type,
                    "insert": each.insert,
                    "doc": each.doc,
                    "start": each.start,
                    "end": each.end,
                }
                for each in complete(asked["text"], cursor, where)
            ]
        }


def _asked() -> dict[str, Any]:
    found = request.get_json(silent=True)
    if not isinstance(found, dict) or not isinstance(found.get("text"), str) or len(found["text"]) > TEXT:
        abort(400)
    return found


def _place(code: str, version_id: str, asked: dict[str, Any]) -> Place | None:
    """None where the version cannot be compiled."""
    s = services()
    version = s.definitions.version(code, version_id)
    if version is None:
        abort(404)
    text = s.definitions.text(version)
    definition = texts.loaded(version.text, text, f"{code}.yaml").definition
    if definition is None:
        return None
    where = place(definition, path_in(text, str(asked.get("place", ""))))
    column = asked.get("column")
    return tests_of(Column(column), where) if isinstance(column, str) and column else where


def path_in(text: str, dotted: str) -> Path:
    """The path that is written with dots, its elements by their ids."""
    path: Path = tuple(
        int(part) if part.isascii() and part.isdecimal() and len(part) < 6 else part
        for part in dotted[:500].split(".")
        if part
    )
    try:
        return named(tree_of(text).data, path)
    except ReadingError:
        return path
