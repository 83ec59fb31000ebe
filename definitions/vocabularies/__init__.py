"""The shared choice lists: `*.yaml` beside this file, each named by its `id`, its entries dated.

Entries are only ever added or ended (`to`), never taken out: what an old dossier says keeps its meaning.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from definitions.problems import Report
from definitions.shape import check_shape
from definitions.sharing import Found, by_id, parsed


@cache
def shared() -> Mapping[str, Mapping[str, Any]]:
    """Shared vocabularies as raw data, by id."""
    return by_id("vocabularies", load_vocabulary)


def load_vocabulary(text: str, filename: str) -> Found:
    """One vocabulary as raw data, or None, and what is wrong with it."""
    tree, problems = parsed(text, filename)
    if tree is None:
        return None, problems
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
                (*path, at, "value"), "T002", message, "Mỗi giá trị một mục; đổi nhãn thì thêm giá trị mới."
            )
        if "from" in entry and "to" in entry and entry["to"] < entry["from"]:
            report.error((*path, at, "to"), "S005", "Ngày kết thúc trước ngày bắt đầu.", "Xem lại hai ngày.")
