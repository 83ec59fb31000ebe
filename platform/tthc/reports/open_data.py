"""The public's figures, counted at most once in a quarter of an hour for everybody, and as files (CSV, JSON).

What is kept is the count, not the page. A period that is over is read from what reports keep for ever
(`tthc.reports.figures`); of the running one the last count stands for `FRESH`.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from renderers.sheets import Column, Table, as_csv
from renderers.text import there
from rules.i18n import noted
from tthc.measures.form_06a import COLUMNS, Row06a, gathered, total
from tthc.measures.periods import Period
from tthc.measures.public import COUNTS, NAMES, RATE, SHOWN, Figure, figure, figures
from tthc.ratings.criteria import RatingSet
from tthc.ratings.store import Aggregate
from tthc.registry.coverage import Coverage, Group
from tthc.registry.levels import LEVELS, told
from tthc.reports.figures import Figures
from tthc.reports.naming import Names
from tthc.services import Services
from tthc.web.visits import KINDS as VISITED
from tthc.web.visits import Day

KEPT: Final = "public_figures"
FRESH: Final = timedelta(minutes=15)
KINDS: Final = ("csv", "json")
REPORTS: Final[Mapping[str, str]] = {
    "linh-vuc": noted("Giải quyết hồ sơ theo lĩnh vực"),
    "co-quan": noted("Giải quyết hồ sơ theo cơ quan"),
    "muc-do-linh-vuc": noted("Mức độ dịch vụ công theo lĩnh vực"),
    "muc-do-co-quan": noted("Mức độ dịch vụ công theo cơ quan"),
    "danh-gia": noted("Người dân đánh giá theo cơ quan"),
    "luot-xem": noted("Lượt mở trang của Cổng theo ngày"),
}


@dataclass(frozen=True, slots=True)
class Public:
    """Of a period. `at`: when it was counted; `levels`: of agencies that have a figure, by id."""

    period: Period
    at: datetime
    whole: Figure
    sectors: tuple[Figure, ...]
    agencies: tuple[Figure, ...]
    levels: Mapping[str, str]


def public(s: Services, period: Period, agency: str = "") -> Public:
    """`agency`: only what this one handled."""
    now = s.clock.now()
    rows, at = _rows(s, period, now)
    if agency:
        rows = [row for row in rows if row.sector == agency]
    names = Names(s, there(now).date())
    known = {each.id: each for each in s.agencies.all()}
    by_agency = gathered(
        rows, lambda row: (row.sector, known[row.sector].name if row.sector in known else row.sector)
    )
    return Public(
        period,
        at,
        figure(total(rows)),
        figures(gathered(rows, lambda row: names.sector_of(row.sector_name))),
        figures(by_agency),
        {each.sector: known[each.sector].level.value for each in by_agency if each.sector in known},
    )


def _rows(s: Services, period: Period, now: datetime) -> tuple[Sequence[Row06a], datetime]:
    """A line an agency and procedure, and when they were counted."""
    kept = s.database[KEPT].find_one({"_id": period.slug})
    if kept is not None:
        at = there(kept["at"])
        if at <= now < at + FRESH:
            return [Row06a(*row) for row in json.loads(kept["told"])], at
    s.lives.sweep()
    rows = Figures(s.lives, s.database).of(period, now).rows
    told = json.dumps([[row.sector, row.sector_name, *(getattr(row, c) for c in COLUMNS)] for row in rows])
    s.database[KEPT].replace_one({"_id": period.slug}, {"told": told, "at": now}, upsert=True)
    return rows, now


@dataclass(frozen=True, slots=True)
class Sheet:
    """A report as data: `columns` are (name, label, what it counts), a row is a value for each."""

    title: str
    about: Mapping[str, str]
    columns: tuple[tuple[str, str, str], ...]
    rows: tuple[tuple[Any, ...], ...]


def solved_sheet(found: Public, report: str) -> Sheet:
    """`linh-vuc` or `co-quan`; the last row is the whole."""
    groups = found.agencies if report == "co-quan" else found.sectors
    first = "Cơ quan" if report == "co-quan" else "Lĩnh vực"
    columns = (
        ("id", "Mã", ""),
        ("name", first, ""),
        *((name, NAMES[name], COUNTS[name]) for name in (*SHOWN, RATE)),
    )
    rows = [
        (each.id, each.name, *(asdict(each)[name] for name in SHOWN), each.rate)
        for each in (*groups, found.whole)
    ]
    about = {
        "period": found.period.name,
        "from": found.period.first.isoformat(),
        "to": found.period.last.isoformat(),
        "counted_at": there(found.at).isoformat(timespec="minutes"),
    }
    return Sheet(REPORTS[report], about, columns, tuple(rows))


def level_sheet(found: Coverage, report: str, on: date) -> Sheet:
    """`muc-do-linh-vuc` or `muc-do-co-quan`: how many procedures of the published catalogue are at each level."""
    groups: Sequence[Group] = found.agencies if report == "muc-do-co-quan" else found.sectors
    columns = (
        ("id", "Mã", ""),
        ("name", "Cơ quan" if report == "muc-do-co-quan" else "Lĩnh vực", ""),
        ("total", "Số thủ tục", "Thủ tục trong danh mục công bố đang có hiệu lực."),
        *((f"level_{level}", told(level, on), "") for level in LEVELS),
    )
    rows = tuple((each.id, each.name, each.total, *each.counts) for each in (*groups, found.whole))
    return Sheet(REPORTS[report], {"on": on.isoformat()}, columns, rows)


def rating_sheet(found: Sequence[Aggregate], slip: RatingSet, names: Mapping[str, str]) -> Sheet:
    """`danh-gia`: of each agency the average of each criterion, empty where there are too few ratings to show (Đ8.3)."""
    columns = (
        ("id", "Mã", ""),
        ("name", "Cơ quan", ""),
        (
            "count",
            "Số phiếu",
            f"Phiếu theo bộ tiêu chí đang áp dụng, kể từ ngày áp dụng; cộng thêm mỗi khi đủ {slip.shown_from} phiếu.",
        ),
        ("percent", "Trên 100", "Trung bình các tiêu chí, mỗi tiêu chí nặng như nhau."),
        *((c.id, c.label, "Điểm trung bình, từ 0 đến 2.") for c in slip.criteria),
    )
    rows = []
    for one in found:
        points = {average.id: round(average.points, 2) for average in one.averages}
        told = (points.get(c.id) for c in slip.criteria)
        rows.append((one.agency, names.get(one.agency, one.agency), one.count, one.percent, *told))
    about = {"slip": slip.id, "shown_from": str(slip.shown_from)}
    return Sheet(REPORTS["danh-gia"], about, columns, tuple(rows))


def visit_sheet(found: Sequence[Day], period: Period) -> Sheet:
    """`luot-xem`: how often pages of each kind were opened, a row a day."""
    columns = (
        ("day", "Ngày", ""),
        *(
            (kind, label, "Số lần mở trang; không ghi ai mở, không đếm chương trình tự nhận.")
            for kind, label in VISITED.items()
        ),
        ("total", "Cộng", ""),
    )
    rows = tuple(
        (each.day.isoformat(), *(each.pages[kind] for kind in VISITED), each.total) for each in found
    )
    about = {"period": period.name, "from": period.first.isoformat(), "to": period.last.isoformat()}
    return Sheet(REPORTS["luot-xem"], about, columns, rows)


def as_file(sheet: Sheet, kind: str) -> bytes:
    """CSV with a head in Vietnamese, or JSON with names, labels and what each column counts."""
    if kind == "csv":
        columns = tuple(Column(label) for _, label, _ in sheet.columns)
        return as_csv(Table(sheet.title, columns, sheet.rows)).encode()
    told = {
        "title": sheet.title,
        **sheet.about,
        "columns": [
            {"name": name, "label": label, "counts": counts} for name, label, counts in sheet.columns
        ],
        "rows": [dict(zip((name for name, _, _ in sheet.columns), row, strict=True)) for row in sheet.rows],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()
