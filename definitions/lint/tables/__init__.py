"""Fee tables: questions no row answers, rows that contradict, rows of no use (T020, T021, T022).

`domains`: the declared fields as what inputs may be; `occurs`: can such a dossier be handed in; `prove`: the analysis of
one fee; here: what it found, said at the place it is about.
"""

from definitions.lint.tables.prove import prove
from definitions.lint.tables.situating import situation
from definitions.model import Definition
from definitions.problems import Report
from definitions.reading.tree import Path
from rules.tables.analysis import Analysis, Unreachable

__all__ = ["lint_tables", "prove"]

_ROW = "Thêm dòng cho tình huống này; không thu thì ghi số tiền 0."


def lint_tables(definition: Definition, report: Report) -> frozenset[str]:
    """Ids of the fees whose table was shown to have a gap: nothing more need be said of those."""
    told = set()
    for at, fee in enumerate(definition.fees):
        found = prove(definition, fee)
        if found is None:
            continue
        path: Path = ("fees", at, "amount")
        for gap in found.gaps:
            packed = situation(definition, gap.point).packed
            if gap.sure:
                told.add(fee.id)
                report.error(path, "T020", str(gap), _ROW, situation=packed)
            else:
                doubt = f"{gap} Chưa rõ có hồ sơ nào như vậy hay không."
                report.warn(path, "T020", doubt, _ROW, situation=packed)
        _tell_overlaps(definition, found, path, report)
        for row in found.unreachable:
            report.warn(_place(path, row), "T022", str(row), _remedy(row))
    return frozenset(told)


def _tell_overlaps(definition: Definition, found: Analysis, path: Path, report: Report) -> None:
    for overlap in found.overlaps:
        if overlap.forbidden is False:
            continue
        where: Path = (*path, "rows", overlap.rows[1] - 1)
        remedy = "Sửa điều kiện để mỗi tình huống chỉ một dòng nhận, hoặc chọn “hit: F” (lấy dòng đầu tiên)."
        tell = report.error if overlap.forbidden and overlap.sure else report.warn
        packed = situation(definition, overlap.point).packed
        tell(where, "T021", str(overlap), remedy, situation=packed)


def _place(path: Path, row: Unreachable) -> Path:
    whole: Path = (*path, "rows", row.row - 1)
    if row.cause == "empty":
        return (*whole, "when", row.column - 1)
    return (*whole, "effective") if row.cause == "never law" else whole


def _remedy(row: Unreachable) -> str:
    if row.cause == "empty":
        return "Xem lại ô này: giá trị phải có trong các lựa chọn hoặc giới hạn của trường."
    if row.cause == "masked":
        return "Bỏ dòng này, hoặc đưa lên trước các dòng đã nhận hết."
    return "Xem lại ngày hiệu lực của dòng, của khoản thu và của thủ tục; dòng cũ thì có thể bỏ."
