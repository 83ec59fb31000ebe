"""Papers and fees that contradict themselves or each other (T071–T078)."""

from collections.abc import Mapping
from typing import Any, Final

from definitions.model import Definition
from definitions.problems import Report, did_you_mean
from definitions.reading.tree import Path
from rules.feel import Expression

# what only a paper has: a note is read, not brought
_OF_PAPERS: Final = (
    "copies",
    "required",
    "presented_only",
    "form_generated",
    "multiple",
    "max_files",
    "accept",
    "valid_for",
    "replaced_by_data",
    "online_note",
    "reuse",
    "sensitive",
)
# what only a paper that is uploaded has
_OF_UPLOADS: Final = ("accept", "max_files", "multiple", "online_note", "reuse")


def lint_papers(definition: Definition, raw: Mapping[str, Any], report: Report) -> None:
    for at, paper in enumerate(raw.get("attachments", ())):
        path: Path = ("attachments", at)
        if paper.get("kind") == "note":
            _note(path, paper, report)
        else:
            _paper(path, paper, report)
        for place, channel in enumerate(paper.get("channels", ())):
            if channel not in definition.submit_by:
                report.error(
                    (*path, "channels", place),
                    "T073",
                    f"Thủ tục không nhận hồ sơ qua kênh “{channel}”, nên giấy tờ này không bao giờ được hỏi ở đó.",
                    "Bỏ kênh này, hoặc thêm vào submit_by.",
                )
    for at, line in enumerate(definition.attachments):
        if line.valid_for is not None and not line.valid_for.issued.sources:
            report.warn(
                ("attachments", at, "valid_for", "from"),
                "T074",
                "Ngày cấp không lấy từ trường nào, nên không biết giấy của từng người còn hạn hay không.",
                "Thêm trường ngày cấp vào biểu mẫu rồi ghi mã trường đó.",
            )
    _fees(definition, raw, report)


def _note(path: Path, paper: Mapping[str, Any], report: Report) -> None:
    for key in _OF_PAPERS:
        if key in paper:
            report.error(
                (*path, key),
                "T071",
                f"Ghi chú không phải giấy tờ nên không có khóa “{key}”.",
                "Bỏ khóa này, hoặc bỏ “kind: note” nếu người dân phải nộp.",
                on_key=True,
            )


def _paper(path: Path, paper: Mapping[str, Any], report: Report) -> None:
    stands = [key for key in ("presented_only", "form_generated", "replaced_by_data") if paper.get(key)]
    if len(stands) > 1:
        report.error(
            (*path, stands[1]),
            "T075",
            f"Giấy tờ không thể vừa “{stands[0]}” vừa “{stands[1]}”.",
            "Giữ một khóa cho đúng cách giấy tờ này được nộp.",
            on_key=True,
        )
    copies = paper.get("copies", {})
    if not stands and not any(copies.values()):
        report.warn(
            path,
            "T077",
            f"Giấy tờ “{paper['name']}” không nói nộp mấy bản, bản chính hay bản sao.",
            "Thêm copies, ví dụ {copy: 1}.",
        )
    for key in _OF_UPLOADS if stands else ():
        if key in paper:
            report.warn(
                (*path, key),
                "T075",
                f"Giấy tờ có “{stands[0]}” không được tải lên, nên “{key}” không có tác dụng.",
                "Bỏ khóa này.",
                on_key=True,
            )


def _fees(definition: Definition, raw: Mapping[str, Any], report: Report) -> None:
    papers = {paper.id for paper in definition.attachments if paper.component}
    for at, fee in enumerate(definition.fees):
        for place, exemption in enumerate(fee.exempt):
            if exemption.proof and exemption.proof not in papers:
                report.error(
                    ("fees", at, "exempt", place, "proof"),
                    "T072",
                    f"Không có giấy tờ “{exemption.proof}” để chứng minh diện miễn, giảm.",
                    did_you_mean(exemption.proof, papers),
                )
        least, most = (_constant(bound.text) if bound else None for bound in (fee.min, fee.max))
        if least is not None and most is not None and most < least:
            report.error(
                ("fees", at, "max"),
                "T076",
                "Mức thu tối đa nhỏ hơn mức thu tối thiểu.",
                "Đổi lại hai mức cho đúng thứ tự.",
            )
        if isinstance(fee.amount, Expression) and _constant(fee.amount.text) == 0:
            report.warn(
                ("fees", at, "amount"),
                "T078",
                f"“{fee.label}” luôn là 0 đồng.",
                "Không thu thì bỏ khoản này và ghi ở information.fee_note.",
            )
        given = raw["fees"][at]
        if ("times" in given) != ("unit" in given):
            lacking, there = ("unit", "times") if "times" in given else ("times", "unit")
            report.error(
                ("fees", at, there),
                "T076",
                f"Có “{there}” thì phải có “{lacking}”: đơn giá, số lượng và đơn vị tính đi cùng nhau.",
                f"Thêm “{lacking}”, hoặc bỏ “{there}”.",
                on_key=True,
            )


def _constant(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() else None
