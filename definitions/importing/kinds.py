"""The kinds of source that can be imported, and telling which one a file is."""

from collections.abc import Callable
from typing import Any, Final, Literal

from definitions.importing.formio.build import import_form
from definitions.importing.record.build import import_record, looks_like_record
from definitions.importing.report import Imported
from definitions.importing.source import ImportRefusedError, parse

Kind = Literal["formio", "record"]
_IMPORTERS: Final[dict[Kind, Callable[[Any], Imported]]] = {"formio": import_form, "record": import_record}
KINDS: Final[tuple[Kind, ...]] = tuple(_IMPORTERS)


def import_bytes(content: bytes, kind: Kind | None = None) -> Imported:
    """A draft of what the bytes say. `kind`: what they are, told from their keys unless given. Raises
    `ImportRefusedError`.
    """
    data = parse(content)
    chosen = kind or _kind_of(data)
    return _IMPORTERS[chosen](data)


def _kind_of(data: object) -> Kind:
    if isinstance(data, dict) and isinstance(data.get("components"), list):
        return "formio"
    if looks_like_record(data):
        return "record"
    raise ImportRefusedError(
        "Không nhận ra tệp: biểu mẫu Form.io có khóa “components”, bản ghi thủ tục có khóa “mã thủ tục” và “tên thủ tục”. "
        "Ông/bà kiểm tra lại tệp, hoặc ghi rõ loại bằng --as formio hay --as record."
    )
