"""«Chạy thử»: a version run as the citizen and the officials, with a clock that can be moved; nothing is kept until it is
put into the draft as an example. «Độ phủ»: what no example comes by.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from flask import abort, flash, redirect, request, url_for
from flask_admin import expose

from admin import trying as trials
from admin.builder.page import place_of_path, place_of_problem
from admin.coverage import parts
from admin.trying import TrialError
from admin.version_page import Shown, frame, open_version, own_calendar
from admin.views.base import ADMINS, REVIEWERS, WRITERS, Answer, Page, may
from admin.views.definitions import EDITABLE
from definitions.assess import Assessment
from definitions.editing import EditError, Insert
from definitions.editing.text import tree_of
from definitions.lifecycle import LifecycleError
from definitions.model import Definition, Example
from definitions.reading import ReadingError
from forms.answers import act, merge, row_action, with_first_rows
from forms.collect import collect
from forms.model import Field
from forms.model import Page as FormPage
from renderers.html.form import render_fields, render_page
from renderers.messages import render
from rules.calendar import CalendarRangeError
from tthc.accounts.session import current_account
from tthc.agencies.model import LEVEL_LABELS
from tthc.dossiers.state import OutboxEntry
from tthc.dossiers.status import next_actor
from tthc.drafting.desk import Sitting
from tthc.services import services
from tthc.trials.form_coverage import form_coverage
from tthc.trials.keeping import kept
from tthc.trials.offering import offers
from tthc.trials.recording import Recorded
from tthc.trials.run import run_all
from tthc.trials.trying import Standing, judged
from tthc.trials.world import World
from tthc.web.access import access
from tthc.web.story import staff_story

BEGIN, PAPERS, RUN = "_begin", "_papers", "_run"
_TOO_FAR: Final = "Lúc này ở ngoài lịch làm việc đã có; ông/bà lui lại một thao tác và chọn một lúc sớm hơn."
_UNITS: Final = (("working_day", "ngày làm việc"), ("working_hour", "giờ làm việc"), ("day", "ngày"))
_OUTCOMES: Final = (
    ("returned", "Đã có kết quả"),
    ("declined", "Không được giải quyết"),
    ("failed", "Không mở được"),
)


@dataclass(frozen=True, slots=True)
class Turn:
    """Where the page stands: the trial, which page of it, and why what was just asked was not done."""

    example: Example
    stage: str
    problem: str = ""
    typed: Mapping[str, list[str]] = field(default_factory=dict)
    show: bool = False


class Trying(Page):
    """/quan-tri/ban-cau-hinh/<code>/<version>/chay-thu and …/do-phu."""

    rules = (WRITERS, REVIEWERS, ADMINS)
    listed = False

    @expose("/<code>/<version_id>/chay-thu", methods=("GET", "POST"))
    def start(self, code: str, version_id: str) -> Answer:
        """Every page of a trial; what was done so far comes and goes with the page."""
        shown = open_version(code, version_id)
        definition = shown.loaded.definition
        if definition is None:
            return self.show("admin/trying.html", **self._frame(shown), definition=None)
        if request.method == "GET":
            return self._draw(shown, definition, _opened(definition))
        turn = _turned(definition)
        page = self._draw(shown, definition, turn)
        return (page, 422) if turn.problem else page

    @expose("/<code>/<version_id>/chay-thu/doi", methods=("POST",))
    def live(self, code: str, version_id: str) -> str:
        """What a change on a page of the form shows, hides or computes."""
        definition = open_version(code, version_id).loaded.definition
        posted = request.form.to_dict(flat=False)
        page = None if definition is None else _page(definition, request.form.get("_stage", ""))
        if definition is None or page is None:
            abort(404)
        try:
            example = _answered(page, trials.unpacked(request.form.get("_trial", "")), posted)
        except TrialError:
            abort(400)
        found = _judge(definition, example, page.id)
        return str(_form(page, example, found, show=frozenset(request.form.getlist("_touched"))))

    @expose("/<code>/<version_id>/chay-thu/vi-du", methods=("POST",))
    def example(self, code: str, version_id: str) -> Answer:
        """The trial as an example would write it."""
        shown = open_version(code, version_id)
        definition = shown.loaded.definition
        if definition is None:
            abort(404)
        return self._example(shown, definition)

    @expose("/<code>/<version_id>/chay-thu/luu", methods=("POST",))
    @access(WRITERS)
    def save(self, code: str, version_id: str) -> Answer:
        """Put the example into the draft."""
        shown = open_version(code, version_id)
        definition = shown.loaded.definition
        if definition is None:
            abort(404)
        name = " ".join(request.form.get("_name", "").split())[:200]
        if not name:
            return self._example(shown, definition, "Ông/bà đặt tên cho ví dụ, nói điều nó thử.")
        if any(each.name == name for each in definition.examples):
            return self._example(shown, definition, "Đã có ví dụ tên này; ông/bà đặt một tên khác.")
        try:
            added = Insert(("examples",), len(definition.examples), _recorded(definition, name).example)
            sitting = Sitting(code, version_id, current_account().key, services().clock.now())
            services().drafting.change(
                sitting,
                upon=shown.version.text,
                make=lambda _: [added],
                what=f"Thêm ví dụ “{name}”",
                place="examples",
            )
        except (TrialError, EditError, ReadingError) as error:
            return self._example(shown, definition, str(error))
        except LifecycleError as error:
            return self._example(shown, definition, error.message)
        flash(f"Đã thêm ví dụ “{name}” vào bản nháp.", "ok")
        return redirect(url_for("versions.overview", code=code, version_id=version_id))

    @expose("/<code>/<version_id>/do-phu")
    def coverage(self, code: str, version_id: str) -> str:
        """What no example comes by, part by part, each with the way to where it stands."""
        shown = open_version(code, version_id)
        definition = shown.loaded.definition
        results = () if definition is None else run_all(definition, own_calendar())
        tree = tree_of(shown.text) if definition is not None else None
        return self.show(
            "admin/coverage.html",
            **frame(shown, "trying.coverage"),
            pages=form_coverage(definition, results, tree.values) if definition and tree else (),
            results=results,
            at_place=lambda path: place_of_path(tree.data, path)[0] if tree else "",
            line_of=lambda path: tree.mark(path).line if tree else 1,
            parts=None if definition is None else parts(definition, results, shown.text),
            edits=may(WRITERS) and shown.version.state in EDITABLE,
            place_of=lambda problem: place_of_problem(tree_of(shown.text).data, problem)[0],
            failing=[result.name for result in results if not result.ok],
            examples=len(results),
        )

    def _frame(self, shown: Shown) -> dict[str, object]:
        return frame(shown, "trying.start")

    def _draw(self, shown: Shown, definition: Definition, turn: Turn) -> str:
        """`turn.example` is drawn as far as it goes; a last act that is refused is told and not taken."""
        context: dict[str, object] = {}
        page = _page(definition, turn.stage)
        found = _judge(definition, turn.example, None if page is None else page.id)
        if page is not None:
            context["html"] = _form(page, turn.example, found, show=turn.show)
        if turn.stage == RUN:
            context |= _ran(definition, turn)
        pages = set(found.submission.pages)
        return self.show(
            "admin/trying.html",
            **self._frame(shown),
            definition=definition,
            turn=turn,
            trial=trials.packed(turn.example),
            assessment=found,
            page=page,
            stages=[
                (BEGIN, "Người nộp"),
                *((each.id, each.title) for each in definition.whole_form.pages if each.id in pages),
                (PAPERS, "Giấy tờ và nộp"),
                (RUN, "Giải quyết"),
            ],
            ticked=turn.example.papers
            if turn.example.papers is not None
            else trials.usual_papers(found.papers),
            channels=[(way, trials.CHANNELS[way]) for way in definition.submit_by],
            areas=trials.AREAS,
            **context,
        )

    def _example(self, shown: Shown, definition: Definition, problem: str = "") -> Answer:
        name = request.form.get("_name", "")[:200]
        try:
            recorded = _recorded(definition, name.strip() or "Ví dụ mới")
        except TrialError as error:
            problem, recorded = str(error), Recorded({}, ())
        page = self.show(
            "admin/trying_example.html",
            **self._frame(shown),
            trial=request.form.get("_trial", ""),
            name=name,
            recorded=recorded,
            problem=problem,
            saves=may(WRITERS) and shown.version.state in EDITABLE,
        )
        return (page, 422) if problem else page


def _opened(definition: Definition) -> Turn:
    """`?vi_du=1`: with the first example's answers and acts, to be gone on with."""
    number = request.args.get("vi_du", 0, type=int)
    if not 1 <= number <= len(definition.examples):
        return Turn(trials.fresh(definition, services().clock.now()), BEGIN)
    try:
        return Turn(trials.checked(definition.examples[number - 1]), RUN)
    except TrialError as error:
        return Turn(trials.fresh(definition, services().clock.now()), BEGIN, str(error))


