"""Which applications come when, and what is to befall them. The same seed deals the same deck.

Answers and papers are those of the definitions' own examples; a case that makes no dossier, or an example that is wrong on
the day it comes, is passed over.
"""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, cast

from definitions.assess import Assessment, assess
from definitions.model import Definition, Example
from rules.calendar import TZ, Calendar
from rules.deadlines import due
from rules.workflow.model import APPLICANT, Outcome, Phase, Workflow
from tthc.accounts.model import Account
from tthc.dossiers.deciding import applicant_scope
from tthc.dossiers.solving import is_supplement
from tthc.dossiers.state import Applicant, Channel
from tthc.simulation.kinds import Course
from tthc.simulation.place import Place

CARRIED_DAYS: Final = 12
"""So long before the month the first applications come."""

_CARRIED: Final = 0.12
_OWN_ACCOUNT: Final = 0.4  # of those who come to the counter or write
_PLAIN: Final = 0.3
_ONLINE: Final = 0.55
_POST: Final = 0.25  # of those who do not come online


@dataclass(frozen=True, slots=True)
class Application:
    """`id`: of the dossier it becomes; `owner`: the account, where the applicant has one; `course`: what is to befall it."""

    id: str
    definition: Definition
    example: Example
    channel: Channel
    arrives: datetime
    applicant: Applicant
    owner: Account | None
    assessment: Assessment
    course: Course
    seed: int


@dataclass(frozen=True, slots=True)
class Month:
    """`start` and `end`: its first instant and the first after it."""

    start: datetime
    end: datetime

    @classmethod
    def of(cls, first: date) -> "Month":
        following = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
        return cls(
            datetime(first.year, first.month, 1, tzinfo=TZ),
            datetime(following.year, following.month, 1, tzinfo=TZ),
        )

    @property
    def first_arrival(self) -> datetime:
        return self.start - timedelta(days=CARRIED_DAYS)


