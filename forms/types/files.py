"""Files as answers: scans of a drawing or a form (`file`), one picture of somebody or something (`photo`).

An answer is a list of `{sha256, size, kind, name}`, pictures also with `width` and `height` in pixels as they are
looked at. It is written by whoever stored the content (`forms.uploads`), never by the posted page: `collect` reads
nothing, so nobody can name a file they did not send.
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from forms.file_kinds import FileKind, either
from forms.model import Field
from forms.types.base import FieldType, Parsed, Parser, Source, wrong
from forms.types.numbers import written
from rules.feel import FeelType, T
from rules.i18n import gettext, ngettext, noted

MOST_FILES: Final = 20
MOST_MEGABYTES: Final = 10
NAME_LENGTH: Final = 120
UNREADABLE: Final = noted("Tải tệp lên lại: thông tin về tệp không đọc được")
_NOTHING: Final = Parsed([], [], None, empty=True)
_SHA256: Final = re.compile(r"[0-9a-f]{64}")
_TOLERANCE: Final = Fraction(1, 20)  # scanners and scissors are not exact


def too_many(most: int, count: int) -> str:
    return ngettext(
        "Bớt còn nhiều nhất {most} tệp (đang có {count})",
        "Bớt còn nhiều nhất {most} tệp (đang có {count})",
        most,
    ).format(most=most, count=count)


class File(FieldType):
    name = "file"
    demand = noted("Tải lên {what}")
    kinds: tuple[FileKind, ...] = tuple(FileKind)

    def feel_type(self, field: Field) -> FeelType:
        return T.list_of(T.context({"name": T.STRING, "kind": T.STRING, "size": T.NUMBER}))

    def accepted(self, field: Field) -> tuple[FileKind, ...]:
        """Kinds taken: those the field names among those the type takes."""
        return tuple(kind for kind in self.kinds if not field.accept or kind in field.accept)

    def parser(self, field: Field) -> Parser:
        def parse(answer: object) -> Parsed:
            if answer is None or answer in ("", []):
                return _NOTHING
            if not isinstance(answer, (list, tuple)):
                return wrong(UNREADABLE)
            if len(answer) > MOST_FILES:
                return wrong(too_many(MOST_FILES, len(answer)))
            files: list[dict[str, Any]] = []
            for told in answer:
                file = _file(told)
                if file is None:
                    return wrong(UNREADABLE)
                problem = self.problem(field, file)
                if problem:
                    return wrong(problem)
                files.append(file)
            if field.max is None and len(files) > 1:
                return wrong(gettext("Giữ lại một tệp (đang có {count})").format(count=len(files)))
            return Parsed([_value(file) for file in files], files)

        return parse

    def problem(self, field: Field, file: Mapping[str, Any]) -> str | None:
        """What to do about a whole, readable file that is not what the field asks for."""
        kinds = self.accepted(field)
        if file["kind"] not in kinds:
            return gettext("Tải lên {wanted}: “{name}” là {kind}").format(
                wanted=either(kinds), name=file["name"], kind=FileKind(file["kind"]).label
            )
        limit = field.max_size or MOST_MEGABYTES
        if file["size"] > limit * 1024 * 1024:
            return gettext(
                "Tải lên tệp nhẹ hơn {limit} MB: “{name}” quá nặng, quét hoặc chụp lại ở độ nét vừa phải"
            ).format(limit=limit, name=file["name"])
        return None

    def collect(self, field: Field, source: Source, name: str) -> object:
        return None

    def display(self, field: Field, clean: object) -> str:
        files = clean if isinstance(clean, list) else []
        return "; ".join(str(file["name"]) for file in files if isinstance(file, Mapping) and "name" in file)

    def mask(self, field: Field, clean: object) -> str:
        if not isinstance(clean, list) or not clean:
            return ""
        return ngettext("Đã che ({n} tệp)", "Đã che ({n} tệp)", len(clean)).format(n=len(clean))


class Photo(File):
    """One picture, of a shape and fineness that can be printed on a card."""

    name = "photo"
    kinds = (FileKind.JPEG, FileKind.PNG)

    def problem(self, field: Field, file: Mapping[str, Any]) -> str | None:
        return super().problem(field, file) or _shape(field, file)


def _shape(field: Field, file: Mapping[str, Any]) -> str | None:
    width, height = file.get("width"), file.get("height")
    if not width or not height:
        return gettext(UNREADABLE)
    if width < field.min_width or height < field.min_height:
        if not field.min_height:
            told = gettext("Chụp ảnh nét hơn, rộng ít nhất {least_width} điểm ảnh: “{name}” chỉ có {pixels}")
        elif not field.min_width:
            told = gettext("Chụp ảnh nét hơn, cao ít nhất {least_height} điểm ảnh: “{name}” chỉ có {pixels}")
        else:
            told = gettext(
                "Chụp ảnh nét hơn, rộng ít nhất {least_width} điểm ảnh và cao ít nhất {least_height} điểm ảnh:"
                " “{name}” chỉ có {pixels}"
            )
        return told.format(
            least_width=written(field.min_width),
            least_height=written(field.min_height),
            name=file["name"],
            pixels=_pixels(width, height),
        )
    wanted = aspect_of(field)
    if wanted and abs(Fraction(width, height) / wanted - 1) > _TOLERANCE:
        turned = abs(Fraction(height, width) / wanted - 1) <= _TOLERANCE
        told = (
            gettext("Xoay ảnh lại cho đúng khổ {aspect}: “{name}” là {pixels}")
            if turned
            else gettext("Cắt ảnh cho đúng khổ {aspect}: “{name}” là {pixels}")
        )
        return told.format(
            aspect=field.aspect.replace(":", " × "), name=file["name"], pixels=_pixels(width, height)
        )
    return None


def aspect_of(field: Field) -> Fraction | None:
    """Width by height, `3:4`; `None` where any shape will do."""
    across, _, up = field.aspect.partition(":")
    return Fraction(int(across), int(up)) if up else None


def _pixels(width: int, height: int) -> str:
    return gettext("{width} × {height} điểm ảnh").format(width=written(width), height=written(height))


def _file(told: object) -> dict[str, Any] | None:
    if not isinstance(told, Mapping):
        return None
    sha256, size, kind, name = (told.get(key) for key in ("sha256", "size", "kind", "name"))
    sound = (
        isinstance(sha256, str)
        and _SHA256.fullmatch(sha256)
        and _counted(size)
        and kind in set(FileKind)
        and isinstance(name, str)
        and 0 < len(name) <= NAME_LENGTH
        and name.isprintable()
        and not set(name) & set("/\\")
    )
    if not sound:
        return None
    file = {"sha256": sha256, "size": size, "kind": str(kind), "name": name}
    pixels = {key: told.get(key) for key in ("width", "height")}
    return file | pixels if all(map(_counted, pixels.values())) else file


def _counted(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and number > 0


def _value(file: Mapping[str, Any]) -> dict[str, object]:
    return {"name": file["name"], "kind": file["kind"], "size": Decimal(file["size"])}
