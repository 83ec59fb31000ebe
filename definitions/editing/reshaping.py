"""What buttons and dragging do to lists, as changes: adding, copying, removing, moving. Pure."""

import re
from copy import deepcopy
from typing import Any, Final

from definitions.editing.controls import kind_of, part_at
from definitions.editing.edits import Drop, Edit, EditError, Insert, Move, Put, applied, at
from definitions.editing.fresh import fresh, id_of, ids_in
from definitions.editing.own import own
from definitions.editing.places import path_of
from definitions.outline import Part
from definitions.reading.tree import Path

_STEPS: Final = ("workflow", "steps")


def named_by_author(part: Part) -> bool:
    """Whether a group's keys are names that its author gives to elements with pages of their own."""
    return (
        not part.keys and "answers" not in part.raw and bool(part.child("").keys) and kind_of(part) == "parts"
    )


def added(data: Any, into: str, label: str, before: str = "", **given: str) -> tuple[tuple[Edit, ...], str]:
    """A new element in the list at that place, at its end or before another; and what it will be called there."""
    path = list_path(data, into)
    holder = part_at(path, own(data))
    part = holder.child(0)
    label = " ".join(label.split())
    if named_by_author(holder):
        return _named(data, path, holder, label)
    if not part.keys:
        raise EditError("Ở đây không thêm được mục mới.")
    value = fresh(part, label or "Mục mới", ids_in(data), **given)
    if path == _STEPS:
        value["actions"] = [{"id": id_of(f"{label} xong", ids_in(data)), "label": "Chuyển tiếp", "to": "end"}]
    number = _number(data, path, before)
    name = value.get("id", number) if isinstance(value, dict) else number
    return (Insert(path, number, value),), str(name)


def _named(data: Any, path: Path, holder: Part, label: str) -> tuple[tuple[Edit, ...], str]:
    """A new element under a name of its own, made of its label unless that is one already."""
    item, known = holder.child(""), at(data, path) if _there(data, path) else {}
    names = Part(holder.raw.get("propertyNames", {})).raw
    name = label if re.fullmatch("[a-z][a-z0-9_-]*", label) else id_of(label or "Mục mới", known)
    if str(names.get("$ref", "")).endswith("/slug"):
        name = name.replace("_", "-")
    if name in known:
        raise EditError(f"Đã có “{name}”; ông/bà đặt tên khác.")
    value = fresh(item, label, known)
    if "label" in item.keys and label and label != name:
        value = {"label": label, **value}
    return (Put((*path, name), value),), name


def turned(data: Any, place: str, shape: str) -> tuple[Edit, ...]:
    """A place that the language lets be of several shapes, begun anew in another."""
    path = list_path(data, place)
    shapes = part_at(path, own(data)).raw.get("shapes", {})
    if shape not in shapes:
        raise EditError("Chỗ này không đổi cách ghi được.")
    return (Put(path, deepcopy(shapes[shape]["begin"])),)


def _there(data: Any, path: Path) -> bool:
    try:
        at(data, path)
    except EditError:
        return False
    return True


def copied(data: Any, place: str) -> tuple[Edit, ...]:
    """The same again, right after it, with ids of its own."""
    path = path_of(data, place)
    if not path or not isinstance(path[-1], int):
        raise EditError("Chỗ này không nhân đôi được.")
    value = deepcopy(at(data, path))
    _renamed(value, set(ids_in(data)))
    return (Insert(path[:-1], path[-1] + 1, value),)


def pasted(data: Any, into: str, value: Any) -> tuple[Edit, ...]:
    """An element that was copied elsewhere, at the end of a list; ids that are taken here become others."""
    path, value = list_path(data, into), deepcopy(value)
    taken = set(ids_in(data))
    if taken & set(ids_in(value)):
        _renamed(value, taken)
    return (Insert(path, _number(data, path, ""), value),)


def removed(data: Any, place: str) -> tuple[Edit, ...]:
    path = path_of(data, place)
    if not path:
        raise EditError("Không xóa được cả bản cấu hình.")
    holder, part = at(data, path[:-1]), part_at(path[:-2], own(data))
    last = isinstance(path[-1], int) or named_by_author(part_at(path[:-1], own(data)))
    last = last and len(holder) == 1 and len(path) > 1
    # a list that the language does not demand goes with its last element
    return (Drop(path[:-1]),) if last and path[-2] not in part.required else (Drop(path),)


def moved(data: Any, place: str, *, before: str = "", into: str = "", by: int = 0) -> tuple[Edit, ...]:
    """An element to another place: `by` one up or down in its list, or into a list, before one of its elements."""
    path = path_of(data, place)
    if not path or not isinstance(path[-1], int):
        raise EditError("Chỗ này không chuyển được.")
    old, number = path[:-1], path[-1]
    if by:
        target = number + by
        return (Move(old, number, target),) if 0 <= target < len(at(data, old)) else ()
    new = list_path(data, into) if into else old
    target = _number(data, new, before)
    if new == old:
        target -= target > number
        return (Move(old, number, target),) if target != number else ()
    if new[: len(path)] == path:
        raise EditError("Không chuyển được một mục vào trong chính nó.")
    top = own(data)
    if part_at(new, top).child(0).raw != part_at(old, top).child(0).raw:
        raise EditError("Hai danh sách này chứa hai loại mục khác nhau.")
    less = applied(data, Drop(path))
    new = list_path(less, into)
    return (Drop(path), Insert(new, _number(less, new, before), at(data, path)))


def list_path(data: Any, place: str) -> Path:
    """The path of a list that may not be there yet: its last name is the language's."""
    holder, _, last = place.rpartition(".")
    try:
        return path_of(data, place)
    except EditError:
        path = (*path_of(data, holder), last)
        if not part_at(path, own(data)).raw:
            raise
        return path


def _number(data: Any, path: Path, before: str) -> int:
    try:
        items = at(data, path)
    except EditError:
        return 0
    if not isinstance(items, list):
        raise EditError("Ở đây không có danh sách để thêm vào.")
    if not before:
        return len(items)
    other = path_of(data, before)
    return int(other[-1]) if other[:-1] == path else len(items)


def _renamed(value: Any, taken: set[str]) -> None:
    """Fresh ids for an element and all below it, in place; what refers to them inside follows."""
    names: dict[str, str] = {}
    for name in list(ids_in(value)):
        names[name] = id_of(name, taken | set(names.values()))
    _replace_ids(value, names)


def _replace_ids(value: Any, names: dict[str, str]) -> None:
    if isinstance(value, dict):
        for key, each in value.items():
            if key == "id" and isinstance(each, str):
                value[key] = names.get(each, each)
            else:
                _replace_ids(each, names)
    elif isinstance(value, list):
        for each in value:
            _replace_ids(each, names)
