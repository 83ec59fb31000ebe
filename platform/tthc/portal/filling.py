"""Filling an application: one object that knows the definition, the agency, the answers and what they come to."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from definitions.assess import Assessment, assess
from definitions.model import Definition, PaperDue
from rules.i18n import gettext
from tthc.agencies.facts import AgencyFacts
from tthc.dossiers.state import Channel
from tthc.portal import behalf, wizard
from tthc.portal.applications import Application
from tthc.services import Services
from tthc.web.speaking import shown_definition


@dataclass(frozen=True, slots=True)
class Filling:
    """An application as it stands at `now`, with the definition as it is shown to whoever fills it in. `moved`: it has just been brought to a newer version of its procedure;
    `ended`: the procedure takes no more dossiers.
    """

    application: Application
    definition: Definition
    agency: AgencyFacts
    applicant: Mapping[str, object]
    assessment: Assessment
    steps: tuple[wizard.Step, ...]
    channel: Channel = "online"
    moved: bool = False
    ended: bool = False

    @property
    def obstacle(self) -> str:
        """Why nothing is handed in now, whatever was filled in; empty when nothing is in the way."""
        if self.ended:
            return gettext(
                "Thủ tục này không còn nhận hồ sơ mới. Ông/bà tìm thủ tục thay thế hoặc hỏi Bộ phận Một cửa."
            )
        if self.moved:
            return gettext(
                "Thủ tục này vừa có bản mới. Nội dung đã khai vẫn còn; ông/bà xem lại mục khai, giấy tờ và phí rồi nộp."
            )
        case = self.assessment.case
        if case is not None and case.ends is not None:
            return f"{case.ends.reason} {case.ends.remedy}"
        return ""

    @property
    def scope(self) -> Mapping[str, object]:
        """What options' conditions may read besides the fields."""
        return self.assessment.scope

    @property
    def uploads(self) -> tuple[PaperDue, ...]:
        """Papers the citizen uploads: what is only shown at the counter or stands in the form is not among them; where it is
        for somebody else, the paper that says one may.
        """
        own = tuple(p for p in self.assessment.papers if not p.presented_only and not p.form_generated)
        return (behalf.authorisation(), *own) if self.behalf else own

    @property
    def behalf(self) -> bool:
        """Whether it is handed in online for somebody else."""
        return behalf.on_behalf(self.application)

    def missing_papers(self) -> tuple[PaperDue, ...]:
        return tuple(p for p in self.uploads if p.required and not self.application.files.get(p.id))

    def expired_papers(self) -> tuple[PaperDue, ...]:
        """Papers that have run out and are required or were uploaded all the same."""
        files = self.application.files
        return tuple(p for p in self.assessment.papers if p.expired and (p.required or files.get(p.id)))

    def unfinished(self) -> tuple[str, ...]:
        """Ids of the steps that still want something before the application can be handed in."""
        wrong = {
            wizard.step_of_path(self.definition, error.path)
            for error in self.assessment.submission.errors
            if error.severity == "error"
        }
        found = [step.id for step in self.steps if step.id in wrong]
        if self.behalf and behalf.mistakes(self.application):
            found.insert(0, wizard.BEHALF.id)
        if self.missing_papers() or self.expired_papers():
            found.append(wizard.PAPERS.id)
        if not receiving_complete(self.definition, self.application):
            found.append(wizard.RECEIVE.id)
        return tuple(found)


def receiving_complete(definition: Definition, application: Application) -> bool:
    """A way is chosen among those the definition offers, and post has an address (Đ8.2)."""
    if application.receive_by not in definition.receive_by:
        return False
    return application.receive_by != "post" or bool(application.postal_address.strip())


def look_in_force(
    services: Services,
    application: Application,
    applicant: Mapping[str, object],
    now: datetime,
    *,
    channel: Channel = "online",
) -> Filling:
    """The application under the version in force now: it is that of the day of handing in that counts, not that of
    the day on which somebody began to type.
    """
    published = services.definitions.published(application.procedure, now.date())
    moved = published is not None and published.hash != application.definition
    if published is not None and moved:
        application = services.applications.move(application, published.hash, now)
    filling = look(services, application, applicant, now, channel=channel)
    return replace(filling, moved=moved, ended=published is None)


def look(
    services: Services,
    application: Application,
    applicant: Mapping[str, object],
    now: datetime,
    *,
    channel: Channel = "online",
) -> Filling:
    """The application with everything that follows from it worked out anew.

    `applicant`: `{kind, name}`, as expressions read it.
    """
    definition = shown_definition(services.definitions.by_hash(application.definition))
    agency = services.agencies.facts(application.agency)
    assessment = assess(
        definition, application.answers, now=now, channel=channel, agency=agency.scope(), applicant=applicant
    )
    steps = wizard.steps(definition, assessment, behalf=behalf.on_behalf(application))
    return Filling(application, definition, agency, applicant, assessment, steps, channel)


def again(services: Services, filling: Filling, application: Application, now: datetime) -> Filling:
    """The same filling after `application` changed."""
    fresh = look(services, application, filling.applicant, now, channel=filling.channel)
    return replace(fresh, moved=filling.moved, ended=filling.ended)
