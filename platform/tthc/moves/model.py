"""A batch of moves as it is kept: who ordered it and why, and one row for each dossier."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Row(StrEnum):
    """How far one dossier is. `STOPPED`: undone before its turn came; `KEPT`: could not be led back."""

    WAITING = "waiting"
    MOVED = "moved"
    REFUSED = "refused"
    RETURNING = "returning"
    RETURNED = "returned"
    KEPT = "kept"
    STOPPED = "stopped"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def tone(self) -> str:
        return _TONES[self]

    @property
    def open(self) -> bool:
        """Whether something is still to be done."""
        return self in {Row.WAITING, Row.RETURNING}


_LABELS = {
    Row.WAITING: "Chờ chuyển",
    Row.MOVED: "Đã chuyển",
    Row.REFUSED: "Không chuyển được",
    Row.RETURNING: "Chờ hoàn tác",
    Row.RETURNED: "Đã trở lại bản trước",
    Row.KEPT: "Không hoàn tác được",
    Row.STOPPED: "Đã dừng, không chuyển",
}
_TONES = {
    Row.WAITING: "info",
    Row.MOVED: "ok",
    Row.REFUSED: "bad",
    Row.RETURNING: "info",
    Row.RETURNED: "ok",
    Row.KEPT: "bad",
    Row.STOPPED: "",
}


@dataclass(frozen=True, slots=True)
class Order:
    """Who wants it, when and why. `decision`: number and day of the decision, empty of an undoing."""

    by: str
    by_name: str
    at: datetime
    reason: str
    decision: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """One dossier of a batch that is to be opened. `despite`: a person has seen what stands in the way."""

    dossier: str
    name: str
    agency: str
    told: tuple[str, ...] = ()
    despite: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """One row. `name`: the dossier's code; `told`: what was to change, as it was shown; `why`: it was refused or kept."""

    dossier: str
    name: str
    agency: str
    state: Row
    told: tuple[str, ...]
    why: str = ""
    despite: bool = False


@dataclass(frozen=True, slots=True)
class Batch:
    """`to`: content hash of the version `version` that they are led to; `undo`: the order to lead them back."""

    id: str
    procedure: str
    version: str
    to: str
    order: Order
    undo: Order | None = None
    rows: tuple[Move, ...] = ()

    @property
    def counts(self) -> Mapping[Row, int]:
        return counts(self.rows)

    @property
    def left(self) -> int:
        """How many are still to be done."""
        return sum(row.state.open for row in self.rows)


def counts(rows: Sequence[Move]) -> Mapping[Row, int]:
    """How many there are of each state, in the order of `Row`, those of none left out."""
    found = Counter(row.state for row in rows)
    return {state: found[state] for state in Row if found[state]}
