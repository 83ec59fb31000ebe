"""The reports as tables: one for the page, the CSV, the workbook and the paper alike."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from renderers.sheets import Column, Table
from tthc.measures import form_06a, work
from tthc.measures.form_06a import Row06a
from tthc.measures.meaning import MEASURES
from tthc.measures.periods import Period
from tthc.measures.work import WorkRow

FORM: Final = "II.06a/VPCP/KSTT"
_GROUPS: Final = {
    "received": "Tiếp nhận",
    "online": "Tiếp nhận",
    "direct": "Tiếp nhận",
    "carried": "Tiếp nhận",
    "solved": "Đã giải quyết",
    "early": "Đã giải quyết",
    "on_time": "Đã giải quyết",
    "late": "Đã giải quyết",
    "open": "Đang giải quyết",
    "in_time": "Đang giải quyết",
    "overdue": "Đang giải quyết",
}
_TOTALS: Final = {"solved": "Tổng số", "open": "Tổng số"}


def columns_06a(first: str = "Lĩnh vực, công việc giải quyết theo cấp") -> tuple[Column, ...]:
    return (
        Column("TT", "number", mark="1", width=5),
        Column(first, mark="2", width=36),
        *(
            Column(
                _TOTALS.get(name, MEASURES[name].name),
                "number",
                _GROUPS[name],
                str(MEASURES[name].column),
                width=11,
            )
            for name in form_06a.COLUMNS
        ),
    )


def table_06a(
    rows: Sequence[Row06a], period: Period, agency: str, late_by_first: int, first: str = ""
) -> Table:
    """Biểu II.06a. `late_by_first`: how many were solved after the date first promised, which the form does not ask."""
    return Table(
        title="Tình hình, kết quả giải quyết thủ tục hành chính",
        form=FORM,
        lead=_lead(period),
        facts=(("Đơn vị báo cáo", agency), ("Đơn vị tính", "số hồ sơ")),
        columns=columns_06a(first) if first else columns_06a(),
        rows=tuple((place, row.sector_name, *_numbers(row)) for place, row in enumerate(rows, start=1)),
        total=(None, "Tổng số", *_numbers(form_06a.total(rows))),
        notes=(
            *(f"Cột {MEASURES[name].column}: {MEASURES[name].counts}" for name in form_06a.COLUMNS),
            f"Đã giải quyết sau ngày hẹn đầu tiên trên giấy tiếp nhận (dù sau đó dừng hay gia hạn): {late_by_first} hồ sơ.",
        ),
        signed=True,
    )


def table_work(title: str, first: str, rows: Sequence[WorkRow], period: Period, agency: str) -> Table:
    """By officer, unit or agency."""
    heads = tuple(
        Column(work_label(name), "number", _WORK_GROUPS.get(name, ""), width=11) for name in work.COLUMNS
    )
    total = work.total(rows)
    return Table(
        title=title,
        lead=_lead(period),
        facts=(("Cơ quan", agency), ("Đơn vị tính", "số hồ sơ")),
        columns=(
            Column("TT", "number", width=5),
            Column(first, width=30),
            *heads,
            Column("Giờ làm việc trung bình", "decimal", width=12),
        ),
        rows=tuple((place, row.name, *_counts(row), row.average) for place, row in enumerate(rows, start=1)),
        total=(None, total.name, *_counts(total), total.average),
        notes=(
            *notes(work.COLUMNS, _work_head),
            _AVERAGE,
        ),
    )


_AVERAGE: Final = (
    "Giờ làm việc trung bình: từ lúc tiếp nhận đến lúc có kết quả, trong giờ làm việc, không tính thời gian chờ "
    "người nộp; chỉ tính hồ sơ đã giải quyết."
)


def notes(names: Iterable[str], head: Callable[[str], str]) -> tuple[str, ...]:
    """What each column counts; `head`: what it is called in front of that."""
    return tuple(f"{head(name)}: {MEASURES[name].counts} ({MEASURES[name].source})" for name in names)


def named(rows: Iterable[WorkRow], name_of: Callable[[str], str]) -> tuple[WorkRow, ...]:
    """The rows of units, by their names."""
    renamed = (WorkRow(r.id, name_of(r.id), r.counts, r.minutes) for r in rows)
    return tuple(sorted(renamed, key=lambda row: (not row.id, row.name)))


def work_label(name: str) -> str:
    return _WORK_LABELS.get(name, MEASURES[name].name)


def _work_head(name: str) -> str:
    group = _WORK_GROUPS.get(name)
    return f"{group}, {work_label(name).lower()}" if group else work_label(name)


def _lead(period: Period) -> str:
    days = f"từ ngày {period.first:%d/%m/%Y} đến hết ngày {period.last:%d/%m/%Y}"
    return f"Kỳ báo cáo: {period.name}" + (f" ({days})" if period.kind != "tuy-chon" else "")


def _numbers(row: Row06a) -> tuple[int, ...]:
    return tuple(int(getattr(row, name)) for name in form_06a.COLUMNS)


def _counts(row: WorkRow) -> tuple[int, ...]:
    return tuple(row.counts.get(name, 0) for name in work.COLUMNS)


_WORK_GROUPS: Final = {
    "solved": "Đã giải quyết",
    "solved_in_time": "Đã giải quyết",
    "late": "Đã giải quyết",
    "late_original": "Đã giải quyết",
    "open": "Đang giải quyết",
    "overdue": "Đang giải quyết",
    "overdue_original": "Đang giải quyết",
}
_WORK_LABELS: Final = {
    "solved": "Tổng số",
    "solved_in_time": "Đúng hạn",
    "open": "Tổng số",
    "overdue_original": "Quá hẹn ban đầu",
}
