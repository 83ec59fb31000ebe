"""Event rules in examples: what the rules propose after an act is carried out and expected, to the last one."""

import json
from dataclasses import replace

import pytest

from definitions.calendars import shipped as calendar
from definitions.lint.patching import Patch, patched
from definitions.loader import load
from tthc.trials.check import check_text
from tthc.trials.recording import record_example
from tthc.trials.run import run
from tthc.trials.walk import Walk
from tthc.trials.world import World

EVENTS = [
    {
        "id": "phong",
        "label": "Việc của phòng kinh tế",
        "when": 'event = "accepted" and step = "tham_dinh"',
        "assign": {"step": "tham_dinh", "unit": "kinh-te"},
    },
    {
        "id": "duyet_ngay",
        "label": "Ít bản thì duyệt ngay",
        "when": 'step = "phe_duyet" and copies <= 3',
        "take": {"step": "phe_duyet", "action": "duyet"},
    },
    {
        "id": "gap",
        "label": "Còn dưới một ngày",
        "when": 'minutes_left < 480 and status = "solving"',
        "alert": {"to": "phe_duyet", "message": "Còn dưới một ngày làm việc."},
    },
]


def text(*steps, agency=None, example=0, more=None):
    put = {"events": EVENTS, f"examples.{example}.steps": list(steps)}
    if agency:
        put[f"examples.{example}.agency"] = agency
    if more:
        put["examples.+"] = json.loads(json.dumps(more))
    return patched(Patch(put))


def tried(*steps, **changes):
    definition = load(text(*steps, **changes), "x.yaml").definition
    return run(definition, definition.examples[changes.get("example", 0)], calendar())


ACCEPT = {"do": "accept", "at": "2026-11-20T09:00", "expect": {"events": ["phong"], "refused": []}}
DRAFT = {
    "do": "trinh",
    "at": "2026-11-20T10:00",
    "expect": {"step": "tra_ket_qua", "events": ["duyet_ngay"], "actor": "tiep_nhan"},
}


def test_after_each_act_the_rules_are_asked_and_done():
    result = tried(ACCEPT, DRAFT)
    assert result.sentences == ()
    assert [(seen.action, seen.step) for seen in result.path][-2:] == [
        ("trinh", "phe_duyet"),
        ("duyet_ngay", "tra_ket_qua"),
    ]
    assert ("phe_duyet", "duyet") in result.taken
    assert [[each.rule for each in step] for step in result.proposed_at] == [["phong"], ["duyet_ngay"], []]


@pytest.mark.parametrize("told", [[], ["phong", "gap"], ["gap"]])
def test_what_is_expected_is_exact_and_complete(told):
    result = tried({**ACCEPT, "expect": {"events": told}})
    (sentence,) = result.sentences
    assert "quy tắc sự kiện được thực hiện" in sentence
    assert "thực tế phong" in sentence


def test_what_time_brings_about_belongs_to_the_step_it_is_noticed_at():
    late = {
        "do": "wait",
        "at": "2026-11-27T15:00",
        "expect": {"step": "tham_dinh", "events": ["gap"], "alerted": ["phe_duyet"]},
    }
    early = {"do": "wait", "at": "2026-11-25T15:00", "expect": {"events": []}}
    assert tried(ACCEPT, early, late).sentences == ()
    (sentence,) = tried(ACCEPT, {**late, "expect": {"alerted": ["van_thu"]}}).sentences
    assert "mong đợi van_thu, thực tế phe_duyet" in sentence


def test_an_agency_without_the_unit_refuses():
    told = {**ACCEPT, "expect": {"events": [], "refused": ["phong"]}}
    result = tried(told, agency={"units": []})
    assert result.sentences == ()
    assert "kinh-te" in result.proposals[0].refusal


def test_a_rule_that_no_example_makes_propose_is_told():
    found = [p for p in check_text(text(ACCEPT, DRAFT), "x.yaml").problems if p.code == "C013"]
    assert [(p.path, "Còn dưới một ngày" in p.message) for p in found] == [("events.2", True)]


@pytest.mark.parametrize("last", ["2026-11-26T15:00", "2026-11-27T15:00"])
def test_a_dossier_is_recorded_with_what_the_rules_did(last):
    steps = [ACCEPT, {"do": "wait", "at": last}]
    definition = load(text(*steps, example=1), "x.yaml").definition
    world = World(definition, definition.examples[1], calendar())
    walk = Walk(world)
    walk.hand_in(run(definition, world.example, calendar()).assessment)
    walk.take_steps()
    had = {each.rule for each in walk.dossier.proposals}
    assert had == ({"phong", "gap"} if "27T" in last else {"phong"})
    recorded = record_example(walk.dossier, definition, calendar(), "Ghi lại", world.agency)
    assert recorded.remarks == ()
    assert recorded.example["agency"] == {"level": "xa", "units": ["kinh-te"]}
    written = load(text(*steps, example=1, more=recorded.example), "x.yaml").definition
    again = run(written, written.examples[-1], calendar())
    assert again.sentences == ()
    assert {each.rule for each in again.proposals} == had


def test_a_dossier_whose_rules_said_something_else_is_told():
    definition = load(text(ACCEPT, DRAFT), "x.yaml").definition
    world = World(definition, definition.examples[0], calendar())
    walk = Walk(world)
    walk.hand_in(run(definition, world.example, calendar()).assessment)
    walk.take_steps()
    elsewhere = replace(world.agency, units=())
    recorded = record_example(walk.dossier, definition, calendar(), "Ghi lại", elsewhere)
    assert any("phong" in remark for remark in recorded.remarks)
    # what the system did is no act of anybody's
    assert [step["do"] for step in recorded.example["steps"]] == ["accept", "trinh"]
    assert recorded.example["steps"][1]["expect"]["step"] == "tra_ket_qua"