def _turned(definition: Definition) -> Turn:
    """The trial after what was posted."""
    posted = request.form.to_dict(flat=False)
    stage = request.form.get("_stage", BEGIN)
    try:
        example = trials.unpacked(request.form.get("_trial", ""))
    except TrialError as error:
        return Turn(trials.fresh(definition, services().clock.now()), BEGIN, str(error))
    turn = Turn(example, stage)
    try:
        page = _page(definition, stage)
        if page is not None:
            turn = replace(turn, example=trials.checked(_answered(page, example, posted)))
        elif stage == PAPERS:
            due = _judge(definition, example).papers
            turn = replace(turn, example=trials.with_papers(example, due, posted))
        elif stage == RUN:
            turn = _done(definition, turn, posted)
        else:
            turn = Turn(trials.begun(definition, example, posted), BEGIN)
    except TrialError as error:
        return replace(turn, problem=str(error), typed=posted)
    return turn if turn.problem or row_action(posted) else _onward(definition, turn, page)


def _done(definition: Definition, turn: Turn, posted: Mapping[str, list[str]]) -> Turn:
    """After a button of the run: an act, the clock, or one step back."""
    calendar, pressed = own_calendar(), request.form.get("_act")
    if "_undo" in posted:
        return replace(turn, example=trials.undone(turn.example))
    if pressed is None and "_clock" not in posted:
        return turn
    example, standing, _ = trials.tried(definition, turn.example, calendar)
    try:
        if "_clock" in posted:
            after = trials.waited(example, posted, standing, calendar)
        else:
            found = [(f"o{at}", each) for at, each in enumerate(offers(standing)) if each.key == pressed]
            if not found:
                raise TrialError("Lúc này không còn làm được việc đó; ông/bà chọn một việc khác dưới đây.")
            prefix, offer = found[0]
            after = trials.acted(example, offer, prefix, posted, standing)
        kept_so_far, _, refused = trials.tried(definition, after, calendar)
    except CalendarRangeError:
        raise TrialError(_TOO_FAR) from None
    return Turn(kept_so_far, RUN, refused, posted if refused else {})


