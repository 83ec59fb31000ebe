"""What the phases of `decide` share: events gathered one by one, which later rules see applied."""

from datetime import datetime

from definitions.assess import Assessment, assess
from definitions.late_scope import LateScope
from definitions.model import Definition
from forms.model import Answers
from rules.calendar import TZ
from rules.i18n import noted
from rules.workflow.model import Scope, Step
from tthc.dossiers.apply import evolve
from tthc.dossiers.context import AgencyFacts, Context
from tthc.dossiers.events import Accepted, Event
from tthc.dossiers.looking_ahead import looking_ahead
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import Applicant, Channel, Dossier, Task


class Deciding:
    """A decision being made. `events` is its answer; nothing outside it changes."""

    def __init__(self, definition: Definition, dossier: Dossier | None, context: Context) -> None:
        self.definition = definition
        self.context = context
        self.events: list[Event] = []
        self._dossier = dossier
        self._applied = 0
        self._version = dossier.version if dossier is not None else 0
        self._made = 0

    @property
    def now(self) -> datetime:
        return self.context.now

    @property
    def started(self) -> bool:
        return self._dossier is not None or bool(self.events)

    @property
    def dossier(self) -> Dossier:
        """The dossier as it stands after the events so far; each is applied when somebody looks, so the last are not."""
        while self._applied < len(self.events):
            event = self.events[self._applied]
            self._dossier = evolve(self._dossier, event, self.now, self.context.actor.id)
            self._applied += 1
        if self._dossier is None:
            raise Refused("unknown", noted("Không tìm thấy hồ sơ này."))
        return self._dossier

    def happen(self, event: Event) -> None:
        self.events.append(looking_ahead(event, self.context, self._accepted_at()))

    def _accepted_at(self) -> datetime | None:
        """Since when the solving time runs; of a dossier that is accepted in this very decision, since now."""
        if any(isinstance(event, Accepted) for event in self.events):
            return self.now
        return self._dossier.accepted_at if self._dossier is not None else None

    def new_id(self) -> str:
        """Ids that come out the same when the same command is decided again."""
        self._made += 1
        return f"t{self._version + 1}-{self._made}"

    def assess(
        self,
        answers: Answers,
        applicant: Applicant,
        channel: Channel,
        submitted_at: datetime | None = None,
    ) -> Assessment:
        """The full check as of now, or as of the day of a submission that is over (the law of that day applies)."""
        return assess(
            self.definition,
            answers,
            now=self.now.astimezone(TZ),
            channel=channel,
            agency=self.context.agency.scope(),
            applicant=applicant_scope(applicant),
            submitted_at=submitted_at,
        )

    def reassess(self) -> Assessment:
        """The dossier's own answers."""
        d = self.dossier
        return self.assess(d.answers or {}, d.applicant, d.channel, d.submitted_at)

    def scope(self) -> Scope:
        """What the workflow's expressions read, assessed anew where one reads the answers."""
        d = self.dossier
        return LateScope(
            self.definition,
            d.answers or {},
            now=self.now.astimezone(TZ),
            channel=d.channel,
            agency=self.context.agency.scope(),
            applicant=applicant_scope(d.applicant),
            submitted_at=d.submitted_at,
        )

    def task(self, task_id: str) -> tuple[Task, Step]:
        """An open task of the workflow with its step, or a refusal."""
        task = self.dossier.task(task_id)
        step = self.definition.workflow.step(task.step) if task is not None else None
        if task is None or step is None:
            raise Refused(
                "no_task",
                noted("Bước này đã được xử lý xong; ông/bà tải lại trang để xem bước hiện tại."),
                "Đ10.3a",
            )
        return task, step


def applicant_scope(applicant: Applicant) -> dict[str, object]:
    """The `applicant` of expressions."""
    return {"kind": applicant.kind, "name": applicant.name}


def as_handed_in(definition: Definition, dossier: Dossier, agency: AgencyFacts) -> Assessment:
    """A dossier's own answers by the law of the day it was handed in, by this version of its procedure."""
    return assess(
        definition,
        dossier.answers or {},
        now=dossier.submitted_at.astimezone(TZ),
        channel=dossier.channel,
        agency=agency.scope(),
        applicant=applicant_scope(dossier.applicant),
        submitted_at=dossier.submitted_at,
    )
