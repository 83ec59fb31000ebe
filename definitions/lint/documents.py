"""Printed documents: made by somebody, known to be sensitive, about somebody (T110–T116). Their texts are checked where
they are compiled (T114, T117–T119).
"""

from definitions.compiler.names import SCOPE_NAMES
from definitions.documents.model import Document
from definitions.documents.offering import made_by_staff, steps_of
from definitions.documents.secrecy import secrets
from definitions.model import Definition
from definitions.problems import Report, did_you_mean
from definitions.reading.tree import Path


def lint_documents(definition: Definition, report: Report) -> None:
    for at, document in enumerate(definition.documents):
        path: Path = ("documents", at)
        _steps(path, document, definition, report)
        found = secrets(document, definition)
        if found and not document.sensitive:
            report.warn(
                path,
                "T113",
                f"Văn bản “{document.name}” in câu trả lời nhạy cảm: {', '.join(found)}.",
                "Nếu văn bản cần điều đó thì thêm “sensitive: true”; không thì bỏ chỗ điền.",
            )
        if document.kind == "result" and not _about_somebody(document):
            report.warn(
                path,
                "T115",
                f"“{document.name}” không nhắc tới ai và không in câu trả lời nào, nên ai cũng nhận cùng một nội dung.",
                "Thêm chỗ điền, ví dụ {{ applicant.name }}.",
            )
    made = [document.kind for document in definition.documents]
    if made and "result" not in made and definition.service_level > 2:
        report.warn(
            ("documents",),
            "T116",
            "Có văn bản in ra nhưng chưa có văn bản nào là kết quả.",
            "Thêm một văn bản kind: result, hoặc bỏ qua nếu kết quả do nơi khác in.",
            on_key=True,
        )


def _steps(path: Path, document: Document, definition: Definition, report: Report) -> None:
    steps = {step.id: step for step in definition.workflow.steps}
    for place, name in enumerate(document.at):
        here: Path = (*path, "at", place)
        step = steps.get(name)
        if step is None:
            report.error(here, "T111", f"Quy trình không có bước “{name}”.", did_you_mean(name, steps))
        elif not made_by_staff(step):
            report.error(
                here,
                "T112",
                f"Bước “{step.name}” không do cán bộ của cơ quan làm, nên không ai lập được văn bản ở đó.",
                "Chọn một bước của cán bộ.",
            )
    if not document.at and not steps_of(document, definition.workflow):
        report.error(
            path,
            "T110",
            f"Không ai lập được “{document.name}”: quy trình không có bước nào hợp với loại văn bản này.",
            "Ghi “at” với mã bước mà cán bộ in văn bản này.",
        )


def _about_somebody(document: Document) -> bool:
    """Whether it prints an answer or the applicant."""
    if any(block.fields or block.table for block in document.body):
        return True
    asked = frozenset[str]().union(*(slot.expression.sources for slot in document.slots))
    return "applicant" in asked or bool(asked - SCOPE_NAMES)
