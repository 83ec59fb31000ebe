"""What an official or an applicant does with what their page offers them: the choice, and the command it comes to."""

import hashlib
import random
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Literal

from definitions.assess import Assessment
from definitions.model import Definition
from rules.calendar import local
from rules.workflow.model import APPLICANT, END, Need, Outcome, Workflow
from tthc.accounts.model import Account
from tthc.dossiers import commands as cmd
from tthc.dossiers.context import CLERK, RECEPTION, Actor
from tthc.dossiers.needs import papers_to_compare
from tthc.dossiers.state import Dossier, FileRef, PaperFiles, Signed, SupplementItem, Task
from tthc.dossiers.view import Possible
from tthc.simulation.deck import Application
from tthc.simulation.kinds import Course
from tthc.simulation.place import Place

_REASON: Final = "Theo kết quả xem xét hồ sơ của bài mô phỏng."


@dataclass(slots=True)
class Case:
    """A dossier in play. `planned`: what somebody will come back to; `done`: what has befallen it already."""

    id: str
    definition: Definition
    course: Course
    owner: Account | None
    random: random.Random
    planned: set[str] = field(default_factory=set)
    done: set[str] = field(default_factory=set)
    version: int = 0

    @classmethod
    def of(cls, told: Application) -> "Case":
        return cls(told.id, told.definition, told.course, told.owner, random.Random(told.seed))  # noqa: S311 — to be played again

    @classmethod
    def opened(cls, child: Dossier, definition: Definition, owner: Account | None, course: Course) -> "Case":
        """Of a dossier that another one opened."""
        declined = course is Course.CHILD_DECLINED
        seed = int(child.id[:8], 16)
        return cls(
            child.id,
            definition,
            Course.REFUSED if declined else Course.PLAIN,
            owner,
            random.Random(seed),  # noqa: S311 — to be played again
        )

    def once(self, what: str) -> bool:
        """True the first time."""
        first = what not in self.done
        self.done.add(what)
        return first

    def new_id(self) -> str:
        return f"{self.random.getrandbits(128):032x}"


class Offices:
    """`number`: of the next document that is issued."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._issued = 0
        self._ways: dict[str, Mapping[str, int]] = {}

    def someone(self, function: str, agency: str, chooser: random.Random) -> Actor:
        """Whoever of those who hold the function there comes to it."""
        return chooser.choice(self._place.staff[agency, function]).actor(agency)

    def who(self, dossier: Dossier, task: Task, case: Case) -> Actor:
        """Who does this task: the applicant, reception for one who has no account, the assignee, or somebody."""
        if task.function == APPLICANT:
            return case.owner.actor() if case.owner is not None else self.reception(dossier, case)
        if task.assignee is not None:
            held = self._place.staff[task.agency, task.function]
            return next(each for each in held if each.key == task.assignee).actor(task.agency)
        return self.someone(task.function, task.agency, case.random)

    def reception(self, dossier: Dossier, case: Case) -> Actor:
        return self.someone(RECEPTION, dossier.agency, case.random)

    def choice(self, case: Case, dossier: Dossier, offers: Sequence[Possible]) -> Possible:
        """What the case's course wants; else the main thing."""
        workflow = case.definition.workflow
        if case.course is Course.SUPPLEMENT_IN_APPRAISAL:
            asking = next((each for each in offers if each.asks_items), None)
            if asking is not None and case.once(case.course):
                return asking
        if case.course is Course.SENT_BACK:
            back = next((each for each in offers if _goes_back(workflow, dossier, each)), None)
            if back is not None and case.once(case.course):
                return back
        if case.course is Course.DECLINED:
            ways = self._to_decline(case.definition)
            best = min(offers, key=lambda each: _distance(workflow, dossier, each, ways))
            if _distance(workflow, dossier, best, ways) < len(workflow.steps) + 1:
                return best
        return offers[0]

    def act(self, case: Case, dossier: Dossier, offer: Possible, now: datetime) -> cmd.Act:
        """The action with all that it needs."""
        needs = {each.need for each in offer.needs}
        task = dossier.task(offer.token)
        applicant = task is not None and task.function == APPLICANT
        items = _items(case.definition, dossier) if offer.asks_items else ()
        number, assignee = "", None
        if Need.RESULT in needs:
            self._issued += 1
            number = f"{self._issued:04}/KQ-MP"
        if Need.ASSIGNEE in needs:
            assignee = case.random.choice(self._place.staff[offer.agency, offer.function]).key
        chosen = self._asked(case) if offer.asks else ()
        return cmd.Act(
            token=offer.token,
            action=offer.action,
            reason=_REASON if Need.REASON in needs or applicant else "",
            assignee=assignee,
            files=(paper_file(f"{case.id}:{dossier.version}", now),)
            if needs & {Need.DRAFT, Need.RESULT, Need.SIGNATURE}
            else (),
            number=number,
            issued_on=local(now).date() if Need.RESULT in needs else None,
            recipient=dossier.applicant.name if Need.RECIPIENT in needs else "",
            originals_checked=papers_to_compare(dossier) if Need.ORIGINALS in needs else (),
            items=items,
            chosen=chosen,
            question="Đề nghị cho ý kiến về hồ sơ kèm theo." if chosen else "",
            signed=_signed(task, needs, dossier, now),
        )

    def verification(self, case: Case, task: Task, now: datetime) -> cmd.RecordVerification:
        """A visit to the site that has just ended (Đ13.3b)."""
        return cmd.RecordVerification(
            task.id,
            now - timedelta(minutes=case.random.randint(30, 120)),
            "Tại nơi có công trình, thửa đất",
            "Cán bộ thụ lý, người nộp hồ sơ",
            "Hiện trạng so với hồ sơ",
            "Đúng như hồ sơ",
        )

    def supply(self, case: Case, dossier: Dossier, now: datetime) -> cmd.Supply:
        """The papers that were asked for, once more."""
        asked = (
            {item.target for item in dossier.supplement.items} if dossier.supplement is not None else set()
        )
        papers = tuple(
            PaperFiles(paper.id, (paper_file(f"{case.id}:{paper.id}:{dossier.version}", now),))
            for paper in case.definition.attachments
            if paper.id in asked
        )
        return cmd.Supply(papers=papers, note="Đã bổ sung theo yêu cầu.")

    def request(self, case: Case, dossier: Dossier) -> cmd.RequestSupplement:
        return cmd.RequestSupplement(_items(case.definition, dossier), note="Bổ sung trong 3 ngày.")

    def _asked(self, case: Case) -> tuple[str, ...]:
        ask = case.course is Course.LATE_CONSULTATION or case.random.random() < 0.5
        return tuple(each.id for each in self._place.neighbours[:2]) if ask else ()

    def _to_decline(self, definition: Definition) -> Mapping[str, int]:
        """Of each step, how many actions lead from it to the end without a result, at the least."""
        found = self._ways.get(definition.hash)
        if found is None:
            found = self._ways[definition.hash] = _ways_to_decline(definition.workflow)
        return found


