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

    `intake`: Đ10.2a; `supplement_max`: requests in appraisal (NĐ 107/2021 Đ1); `apology_max`: NĐ 107/2021;
    `follow_calendar`: whether a calendar changed later moves days promised before; `handover_cutoff`: what is received
    after it is handed over within `handover_grace` minutes of the next working day's start (NĐ 61/2018 Đ18);
    `sign_online`: whether a result that the applicant gets online must carry the agency's digital signature before it goes
    on to those who hand it over (Đ10.4b).

    What follows looks ahead and is the installation's own, `None`, `False` or empty where it does not: `remind_half`:
    whether people are reminded when half of a time is used up; `remind_before`: how many working days before an intake or a
    step is due; `apology_lead`: how many before the result is, so that an apology or an extension still goes out in time
    (NĐ 107/2021: «chậm nhất 01 ngày trước ngày hết hạn»); `supplement_wait`: how long the applicant is waited for where the
    definition does not say, after which the system stops the dossier; `uncollected`: after how many working days of lying
    there a result is asked about (Đ15.2); `escalate_overdue`: how many working days after its date an unsolved dossier is put
    before the head; `escalate_returns`: how often one is sent back before it is (Đ25.1). A procedure's own reasons to go to
    the head are its event rules. `rescan_days`: how many days after a look for malware a file is looked into again (Đ9.1e);
    `rescan_closed_days`: for how long after its dossier has ended.
    """

    intake: DeadlineRule = field(default_factory=lambda: DeadlineRule(Decimal(8), Unit.WORKING_HOUR))
    supplement_max: int | None = 1
    apology_max: int | None = 1
    follow_calendar: bool = True
    handover_cutoff: time = time(15)
    handover_grace: int = 60
    remind_half: bool = False
    remind_before: int | None = None
    apology_lead: int | None = None
    supplement_wait: DeadlineRule | None = None
    uncollected: tuple[int, ...] = ()
    escalate_overdue: int | None = None
    escalate_returns: int | None = None
    rescan_days: int | None = None
    rescan_closed_days: int = 30
    sign_online: bool = False

    @property
    def looks_ahead(self) -> bool:
        """Whether there is anything to fix beforehand."""
        days = (self.remind_before, self.apology_lead, self.supplement_wait, self.escalate_overdue)
        return self.remind_half or bool(self.uncollected) or any(each is not None for each in days)


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
