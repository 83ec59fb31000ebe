"""Biểu II.06a of all agencies at once, agency by agency and procedure by procedure.

What a period that is over counts never changes (`tthc.measures.life`), so its figures are kept once they were counted:
a year of the province is read from every life but once.
"""

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from pymongo.database import Database

from tthc.measures.counting import counted
from tthc.measures.form_06a import COLUMNS, Row06a, count_by
from tthc.measures.periods import Period
from tthc.reports import kept
from tthc.reports.asking import span
from tthc.reports.lives import Lives

KEPT: Final = "report_figures"
SETTLES: Final = timedelta(days=1)
"""How long after its end a period may still be written to, by a process whose clock is behind."""
_BETWEEN: Final = "\t"


@dataclass(frozen=True, slots=True)
class Provincial:
    """`rows`: `sector` is the agency's id, `sector_name` the procedure's code; names are looked up when they are shown.
    `late`: solved after the date first promised.
    """

    rows: tuple[Row06a, ...]
    late: int


@dataclass(frozen=True, slots=True)
class Figures:
    lives: Lives
    database: Database[dict[str, Any]]

    def of(self, period: Period, now: datetime) -> Provincial:
        """Of a period, or of what is over of it."""
        over = period.end + SETTLES <= now
        name = f"{period.slug}@{kept.SHAPE}"
        found = self.database[KEPT].find_one({"_id": name}) if over else None
        if found is not None:
            return _read(found["told"])
        made = self._count(*span(period, now))
        if over and not self.lives.waiting():
            self.database[KEPT].replace_one({"_id": name}, {"told": _written(made), "at": now}, upsert=True)
        return made

    def _count(self, start: datetime, end: datetime) -> Provincial:
        lives = list(self.lives.of(None, start, end))
        rows = count_by(
            lives,
            start,
            end,
            lambda life: (f"{life.agency_at(end)}{_BETWEEN}{life.procedure}", life.procedure),
        )
        late = sum("late_original" in counted(life, start, end) for life in lives)
        return Provincial(tuple(replace(row, sector=row.sector.partition(_BETWEEN)[0]) for row in rows), late)


def _written(figures: Provincial) -> str:
    rows = [[row.sector, row.sector_name, *(getattr(row, name) for name in COLUMNS)] for row in figures.rows]
    return json.dumps({"rows": rows, "late": figures.late})


def _read(text: str) -> Provincial:
    told = json.loads(text)
    return Provincial(tuple(Row06a(*row) for row in told["rows"]), told["late"])
