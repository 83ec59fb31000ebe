"""What an element comes to for those who will meet it: the form, the public page, the officials' steps, papers, dates."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final

from markupsafe import Markup

from admin import documents as printed
from admin.builder import situations
from admin.builder.page import Shown
from admin.preview import Preview, preview
from definitions.cache import Lru
from definitions.editing import place_of
from definitions.loader import Loaded, load
from definitions.model import Definition, Example
from definitions.sharing import parsed
from definitions.situation import Situation
from definitions.workflow_words import Words
from forms.model import Page
from renderers.drawing.workflow import Drawing, Marks, drawn
from renderers.html.procedure import ProcedureView, procedure_view
from rules.calendar import Calendar
from tthc.accounts.session import current_account
from tthc.dossiers.state import Dossier, Task
from tthc.services import services
from tthc.trials.coverage import untried
from tthc.trials.offering import Offer, offers
from tthc.trials.run import TrialResult, run, run_all
from tthc.trials.trying import stand
from tthc.trials.untried import Untried

VIEWS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "to-khai": "Tờ khai",
        "trang": "Trang thủ tục",
        "can-bo": "Màn hình cán bộ",
        "quy-trinh": "Quy trình",
        "tien-trinh": "Tiến trình",
        "van-ban": "Văn bản in",
    }
)
_TRIED: Final[Lru["Tried"]] = Lru(32)
_PRINTED: Final[Lru[tuple[printed.Tried, ...]]] = Lru(16)


@dataclass(frozen=True, slots=True)
class Tried:
    """All examples run once; `lacking`: what none of them comes by, `untried`: in words."""

    results: tuple[TrialResult, ...]
    lacking: tuple[Untried, ...]

    @property
    def untried(self) -> tuple[str, ...]:
        return tuple(each.what for each in self.lacking)


@dataclass(frozen=True, slots=True)
class Screen:
    """What an official has in front at a step: the dossier as an example left it there, and what may be done."""

    example: str
    dossier: Dossier
    task: Task
    help: str
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """What the right pane shows; `why`: why there is nothing, `about`: in which part the errors are that keep it away;
    `here`: the number of the document's block being edited.
    """

    kind: str
    why: str = ""
    page: Page | None = None
    pages: tuple[Page, ...] = ()
    html: Markup | None = None
    procedure: ProcedureView | None = None
    run: TrialResult | None = None
    definition: Definition | None = None
    documents: tuple[printed.Tried, ...] = ()
    drawing: Drawing | None = None
    situation: situations.Loaded | None = None
    about: str = ""
    here: int | None = None
    screen: Screen | None = None


def made(  # noqa: PLR0917
    view: str,
    loaded: Loaded,
    shown: Shown,
    key: str,
    link: Callable[[str], str],
    situation: Situation | None = None,
) -> Made:
    """`link`: the address of a place's page; `situation`: the dossier to show the form with."""
    definition = loaded.definition
    if definition is None:
        about = "documents" if shown.path[:1] == ("documents",) else ""
        return Made(view, "Chưa xem trước được vì còn lỗi; ông/bà sửa các lỗi này trước.", about=about)
    if view == "trang":
        return Made(
            view, procedure=procedure_view(definition, services().clock.now().date()), definition=definition
        )
    if view == "can-bo":
        return _screen(view, definition, shown)
    if view == "quy-trinh":
        return _drawn(view, definition, shown, link)
    if view == "tien-trinh":
        return _way(view, definition, shown)
    if view == "van-ban":
        return _papers(view, definition, shown, key)
    return _form(view, definition, shown, situation)


def lacking_at(key: str, data: Any) -> Mapping[str, int]:
    """By place, how many things in it no example of the text comes by; nothing where they have not been run yet."""
    kept = _TRIED.get(key)
    paths = [] if kept is None else [each.path for each in kept.lacking]
    return Counter(place_of(data, path[:length]) for path in paths for length in range(1, len(path) + 1))


def tried(key: str, text: str, code: str) -> Tried | None:
    """Of the text with that key; None where it does not compile."""
    kept = _TRIED.get(key)
    if kept is None:
        definition = load(text, f"{code}.yaml").definition
        if definition is None:
            return None
        results = run_all(definition, _calendar())
        tree, _ = parsed(text, "")
        kept = Tried(results, untried(definition, results, None if tree is None else tree.values))
        _TRIED.put(key, kept)
    return kept


