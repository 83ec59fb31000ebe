"""Is a table complete, do its rows overlap, can each of them be reached: proven or refuted by a concrete input.

    found = analyse(table, {"pages": Domain(low=Decimal(1), integer=True)})
    found.complete          # True, False, or None where it could not be decided
    str(found.gaps[0])      # “Không dòng nào của bảng nhận: pages = 3, ngày 01/01/2027.”

`domains`: what inputs may be; `cells`: where a cell draws its boundaries; `scale`: values on a line; `grid`: the table as
boxes of atoms; `sweep`: what boxes leave uncovered; `periods`: the times between changes of law; `search`: what is
looked for.
"""

from rules.tables.analysis.domains import Domain, shown
from rules.tables.analysis.findings import Analysis, Gap, Given, Overlap, Point, Unreachable
from rules.tables.analysis.grid import Undecided
from rules.tables.analysis.search import MOST, Confirm, analyse

__all__ = [
    "MOST",
    "Analysis",
    "Confirm",
    "Domain",
    "Gap",
    "Given",
    "Overlap",
    "Point",
    "Undecided",
    "Unreachable",
    "analyse",
    "shown",
]
