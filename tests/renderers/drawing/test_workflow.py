"""Workflows as drawings: every step and action is there, with its words, and ids change nothing."""

import re
from dataclasses import replace

import pytest

from definitions.shipped import loaded, shipped
from definitions.workflow_words import Words
from renderers.drawing import Marks, drawn
from renderers.environment import environment
from rules.workflow import Action, Branch, Join, Outcome, Step, Workflow

SHIPPED = [loaded(text, name).definition for name, text in shipped()]


def picture(definition, **more):
    return drawn(definition.workflow, Words.of(definition), **more)


def said(lines):
    return " ".join(line.text for line in lines)


@pytest.mark.parametrize("definition", SHIPPED, ids=lambda definition: definition.procedure)
@pytest.mark.parametrize("direction", ["down", "right"])
def test_every_step_and_every_action_is_drawn_whole(definition, direction):
    drawing = picture(definition, direction=direction)
    cells = {cell.step: cell for cell in drawing.cells if cell.step}
    assert list(cells) == [step.id for step in definition.workflow.steps]
    for step in definition.workflow.steps:
        assert step.name in said(cells[step.id].lines)
        for line in cells[step.id].lines:
            assert cells[step.id].at.x <= line.x < cells[step.id].at.right
            assert cells[step.id].at.y < line.y <= cells[step.id].at.bottom
        for action in step.actions:
            wires = [wire for wire in drawing.wires if (step.id, action.id) in wire.edges]
            # a split is one line to the split and one for each branch
            assert len(wires) == (1 + len(action.split) if action.split else 1)
            assert any(action.label in said(wire.lines) for wire in wires)


@pytest.mark.parametrize("definition", SHIPPED, ids=lambda definition: definition.procedure)
def test_names_of_steps_are_all_that_ids_change(definition):
    def new(name):
        return name if name == "end" else f"x{len(name)}_{name[::-1]}"

    def renamed(step):
        return replace(
            step,
            id=new(step.id),
            actions=tuple(
                replace(
                    action,
                    to=new(action.to),
                    split=tuple(replace(branch, to=new(branch.to)) for branch in action.split),
                )
                for action in step.actions
            ),
        )

    workflow = definition.workflow
    other = replace(workflow, start=new(workflow.start), steps=tuple(map(renamed, workflow.steps)))
    one, two = picture(definition), drawn(other, Words.of(definition))
    assert [(cell.at, cell.kind) for cell in one.cells] == [(cell.at, cell.kind) for cell in two.cells]
    assert [wire.route for wire in one.wires] == [wire.route for wire in two.wires]


def step(name, *actions, **more):
    return Step(name, f"Bước {name}", "tham_dinh", actions, **more)


def go(name, *to, **more):
    split = tuple(Branch(way) for way in to) if len(to) > 1 else ()
    outcome = Outcome.RETURNED if "end" in to else None
    return Action(name, name.capitalize(), to[0], outcome=outcome, split=split, **more)


def workflow(*steps):
    return Workflow("w", "Thử", steps[0].id, steps)


def told(*steps, **more):
    made = workflow(*steps)
    return drawn(made, Words(made), **more)


def test_ends_say_their_outcome():
    drawing = told(step("a", go("xong", "end"), replace(go("thoi", "end"), outcome=Outcome.DECLINED)))
    assert [said(cell.lines) for cell in drawing.cells if cell.kind == "end"] == [
        "Kết thúc Đã trả kết quả",
        "Kết thúc Không giải quyết",
    ]


def test_a_split_and_a_join_are_drawn_as_such():
    drawing = told(
        step("a", go("chia", "b", "c")),
        step("b", go("xong", "d")),
        step("c", go("xong", "d")),
        step("d", go("het", "end"), join=Join.ALL),
    )
    (split,) = (cell for cell in drawing.cells if cell.kind == "split")
    assert said(split.lines) == "Làm song song"
    (joined,) = (cell for cell in drawing.cells if cell.step == "d")
    assert "Chờ đủ các nhánh" in said(joined.lines)
    assert "join" in {line.sign for line in joined.lines}


def test_ways_back_are_drawn_apart():
    drawing = told(step("a", go("tiep", "b")), step("b", go("lai", "a"), go("xong", "end")))
    assert [wire.edges for wire in drawing.wires if wire.route.back] == [(("b", "lai"),)]


def test_two_actions_to_one_step_share_a_line_and_both_are_named():
    drawing = told(step("a", go("mot", "b"), go("hai", "b")), step("b", go("xong", "end")))
    (wire,) = (wire for wire in drawing.wires if ("a", "mot") in wire.edges)
    assert wire.edges == (("a", "mot"), ("a", "hai"))
    assert said(wire.lines) == "Mot Hai"


def test_what_leads_nowhere_is_drawn_as_missing():
    drawing = told(step("a", go("di", "khong_co")))
    assert "missing" in {cell.kind for cell in drawing.cells}


def test_a_way_is_numbered_and_its_lines_come_last():
    steps = (step("a", go("tiep", "b"), go("thoi", "end")), step("b", go("xong", "end")))
    marks = Marks(selected="a", path=("a", "b"), edges=frozenset({("a", "tiep")}), tone="bad", spot="b")
    drawing = told(*steps, marks=marks)
    assert {cell.step: cell.number for cell in drawing.cells if cell.step} == {"a": 1, "b": 2}
    assert [cell.step for cell in drawing.cells if cell.selected] == ["a"]
    assert [cell.step for cell in drawing.cells if "spot" in cell.classes.split()] == ["b"]
    assert drawing.wires[-1].edges == (("a", "tiep"),)
    assert drawing.wires[-1].classes == "on bad"


def test_of_a_split_only_the_branch_on_the_way_is_marked():
    steps = (step("a", go("chia", "b", "c")), step("b", go("xong", "end")), step("c", go("xong", "end")))
    marks = Marks(path=("a", "b"), edges=frozenset({("a", "chia")}), tone="long")
    on = [wire for wire in told(*steps, marks=marks).wires if "on" in wire.classes.split()]
    assert len(on) == 2


def test_the_template_draws_it_without_styles_and_with_links():
    env = environment().overlay()
    env.globals["url_for"] = lambda _endpoint, filename: f"/static/{filename}"
    template = env.from_string(
        '{% from "parts/drawing.html" import drawing %}{{ drawing(found, "Thử <b>") }}'
    )
    html = template.render(found=picture(SHIPPED[0], href=lambda name: f"?buoc={name}"))
    assert "style=" not in html
    assert 'aria-label="Thử &lt;b&gt;"' in html
    assert len(re.findall(r"<a id=", html)) == len(SHIPPED[0].workflow.steps)
    assert html.count("<g") + html.count("<a") == html.count("</g>") + html.count("</a>")
