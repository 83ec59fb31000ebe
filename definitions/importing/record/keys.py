"""What the parts of a record are called in exports: compared without diacritics, spaces and underscores."""

from collections.abc import Mapping
from typing import Any, Final

from definitions.importing.naming import plain

_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "code": ("mã thủ tục", "mã tthc", "mã", "national code"),
    "decision": ("số quyết định", "quyết định công bố"),
    "name": ("tên", "tên thủ tục", "tên tthc", "procedure name"),
    "level": ("cấp thực hiện", "jurisdiction level"),
    "kind": ("loại", "loại thủ tục", "loại tthc", "procedure type"),
    "sector": ("lĩnh vực", "lĩnh vực thực hiện", "domain"),
    "sequence": ("trình tự", "trình tự thực hiện", "procedure steps"),
    "ways": ("cách thức", "cách thức thực hiện", "procedure execution methods"),
    "papers": ("thành phần hồ sơ", "procedure documents"),
    "sets": ("số lượng hồ sơ", "số bộ hồ sơ"),
    "applicants": ("đối tượng", "đối tượng thực hiện", "target audience"),
    "agency": ("cơ quan thực hiện", "procedure authority"),
    "authority": ("cơ quan có thẩm quyền", "cơ quan có thẩm quyền quyết định"),
    "delegated": ("cơ quan được ủy quyền",),
    "partners": ("cơ quan phối hợp",),
    "related": ("thủ tục hành chính liên quan", "thủ tục liên quan"),
    "address": ("địa chỉ tiếp nhận", "địa chỉ tiếp nhận hồ sơ", "địa chỉ tiếp nhận hs"),
    "result": ("kết quả", "kết quả thực hiện", "kết quả xử lý"),
    "basis": ("căn cứ pháp lý",),
    "conditions": (
        "yêu cầu điều kiện",
        "yêu cầu, điều kiện",
        "yêu cầu, điều kiện thực hiện",
        "điều kiện thực hiện",
        "procedure eligibility",
    ),
    "keywords": ("từ khóa", "từ khoá", "kết quả xử lý keywords"),
    "summary": ("mô tả", "mô tả thủ tục", "kết quả xử lý summary"),
}
_WAY: Final[Mapping[str, tuple[str, ...]]] = {
    "channel": ("hình thức nộp", "hình thức", "kênh", "method"),
    "time": ("thời hạn", "thời hạn giải quyết", "thời gian", "processing time"),
    "fee": ("phí/lệ phí", "phí, lệ phí", "phí", "lệ phí", "fee"),
    "note": ("mô tả", "ghi chú", "description"),
}
_PAPER: Final[Mapping[str, tuple[str, ...]]] = {
    "case": ("trường hợp",),
    "rows": ("giấy tờ", "thành phần", "danh sách giấy tờ", "danh sách"),
    "name": ("tên giấy tờ", "tên", "tên thành phần"),
    "form": ("mẫu đơn", "mẫu đơn, tờ khai", "biểu mẫu", "mẫu", "tên mẫu đơn"),
    "original": ("bản chính", "số bản chính"),
    "copy": ("bản sao", "số bản sao"),
    "count": ("số lượng",),
    "note": ("ghi chú",),
}
_BASIS: Final[Mapping[str, tuple[str, ...]]] = {
    "number": ("số ký hiệu", "số hiệu", "số, ký hiệu", "số văn bản"),
    "title": ("trích yếu", "tên", "tên văn bản"),
    "date": ("ngày ban hành",),
    "issuer": ("cơ quan ban hành",),
}


def _table(names: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {_bare(word): key for key, words in names.items() for word in words}


def _bare(text: str) -> str:
    return plain(text).replace(" ", "")


NOTHING: Final = "khong co thong tin"
"""What the public page shows, folded, where the record says nothing."""
RECORD: Final = _table(_NAMES)
WAY: Final = _table(_WAY)
PAPER: Final = _table(_PAPER)
BASIS: Final = _table(_BASIS)


def named(raw: Mapping[str, Any], table: Mapping[str, str]) -> dict[str, str]:
    """The source's own key by ours; the first of two that mean the same."""
    found: dict[str, str] = {}
    for key in raw:
        meant = table.get(_bare(key))
        if meant is not None:
            found.setdefault(meant, key)
    return found
