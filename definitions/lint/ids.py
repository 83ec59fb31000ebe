"""Ids: each once, none of them a word of the expression language (T002, T003)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from definitions.compiler.names import SCOPE_NAMES
from definitions.model import QUESTIONS_PAGE
from definitions.problems import Report
from definitions.reading.tree import Path
from rules.feel.builtins import BUILTINS
from rules.workflow.model import END

KEYWORDS: Final = frozenset(
    {
        *{
            "and",
            "or",
            "not",
            "if",
            "then",
            "else",
            "for",
            "in",
            "return",
            "some",
            "every",
            "satisfies",
            "between",
        },
        *{"instance", "of", "function", "external", "true", "false", "null", "item", "partial"},
    }
)

Placed = Iterable[tuple[Path, str]]


def lint_ids(raw: Mapping[str, Any], report: Report) -> None:
    pages = raw["form"]["pages"]
    fields = [*_ids(raw.get("questions", ()), ("questions",))]
    for at, page in enumerate(pages):
        fields += _ids(page["fields"], ("form", "pages", at, "fields"))
    _once("Mã trường", fields, report)
    _unreserved(fields, report)
    _once("Mã trang", _ids(pages, ("form", "pages")), report)
    for path, page_id in _ids(pages, ("form", "pages")):
        if page_id == QUESTIONS_PAGE:
            report.error(path, "T003", f"Mã trang “{page_id}” dành cho các câu hỏi mở đầu.", "Đặt mã khác.")
    titles = {
        "cases": "Mã trường hợp",
        "attachments": "Mã giấy tờ",
        "fees": "Mã khoản thu",
        "documents": "Mã văn bản",
        "events": "Mã quy tắc sự kiện",
    }
    for key, title in titles.items():
        _once(title, _ids(raw.get(key, ()), (key,)), report)
    _steps(raw["workflow"], report)
    _once("Tên ví dụ", _ids(raw.get("examples", ()), ("examples",), "name"), report)
    for path, field in _all_fields(raw):
        if not isinstance(field.get("options"), Mapping):
            _once("Giá trị lựa chọn", _ids(field.get("options", ()), (*path, "options"), "value"), report)
        items = list(_ids(field.get("item", ()), (*path, "item")))
        _once("Mã trường trong nhóm" if field["type"] == "group" else "Mã trường trong dòng", items, report)
        _unreserved(items, report)


def _steps(workflow: Mapping[str, Any], report: Report) -> None:
    steps = workflow["steps"]
    _once("Mã bước", _ids(steps, ("workflow", "steps")), report)
    for at, step in enumerate(steps):
        _once("Mã thao tác", _ids(step["actions"], ("workflow", "steps", at, "actions")), report)
        if step["id"] == END:
            report.error(
                ("workflow", "steps", at, "id"),
                "T003",
                f"“{END}” là chỗ kết thúc quy trình.",
                "Đặt mã bước khác.",
            )


def _all_fields(raw: Mapping[str, Any]) -> Iterable[tuple[Path, Mapping[str, Any]]]:
    for at, field in enumerate(raw.get("questions", ())):
        yield from _with_items(("questions", at), field)
    for number, page in enumerate(raw["form"]["pages"]):
        for at, field in enumerate(page["fields"]):
            yield from _with_items(("form", "pages", number, "fields", at), field)


def _with_items(path: Path, field: Mapping[str, Any]) -> Iterable[tuple[Path, Mapping[str, Any]]]:
    yield path, field
    for at, item in enumerate(field.get("item", ())):
        yield from _with_items((*path, "item", at), item)


def _ids(raws: Sequence[Mapping[str, Any]], path: Path, key: str = "id") -> list[tuple[Path, str]]:
    return [((*path, at, key), raw[key]) for at, raw in enumerate(raws)]


def _once(title: str, placed: Placed, report: Report) -> None:
    first: dict[str, Path] = {}
    for path, name in placed:
        if name in first:
            line = report.tree.mark(first[name]).line
            report.error(path, "T002", f"{title} “{name}” đã dùng ở dòng {line}.", "Đặt mã khác.")
        first.setdefault(name, path)


def _unreserved(placed: Placed, report: Report) -> None:
    for path, name in placed:
        if name in SCOPE_NAMES:
            report.error(path, "T003", f"“{name}” là tên có sẵn của hệ thống.", "Đặt mã trường khác.")
        elif name in KEYWORDS or name in BUILTINS:
            report.error(path, "T003", f"“{name}” là từ hoặc hàm của ngôn ngữ FEEL.", "Đặt mã trường khác.")
