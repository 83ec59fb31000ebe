"""Fields: what each type needs, circles, guidance (T004, T050, T085)."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from definitions.model import Definition
from definitions.problems import Report
from definitions.reading.tree import Path
from forms.cycles import check_cycles
from forms.types import REGISTRY

_CHOICES: Final = frozenset({"choice", "multi_choice"})
_FILES: Final = frozenset({"file", "photo"})
_NEEDS: Final[Mapping[str, tuple[str, str]]] = {
    "choice": ("options", "Thêm các lựa chọn."),
    "multi_choice": ("options", "Thêm các lựa chọn."),
    "list": ("item", "Thêm các trường của một dòng."),
    "computed": ("compute", "Thêm biểu thức tính."),
    "note": ("text", "Thêm nội dung."),
}
_ONLY: Final[Mapping[str, frozenset[str]]] = {
    "options": _CHOICES,
    "item": frozenset({"list"}),
    "compute": frozenset({"computed"}),
    "item_label": frozenset({"list"}),
    "in_words": frozenset({"money"}),
    "total": frozenset({"integer", "decimal", "money"}),
    "accept": _FILES,
    "max_size": _FILES,
    "capture": _FILES,
    "aspect": frozenset({"photo"}),
    "min_width": frozenset({"photo"}),
    "min_height": frozenset({"photo"}),
}


def lint_fields(definition: Definition, raw: Mapping[str, Any], report: Report) -> None:
    for path, field in placed_fields(raw):
        _needs(path, field, report)
        kind = REGISTRY.get(field["type"])
        guided = field.get("help") or field.get("example")
        if kind is not None and kind.asks and not guided and field["type"] != "declaration":
            report.warn(
                path,
                "T085",
                f"Trường “{field['label']}” chưa có hướng dẫn (TT 32/2017/TT-BTTTT).",
                "Thêm help hoặc example: người dân cần ghi gì, lấy ở đâu.",
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


def _needs(path: Path, field: Mapping[str, Any], report: Report) -> None:
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
    if kind == "photo" and "pdf" in field.get("accept", ()):
        report.error(
            (*path, "accept"), "T004", "Ảnh không thể là tệp PDF.", "Bỏ pdf, hoặc đổi kiểu trường thành file."
        )
    if "total" in field and "item" not in path:
        report.error(
            (*path, "total"),
            "T004",
            "Khóa “total” chỉ dùng cho cột của danh sách.",
            "Bỏ khóa này, hoặc đưa trường vào item của danh sách.",
            on_key=True,
        )
    if kind == "list" and "item" in path:
        report.error(
            (*path, "type"), "T004", "Danh sách không thể nằm trong danh sách.", "Tách thành hai danh sách."
        )


def placed_fields(raw: Mapping[str, Any]) -> Iterable[tuple[Path, Mapping[str, Any]]]:
    """Every field with its path, rows' fields too."""
    yield from _placed(raw.get("questions", ()), ("questions",))
    for at, page in enumerate(raw["form"]["pages"]):
        yield from _placed(page["fields"], ("form", "pages", at, "fields"))


def _placed(raws: Iterable[Mapping[str, Any]], path: Path) -> Iterable[tuple[Path, Mapping[str, Any]]]:
    for at, field in enumerate(raws):
        yield (*path, at), field
        yield from _placed(field.get("item", ()), (*path, at, "item"))