def _signed(task: Task | None, needs: set[Need], dossier: Dossier, now: datetime) -> tuple[Signed, ...]:
    """The agency at the clerk's, where the applicant gets the result online too; else whoever approves."""
    if task is None or not (
        Need.SIGNATURE in needs or (Need.RESULT in needs and dossier.receive_by == "online")
    ):
        return ()
    kind: Literal["person", "agency"] = "agency" if task.function == CLERK else "person"
    return (Signed(kind, "Ký số trong bài mô phỏng", "", now),)


def papers_of(told: Application, now: datetime) -> tuple[PaperFiles, ...]:
    """What is handed in: pictures online, else most papers shown and some of them scanned."""
    wanted = [p for p in told.assessment.papers if p.required and not p.form_generated]
    if told.channel == "online":
        return tuple(
            PaperFiles(p.id, (paper_file(f"{told.id}:{p.id}", now),)) for p in wanted if not p.presented_only
        )
    return tuple(PaperFiles(p.id, (paper_file(f"{told.id}:{p.id}", now),), presented=True) for p in wanted)


def checked_of(judged: Assessment) -> tuple[str, ...]:
    return tuple(paper.id for paper in judged.papers)


def paper_file(of: str, now: datetime) -> FileRef:
    """A file as dossiers name one; nobody looks into it."""
    return FileRef(hashlib.sha256(of.encode()).hexdigest(), "to-giay.pdf", 1000, "pdf", now, "mo-phong")


def _items(definition: Definition, dossier: Dossier) -> tuple[SupplementItem, ...]:
    handed = {paper.paper_id for paper in dossier.papers}
    target = next(
        (p.id for p in definition.attachments if p.id in handed and not p.presented_only),
        definition.fields[0].id,
    )
    return (SupplementItem(target, "Bản chụp mờ, không đọc được."),)


def _goes_back(workflow: Workflow, dossier: Dossier, offer: Possible) -> bool:
    """To a step that has been done before; asking the applicant is something else."""
    task = dossier.task(offer.token)
    step = workflow.step(task.step) if task is not None else None
    action = step.action(offer.action) if step is not None else None
    if step is None or action is None or offer.asks_items or step.actor == APPLICANT:
        return False
    places = {each.id: at for at, each in enumerate(workflow.steps)}
    return Need.REASON in action.needs and places.get(action.to, len(places)) < places[step.id]


def _distance(workflow: Workflow, dossier: Dossier, offer: Possible, ways: Mapping[str, int]) -> int:
    far = len(workflow.steps) + 1
    task = dossier.task(offer.token)
    step = workflow.step(task.step) if task is not None else None
    action = step.action(offer.action) if step is not None else None
    if action is None or offer.asks_items:
        return far
    if action.to == END:
        return 0 if action.outcome is Outcome.DECLINED else far
    return min((ways.get(to, far) + 1 for to in action.targets), default=far)


def _ways_to_decline(workflow: Workflow) -> Mapping[str, int]:
    found: dict[str, int] = {}
    waiting = deque(
        (step.id, 1)
        for step in workflow.steps
        if any(a.to == END and a.outcome is Outcome.DECLINED for a in step.actions)
    )
    while waiting:
        name, length = waiting.popleft()
        if name in found:
            continue
        found[name] = length
        waiting += [
            (step.id, length + 1) for step in workflow.steps if any(name in a.targets for a in step.actions)
        ]
    return found
