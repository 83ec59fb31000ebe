"""A workflow as boxes and lines with their words, placed: what the templates of `parts/drawing.html` draw.

The drawing says in each box what the step is called, who does it, how long, and in words with a sign what is unusual
of it; on each line the actions that it stands for. What is marked comes as `Marks`.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from definitions.workflow_words import OUTCOMES, Words, actor_words, capital, duration_words
from renderers.drawing import words as text
from renderers.drawing.graph import Box, Link, Placed, Route
from renderers.drawing.layout import Direction, laid_out
from rules.workflow.model import (
    APPLICANT,
    END,
    EXTERNAL,
    Action,
    Join,
    Outcome,
    Phase,
    Step,
    Together,
    Workflow,
)

Edge = tuple[str, str]
"""(step, action)."""

WIDTH: Final = 176
SMALL: Final = 144
LABEL: Final = 124
_PAD, _NAME, _SMALL = 10, 14, 12
_NAME_LINE, _SMALL_LINE, _SIGN = 18, 16, 14
_TOGETHER: Final = {
    Together.ALL: ("split", "Làm song song"),
    Together.RACE: ("split", "Nhánh làm trước"),
    Together.TURNS: ("split", "Làm lần lượt"),
}
_JOINS: Final = {
    Join.ALL: "Chờ đủ các nhánh",
    Join.FIRST: "Nhánh tới trước",
    Join.EACH: "Riêng từng nhánh",
}


@dataclass(frozen=True, slots=True)
class Marks:
    """What a drawing shows beside the workflow. `path`: steps in the order of a way, `edges`: its actions, `tone`: what
    the way is for, `spot`: the step it goes wrong at; `untried_steps`, `untried`: what no example comes by.
    """

    selected: str = ""
    path: tuple[str, ...] = ()
    edges: frozenset[Edge] = frozenset()
    tone: Literal["", "bad", "long"] = ""
    spot: str = ""
    untried_steps: frozenset[str] = frozenset()
    untried: frozenset[Edge] = frozenset()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words. `x`, `y`: where its base begins, or its middle is; `sign`: the icon in front, by its own corner."""

    text: str
    x: int
    y: int
    kind: str = ""
    sign: str = ""
    sign_at: tuple[int, int] = (0, 0)
    middle: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A box. `kind`: start, step, split or end; `step`: the id of a step's; `number`: its place on the marked way."""

    kind: str
    at: Placed
    lines: tuple[Line, ...]
    step: str = ""
    title: str = ""
    href: str = ""
    classes: str = ""
    selected: bool = False
    number: int = 0