class Deck:
    """Deals applications; `usable`: of the agency's procedures, those of which a dossier can be made at all."""

    def __init__(self, place: Place, month: Month, seed: int, befall: Iterable[Course] = Course) -> None:
        """`befall`: what may befall the applications, where it is not to be everything."""
        self._place = place
        self.month = month
        self._random = random.Random(seed)  # noqa: S311 — to be dealt again by the same seed
        self._calendar = place.services.calendar(place.agency.id)
        self._befall = tuple(befall)
        self._courses: Counter[Course] = Counter()
        self.without: list[str] = []
        """Codes of the procedures none of whose examples makes a dossier here."""

    def deal(self, count: int) -> Iterator[Application]:
        """`count` applications, every procedure of the agency in its turn."""
        turn = list(self._place.definitions)
        dealt = 0
        while dealt < count and turn:
            definition = turn.pop(0)
            made = self._application(definition, dealt)
            if made is None:
                self.without.append(definition.procedure)
                continue
            dealt += 1
            turn.append(definition)
            yield made

    def _application(self, definition: Definition, number: int) -> Application | None:
        channel = self._channel(definition)
        arrives = self._arrival(channel, carried=self._random.random() < _CARRIED)
        examples = list(definition.examples)
        self._random.shuffle(examples)
        for example in examples:
            for way in dict.fromkeys((channel, cast("Channel", example.channel), *_channels(definition))):
                at = arrives if way == channel else self._arrival(way, carried=False)
                owner = self._owner(example, way)
                applicant = owner.applicant() if owner is not None else self._stranger(example)
                judged = self._judged(definition, example, way, at, applicant)
                if judged is not None:
                    course = self._course(definition, way, at, judged)
                    seed = self._random.getrandbits(32)
                    return Application(
                        f"{self._random.getrandbits(128):032x}",
                        definition,
                        example,
                        way,
                        at,
                        applicant,
                        owner,
                        judged,
                        course,
                        seed,
                    )
        return None

    def _judged(
        self, definition: Definition, example: Example, channel: Channel, at: datetime, applicant: Applicant
    ) -> Assessment | None:
        """None where this could not be handed in so."""
        judged = assess(
            definition,
            example.answers,
            now=at,
            channel=channel,
            agency=self._place.agency.facts().scope(),
            applicant=applicant_scope(applicant),
        )
        expired = any(paper.expired and paper.required for paper in judged.papers)
        fine = judged.submission.valid and not judged.ended and not judged.gaps and not expired
        return judged if fine else None

    def _channel(self, definition: Definition) -> Channel:
        ways = _channels(definition)
        if "online" in ways and (len(ways) == 1 or self._random.random() < _ONLINE):
            return "online"
        return "post" if "post" in ways and self._random.random() < _POST else "counter"

    def _arrival(self, channel: Channel, *, carried: bool) -> datetime:
        """Online at any hour of any day; at the counter in working time; the post comes in the first two hours."""
        month = self.month
        start = month.first_arrival if carried else month.start
        end = month.start if carried else month.end
        at = start + timedelta(seconds=self._random.randrange(int((end - start).total_seconds())))
        if channel == "online":
            return at
        day = self._calendar.next_working_instant(at).date()
        opens = self._calendar.sessions(day)[0][0]
        most = 120 if channel == "post" else 470
        found = self._calendar.add_minutes(opens, self._random.randint(1, most))
        return found.replace(second=self._random.randrange(60))

    def _owner(self, example: Example, channel: Channel) -> Account | None:
        kind = "organisation" if (example.applicant or {}).get("kind") == "organisation" else "person"
        own = channel == "online" or self._random.random() < _OWN_ACCOUNT
        fitting = [each for each in self._place.citizens if each.kind == kind]
        return self._random.choice(fitting) if own else None

    def _stranger(self, example: Example) -> Applicant:
        told = example.applicant or {}
        number = self._random.randrange(10_000_000)
        return Applicant(
            kind="organisation" if told.get("kind") == "organisation" else "person",
            name=str(told.get("name", "Người không có tài khoản")),
            phone=f"091{number:07}",
        )

    def _course(self, definition: Definition, channel: Channel, at: datetime, judged: Assessment) -> Course:
        """Nothing, for some; for the others whichever of those that fit has befallen the fewest."""
        drawn = self._random.random()
        fitting = [
            each
            for each in self._befall
            if each is not Course.PLAIN and self._fits(each, definition, channel, at, judged)
        ]
        if not fitting or drawn < _PLAIN:
            return Course.PLAIN
        chosen = min(fitting, key=lambda each: self._courses[each])
        self._courses[chosen] += 1
        return chosen

    def _fits(
        self, course: Course, definition: Definition, channel: Channel, at: datetime, judged: Assessment
    ) -> bool:
        workflow = definition.workflow
        if workflow.immediate:
            return channel == "online" and course in {
                Course.SUPPLEMENT_AT_INTAKE,
                Course.REFUSED,
                Course.WITHDRAWN,
            }
        rule = judged.deadline.rule if judged.deadline is not None else None
        until = due(rule, at, self._calendar).at if rule is not None else None
        left = (self.month.end - (until or self.month.end)).days
        match course:
            case Course.SUPPLEMENT_AT_INTAKE | Course.REFUSED:
                return channel == "online"
            case Course.SUPPLEMENT_IN_APPRAISAL:
                return _asks_applicant(workflow)
            case Course.DECLINED:
                return any(a.outcome is Outcome.DECLINED for s in workflow.steps for a in s.actions)
            case Course.SENT_BACK:
                return _sends_back(workflow)
            case Course.OVERDUE:
                return left >= 6
            case Course.UNCOLLECTED:
                return left >= 10
            case Course.EXTENDED:
                return until is not None
            case Course.SILENT:
                return any(s.on_timeout and (s.actor == APPLICANT or s.at_item) for s in workflow.steps)
            case Course.LATE_CONSULTATION:
                return any(step.at_item and not step.on_timeout for step in workflow.steps)
            case Course.REASSIGNED:
                return any("assignee" in a.needs for s in workflow.steps for a in s.actions)
            case Course.CHILD_DECLINED:
                return any(step.child is not None for step in workflow.steps)
            case _:
                return True


def _channels(definition: Definition) -> Sequence[Channel]:
    return cast("Sequence[Channel]", definition.submit_by)


def _asks_applicant(workflow: Workflow) -> bool:
    asked = (workflow.step(action.to) for step in workflow.steps for action in step.actions)
    return any(is_supplement(to) for to in asked)


def _sends_back(workflow: Workflow) -> bool:
    places = {step.id: at for at, step in enumerate(workflow.steps)}
    return any(
        "reason" in action.needs and places.get(action.to, len(places)) < places[step.id]
        for step in workflow.steps
        if step.phase is Phase.SOLVING and step.actor != APPLICANT
        for action in step.actions
    )


def known(place: Place) -> Mapping[str, Definition]:
    """The definitions by their content, for whoever reads dossiers back."""
    return {each.hash: each for each in place.definitions}


def working(calendar: Calendar, at: datetime) -> datetime:
    """The instant itself within working time, else when work begins next."""
    found = calendar.next_working_instant(at)
    return max(at, found)
