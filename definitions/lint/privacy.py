"""Sensitive answers stay where they were given: neither worked into what others read nor kept for later (T043, T044)."""

from collections.abc import Iterator, Sequence

from definitions.amounts import AmountTable
from definitions.model import Definition
from definitions.problems import Report
from definitions.reading.tree import Path
from forms.model import Field


def lint_privacy(definition: Definition, report: Report) -> None:
    secret = {field.id: field.label for field in definition.fields if field.sensitive}
    for path, field, near in _nested(definition):
        hidden = {**secret, **{each.id: each.label for each in near if each.sensitive}}
        if field.compute is not None and not field.sensitive:
            for name in sorted(field.compute.sources & hidden.keys()):
                report.error(
                    (*path, "compute"),
                    "T043",
                    f"Trường “{field.label}” làm lộ câu trả lời nhạy cảm “{hidden[name]}” mà bản thân không được che.",
                    "Thêm “sensitive: true” cho trường này, hoặc không dùng câu trả lời đó.",
                )
        if field.sensitive and field.remember:
            report.warn(
                (*path, "remember"),
                "T044",
                f"Câu trả lời nhạy cảm “{field.label}” được giữ lại để điền cho hồ sơ sau.",
                "Bỏ “remember: true” nếu không thật cần.",
                on_key=True,
            )
    for at, fee in enumerate(definition.fees):
        # a table's row is told on the receipt by the answers that chose it
        if isinstance(fee.amount, AmountTable):
            for name in sorted(fee.amount.sources & secret.keys()):
                report.error(
                    ("fees", at, "amount", "inputs"),
                    "T043",
                    f"Bảng của “{fee.label}” dùng câu trả lời nhạy cảm “{secret[name]}”, mà cách tính được in trên giấy hẹn.",
                    "Đặt một trường tính trung gian không nói ra điều nhạy cảm, hoặc dùng mục miễn, giảm.",
                )


def _nested(definition: Definition) -> Iterator[tuple[Path, Field, Sequence[Field]]]:
    """Every field with its path and those beside it."""
    yield from _level(("questions",), definition.questions)
    for at, page in enumerate(definition.form.pages):
        yield from _level(("form", "pages", at, "fields"), page.fields)


def _level(path: Path, fields: Sequence[Field]) -> Iterator[tuple[Path, Field, Sequence[Field]]]:
    for at, field in enumerate(fields):
        yield (*path, at), field, fields
        yield from _level((*path, at, "item"), field.item)
