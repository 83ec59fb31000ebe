"""The facts of a dossier that fill its documents, beside the answers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from rules.calendar import local

SECRET: Final = frozenset({("applicant", "citizen_number")})
"""Names beside the form that are covered wherever officials read them."""


@dataclass(frozen=True, slots=True)
class DossierFacts:
    """`code`: mã hồ sơ, before acceptance the reference; `fees`: đồng, all lines together; `reason`: what the official
    gives as reason with the action, empty while none is given.
    """

    code: str
    procedure: str
    procedure_code: str
    submitted_at: datetime | None = None
    accepted_at: datetime | None = None
    due: datetime | None = None
    fees: int = 0
    reason: str = ""

    def scope(self) -> dict[str, object]:
        """The `dossier` of expressions; what is not known reads null."""
        return {
            "code": self.code or None,
            "procedure": self.procedure,
            "procedure_code": self.procedure_code,
            "submitted_at": _there(self.submitted_at),
            "accepted_at": _there(self.accepted_at),
            "due": _there(self.due),
            "fees": self.fees,
            "reason": self.reason or None,
        }


def _there(instant: datetime | None) -> datetime | None:
    return None if instant is None else local(instant)
