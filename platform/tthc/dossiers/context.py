"""Who asks, when and where: everything a decision needs to know beside the dossier and the command."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from decimal import Decimal
from typing import Literal

from definitions.model import Definition
from rules.calendar import Calendar
from rules.deadlines import DeadlineRule, Unit
from tthc.dossiers.booked import Booked

# Functions every agency has, whatever its workflows add (design §5).
RECEPTION = "tiep_nhan"
CLERK = "van_thu"
# who is told when another agency does not answer (Đ13.3c), and may decide on more time (Đ13.3đ)
ONE_STOP_HEAD = "phu_trach_mot_cua"

ActorKind = Literal["citizen", "staff", "client", "system"]


# How one acts in another's place: as the head's deputy, by the head's authorisation (NĐ 30/2020, Phụ lục I), or for a
# colleague who is away.
Capacity = Literal["KT.", "TUQ.", "thay"]


@dataclass(frozen=True, slots=True)
class StandIn:
    """In whose place somebody acts today (Đ13). `whom`, `name`: that person's account and name; `functions`: those that
    a deputy was given, which with leave cover are none: then only what was given to that person; `decision`: number and
    day of the decision, where there is one.
    """

    capacity: Capacity
    whom: str
    name: str
    functions: frozenset[str] = frozenset()
    decision: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `functions` are those held in `agency`; both are empty for citizens and the system. A `client` is another
    system with a key of its own. `predecessors`: the agencies whose work `agency` took over; their old dossiers may be
    read there (Đ1.2). `stands_in`: in whose place they act there today; a deputy's functions are among `functions` too.
    `oversees`: reads every agency's dossiers and does nothing in them (Đ23.1).
    """

    id: str
    name: str
    kind: ActorKind
    agency: str | None = None
    functions: frozenset[str] = frozenset()
    unit: str | None = None
    predecessors: frozenset[str] = frozenset()
    stands_in: tuple[StandIn, ...] = ()
    oversees: bool = False


SYSTEM = Actor("system", "Hệ thống", "system")


@dataclass(frozen=True, slots=True)
class AgencyFacts:
    """The agency of a dossier as expressions and notices read it. `identifier`: TT 10/2016, e.g. `000.00.14.H52`;
    `units`: id and name of each phòng chuyên môn.
    """

    id: str
    name: str
    level: str
    area: str = ""
    identifier: str = ""
    phone: str = ""
    address: str = ""
    units: tuple[tuple[str, str], ...] = ()

    def scope(self) -> dict[str, object]:
        """The `agency` of expressions."""
        return {
            "id": self.id,
            "name": self.name,
            "level": self.level,
            "area": self.area,
            "identifier": self.identifier,
        }


@dataclass(frozen=True, slots=True)
class Policy:
    """The law's own numbers, as settings. `None` is no limit.

    `intake`: Đ10.2a; `supplement_max`: requests in appraisal (NĐ 107/2021 Đ1); `apology_max`, and `apology_lead`: how long
    before the due date an apology is due, in whole working days: NĐ 107/2021;
    `follow_calendar`: whether a calendar changed later moves days promised before; `handover_cutoff`: what is received
    after it is handed over within `handover_grace` minutes of the next working day's start (NĐ 61/2018 Đ18).
    """

    intake: DeadlineRule = field(default_factory=lambda: DeadlineRule(Decimal(8), Unit.WORKING_HOUR))
    supplement_max: int | None = 1
    apology_max: int | None = 1
    apology_lead: int = 1
    follow_calendar: bool = True
    handover_cutoff: time = time(15)
    handover_grace: int = 60


@dataclass(frozen=True, slots=True)
class Context:
    """The facts around one command.

    `code`, `reference`: candidates allocated by the service for a command that needs them (`None` in a dry run);
    `assignee`: the member of staff that an `Act` names; `agencies`: by id, those in force today, which work may be
    given to (`None` where nobody looked: any name is taken, as in a trial); `target`: the version that a move leads to;
    `booked`: the agency's number books, and what was drawn from them for this command;
    `expected_version`: what the person's page showed.
    """

    now: datetime
    calendar: Calendar
    actor: Actor
    command_id: str
    agency: AgencyFacts
    code: str | None = None
    reference: str | None = None
    assignee: Actor | None = None
    agencies: Mapping[str, AgencyFacts] | None = None
    target: Definition | None = None
    expected_version: int | None = None
    booked: Booked = field(default_factory=Booked)
    policy: Policy = field(default_factory=Policy)
