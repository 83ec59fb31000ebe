"""A real dossier becomes an example that runs the same, and nothing in it says whose it was."""

import pytest

from definitions.calendars import shipped as calendar
from definitions.loader import load
from definitions.shipped import shipped
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
    for at, example in enumerate(load(text, name).definition.examples)
    if example.steps
]


@pytest.mark.parametrize(("name", "at"), CASES)
def test_a_walked_dossier_is_recorded_and_comes_out_the_same(name, at):
    definition = load(TEXTS[name], name).definition
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
