"""What an analysis finds, as data and as Vietnamese sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rules.feel import FeelValue
from rules.tables.analysis.domains import Domain, shown_day
from rules.tables.analysis.grid import Undecided


@dataclass(frozen=True, slots=True)
class Given:
    """One input's value: `expression` is the FEEL text the table reads it by."""

    expression: str
    label: str
    value: FeelValue
    domain: Domain

    def __str__(self) -> str:
        """`Khu vực = Xã`; a heading that asks is answered: `Nộp ở đâu? Xã`."""
        return f"{self.label}{'' if self.label.endswith('?') else ' ='} {self.domain.shown(self.value)}"


@dataclass(frozen=True, slots=True)
class Point:
    """A concrete question to the table: a value of each input, on a day (None: the table has no dates)."""

    given: tuple[Given, ...]
    day: date | None

    @property
    def values(self) -> Mapping[str, FeelValue]:
        return {given.expression: given.value for given in self.given}

    def __str__(self) -> str:
        facts = [str(given) for given in self.given]
        if self.day is not None:
            facts.append(f"ngày {shown_day(self.day)}")
        return ", ".join(facts) or "mọi dữ liệu"


@dataclass(frozen=True, slots=True)
class Gap:
    """A question that no row takes, or that the allowed values `refuse`. `sure`: such an input can occur."""

    point: Point
    refused: bool = False
    sure: bool = True

    def __str__(self) -> str:
        if self.refused:
            return f"Giá trị cho phép của bảng không nhận: {self.point}."
        if not self.point.given and self.point.day is not None:
            return f"Không dòng nào của bảng có hiệu lực ngày {shown_day(self.point.day)}."
        return f"Không dòng nào của bảng nhận: {self.point}."


@dataclass(frozen=True, slots=True)
class Overlap:
    """A question that two rows (numbers from 1) take. `forbidden`: the hit policy does not allow it; None: that
    depends on the results, which could not be compared.
    """

    rows: tuple[int, int]
    point: Point
    forbidden: bool | None
    sure: bool = True

    def __str__(self) -> str:
        first, second = self.rows
        end = {
            True: "Cách chọn của bảng không cho phép như vậy",
            False: "Cách chọn của bảng cho phép như vậy",
            None: "Chưa biết kết quả hai dòng có giống nhau không",
        }[self.forbidden]
        return f"Dòng {first} và dòng {second} cùng nhận: {self.point}. {end}."


@dataclass(frozen=True, slots=True)
class Unreachable:
    """A row that never decides. `cause`: `empty` (an input has no value that its cell takes), `masked` (earlier rows
    `by` take all of it first) or `never law` (not law on any day looked at).
    """

    row: int
    cause: str
    by: tuple[int, ...] = ()
    column: int = 0
    label: str = ""

    def __str__(self) -> str:
        if self.cause == "empty":
            return f"Dòng {self.row} không bao giờ đúng: không giá trị nào của “{self.label}” thỏa ô này."
        if self.cause == "masked":
            before = ", ".join(str(number) for number in self.by)
            return f"Dòng {self.row} không bao giờ được xét tới: các dòng đứng trước ({before}) đã nhận hết."
        return f"Dòng {self.row} không có hiệu lực vào ngày nào trong thời gian áp dụng."


@dataclass(frozen=True, slots=True)
class Analysis:
    """`undecided`: cells of which it is not known what they take; `too_large`: the work allowed did not suffice.

    Nothing is claimed beyond `complete` (every question has an answer, be it the default) and `disjoint` (none is taken
    by two rows): True is proven, False is shown by a counter-example, None is
    not known.
    """

    gaps: tuple[Gap, ...]
    overlaps: tuple[Overlap, ...]
    unreachable: tuple[Unreachable, ...]
    undecided: tuple[Undecided, ...]
    too_large: bool
    complete: bool | None
    disjoint: bool | None

    @property
    def sound(self) -> bool:
        """Proven: every question gets an answer, no two rows contradict, every row is of use."""
        return (
            self.complete is True
            and not self.unreachable
            and not self.too_large
            and not self.undecided
            and all(overlap.forbidden is False for overlap in self.overlaps)
        )
