"""What is done to a field as a whole: its block taken apart, its list of choices taken from elsewhere or written here."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from definitions import blocks, gestures, vocabularies
from definitions.editing import path_of

Form: TypeAlias = Mapping[str, str]
Act: TypeAlias = Callable[[Mapping[str, Any], str, Form], Mapping[str, Any]]
"""The data, the field's place, what was posted; the data afterwards. Raises `GestureError`, `EditError`."""


def label_of(kind: str) -> str:
    """What a new field of that type is called where nobody says: by its block, else nothing."""
    return str(blocks.shared().get(kind, {}).get("label", ""))


def _apart(data: Mapping[str, Any], place: str, _: Form) -> Mapping[str, Any]:
    return gestures.own_fields(data, path_of(data, place), blocks.shared())


def _from_vocabulary(data: Mapping[str, Any], place: str, form: Form) -> Mapping[str, Any]:
    return gestures.from_vocabulary(data, path_of(data, place), form.get("danh_muc", ""), _known(data))


def _here(data: Mapping[str, Any], place: str, _: Form) -> Mapping[str, Any]:
    return gestures.written_here(data, path_of(data, place), _known(data))


def _known(data: Mapping[str, Any]) -> Mapping[str, Any]:
    own = data.get("vocabularies")
    return {**vocabularies.shared(), **(own if isinstance(own, dict) else {})}


FIELD_ACTS: Final[Mapping[str, tuple[str, Act]]] = MappingProxyType(
    {
        "tach": ("Tách khối thành trường riêng ở", _apart),
        "danh-muc": ("Lấy lựa chọn từ danh mục cho", _from_vocabulary),
        "tai-cho": ("Viết lựa chọn tại chỗ cho", _here),
    }
)
"""By what is posted as `viec`: how the journal tells of it, and what it does."""