@dataclass(frozen=True, slots=True)
class Wire:
    """A line between boxes, with the words on it."""

    route: Route
    lines: tuple[Line, ...]
    classes: str
    edges: tuple[Edge, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawing:
    """`wires` in the order in which they are drawn: what is marked last, so that nothing lies over it."""

    width: int
    height: int
    cells: tuple[Cell, ...]
    wires: tuple[Wire, ...]
    direction: Direction


@dataclass(slots=True)
class _Cell:
    kind: str
    rows: list[tuple[str, str, str]]  # (text, kind, sign)
    step: Step | None = None
    outcome: Outcome | None = None


@dataclass(slots=True)
class _Wire:
    source: int
    target: int
    rows: list[tuple[str, str, str]] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    main: bool = False
    branch: str = ""  # the step that this branch of a split leads to


def drawn(
    workflow: Workflow,
    words: Words,
    *,
    direction: Direction = "down",
    marks: Marks | None = None,
    href: Callable[[str], str] = lambda step: f"#buoc-{step}",
) -> Drawing:
    """`href`: the address that a step leads to. A target that does not exist is drawn as a box that says so."""
    marks = marks or Marks()
    cells, wires = _parts(workflow, words)
    sizes = [_size(cell.rows, WIDTH if cell.kind == "step" else SMALL) for cell in cells]
    boxes = tuple(Box(*size) for size in sizes)
    labels = [_label(wire.rows) for wire in wires]
    links = tuple(
        Link(wire.source, wire.target, *label, main=wire.main)
        for wire, label in zip(wires, labels, strict=True)
    )
    layout = laid_out(boxes, links, direction)
    made = [
        _wire(wire, route, marks, back=route.back) for wire, route in zip(wires, layout.routes, strict=True)
    ]
    return Drawing(
        layout.width,
        layout.height,
        tuple(_cell(cell, at, marks, href) for cell, at in zip(cells, layout.boxes, strict=True)),
        tuple(sorted(made, key=lambda wire: "on" in wire.classes.split())),
        direction,
    )


# what is drawn


def _parts(workflow: Workflow, words: Words) -> tuple[list[_Cell], list[_Wire]]:
    cells = [_Cell("start", [("Tiếp nhận hồ sơ", "name", "")])]
    numbers: dict[str, int] = {}
    for step in workflow.steps:
        numbers.setdefault(step.id, len(cells))
        cells.append(_Cell("step", list(_rows(step)), step))
    wires: list[_Wire] = []
    if workflow.start in numbers:
        wires.append(_Wire(0, numbers[workflow.start], main=True))
    ends: dict[str, int] = {}

    def target(name: str, outcome: Outcome | None) -> int:
        if name in numbers:
            return numbers[name]
        key = f"{END}:{outcome}" if name == END else name
        if key not in ends:
            ends[key] = len(cells)
            cells.append(_end(name, outcome))
        return ends[key]

    for at, step in enumerate(workflow.steps, start=1):
        for action in step.actions:
            row = (action.label, "", _sign(step, action))
            main = action.primary or (len(step.actions) == 1)
            if not action.split:
                goal = target(action.to, action.outcome)
                same = next((w for w in wires if (w.source, w.target) == (at, goal)), None)
                if same is None:
                    same = _Wire(at, goal)
                    wires.append(same)
                same.rows.append(row)
                same.edges.append((step.id, action.id))
                same.main = same.main or main
                continue
            sign, told = _TOGETHER[action.together]
            middle = len(cells)
            cells.append(_Cell("split", [(told, "", sign)]))
            wires.append(_Wire(at, middle, [row], [(step.id, action.id)], main=main))
            for branch in action.branches:
                asked = [(f"nếu {_lowered(words.condition(branch.when))}", "", "")] if branch.when else []
                goal = target(branch.to, action.outcome)
                wires.append(_Wire(middle, goal, asked, [(step.id, action.id)], branch=branch.to))
    return cells, wires


def _end(name: str, outcome: Outcome | None) -> _Cell:
    if name != END:
        return _Cell("missing", [("Bước không có", "name", "alert"), (name, "", "")])
    told = OUTCOMES[outcome] if outcome is not None else "chưa ghi kết cục"
    return _Cell("end", [("Kết thúc", "name", ""), (capital(told), "", "")], outcome=outcome)


def _rows(step: Step) -> Iterator[tuple[str, str, str]]:
    """(words, kind, sign) of the lines of a step's box."""
    yield step.name, "name", ""
    sign = {APPLICANT: "user", EXTERNAL: "system"}.get(step.actor, "system" if step.automatic else "")
    yield capital("hệ thống tự làm" if step.automatic else actor_words(step)), "", sign
    if step.duration is not None:
        yield duration_words(step.duration), "", "clock"
    if step.until is not None:
        yield "Chờ đến ngày", "", "clock"
    if step.join is not None:
        yield _JOINS[step.join], "", "join"
    if step.each is not None:
        yield "Song song từng cơ quan" if step.at_item else "Song song từng mục", "", "split"
    if step.skip_when is not None:
        yield "Có khi bỏ qua", "", "arrow"
    if step.phase is Phase.WAITING_APPLICANT:
        yield "Dừng tính thời hạn", "", "pause"
    if step.child is not None:
        yield f"Mở hồ sơ {step.child.procedure}", "", "file"
    if step.on_payment is not None:
        yield "Chờ nộp tiền", "", "money"


def _sign(step: Step, action: Action) -> str:
    """In front of what the system does by itself."""
    if action.id == step.on_timeout:
        return "clock"
    if action.id == step.on_payment:
        return "money"
    if step.child is not None and action.id in step.child.endings:
        return "file"
    return ""


# how large it is


def _size(rows: Sequence[tuple[str, str, str]], width: int) -> tuple[int, int]:
    lines = list(_lines(rows, width - 2 * _PAD))
    return width, 2 * _PAD - 4 + sum(_NAME_LINE if kind == "name" else _SMALL_LINE for _, kind, _ in lines)


def _label(rows: Sequence[tuple[str, str, str]]) -> tuple[int, int]:
    if not rows:
        return 0, 0
    lines = list(_lines(rows, LABEL))
    wide = max(text.width(told, _SMALL) + (_SIGN + 4 if sign is not None else 0) for told, _, sign in lines)
    return wide + 8, len(lines) * _SMALL_LINE + 4


def _lines(rows: Sequence[tuple[str, str, str]], most: int) -> Iterator[tuple[str, str, str | None]]:
    """Broken to the width. Behind a sign, `sign` is its name on the first line and empty on those that follow."""
    for told, kind, sign in rows:
        bold, size = kind == "name", _NAME if kind == "name" else _SMALL
        for at, line in enumerate(text.wrapped(told, most - (_SIGN + 4 if sign else 0), size, bold=bold)):
            yield line, kind, (sign if at == 0 else "") if sign else None


def _placed(rows: Sequence[tuple[str, str, str]], x: int, y: int, most: int) -> tuple[Line, ...]:
    made = []
    for told, kind, sign in _lines(rows, most):
        high = _NAME_LINE if kind == "name" else _SMALL_LINE
        indent = _SIGN + 4 if sign is not None else 0
        made.append(Line(told, x + indent, y + high - 5, kind, sign or "", (x, y + 1)))
        y += high
    return tuple(made)


# how it is marked


def _cell(cell: _Cell, at: Placed, marks: Marks, href: Callable[[str], str]) -> Cell:
    lines = _placed(cell.rows, at.x + _PAD, at.y + _PAD - 2, at.width - 2 * _PAD)
    kind = cell.kind
    if cell.outcome is not None:
        kind = f"{kind} {cell.outcome.value}"
    plain = Cell(cell.kind, at, lines, classes=kind)
    step = cell.step
    if step is None:
        return plain
    on = step.id in marks.path
    classes = [kind]
    if step.actor in {APPLICANT, EXTERNAL} or step.automatic:
        classes.append("outside" if not step.automatic else "auto")
    classes += [f"on {marks.tone}"] if on else []
    classes += ["spot"] if step.id == marks.spot else []
    classes += ["untried"] if step.id in marks.untried_steps else []
    return replace(
        plain,
        step=step.id,
        title=step.name,
        href=href(step.id),
        classes=" ".join(classes),
        selected=step.id == marks.selected,
        number=marks.path.index(step.id) + 1 if on else 0,
    )


def _wire(wire: _Wire, route: Route, marks: Marks, *, back: bool) -> Wire:
    lines: tuple[Line, ...] = ()
    if route.label is not None:
        lines = _placed(wire.rows, route.label.x + 4, route.label.y + 2, LABEL)
        x = route.label.middle[0]
        lines = tuple(
            line if any(sign for _, _, sign in wire.rows) else replace(line, x=x, middle=True)
            for line in lines
        )
    classes = ["back"] if back else []
    here = not wire.branch or wire.branch in marks.path
    if here and any(edge in marks.edges for edge in wire.edges):
        classes.append(f"on {marks.tone}")
    if wire.edges and all(edge in marks.untried for edge in wire.edges):
        classes.append("untried")
    return Wire(route, lines, " ".join(classes), tuple(wire.edges))


def _lowered(told: str) -> str:
    return told[:1].lower() + told[1:]
