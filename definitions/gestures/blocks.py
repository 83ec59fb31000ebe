"""Gestures on the fields of a form: a shared block taken apart, a choice's list taken from a vocabulary or written here."""

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any, Final

from definitions.blocks.expanding import opened
from definitions.editing import EditError, at
from definitions.gestures.model import GestureError, Raw
from definitions.problems import Report
from definitions.reading import Tree
from definitions.reading.tree import Path

_ID: Final = re.compile(r"[a-z][a-z0-9_]*")
_MOST: Final = 60
_BEGUN: Final = (
    {"value": "lua_chon_1", "label": "Lựa chọn 1"},
    {"value": "lua_chon_2", "label": "Lựa chọn 2"},
)


def own_fields(data: Mapping[str, Any], path: Path, blocks: Mapping[str, Mapping[str, Any]]) -> Raw:
    """The block that a field asks for as fields of its own, under the same ids: what reads them reads them still, and
    the definition means the same as before. A block inside it stays a block.
    """
    copy = deepcopy(dict(data))
    field = _field(copy, path)
    if field["type"] not in blocks:
        raise GestureError(f"“{field.get('label', field['id'])}” không dùng khối dùng chung nào.")
    report = Report("", Tree("", copy))
    found = opened(field, blocks, report)
    if report.has_errors:
        told = report.problems[0]
        raise GestureError(f"{told.message} Ông/bà sửa chỗ này rồi mới tách được.")
    _put(field, deepcopy(dict(found)))
    return copy


def from_vocabulary(data: Mapping[str, Any], path: Path, name: str, known: Mapping[str, Any]) -> Raw:
    """A choice's list is that of a vocabulary."""
    if name not in known:
        raise GestureError("Ông/bà chọn một danh mục trong danh sách.")
    copy = deepcopy(dict(data))
    _field(copy, path)["options"] = {"vocabulary": name}
    return copy


def written_here(data: Mapping[str, Any], path: Path, known: Mapping[str, Any]) -> Raw:
    """A choice's list is written in place; a vocabulary's entries are copied where their values can be ids."""
    copy = deepcopy(dict(data))
    field = _field(copy, path)
    told = field.get("options")
    if isinstance(told, list):
        raise GestureError("Các lựa chọn đã viết tại chỗ.")
    name = told.get("vocabulary", "") if isinstance(told, dict) else ""
    entries = known.get(name, {}).get("entries", ())
    values = [
        {"value": entry["value"], "label": entry.get("label", entry["value"])}
        for entry in entries
        if _ID.fullmatch(entry["value"]) and "to" not in entry
    ]
    fit = len(values) == len(entries) and 0 < len(values) <= _MOST
    field["options"] = values if fit else [dict(each) for each in _BEGUN]
    return copy


def _field(data: Raw, path: Path) -> Raw:
    try:
        field = at(data, path)
    except EditError:
        field = None
    if not isinstance(field, dict) or not isinstance(field.get("type"), str) or "id" not in field:
        raise GestureError("Không còn trường này; ông/bà tải lại trang để thấy biểu mẫu bây giờ.")
    return field


def _put(old: Raw, new: Raw) -> None:
    old.clear()
    old.update(new)
