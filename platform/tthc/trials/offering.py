"""What may be done at a moment of an example in the making, by anybody: each offer is one step of the example.

What an action needs besides words (a draft, a result, money, a recipient) the trial makes up; the offer says so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from rules.workflow.choosing import asks_whom
from rules.workflow.engine import allowed
from rules.workflow.model import APPLICANT, END, Action, Need
from tthc.dossiers.context import RECEPTION
from tthc.dossiers.decide_child import waits_for_child
from tthc.dossiers.needs import SENTENCES, papers_to_compare
from tthc.dossiers.permissions import function_name
from tthc.dossiers.solving import is_supplement
from tthc.dossiers.state import UNDER_WAY, Dossier, Task
from tthc.dossiers.view import Possible, may_begin, possible, scope_of
from tthc.trials.trying import Standing
from tthc.trials.words import ACCEPT, WORDS
from tthc.trials.world import CITIZEN

CITIZEN_NAME: Final = "người nộp hồ sơ"
_MADE_UP: Final = (Need.DRAFT, Need.VERIFICATION, Need.RESULT, Need.PAYMENT, Need.RECIPIENT, Need.SIGNATURE)
_BESIDE: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "accept": (ACCEPT, ()),
    "request_supplement": ("request_supplement", ("items", "reason")),
    "refuse": ("refuse", ("reason",)),
    "supply": ("supply", ("supply",)),
    "record_payment": ("pay", ()),
    "extend": ("extend", ("extend", "reason")),
    "apologise": ("apologise", ("promised", "reason")),
    "withdraw": ("withdraw", ("reason",)),
}
"""Command of a page → word of an example, and what is given along."""


@dataclass(frozen=True, slots=True)
class Offer:
    """`word`: `do` of the step; `part`: its `for`; `who`: whose act it is, and at which `step`; `asks`: what may be given
    along (`reason`, `assignee`, `items`, `chosen`, `supply`, `extend`, `promised`, `outcome`); `made_up`: what the trial sees
    to by itself; `chooses`: the function of whoever is assigned, or the name of the step that agencies are chosen for.
    """

    word: str
    label: str
    who: str
    step: str = ""
    part: str = ""
    asks: tuple[str, ...] = ()
    made_up: tuple[str, ...] = ()
    primary: bool = False
    help: str = ""
    chooses: str = ""

    @property
    def key(self) -> str:
        """What a page sends back; unique among the offers of one moment."""
        return f"{self.word}:{self.part}"


def offers(standing: Standing) -> tuple[Offer, ...]:
    """The procedure's own actions step by step, then intake or what may be done beside any step; of each the main thing
    first.
    """
    dossier = standing.dossier
    if dossier is None or dossier.closed:
        return ()
    found: dict[str, Offer] = {}
    for offer in (*_of_steps(standing, dossier), *_beside(standing, dossier)):
        found.setdefault(offer.key, offer)  # an action that bears the name of a word is meant instead
    steps = list(dict.fromkeys(offer.step for offer in found.values()))
    return tuple(sorted(found.values(), key=lambda offer: (steps.index(offer.step), not offer.primary)))


def _of_steps(standing: Standing, dossier: Dossier) -> Iterator[Offer]:
    definition = standing.world.definition
    workflow = definition.workflow
    if dossier.status not in UNDER_WAY:
        return
    scope = scope_of(definition, dossier, standing.world.agency)
    for task in dossier.tasks:
        step = workflow.step(task.step)
        if step is None:
            continue
        for action in allowed(workflow, task.token(), scope, standing.now, dossier.tokens):
            if not waits_for_child(dossier, task, step, action):
                yield _action(standing, dossier, task, action)
        if may_begin(dossier, task):
            part = task.item or task.step
            yield Offer("begin", "Nhận làm bước này", _who(task), task.name, part)
        if any(Need.VERIFICATION in a.needs for a in step.actions):
            made = "{} ({})".format(*SENTENCES[Need.VERIFICATION]).replace(".", "", 1)
            yield Offer("verify", "Xác minh thực tế", _who(task), task.name, task.step, made_up=(made,))
        if dossier.child(task.id) is not None:
            yield Offer(
                "child",
                "Hồ sơ liên thông kết thúc",
                "hệ thống",
                task.name,
                task.item or task.step,
                ("outcome",),
            )


def _action(standing: Standing, dossier: Dossier, task: Task, action: Action) -> Offer:
    workflow = standing.world.definition.workflow
    to = workflow.step(action.to) if action.to != END else None
    chosen = asks_whom(workflow, action)
    asks = []
    if Need.ASSIGNEE in action.needs and to is not None:
        asks.append("assignee")
    if chosen is not None:
        asks.append("chosen")
    if is_supplement(to):
        asks.append("items")
    if Need.REASON in action.needs or task.function == APPLICANT:
        asks.append("reason")
    chooses = chosen.name if chosen is not None else ""
    if "assignee" in asks and to is not None:
        chooses = function_name(to.actor)
    return Offer(
        word=action.id,
        label=action.label,
        who=_who(task),
        step=task.name,
        part=task.item or "",
        asks=tuple(asks),
        made_up=tuple(_made_up(dossier, action)),
        primary=action.primary,
        help=action.help,
        chooses=chooses,
    )


def _made_up(dossier: Dossier, action: Action) -> Iterator[str]:
    for need in Need:
        if need not in action.needs:
            continue
        if (
            (need in _MADE_UP and need is not Need.PAYMENT)
            or (need is Need.PAYMENT and dossier.owed())
            or (need is Need.ORIGINALS and papers_to_compare(dossier))
        ):
            sentence, rule = SENTENCES[need]
            yield f"{sentence.rstrip('.')} ({rule})"


def _beside(standing: Standing, dossier: Dossier) -> Iterator[Offer]:
    world = standing.world
    reception = world.staff(RECEPTION)
    online = world.channel == "online"
    seen: list[tuple[Possible, str]] = [
        (each, who)
        for actor, who in ((CITIZEN, CITIZEN_NAME), (reception, function_name(RECEPTION)))
        for each in possible(world.definition, dossier, actor, world.agency, standing.now)
    ]
    for each, who in seen:
        word, asks = _BESIDE.get(each.command, ("", ()))
        if not word or _taken(standing, dossier, word):
            continue
        by = CITIZEN_NAME if word in {"supply", "withdraw"} and online else who
        paid = dossier.owed("before_acceptance") if word == ACCEPT else ()
        made = ("Các khoản thu trước khi tiếp nhận coi như đã nộp",) if paid else ()
        yield Offer(word, each.label, by, "", "", asks, made, each.primary, each.help)


def _taken(standing: Standing, dossier: Dossier, word: str) -> bool:
    """Whether an open step has an action of this name: then the word cannot be said."""
    workflow = standing.world.definition.workflow
    steps = (workflow.step(task.step) for task in dossier.tasks)
    return word in WORDS and any(step is not None and step.action(word) is not None for step in steps)


def _who(task: Task) -> str:
    function = function_name(task.function)
    return " – ".join(each for each in (function, task.assignee_name or task.agency_name) if each)