def _form(view: str, definition: Definition, shown: Shown, situation: Situation | None) -> Made:
    pages = definition.whole_form.pages
    if not pages:
        return Made(view, "Thủ tục này chưa có biểu mẫu.")
    wanted = next((part for part in shown.place.split(".")[2:3] if shown.path[:2] == ("form", "pages")), "")
    page = next((page for page in pages if page.id == wanted), None)
    if page is None and shown.path[:1] == ("questions",):
        page = pages[0]
    if situation is not None:
        asked = page or situations.page_of(definition, situation) or pages[0]
        return _of_situation(
            Made(view, page=asked, pages=pages, definition=definition), definition, asked, situation
        )
    page = page or pages[min(1, len(pages) - 1) if definition.questions else 0]
    # an example's answers, or what depends on them would not be seen
    example = next((each for each in definition.examples if each.expect.get("valid", True)), None)
    tried_page = preview(definition, page, example, {}, calendar=_calendar(), now=services().clock.now())
    return Made(view, page=page, pages=pages, html=tried_page.html(show=False), definition=definition)


def _of_situation(made: Made, definition: Definition, page: Page, situation: Situation) -> Made:
    """Of the dossiers that are so, the first that keeps what was said and has no answer; else that keeps it; else the first."""
    calendar, now = _calendar(), services().clock.now()
    best: tuple[int, Example, Preview] | None = None
    for example in situations.examples_of(definition, situation, now):
        tried_page = preview(definition, page, example, {}, calendar=calendar, now=now)
        worth = 2 * situations.kept(tried_page.assessment, situation) + bool(tried_page.assessment.gaps)
        if best is None or worth > best[0]:
            best = (worth, example, tried_page)
    assert best is not None
    told = situations.loaded(situation, best[1], best[2].assessment)
    return replace(made, html=best[2].html(show=False), situation=told)


def _drawn(view: str, definition: Definition, shown: Shown, link: Callable[[str], str]) -> Made:
    """The workflow with the step being edited marked, and the way that its first problem tells of."""
    step = next(iter(shown.place.split(".")[2:3]), "") if shown.path[:2] == ("workflow", "steps") else ""
    words, own = Words.of(definition), definition.workflow
    drawing = drawn(own, words, marks=Marks(selected=step), href=lambda name: link(f"workflow.steps.{name}"))
    return Made(view, drawing=drawing, definition=definition)


def _screen(view: str, definition: Definition, shown: Shown) -> Made:
    """At the step being edited, else at the first: in the first example that comes by it."""
    named = shown.place.split(".")[2:3] if shown.path[:2] == ("workflow", "steps") else []
    for example in definition.examples:
        standing = stand(definition, example, _calendar())
        for dossier in standing.left:
            task = next((task for task in dossier.tasks if not named or task.step in named), None)
            if task is None:
                continue
            found = offers(replace(standing, dossier=dossier))
            step = definition.workflow.step(task.step)
            screen = Screen(
                example.name,
                dossier,
                task,
                step.help if step is not None else "",
                tuple(each for each in found if each.step == task.name),
            )
            return Made(view, screen=screen, definition=definition)
    return Made(
        view, "Chưa ví dụ nào đi qua bước này; chạy thử một hồ sơ rồi lưu thành ví dụ để thấy màn hình."
    )


def _way(view: str, definition: Definition, shown: Shown) -> Made:
    """The example being edited, else the first: which steps it comes by and when."""
    if not definition.examples:
        return Made(view, "Chưa có ví dụ nào để chạy thử; thêm một ví dụ để thấy hồ sơ đi qua các bước.")
    number = shown.path[1] if shown.path[:1] == ("examples",) and len(shown.path) > 1 else 0
    example = definition.examples[
        number if isinstance(number, int) and number < len(definition.examples) else 0
    ]
    return Made(view, run=run(definition, example, _calendar()), definition=definition)


def _papers(view: str, definition: Definition, shown: Shown, key: str) -> Made:
    """The document being edited, else all of them."""
    if not definition.documents:
        return Made(view, "Bản cấu hình này chưa có văn bản in ra.")
    found = _PRINTED.get(key)
    if found is None:
        found = printed.tried(definition, _calendar())
        _PRINTED.put(key, found)
    if shown.path[:1] != ("documents",) or len(shown.path) < 2:
        return Made(view, documents=found, definition=definition)
    number = shown.path[1]
    chosen = tuple(each for at, each in enumerate(found) if at == number) or found
    block = shown.path[3] if shown.path[2:3] == ("body",) and len(shown.path) > 3 else None
    return Made(view, documents=chosen, definition=definition, here=block if isinstance(block, int) else None)


def _calendar() -> Calendar:
    return services().calendar(current_account().agency or "")
