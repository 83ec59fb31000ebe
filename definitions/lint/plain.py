"""Forms that people get through: labels that say something, pages and lists of bearable length (T045–T049)."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from definitions.lint.fields import placed_fields
from definitions.problems import Report
from definitions.reading.tree import Path
from forms.types import REGISTRY

MOST_ON_A_PAGE: Final = 25
_LOUD: Final = 6
"""From so many letters on, a label in capitals is shouting and no abbreviation."""


def lint_plain(raw: Mapping[str, Any], report: Report) -> None:
    """`raw`: with blocks in place."""
    for at, page in enumerate(raw["form"]["pages"]):
        path: Path = ("form", "pages", at)
        asked = [field for field in page["fields"] if _asks(field)]
        if len(asked) > MOST_ON_A_PAGE:
            report.warn(
                path,
                "T046",
                f"Trang “{page['title']}” hỏi {len(asked)} câu, khó điền trên điện thoại.",
                f"Chia thành các trang ngắn hơn, mỗi trang không quá {MOST_ON_A_PAGE} câu.",
            )
        _twins((*path, "fields"), page["fields"], report)
    _twins(("questions",), raw.get("questions", ()), report)
    for path, field in placed_fields(raw):
        _label(path, field, report)
        options = field.get("options")
        if field["type"] == "choice" and isinstance(options, list) and len(options) == 1:
            report.warn(
                (*path, "options"),
                "T047",
                f"Trường “{field['label']}” chỉ có một lựa chọn nên không hỏi gì.",
                "Thêm lựa chọn, hoặc bỏ trường.",
            )
        if field["type"] == "list" and "max" not in field:
            report.warn(
                path,
                "T049",
                f"Danh sách “{field['label']}” không giới hạn số dòng.",
                "Thêm “max”: số dòng nhiều nhất mà hồ sơ thực tế có thể cần.",
            )


def _asks(field: Mapping[str, Any]) -> bool:
    kind = REGISTRY.get(field["type"])
    return kind is not None and kind.asks


def _twins(path: Path, fields: Sequence[Mapping[str, Any]], report: Report) -> None:
    """Fields that are shown together and called the same; those that exclude each other may be."""
    first: dict[str, str] = {}
    for at, field in enumerate(fields):
        label = field["label"].casefold()
        if _asks(field) and "visible" not in field:
            if label in first:
                report.warn(
                    (*path, at, "label"),
                    "T045",
                    f"Hai trường cùng tên “{field['label']}” trên một trang ({first[label]} và {field['id']}).",
                    "Đặt tên khác nhau để người điền biết mỗi ô hỏi gì.",
                )
            first.setdefault(label, field["id"])


def _label(path: Path, field: Mapping[str, Any], report: Report) -> None:
    label = field["label"]
    if label.rstrip().endswith(":") or (len(label) >= _LOUD and label.isupper()):
        report.warn(
            (*path, "label"),
            "T048",
            f"Nhãn “{label}” viết chưa đúng lối: không kết thúc bằng dấu hai chấm, không viết hoa toàn bộ.",
            "Viết như một câu bình thường, ví dụ “Họ và tên”.",
        )
