"""A definition as it begins: what is asked before there is anything to edit, and the text that comes of it. Pure."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from definitions.editing.writing import entries
from definitions.shape import schema

BEGINNING: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "procedure": ("Mã thủ tục", "Mã trên Cơ sở dữ liệu quốc gia về thủ tục hành chính."),
        "name": ("Tên thủ tục", "Đúng từng chữ theo danh mục được công bố (Đ7.3)."),
        "sector": ("Mã lĩnh vực", "Chữ thường không dấu, có gạch ngang, ví dụ ho-tich."),
        "level": ("Cấp thực hiện", ""),
        "service_level": ("Mức độ dịch vụ công", ""),
    }
)
"""Label and help of what is asked."""


def wrong(typed: Mapping[str, str]) -> dict[str, str]:
    """What is not as the language wants it, by name."""
    known = schema()["properties"]
    found = {}
    if not re.fullmatch(known["procedure"]["pattern"], typed["procedure"]):
        found["procedure"] = (
            "Ghi mã gồm một chữ số, dấu chấm và sáu chữ số, đúng như trên Cơ sở dữ liệu quốc gia."
        )
    if not typed["name"]:
        found["name"] = "Ghi tên thủ tục."
    if not re.fullmatch(schema()["$defs"]["slug"]["pattern"], typed["sector"]):
        found["sector"] = "Ghi mã lĩnh vực bằng chữ thường không dấu, có gạch ngang, ví dụ ho-tich."
    if typed["level"] not in {"tinh", "xa"}:
        found["level"] = "Chọn cấp thực hiện."
    if typed["service_level"] not in {"1", "2", "3", "4"}:
        found["service_level"] = "Chọn mức độ."
    return found


def begun(typed: Mapping[str, str]) -> str:
    """The text of a draft that has the least; its problems say what is still to be written."""
    data: dict[str, Any] = {
        "procedure": typed["procedure"],
        "name": typed["name"],
        "sector": typed["sector"],
        "offered_by": {"level": typed["level"]},
        "service_level": int(typed["service_level"]),
        "submit_by": ["online", "counter"],
        "receive_by": ["counter"],
        "pay_by": ["counter"],
        "information": {"result": typed["name"]},
        "form": {"pages": []},
        "cases": [],
        "attachments": [],
        "fees": [],
        "deadline": [{"amount": 5, "unit": "working_day"}],
        "workflow": "day-du",
        "examples": [],
    }
    return entries(data, 0) + "\n"
