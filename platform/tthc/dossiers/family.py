"""How dossiers stand to one another: what a step opened, and what opened this one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

ChildStanding = Literal["wanted", "open", "returned", "declined", "failed"]


@dataclass(frozen=True, slots=True)
class ChildState:
    """A dossier of another procedure that a step opened, or tries to.

    `id`: its id, the same however often it is tried; `agency`: where it is handed in; `answers`: of its form, as plain data;
    `papers`: its papers and this dossier's, in pairs `child:own`; `reason`: why it failed or was declined.
    """

    task: str
    step: str
    id: str
    procedure: str
    agency: str
    answers: Mapping[str, object]
    papers: Mapping[str, str]
    standing: ChildStanding = "wanted"
    name: str = ""
    reference: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ParentRef:
    """The dossier that opened this one, for its task `task`, as it was then called."""

    id: str
    task: str
    procedure_name: str
    number: str
