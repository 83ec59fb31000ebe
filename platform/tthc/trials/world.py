"""The made-up world of a trial: an agency that offers the procedure, its staff, an applicant, and their papers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast

from definitions.assess import Assessment, assess
from definitions.event_rules import Assign
from definitions.model import Definition, Example
from rules.calendar import Calendar
from tthc.accounts.model import FUNCTIONS
from tthc.dossiers.context import Actor, AgencyFacts, Context
from tthc.dossiers.deciding import applicant_scope
from tthc.dossiers.state import Applicant, Channel, Dossier, FileRef, PaperFiles

CITIZEN: Final = Actor("trial-citizen", "Người nộp thử", "citizen")
DOSSIER: Final = "trial"
CODE: Final = "000.00.00.H52-000000-0001"
REFERENCE: Final = "HS-2222-2222"


@dataclass(frozen=True, slots=True)
class World:
    """Everything around one example that it does not say itself."""

    definition: Definition
    example: Example
    calendar: Calendar

    @property
    def channel(self) -> Channel:
        return cast("Channel", self.example.channel)  # the schema allows no other

    @property
    def agency(self) -> AgencyFacts:
        """One that offers the procedure, with whatever the example says of it; unless it says which units there are, all
        that event rules name.
        """
        offered = self.definition.offered_by
        told = self.example.agency or {}
        named = told.get("units", sorted(_units(self.definition)))
        assert isinstance(named, (list, tuple))
        usual: dict[str, str] = {
            "id": offered.agencies[0] if offered.agencies else "co-quan-thu",
            "name": "Cơ quan thử",
            "level": offered.level or "xa",
            "area": "",
            "identifier": "000.00.00.H52",
        }
        texts = {key: str(value) for key, value in told.items() if key != "units"}
        return AgencyFacts(**{**usual, **texts}, units=tuple((str(unit), f"Phòng {unit}") for unit in named))

    @property
    def applicant(self) -> Applicant:
        told = _texts(self.example.applicant)
        return Applicant(
            kind="organisation" if told.get("kind") == "organisation" else "person",
            name=told.get("name", "Người nộp thử"),
            phone="0912345678",
            identity="verified",  # whose account it is is no matter of the procedure's own examples
        )

    def staff(self, function: str, name: str = "", agency: str = "") -> Actor:
        """Whoever holds this function, and no other: of several the one of this name, in this agency or the world's."""
        known = FUNCTIONS.get(function, function)
        there = agency or self.agency.id
        who = f"trial-{function}" if name in {"", known} else f"trial-{function}-{name}"
        return Actor(who, name or known, "staff", there, frozenset({function}))

    def assessed(self, dossier: Dossier) -> Assessment:
        """The dossier's answers as they now are, on the day they were handed in."""
        return assess(
            self.definition,
            dossier.answers or {},
            now=self.example.submitted_at,
            channel=self.example.channel,
            agency=self.agency.scope(),
            applicant=applicant_scope(self.applicant),
        )

    def context(self, now: datetime, actor: Actor, command_id: str, assignee: Actor | None = None) -> Context:
        return Context(
            now=now,
            calendar=self.calendar,
            actor=actor,
            command_id=command_id,
            agency=self.agency,
            code=CODE,
            reference=REFERENCE,
            assignee=assignee,
        )

    def papers(self, assessment: Assessment, now: datetime) -> tuple[PaperFiles, ...]:
        """Those the example names, else every required one that can be handed in."""
        given = self.example.papers
        wanted = [
            paper.id
            for paper in assessment.papers
            if (
                paper.required and not paper.presented_only and not paper.form_generated
                if given is None
                else paper.id in given
            )
        ]
        return tuple(PaperFiles(paper, (file(paper, now),)) for paper in wanted)


def file(name: str, now: datetime) -> FileRef:
    """A picture of a paper; only its name and kind are ever looked at."""
    return FileRef("0" * 64, f"{name}.pdf", 1, "pdf", now, CITIZEN.id)


def _units(definition: Definition) -> frozenset[str]:
    proposed = (rule.proposes for rule in definition.event_rules)
    return frozenset(each.unit for each in proposed if isinstance(each, Assign))


def _texts(told: Mapping[str, object] | None) -> dict[str, str]:
    items: Iterable[tuple[str, object]] = () if told is None else told.items()
    return {key: str(value) for key, value in items}
