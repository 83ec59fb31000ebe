"""Sáp nhập, chia, đổi tên: who takes over from whom, from which day. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, Literal

from tthc.agencies.model import Agency, Successor

Kind = Literal["merge", "split", "rename"]

KINDS: Final[Mapping[str, str]] = {
    "merge": "Sáp nhập, hợp nhất",
    "split": "Chia, tách",
    "rename": "Đổi tên, tổ chức lại một thành một",
}


class SuccessionError(ValueError):
    """What was asked for cannot be; the message says why and what to do, `field` which box."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


@dataclass(frozen=True, slots=True)
class Plan:
    """From `on` the `successors` answer for the work of the `predecessors`. `note`: the decision, its number and day."""

    kind: Kind
    predecessors: tuple[Agency, ...]
    successors: tuple[Agency, ...]
    on: date
    note: str

    @property
    def certain(self) -> bool:
        """Whether dossiers go over by themselves: where the work was divided, a person chooses for each."""
        return len(self.successors) == 1


def plan(
    kind: str, predecessors: Sequence[Agency], successors: Sequence[Agency], on: date, note: str
) -> Plan:
    """Raises `SuccessionError`."""
    if kind not in KINDS:
        raise SuccessionError("Chọn sáp nhập, chia hay đổi tên.", "kind")
    if not note.strip():
        raise SuccessionError("Ghi số, ngày của nghị quyết hoặc quyết định.", "note")
    if not predecessors:
        raise SuccessionError("Chọn cơ quan cũ.", "predecessors")
    if not successors:
        raise SuccessionError("Chọn cơ quan nhận việc; nếu chưa có thì thêm cơ quan đó trước.", "successors")
    both = {a.id for a in predecessors} & {a.id for a in successors}
    if both:
        name = next(a.name for a in predecessors if a.id in both)
        raise SuccessionError(
            f"{name} vừa là cơ quan cũ vừa là cơ quan nhận việc. Cơ quan giữ nguyên thì không chọn là cơ quan cũ.",
            "successors",
        )
    expected = {"merge": (None, 1), "split": (1, None), "rename": (1, 1)}[kind]
    if expected[0] and len(predecessors) != expected[0]:
        raise SuccessionError("Chia hoặc đổi tên chỉ có một cơ quan cũ.", "predecessors")
    if expected[1] and len(successors) != expected[1]:
        raise SuccessionError("Sáp nhập hoặc đổi tên chỉ có một cơ quan nhận việc.", "successors")
    if kind == "split" and len(successors) < 2:
        raise SuccessionError("Chia, tách thì chọn ít nhất hai cơ quan nhận việc.", "successors")
    eve = on - timedelta(days=1)
    for agency in predecessors:
        if not agency.exists(eve):
            raise SuccessionError(
                f"{agency.name} không hoạt động vào ngày {eve:%d/%m/%Y}; xem lại ngày.", "predecessors"
            )
    for agency in successors:
        if not agency.exists(on):
            raise SuccessionError(
                f"{agency.name} chưa hoạt động vào ngày {on:%d/%m/%Y}; sửa ngày bắt đầu của cơ quan này trước.",
                "successors",
            )
    return Plan(kind, tuple(predecessors), tuple(successors), on, note.strip())  # type: ignore[arg-type]


def ended(agency: Agency, found: Plan) -> Agency:
    """A predecessor as the plan leaves it: it ends on the eve, and names who took over. Twice is once."""
    kept = tuple(s for s in agency.successors if s.on != found.on)
    told = tuple(Successor(a.id, found.on, found.certain, found.note) for a in found.successors)
    return replace(agency, valid_to=found.on - timedelta(days=1), successors=(*kept, *told))


def certain_pairs(agencies: Iterable[Agency], on: date) -> tuple[tuple[Agency, Agency, str], ...]:
    """`(old, new, note)` for which nobody has to decide on that day: one successor, certain, and in being."""
    known = {agency.id: agency for agency in agencies}
    found = []
    for agency in known.values():
        if agency.exists(on):
            continue
        told = [s for s in agency.successors if s.on <= on]
        if len(told) != 1 or not told[0].certain:
            continue
        successor = known.get(told[0].agency)
        if successor is not None and successor.id != agency.id:
            found.append((agency, successor, told[0].note))
    return tuple(found)


def predecessors(agency_id: str, agencies: Iterable[Agency], on: date) -> frozenset[str]:
    """Every agency whose work came to this one by that day, through others too."""
    before: dict[str, set[str]] = {}
    for agency in agencies:
        for told in agency.successors:
            if told.on <= on:
                before.setdefault(told.agency, set()).add(agency.id)
    found: set[str] = set()
    waiting = [agency_id]
    while waiting:
        for one in before.get(waiting.pop(), ()):
            if one not in found and one != agency_id:
                found.add(one)
                waiting.append(one)
    return frozenset(found)
