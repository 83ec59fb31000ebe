"""What a definition says of itself in English: nothing beside the text, nothing lost from it (T138–T140)."""

import re
from collections.abc import Mapping
from typing import Final

from definitions.english import places, texts
from definitions.model import Definition
from definitions.problems import Report

_SLOTS: Final = re.compile(r"\{\{[^{}]*\}\}|\{[^{}]*\}")


def slots(text: str) -> list[str]:
    """What stands there to be filled in, whatever the order of the sentence."""
    return sorted(_SLOTS.findall(text))


def lint_english(definition: Definition, report: Report) -> None:
    """Only of a definition that says itself in English at all; what its shared parts say is theirs to check."""
    if not definition.english:
        return
    data = report.tree.data
    own = data.get("english", ()) if isinstance(data, Mapping) else ()
    known = places(definition)
    for at, row in enumerate(own):
        if row["vi"] not in known:
            report.warn(
                ("english", at, "vi"),
                "T138",
                f"Không chỗ nào của thủ tục viết “{row['vi']}”.",
                "Chép đúng từng chữ như ở chỗ viết ra, hoặc bỏ dòng này.",
            )
        if slots(row["vi"]) != slots(row["en"]):
            report.error(
                ("english", at, "en"),
                "T139",
                f"Bản tiếng Anh của “{row['vi']}” có các chỗ {{…}} khác bản tiếng Việt.",
                "Giữ đủ các chỗ {…} của câu tiếng Việt, đúng từng chữ bên trong.",
            )
    lacking = [text for text in texts(definition) if text not in definition.english]
    if lacking:
        report.warn(
            ("english",),
            "T140",
            f"Còn {len(lacking)} câu chưa có bản tiếng Anh, ví dụ “{lacking[0]}”.",
            "Thêm bản dịch; câu chưa có thì trang tiếng Anh vẫn hiện bằng tiếng Việt.",
            on_key=True,
        )
