"""The shared choice lists: `*.yaml` beside this file, each named by its `id`, its entries dated.

Entries are only ever added or ended (`to`), never taken out: what an old dossier says keeps its meaning.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from definitions.problems import Problem, Report
from definitions.reading import ReadingError, read
from definitions.shape import check_shape


@cache
def texts() -> tuple[tuple[str, str], ...]:
    """(file name, text) of every shared vocabulary."""
    folder = files("definitions").joinpath("vocabularies")
    found = [entry for entry in folder.iterdir() if entry.name.endswith(".yaml")]
    return tuple(
        (entry.name, entry.read_text(encoding="utf-8")) for entry in sorted(found, key=lambda e: e.name)
    )


@cache
def shared() -> Mapping[str, Mapping[str, Any]]:
    """Shared vocabularies as raw data, by id."""
    found: dict[str, Mapping[str, Any]] = {}
    for filename, text in texts():
        raw, problems = load_vocabulary(text, filename)
        if raw is None:
            raise ValueError(f"Danh mục dùng chung có lỗi: {problems[0]}")
        found[raw["id"]] = raw
    return MappingProxyType(found)


def load_vocabulary(text: str, filename: str) -> tuple[Mapping[str, Any] | None, tuple[Problem, ...]]:
    """One vocabulary as raw data, or None, and what is wrong with it."""
    try:
        tree = read(text)
    except ReadingError as error:
        problem = Problem(
            filename, error.mark.line, error.mark.column, "", error.code, "error", error.message, error.remedy
        )
        return None, (problem,)
    report = Report(filename, tree)
    data: Any = tree.data
    if check_shape(data, report, "vocabulary"):
        check_entries(data["entries"], report, ("entries",))
    return (None if report.has_errors else data), report.problems


def check_entries(entries: Any, report: Report, path: tuple[str | int, ...]) -> None:
    """Each value stands there once, and no entry ends before it begins."""
    seen: dict[str, int] = {}
    for at, entry in enumerate(entries):
        first = seen.setdefault(entry["value"], at)
        if first != at:
            message = f"Giá trị “{entry['value']}” đã có ở mục thứ {first + 1}."
            report.error(
                (*path, at, "value"), "T001", message, "Mỗi giá trị một mục; đổi nhãn thì thêm giá trị mới."
            )
        if "from" in entry and "to" in entry and entry["to"] < entry["from"]:
            report.error((*path, at, "to"), "S005", "Ngày kết thúc trước ngày bắt đầu.", "Xem lại hai ngày.")
