"""The dossier as officials see it: the facts, the papers, the history, and the allowed actions only."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from flask import render_template, url_for

from definitions.assess import assess
from definitions.model import Definition, Paper, PaperDue
from renderers.html.procedure import paper_words
from renderers.html.summary import covers
from renderers.text import day
from rules.calendar import TZ
from rules.workflow.model import Step
from tthc.accounts.session import current_actor
from tthc.agencies.model import LEVEL_LABELS, Agency
from tthc.dossiers import view
from tthc.dossiers.asking import asked
from tthc.dossiers.blocked import COVERED
from tthc.dossiers.closing import asked_enough
from tthc.dossiers.context import Actor
from tthc.dossiers.decide_return import APPROVER
from tthc.dossiers.delivery import delivery_words
from tthc.dossiers.family import ChildState
from tthc.dossiers.given import Told, given_with
from tthc.dossiers.grounds import laws
from tthc.dossiers.needs import papers_to_compare
from tthc.dossiers.permissions import holds, may_act
from tthc.dossiers.state import INTAKE, Dossier, FileRef, Status, Task
from tthc.dossiers.status import next_actor
from tthc.onestop.custody_view import custody_of
from tthc.onestop.making import Making, Offered
from tthc.onestop.money_view import money_of
from tthc.onestop.printables import printables
from tthc.onestop.signing_step import ResultDesk, SignOffer, offer, result_desk
from tthc.onestop.solving_view import solving_of
from tthc.onestop.units import UNITS
from tthc.portal.supplementing import asked_papers
from tthc.services import services
from tthc.web.fee_receipts import payments
from tthc.web.story import staff_story
from tthc.web.ties import ties


@dataclass(frozen=True, slots=True)
class StepView:
    """One task of mine with what may be done in it.

    `asked`: my agency was asked for its opinion; `begin`: it may be taken up, others then wait; `waits`: for whose turn it
    waits; `child`: the dossier of another procedure that it opened; `told`: with what
    words the step was given on; `enough`, `signing`, `results`: by action, why the applicant is asked for no more, what may
    be signed at it and how the result is numbered.
    """

    task: Task
    help: str
    actions: Sequence[view.Possible]
    has_draft: bool
    made: Offered | None = None
    asked: bool = False
    begin: bool = False
    waits: str = ""
    child: ChildState | None = None
    told: Told | None = None
    enough: Mapping[str, str] = field(default_factory=dict)
    signing: Mapping[str, SignOffer] = field(default_factory=dict)
    results: Mapping[str, ResultDesk] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PaperView:
    """`absent`: the applicant need not hand it in, and did not: there is nothing to check."""

    id: str
    name: str
    note: str
    component: bool
    files: Sequence[FileRef]
    checked: bool
    compare: bool
    hidden: bool = False
    absent: bool = False


def show_dossier(
    agency: Agency,
    found: Dossier,
    *,
    new: bool = False,
    problem: str = "",
    typed: Mapping[str, str] | None = None,
    revealed: bool = False,
) -> str:
    """`problem`: why the last command was refused; `typed`: what was typed with it, so that nothing is lost;
    `revealed`: sensitive answers are shown, which is logged as a reading of its own (Đ9.1e).
    """
    s = services()
    actor = current_actor()
    definition = s.definitions.by_hash(found.definition)
    facts = s.agencies.facts(found.agency)  # not those of an agency that is asked
    now = s.clock.now()
    s.reads.log(actor, found.id, "ho-so", now)
    if revealed:
        s.reads.log(actor, found.id, "du-lieu-nhay-cam", now)
    possible = view.possible(definition, found, actor, facts, now)
    functions = {(p.agency, p.function) for p in possible if p.function}
    papers = _papers(found, definition, revealed=revealed)
    return render_template(
        "onestop/dossier.html",
        agency=agency,
        dossier=found,
        definition=definition,
        new=new,
        problem=problem,
        typed=typed or {},
        revealed=revealed,
        covered=bool(actor.functions)
        and not revealed
        and (covers(definition.fields, found.answers or {}) or any(paper.hidden for paper in papers)),
        now=now,
        timeline=staff_story(found, s.calendar(found.agency)),
        next=next_actor(found, facts),
        steps=_steps(definition, found, possible, actor),
        possible=possible,
        wanted=asked_papers(definition, found.supplement) if found.supplement else (),
        consulted=asked(found),
        custody=custody_of(found, actor),
        delivered=delivery_words(found.channel, found.delivery),
        tied=ties(found, _opens(agency, actor), staff=True),
        askable=_askable(now.date()) if any(p.asks for p in possible) else (),
        units={unit.value: name for unit, name in UNITS.items()},
        laws=laws(definition),
        solving=solving_of(s, found, actor, possible, now),
        others=found.agency != agency.id and facts.name,
        may={p.command for p in possible},
        targets=supplement_targets(found, definition),
        papers=papers,
        printables=printables(agency, found),
        away={a.account: a for a in s.absences.in_agency(agency.id, now) if a.going(now)}
        if functions
        else {},
        colleagues={(at, function): s.accounts.staff_with(at, function) for at, function in functions},
        at_once=Making(s, definition, found).at_once() if definition.documents else (),
        payments=payments(found),
        money=money_of(s, found, actor),
        receipt_book=s.numbers.receipt_book(found.agency, now.astimezone(TZ).date()),
        corrects=found.status is Status.RETURNED
        and not found.immediate
        and holds(actor, APPROVER, found.agency),
        ended_local=f"{found.ended_at.astimezone(TZ):%Y-%m-%dT%H:%M}" if found.ended_at else "",
        immediate=definition.workflow.immediate and _at_desk(possible),
    )


def _at_desk(possible: Sequence[view.Possible]) -> bool:
    return any(p.command == "accept" for p in possible)


def _opens(agency: Agency, actor: Actor) -> Callable[[str], str]:
    """The address of a dossier in this workspace, where it may be read here."""

    def url(dossier_id: str) -> str:
        if services().dossiers.read(dossier_id, actor) is None:
            return ""
        return url_for("workspace.dossier", slug=agency.slug, dossier_id=dossier_id)

    return url


def _askable(on: date) -> list[tuple[str, list[Agency]]]:
    """The agencies in force on a day, level by level, by name."""
    active = services().agencies.active(on)
    groups = [(label, [a for a in active if a.level == level]) for level, label in LEVEL_LABELS.items()]
    return [(label, members) for label, members in groups if members]


def _steps(
    definition: Definition, found: Dossier, possible: Sequence[view.Possible], actor: Actor
) -> list[StepView]:
    has_draft = any(document.kind == "draft" for document in found.documents)
    making = Making(services(), definition, found)
    steps: list[StepView] = []
    for task in found.tasks:
        actions = [p for p in possible if p.command == "act" and p.token == task.id]
        begin = any(p.command == "begin" and p.token == task.id for p in possible)
        step = definition.workflow.step(task.step)
        child = found.child(task.id)
        turn = view.turn_of(found, task) or ""
        if actions or ((turn or child) and may_act(found, task, actor)):
            steps.append(
                StepView(
                    task,
                    step.help if step else "",
                    actions,
                    has_draft,
                    asked=step is not None and step.at_item,
                    begin=begin,
                    waits=turn,
                    child=child,
                    made=making.offered(task.step) if actions and definition.documents else None,
                    told=given_with(found, task),
                    enough=_enough(found, step, actions),
                    signing=_signing(definition, found, step, actions),
                    results=_results(found, task, step, actions),
                )
            )
    return steps


def _enough(found: Dossier, step: Step | None, actions: Sequence[view.Possible]) -> Mapping[str, str]:
    limit = services().dossiers.policy.supplement_max
    ways = [step.action(each.action) for each in actions if each.asks_items] if step is not None else []
    made = {way.id: asked_enough(found, way.to, limit) for way in ways if way is not None}
    return {action: refusal.sentence() for action, refusal in made.items() if refusal is not None}


def _signing(
    definition: Definition, found: Dossier, step: Step | None, actions: Sequence[view.Possible]
) -> Mapping[str, SignOffer]:
    ways = [step.action(each.action) for each in actions] if step is not None else []
    made = {
        way.id: offer(services(), found, step, way, definition.workflow.step(way.to))
        for way in ways
        if way is not None and step is not None
    }
    return {action: each for action, each in made.items() if each is not None}


def _results(
    found: Dossier, task: Task, step: Step | None, actions: Sequence[view.Possible]
) -> Mapping[str, ResultDesk]:
    s = services()
    ways = [step.action(each.action) for each in actions] if step is not None else []
    made = {way.id: result_desk(s, found, task, way, s.clock.now()) for way in ways if way is not None}
    return {action: each for action, each in made.items() if each is not None}


def _papers(found: Dossier, definition: Definition, *, revealed: bool = False) -> list[PaperView]:
    """The papers of this dossier: those the definition knows of that were handed in, presented, or are due. A sensitive
    one is covered, name and files, until it is `revealed`.
    """
    due = {paper.id: paper for paper in _due(found, definition)}
    compare = set(papers_to_compare(found))
    rows: list[PaperView] = []
    for paper in definition.attachments:
        handed = found.paper(paper.id)
        if paper.kind == "paper" and (paper.id in due or handed is not None):
            hidden = paper.sensitive and not revealed
            rows.append(
                PaperView(
                    paper.id,
                    COVERED if hidden else paper.name,
                    "" if hidden else _note(paper, due.get(paper.id)),
                    paper.component,
                    handed.files if handed and not hidden else (),
                    paper.id in found.checked,
                    paper.id in compare,
                    hidden,
                    _absent(found, due.get(paper.id)),
                )
            )
    return rows


def _due(found: Dossier, definition: Definition) -> Sequence[PaperDue]:
    return assess(
        definition,
        found.answers or {},
        now=found.submitted_at,
        channel=found.channel,
        agency=services().agencies.facts(found.agency).scope(),
        applicant={"kind": found.applicant.kind, "name": found.applicant.name},
    ).paper_rows


def _absent(found: Dossier, due: PaperDue | None) -> bool:
    if due is None or due.required or due.form_generated or due.presented_only:
        return False
    handed = found.paper(due.id)
    return handed is None or not (handed.files or handed.presented)


def _note(paper: Paper, due: PaperDue | None) -> str:
    """How many of what, how fresh it must be, and whether it was on the day of submission."""
    words = [paper_words(paper), paper.valid_for.words if paper.valid_for else ""]
    if due is not None and due.until is not None:
        words.append(f"dùng được đến hết ngày {day(due.until)}")
    return "; ".join(filter(None, words))


def supplement_targets(found: Dossier, definition: Definition) -> list[tuple[str, str]]:
    """What a supplement may be asked about: each paper, each field answered, and before acceptance each fee that has to be
    paid first, by the name people read.
    """
    papers = [
        (paper.id, f"Giấy tờ: {COVERED if paper.sensitive else paper.name}")
        for paper in definition.attachments
        if paper.kind == "paper" and not paper.form_generated
    ]
    fields = [
        (field.id, f"Mục khai: {field.label}")
        for field in definition.fields
        if field.id in (found.answers or {})
    ]
    fees = [(fee.id, f"Khoản phải nộp trước: {fee.label}") for fee in found.owed("before_acceptance")]
    return [*papers, *fields, *(fees if found.status in INTAKE else ())]
