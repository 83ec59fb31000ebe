"""A real dossier becomes an example that runs the same, and nothing in it says whose it was."""

from dataclasses import replace
from pathlib import Path

import pytest

from definitions.calendars import shipped as calendar
from definitions.loader import load
from definitions.shipped import loaded, shipped
from tthc.trials.recording import record_example
from tthc.trials.run import run
from tthc.trials.walk import Walk
from tthc.trials.world import World

TEXTS = dict(shipped())


def done(result):
    """What was done to the dossier; waiting leaves nothing behind but what timers did."""
    return [(seen.action, seen.step, seen.at) for seen in result.path if seen.action != "wait"]


def walked(definition, example):
    world = World(definition, example, calendar())
    walk = Walk(world)
    walk.hand_in(run(definition, example, calendar()).assessment)
    walk.take_steps()
    return walk.dossier


CASES = [
    (name, at)
    for name, text in TEXTS.items()
    for at, example in enumerate(loaded(text, name).definition.examples)
    if example.steps
]


@pytest.mark.parametrize(("name", "at"), CASES)
def test_a_walked_dossier_is_recorded_and_comes_out_the_same(name, at):
    definition = loaded(TEXTS[name], name).definition
    example = definition.examples[at]
    agency = World(definition, example, calendar()).agency
    recorded = record_example(walked(definition, example), definition, calendar(), "Ghi lại", agency)
    assert recorded.remarks == ()
    written = load(TEXTS[name].rstrip("\n") + "\n" + recorded.text, name)
    assert written.errors == (), written.errors
    again = run(written.definition, written.definition.examples[-1], calendar())
    assert again.sentences == ()
    first = run(definition, example, calendar())
    assert done(again) == done(first)
    assert again.observed.fees == first.observed.fees


def test_names_numbers_and_addresses_of_people_are_not_taken_over():
    form, mark, examples = TEXTS["2.000181.yaml"].partition("\nexamples:")
    text = (
        form
        + mark
        + examples.replace("014187001234", "014187005678")
        .replace("Lò Thị Xuân", "Vàng Thị Dợ")
        .replace("Chu Văn Thịnh", "Lò Văn Giá")
    )
    definition = load(text, "").definition
    recorded = record_example(walked(definition, definition.examples[0]), definition, calendar(), "Ghi lại")
    for private in ("Vàng Thị Dợ", "014187005678", "Lò Văn Giá", "thuongnhan@example.vn", "14A8012345"):
        assert private in text
        assert private not in recorded.text
    assert "ho_kinh_doanh" in recorded.text


def test_what_a_rule_makes_of_a_made_up_answer_is_told():
    text = TEXTS["2.000181.yaml"].replace(
        "    times: count(shops)",
        '    times: if registration_number = "14A8012345" then 2 else 1',
        1,
    )
    definition = load(text, "").definition
    dossier = walked(definition, definition.examples[0])
    recorded = record_example(dossier, definition, calendar(), "Ghi lại")
    assert any("200000" in remark and "100000" in remark for remark in recorded.remarks)


WORKFLOWS = {
    "asking": (
        (
            "workflow: {name: Hỏi, start: a, steps: ["
            "{id: a, name: Thẩm tra, actor: tham_dinh, actions: [{id: hoi, label: Hỏi, to: b}]},"
            " {id: b, name: Cho ý kiến, actor: tham_dinh, each: chosen, at_item: true, actions: [{id: dong_y, label: Đồng ý, to: tra}]},"
            " {id: tra, name: Trả, actor: tiep_nhan, join: all, phase: result_ready, actions: [{id: tra_the, label: Trả, to: end, outcome: returned, needs: [payment, recipient]}]}]}\n"
        ),
        [
            {"do": "accept"},
            {"do": "hoi", "chosen": ["so-a", "so-b"]},
            {"do": "dong_y", "for": "so-b"},
            {"do": "dong_y", "for": "so-a"},
        ],
    ),
    "turns": (
        (
            "workflow: {name: Lượt, start: a, steps: ["
            "{id: a, name: Mở, actor: tham_dinh, actions: [{id: mo, label: Mở, to: [b, c], together: turns}]},"
            " {id: b, name: Kho, actor: tham_dinh, actions: [{id: kho_xong, label: Xong, to: tra}]},"
            " {id: c, name: Phòng, actor: tham_dinh, actions: [{id: phong_xong, label: Xong, to: tra}]},"
            " {id: tra, name: Trả, actor: tiep_nhan, join: all, phase: result_ready, actions: [{id: tra_the, label: Trả, to: end, outcome: returned, needs: [payment, recipient]}]}]}\n"
        ),
        [
            {"do": "accept"},
            {"do": "mo"},
            {"do": "begin", "for": "c"},
            {"do": "phong_xong"},
            {"do": "kho_xong"},
        ],
    ),
    "child": (
        (
            "workflow: {name: Liên thông, start: a, steps: ["
            '{id: a, name: Chờ, actor: tham_dinh, child: {procedure: "9.000002", answers: {so: books}, on_returned: co, on_declined: khong}, actions: [{id: co, label: Có, to: tra}, {id: khong, label: Không, to: tra}]},'
            " {id: tra, name: Trả, actor: tiep_nhan, phase: result_ready, actions: [{id: tra_the, label: Trả, to: end, outcome: returned, needs: [payment, recipient]}]}]}\n"
        ),
        [{"do": "accept"}, {"do": "child", "outcome": "declined", "for": "a"}],
    ),
}


@pytest.mark.parametrize("name", WORKFLOWS)
def test_choices_turns_and_linked_dossiers_are_recorded_as_an_example_says_them(name):
    workflow, steps = WORKFLOWS[name]
    road = (Path(__file__).parents[2] / "road" / "made_up.yaml").read_text(encoding="utf-8")
    definition = load(road.replace("workflow: xa-xac-nhan\n", workflow), "thu.yaml").definition
    assert definition is not None
    example = replace(definition.examples[0], steps=tuple(steps))
    recorded = record_example(walked(definition, example), definition, calendar(), "Ghi lại")
    told = [
        {key: value for key, value in step.items() if key not in {"at", "expect"}}
        for step in recorded.example["steps"]
    ]
    assert (recorded.remarks, told) == ((), steps)
