"""Files as answers: what is held, each with its “Xóa”, and a box to choose more. Chosen files go up with the page, by
whichever button it is sent; with script as soon as they are chosen, in parts (js/upload.js).
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from forms.file_kinds import FileKind
from forms.model import Field
from forms.types import REGISTRY
from forms.types.files import MOST_MEGABYTES, File
from forms.uploads import ACTION
from renderers.html.fields.base import Draw, Frame, Moment, escape
from renderers.text import number, size
from rules.i18n import gettext

_ENDINGS = {FileKind.PDF: ".pdf", FileKind.JPEG: ".jpg,.jpeg", FileKind.PNG: ".png"}
_WORDS = {FileKind.PDF: "PDF", FileKind.JPEG: "JPG", FileKind.PNG: "PNG"}


def compile_files(field: Field, path: str) -> Draw:
    kind = REGISTRY[field.type]
    assert isinstance(kind, File)
    frame = Frame(replace(field, help=_help(field, kind)), path)
    p = frame.path
    add, remove = gettext("Tải lên"), gettext("Xóa")
    several = "" if field.max is None else " multiple"
    camera = f' capture="{escape(field.capture)}"' if field.capture else ""
    endings = ",".join(_ENDINGS[one] for one in kind.accepted(field))
    # posted even where no file is: the question was on the page
    asked = f'<input type="hidden" name="{p}" value="">'
    box = f'<div class="row"><input type="file" id="f-{p}" name="{p}" accept="{endings}"{several}{camera}'
    send = (
        f'<button class="button secondary" type="submit" name="{ACTION}" value="{p}:add" formnovalidate data-send>{add}'
        f'<span class="visually-hidden"> {escape(field.label)}</span></button></div>'
        f'<p class="muted" id="f-{p}-state" role="status" data-state></p>'
    )
    # what is on its way is drawn by the script alone
    coming = f'<ul class="files" id="f-{p}-up" data-files data-mine></ul><div data-upload-error></div></div>'

    def line(file: Mapping[str, Any], moment: Moment) -> str:
        name, sha256 = escape(file.get("name", "")), escape(file.get("sha256", ""))
        state = moment.file_state(str(file.get("sha256", ""))) if moment.file_state else ""
        address = (
            escape(moment.file_url(str(file.get("sha256", "")))) if moment.file_url and not state else ""
        )
        shown = f'<a href="{address}">{name}</a>' if address else name
        if address and file.get("kind") != FileKind.PDF:
            shown = (
                f'<a href="{address}"><img class="preview" src="{address}" alt="" loading="lazy">{name}</a>'
            )
        held = f'<span class="strong">{escape(state)}</span>' if state else ""
        return (
            f'<li><span>{shown}</span>{held}<span class="muted">{escape(size(int(file.get("size", 0))))}</span>'
            f'<button class="button quiet" type="submit" name="{ACTION}" value="{p}:remove:{sha256}" formnovalidate'
            f' data-rows="{p}">{remove}<span class="visually-hidden"> {name}</span></button>'
            f'<span class="hash">SHA-256 {sha256}</span></li>'
        )

    def draw(raw: object, required: bool, moment: Moment) -> str:
        errors = moment.errors.get(path, ())
        files = [file for file in raw if isinstance(file, Mapping)] if isinstance(raw, (list, tuple)) else []
        held = "".join(line(file, moment) for file in files)
        held = f'<ul class="files">{held}</ul>' if held else ""
        must = ' aria-required="true"' if required and not held else ""
        parts = moment.file_parts(path) if moment.file_parts else ""
        begin = f'<div data-into="{p}" data-parts="{escape(parts)}" data-keep>' if parts else ""
        end = coming if parts else ""
        return (
            f"{frame.head(required, errors)}{held}{asked}{begin}{box}{must}{frame.tie(errors)}>{send}{end}"
            f"{frame.close}"
        )

    return draw


def _help(field: Field, kind: File) -> str:
    told = field.help.rstrip()
    stop = "" if not told or told.endswith((".", "!", "?", ":")) else "."
    return f"{told}{stop} {_conditions(field, kind)}".strip()


def _conditions(field: Field, kind: File) -> str:
    """What is taken, in a sentence."""
    told = [gettext("Nhận {kinds}").format(kinds=", ".join(_WORDS[one] for one in kind.accepted(field)))]
    if field.aspect:
        told.append(gettext("khổ {aspect}").format(aspect=field.aspect.replace(":", " × ")))
    if field.min_width:
        told.append(gettext("rộng ít nhất {pixels} điểm ảnh").format(pixels=number(field.min_width)))
    if field.min_height:
        told.append(gettext("cao ít nhất {pixels} điểm ảnh").format(pixels=number(field.min_height)))
    size = gettext("không quá {size} MB") if field.max is None else gettext("mỗi tệp không quá {size} MB")
    told.append(size.format(size=field.max_size or MOST_MEGABYTES))
    return f"{', '.join(told)}."
