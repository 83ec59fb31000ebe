"""Which part of the procedure's page a change shows in, so that a reviewer sees the page with its changes marked. Pure."""

from collections.abc import Mapping, Sequence
from typing import Final

from definitions.diff import Change

_INFORMATION: Final[Mapping[str, str]] = {
    "sequence": "trinh-tu",
    "ways": "cach-thuc",
    "sets": "thanh-phan",
    "applicants": "doi-tuong",
    "authority": "co-quan",
    "result": "ket-qua",
    "forms": "mau-don",
    "conditions": "dieu-kien",
    "legal_basis": "can-cu",
    "responsibilities": "trach-nhiem",
    "time_note": "thoi-han",
    "fee_note": "phi",
}
_TOP: Final[Mapping[str, str]] = {
    "submit_by": "cach-thuc",
    "receive_by": "cach-thuc",
    "pay_by": "phi",
    "offered_by": "co-quan",
    "identity": "cach-thuc",
    "retention": "ket-qua",
    "result_name": "ket-qua",
    "attachments": "thanh-phan",
    "fees": "phi",
    "deadline": "thoi-han",
    "cases": "truong-hop",
    "questions": "bieu-mau",
    "form": "bieu-mau",
    "declaration": "bieu-mau",
    "vocabularies": "bieu-mau",
    "workflow": "quy-trinh",
    "events": "quy-trinh",
    "documents": "van-ban",
    "examples": "vi-du",
}
_PARTS: Final[Mapping[str, str]] = {
    "page": "bieu-mau",
    "field": "bieu-mau",
    "option": "bieu-mau",
    "check": "bieu-mau",
    "entry": "bieu-mau",
    "case": "truong-hop",
    "paper": "thanh-phan",
    "fee": "phi",
    "fee_row": "phi",
    "fee_input": "phi",
    "exemption": "phi",
    "deadline": "thoi-han",
    "more_time": "thoi-han",
    "step": "quy-trinh",
    "action": "quy-trinh",
    "branch": "quy-trinh",
    "event_rule": "quy-trinh",
    "legal_basis": "can-cu",
    "document": "van-ban",
    "block": "van-ban",
    "column": "van-ban",
    "example": "vi-du",
}
OFF_PAGE: Final[Mapping[str, str]] = {
    "dau-trang": "Tên, tóm tắt và thông tin chung",
    "bieu-mau": "Biểu mẫu và câu hỏi",
    "quy-trinh": "Quy trình giải quyết",
    "van-ban": "Văn bản in",
    "vi-du": "Ví dụ kiểm thử",
}
"""Sections that the citizen's page does not unfold, with the names they are told by."""


def section_of_place(place: str) -> str:
    """Of an element's place (`definitions.elements`): `information.ways` → `cach-thuc`, `fees.phi` → `phi`."""
    first, _, rest = place.partition(".")
    if first == "information":
        return _INFORMATION.get(rest.partition(".")[0], "dau-trang")
    return _TOP.get(first, "dau-trang")


def section_of(change: Change) -> str:
    return (
        section_of_place(change.key) if change.part == "procedure" else _PARTS.get(change.part, "dau-trang")
    )


def by_section(changes: Sequence[Change]) -> Mapping[str, int]:
    """How many changes each section has; sections without any are not there."""
    counts: dict[str, int] = {}
    for change in changes:
        section = section_of(change)
        counts[section] = counts.get(section, 0) + 1
    return counts
