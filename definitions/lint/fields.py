"""Fields: what each type needs, circles, guidance (T004, T050, T085)."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from definitions.model import Definition
from definitions.problems import Report, did_you_mean
from definitions.reading.tree import Path
from forms.autofill import NAMES, valid
from forms.cycles import check_cycles
from forms.types import REGISTRY
from rules.feel.errors import nearest

GROUP_DEPTH: Final = 2
_CHOICES: Final = frozenset({"choice", "multi_choice"})
_FILES: Final = frozenset({"file", "photo"})
_NEEDS: Final[Mapping[str, tuple[str, str]]] = {
    "choice": ("options", "Thêm các lựa chọn."),
    "multi_choice": ("options", "Thêm các lựa chọn."),
    "list": ("item", "Thêm các trường của một dòng."),
    "group": ("item", "Thêm các trường trong nhóm."),
    "computed": ("compute", "Thêm biểu thức tính."),
    "note": ("text", "Thêm nội dung."),
}
_ONLY: Final[Mapping[str, frozenset[str]]] = {
    "options": _CHOICES,
    "item": frozenset({"list", "group"}),
    "line": frozenset({"group"}),
    "compute": frozenset({"computed"}),
    "item_label": frozenset({"list"}),
    "in_words": frozenset({"money", "date"}),
    "total": frozenset({"integer", "decimal", "money"}),
    "appearance": frozenset({"choice"}),
    "check_against": frozenset({"citizen_number"}),
    "accept": _FILES,
    "max_size": _FILES,
    "capture": _FILES,
    "aspect": frozenset({"photo"}),
    "min_width": frozenset({"photo"}),
    "min_height": frozenset({"photo"}),
}


def lint_fields(definition: Definition, raw: Mapping[str, Any], report: Report) -> None:
    for path, field, parents in _nested_fields(raw):
        _needs(path, field, parents, report)
        kind = REGISTRY.get(field["type"])
        guided = field.get("help") or field.get("example") or (kind and (kind.help_text or kind.example))
        if kind is not None and kind.asks and not guided and field["type"] not in {"declaration", "group"}:
            report.warn(
                path,
                "T085",
                f"Trường “{field['label']}” chưa có hướng dẫn (TT 32/2017/TT-BTTTT).",
                "Ghi hướng dẫn (help) hoặc ví dụ cách ghi (example): người dân cần ghi gì, lấy ở đâu.",
            )
    paths = {field["id"]: path for path, field in placed_fields(raw) if "item" not in path}
    for circle in check_cycles(definition.whole_form):
        first = paths.get(circle[0].partition(".")[0], ())
        names = " → ".join((*circle, circle[0]))
        report.error(
            first,
            "T050",
            f"Các trường phụ thuộc vòng quanh vào nhau: {names}.",
            "Bỏ một trong các điều kiện hoặc công thức để hết vòng.",
        )


def _needs(path: Path, field: Mapping[str, Any], parents: tuple[str, ...], report: Report) -> None:
    kind = field["type"]
    if kind in _NEEDS and not field.get(_NEEDS[kind][0]):
        key, remedy = _NEEDS[kind]
        report.error(path, "T004", f"Trường kiểu {kind} phải có khóa “{key}”.", remedy)
    for key, kinds in _ONLY.items():
        if key in field and kind not in kinds:
            report.error(
                (*path, key),
                "T004",
                f"Khóa “{key}” không dùng cho trường kiểu {kind}.",
                f"Bỏ khóa này, hoặc đổi kiểu thành {' hoặc '.join(sorted(kinds))}.",
                on_key=True,
            )
    if "autocomplete" in field and not valid(field["autocomplete"]):
        report.error(
            (*path, "autocomplete"),
            "T087",
            f"Trình duyệt không biết giá trị autocomplete “{field['autocomplete']}”.",
            f"Có phải ông/bà muốn viết “{near}”?"
            if (near := nearest(field["autocomplete"], NAMES))
            else "Dùng một giá trị của HTML, ví dụ name, bday, tel, email, street-address; hoặc off.",
        )
    if kind == "photo" and "pdf" in field.get("accept", ()):
        report.error(
            (*path, "accept"), "T004", "Ảnh không thể là tệp PDF.", "Bỏ pdf, hoặc đổi kiểu trường thành file."
        )
    if "total" in field and parents[-1:] != ("list",):
        report.error(
            (*path, "total"),
            "T004",
            "Khóa “total” chỉ dùng cho cột của danh sách.",
            "Bỏ khóa này, hoặc đưa trường vào item của danh sách.",
            on_key=True,
        )
    if kind == "list" and parents:
        inside = "danh sách" if parents[-1] == "list" else "nhóm"
        remedy = "Tách thành hai danh sách." if inside == "danh sách" else "Đưa danh sách ra ngoài nhóm."
        report.error((*path, "type"), "T004", f"Danh sách không thể nằm trong {inside}.", remedy)
    if kind == "group" and parents.count("group") >= GROUP_DEPTH:
        report.error(
            (*path, "type"),
            "T004",
            f"Nhóm chỉ lồng nhau {GROUP_DEPTH} tầng.",
            "Đưa các trường của nhóm này ra nhóm bên ngoài.",
        )
    parts = [part["id"] for part in field.get("item", ())]
    for at, name in enumerate(field.get("line", ())):
        if name not in parts:
            report.error(
                (*path, "line", at), "T004", f"Nhóm không có trường “{name}”.", did_you_mean(name, parts)
            )


def placed_fields(raw: Mapping[str, Any]) -> Iterable[tuple[Path, Mapping[str, Any]]]:
    """Every field with its path, fields of rows and groups too."""
    return ((path, field) for path, field, _ in _nested_fields(raw))


Nested = tuple[Path, Mapping[str, Any], tuple[str, ...]]
"""A field's path, the field, and the types of the fields around it, outermost first."""


def _nested_fields(raw: Mapping[str, Any]) -> Iterable[Nested]:
    yield from _nested(raw.get("questions", ()), ("questions",), ())
    for at, page in enumerate(raw["form"]["pages"]):
        yield from _nested(page["fields"], ("form", "pages", at, "fields"), ())


def _nested(raws: Iterable[Mapping[str, Any]], path: Path, parents: tuple[str, ...]) -> Iterable[Nested]:
    for at, field in enumerate(raws):
        yield (*path, at), field, parents
        yield from _nested(field.get("item", ()), (*path, at, "item"), (*parents, field["type"]))
