"""An example in the making: played up to its last act, where it then stands, and what may be done next.

Nothing is kept and nothing is remembered between two acts: the example itself is all the state there is, and it is
played from its beginning each time. The clock stands at the last act; waiting moves it. Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from definitions.assess import Assessment, assess
from definitions.documents.composing import Composed
from definitions.model import Definition, Example
from rules.calendar import TZ, Calendar, CalendarRangeError, local
from tthc.dossiers.deciding import applicant_scope
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import Dossier, OutboxEntry
from tthc.trials.printing import printed
from tthc.trials.walk import Walk, instant
from tthc.trials.world import World

WAIT = "wait"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an example stands after its last act.

    `dossier`: None where it could not be handed in; `now`: what the clock says; `refusal`: why the last act was not done,
    the one at `place` (None: handing in); `left`: the dossier as each step left it.
    """

    world: World
    assessment: Assessment
    dossier: Dossier | None
    now: datetime
    refusal: str
    place: int | None
    documents: tuple[Composed, ...]
    left: tuple[Dossier, ...]

    @property
    def notices(self) -> tuple[OutboxEntry, ...]:
        """All that would have gone out so far, first to last."""
        return () if self.dossier is None else tuple(e for e in self.dossier.outbox if e.kind == "notice")

    @property
    def next_timer(self) -> datetime | None:
        """The next instant at which the system would look at the dossier."""
        timers = () if self.dossier is None else self.dossier.timers
        return min((local(timer.due) for timer in timers if timer.due >= self.now), default=None)


def stand(definition: Definition, example: Example, calendar: Calendar) -> Standing:
    """Play the example. What was handed in online is accepted when a step says so, and not before."""
    world = World(definition, _unaccepted(example), calendar)
    walk = Walk(world)
    assessment = judged(world)
    refusal = ""
    try:
        walk.hand_in(assessment)
        walk.take_steps()
    except Refused as refused:
        refusal = refused.sentence()
    except CalendarRangeError as beyond:
        refusal = f"{beyond} Ghi thời hạn ngắn hơn, hoặc ngày gần hơn."
    return Standing(
        world=world,
        assessment=assessment,
        dossier=walk.dossier,
        now=clock(example),
        refusal=refusal,
        place=walk.place,
        documents=printed(definition, walk.dossier, world.agency),
        left=tuple(walk.left),
    )


def judged(world: World, answers: Mapping[str, object] | None = None, page: str | None = None) -> Assessment:
    """The answers (the example's own unless given) on the day they are handed in."""
    example = world.example
    return assess(
        world.definition,
        example.answers if answers is None else answers,
        now=example.submitted_at,
        channel=example.channel,
        agency=world.agency.scope(),
        applicant=applicant_scope(world.applicant),
        page=page,
    )


def clock(example: Example) -> datetime:
    """The instant of the last act."""
    at = example.accepted_at if example.accepted_at is not None else example.submitted_at
    for told in example.steps:
        at = instant(told, at)
    return at.astimezone(TZ)


def _unaccepted(example: Example) -> Example:
    """Without any step an example is accepted at once: here that waits for somebody's hand."""
    if example.steps or example.channel != "online":
        return example
    return replace(example, steps=({"do": WAIT, "at": f"{local(example.submitted_at):%Y-%m-%dT%H:%M}"},))
