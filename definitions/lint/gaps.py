"""What the definition fails to answer, each told with a counter-example (T020, T081, T082, T083)."""

from definitions.lint.decisive import decisive
from definitions.lint.samples import Sample, samples
from definitions.model import Definition
from definitions.problems import Report
from definitions.reading.tree import Path


def lint_gaps(definition: Definition, report: Report, known: frozenset[str] = frozenset()) -> None:
    """`known`: fees whose gaps were told already."""
    for at, row in enumerate(definition.deadlines[:-1]):
        if row.when is None:
            report.warn(
                ("deadline", at),
                "T083",
                "Các dòng thời hạn sau dòng này không bao giờ được xét tới.",
                "Dòng không có “when” phải đứng cuối.",
            )
    told = {("fee", fee) for fee in known}
    deciding = decisive(definition)
    for sample in samples(definition):
        if all((gap.kind, gap.id) in told for gap in sample.assessed(deciding).gaps):
            continue
        found = sample.assessed(definition)
        if not found.submission.valid:
            continue
        for gap in found.gaps:
            if (gap.kind, gap.id) in told:
                continue
            told.add((gap.kind, gap.id))
            if gap.kind == "fee":
                at = next(number for number, fee in enumerate(definition.fees) if fee.id == gap.id)
                path: Path = ("fees", at, "amount")
                code, remedy = (
                    "T020",
                    "Thêm dòng hoặc điều kiện cho tình huống này; không thu thì ghi số tiền 0.",
                )
            elif gap.kind == "case":
                path, code, remedy = ("cases",), "T081", "Thêm một trường hợp cuối cùng có “when: true”."
            elif gap.kind == "condition":
                path, code, remedy = (
                    (),
                    "T084",
                    "Viết điều kiện gọn lại, hoặc giới hạn số dòng của danh sách.",
                )
            else:
                path, code, remedy = ("deadline",), "T082", "Thêm một dòng cuối cùng không có “when”."
            packed = sample.situation.packed
            report.error(path, code, f"{gap.message} Ví dụ: {_told(sample)}.", remedy, situation=packed)
            if gap.kind == "condition":
                return  # it would be as slow for every other sample: a minute for one typing mistake


def _told(sample: Sample) -> str:
    """The counter-example: «Nộp ngày 02/01/2027, Khu vực: Xã»."""
    facts = "".join(f", {label}: {shown}" for label, shown in sample.varied)
    return f"Nộp ngày {sample.submitted_at:%d/%m/%Y}{facts}"