def _onward(definition: Definition, turn: Turn, page: FormPage | None) -> Turn:
    """To the page whose button was pressed; forward only from a page that is filled in rightly."""
    go = request.form.get("_go", "next")
    found = _judge(definition, turn.example, None if page is None else page.id)
    if go == "next" and page is not None and not found.submission.valid:
        return replace(turn, show=True)
    visible = [each.id for each in definition.whole_form.pages if each.id in set(found.submission.pages)]
    order = [BEGIN, *visible, PAPERS, RUN]
    here = order.index(turn.stage) if turn.stage in order else 0
    if go == "next":
        go = order[min(here + 1, len(order) - 1)]
    if go == "back":
        go = order[max(here - 1, 0)]
    return replace(turn, stage=go if go in order else order[here])


def _answered(page: FormPage, example: Example, posted: Mapping[str, list[str]]) -> Example:
    answers = merge(page.fields, example.answers, collect(page.fields, posted))
    pressed = row_action(posted)
    if pressed is not None:
        answers = act(page.fields, with_first_rows(page.fields, answers), pressed)
    return replace(example, answers=answers)


def _judge(definition: Definition, example: Example, page: str | None = None) -> Assessment:
    return judged(World(definition, example, own_calendar()), page=page)


def _page(definition: Definition, stage: str) -> FormPage | None:
    return next((page for page in definition.whole_form.pages if page.id == stage), None)


def _form(page: FormPage, example: Example, found: Assessment, show: bool | frozenset[str]) -> str:
    shown = with_first_rows(page.fields, example.answers)
    return render_page(
        page, found.submission, shown, show=show, scope=found.scope, now=example.submitted_at, summary=True
    )


def _ran(definition: Definition, turn: Turn) -> dict[str, object]:
    """What the run's page shows."""
    s, calendar = services(), own_calendar()
    try:
        _, standing, refused = trials.tried(definition, turn.example, calendar)
    except CalendarRangeError:
        return {"standing": None, "lost": _TOO_FAR}
    dossier = standing.dossier
    found = offers(standing)
    active = s.agencies.active(standing.now.date()) if any("chosen" in each.asks for each in found) else ()
    asked = trials.asked_fields(standing)
    return {
        "standing": standing,
        "lost": refused,
        "offers": found,
        "next": None if dossier is None else next_actor(dossier, standing.world.agency),
        "story": [] if dossier is None else staff_story(dossier, calendar),
        "notices": [_notice(entry) for entry in _once(standing)],
        "targets": trials.targets(standing),
        "asked": _asked(asked, standing),
        "asked_papers": set()
        if dossier is None or dossier.supplement is None
        else {item.target for item in dossier.supplement.items},
        "askable": [
            (label, [a for a in active if a.level == level])
            for level, label in LEVEL_LABELS.items()
            if any(a.level == level for a in active)
        ],
        "units": _UNITS,
        "outcomes": _OUTCOMES,
    }


def _asked(asked: tuple[Field, ...], standing: Standing) -> str:
    if not asked or standing.dossier is None:
        return ""
    answers = standing.dossier.answers or {}
    found = judged(standing.world, answers)
    return render_fields(asked, found.submission, answers, show=False, scope=found.scope, now=standing.now)


def _once(standing: Standing) -> list[OutboxEntry]:
    """Of a notice that goes several ways, the portal's."""
    return [entry for entry in standing.notices if entry.channel == "portal"] or list(standing.notices)


def _notice(entry: OutboxEntry) -> dict[str, object]:
    told = render(entry.template, "portal", {**entry.data, "link": "", "site": ""})
    return {"subject": told.subject, "body": told.body, "at": entry.next_at}


def _recorded(definition: Definition, name: str) -> Recorded:
    example = replace(trials.unpacked(request.form.get("_trial", "")), name=name)
    try:
        example, _, _ = trials.tried(definition, example, own_calendar())
        return kept(definition, example, own_calendar())
    except CalendarRangeError:
        raise TrialError(_TOO_FAR) from None
