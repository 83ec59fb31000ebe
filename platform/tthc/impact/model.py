"""What a replay comes to: differences a person can read, and what may be done with a dossier that is still open."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tthc.dossiers.differences import KINDS, Difference, Kind


class Verdict(StrEnum):
    """Of an open dossier: nothing would change; it could go on under the new version as it is; somebody must see to it
    first.
    """

    UNTOUCHED = "untouched"
    MOVABLE = "movable"
    PERSON = "person"

    @property
    def label(self) -> str:
        return _VERDICTS[self]


_VERDICTS = {
    Verdict.UNTOUCHED: "Không bị ảnh hưởng",
    Verdict.MOVABLE: "Chuyển sang được",
    Verdict.PERSON: "Cần người xem",
}


@dataclass(frozen=True, slots=True)
class Impact:
    """One dossier. `name`: its code, or its reference before acceptance; `verdict`: `None` where it is closed;
    `reasons`: why a person is needed, one sentence each.
    """

    dossier: str
    name: str
    agency: str
    differences: tuple[Difference, ...]
    verdict: Verdict | None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """`looked_at`: the newest dossiers, then any older one still open; `more`: open ones beyond what was looked at."""

    impacts: tuple[Impact, ...]
    more: int = 0

    @property
    def changed(self) -> Sequence[Impact]:
        return [impact for impact in self.impacts if impact.differences or impact.reasons]

    @property
    def kinds(self) -> Mapping[Kind, int]:
        """How many dossiers have a difference of each kind, in the order of `KINDS`."""
        counted = Counter(kind for impact in self.impacts for kind in {d.kind for d in impact.differences})
        return {kind: counted[kind] for kind in KINDS if counted[kind]}

    @property
    def verdicts(self) -> Mapping[Verdict, int]:
        """How many open dossiers have each verdict."""
        counted = Counter(impact.verdict for impact in self.impacts if impact.verdict is not None)
        return {verdict: counted[verdict] for verdict in Verdict}

    @property
    def kind_facts(self) -> list[tuple[str, str]]:
        """For a page: what changes, in how many dossiers."""
        return [(f"Khác về {KINDS[kind].lower()}", f"{many} hồ sơ") for kind, many in self.kinds.items()]

    @property
    def verdict_facts(self) -> list[tuple[str, str]]:
        """For a page: of the dossiers still open."""
        return [
            (f"Đang mở – {verdict.label.lower()}", f"{many} hồ sơ") for verdict, many in self.verdicts.items()
        ]
