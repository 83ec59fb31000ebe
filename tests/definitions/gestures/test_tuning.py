"""What a procedure has otherwise than the shared workflow: only that is written."""

import pytest

from definitions.editing import edited_all
from definitions.gestures import GestureError, edits, own_steps, tuned
from definitions.loader import load
from definitions.reading import read
from definitions.shipped import shipped
from definitions.workflows import shared
from rules.workflow.model import Need

TEXTS = dict(shipped())
HALF = {"amount": 4, "unit": "working_hour"}


def test_only_what_differs_is_written():
    data = {"workflow": "day-du"}
    usual = {step["id"]: step.get("duration") for step in shared()["day-du"]["steps"]}
    assert tuned(data, shared(), usual, {"ky": "phe_duyet", "thu_ly": ""}) == data
    changed = tuned(data, shared(), {**usual, "tham_dinh": HALF}, {"ky": "lanh_dao_phong"})
    assert changed == {
        "workflow": {"use": "day-du", "durations": {"tham_dinh": HALF}, "roles": {"ky": "lanh_dao_phong"}}
    }
    assert tuned(changed, shared(), {"tham_dinh": None}, {"ky": ""}) == data
    assert tuned(changed, shared(), {}, {}) == changed


def test_d10_4b_signing_is_asked_of_actions_of_a_shared_workflow():
    data = tuned({"workflow": "day-du"}, shared(), {}, {}, {"chuyen_ket_qua": True, "duyet": True})
    assert data == {"workflow": {"use": "day-du", "signed": ["duyet", "chuyen_ket_qua"]}}
    steps = own_steps(data, shared())["workflow"]["steps"]
    asking = [a["id"] for s in steps for a in s["actions"] if "signature" in a.get("needs", ())]
    assert asking == ["duyet", "chuyen_ket_qua"]
    assert tuned(data, shared(), {}, {}) == data
    assert tuned(data, shared(), {}, {}, {"duyet": False, "chuyen_ket_qua": False}) == {"workflow": "day-du"}
    with pytest.raises(GestureError, match="không có thao tác"):
        tuned(data, shared(), {}, {}, {"khong_co": True})


def test_d10_4b_level_four_of_the_catalogue_asks_for_both_signatures():
    for name, text in TEXTS.items():
        found = load(text, name).definition
        if found.service_level < 4 or "online" not in found.receive_by:
            continue
        asked = {
            step.actor
            for step in found.workflow.steps
            for action in step.actions
            if Need.SIGNATURE in action.needs
        }
        assert asked == {"phe_duyet", "van_thu"}, name


def test_an_action_that_the_shared_workflow_has_not_is_told():
    name = "1.001612.yaml"
    found = load(TEXTS[name].replace("signed: [duyet,", "signed: [duyt,"), name)
    assert [each.code for each in found.problems if "duyt" in each.message] == ["T009"]


def test_a_text_keeps_all_else_and_still_compiles():
    name = "1.001612.yaml"
    data = read(TEXTS[name]).data
    text = edited_all(
        TEXTS[name],
        edits(data, tuned(data, shared(), {"phat_hanh": {"amount": 1, "unit": "working_hour"}}, {"ky": "lanh_dao_phong"})),
    )  # fmt: skip
    changed = set(text.splitlines()) ^ set(TEXTS[name].splitlines())
    assert sorted(line.strip() for line in changed) == [
        "phat_hanh: {amount: 1, unit: working_hour}",
        "phat_hanh: {amount: 2, unit: working_hour}",
        "roles: {ky: lanh_dao_phong}",
    ]
    workflow = load(text, name).definition.workflow
    assert {step.actor for step in workflow.steps if step.id == "phe_duyet"} == {"lanh_dao_phong"}


def test_the_same_comes_of_it_as_of_steps_of_its_own():
    data = tuned({"workflow": "day-du"}, shared(), {"tham_dinh": HALF}, {"ky": "lanh_dao_phong"})
    steps = {step["id"]: step for step in own_steps(data, shared())["workflow"]["steps"]}
    assert steps["tham_dinh"]["duration"] == HALF
    assert steps["phe_duyet"]["actor"] == "lanh_dao_phong"


@pytest.mark.parametrize(
    ("durations", "roles", "said"),
    [
        ({"khong_co": HALF}, {}, "không có bước"),
        ({}, {"khong_co": "phe_duyet"}, "không có vai trò"),
        ({}, {"ky": "nguoi_nop"}, "Không có chức năng"),
        ({}, {"ky": "bat_ky"}, "Không có chức năng"),
    ],
)
def test_what_the_shared_workflow_does_not_have_is_refused(durations, roles, said):
    with pytest.raises(GestureError, match=said):
        tuned({"workflow": "day-du"}, shared(), durations, roles)


def test_own_steps_are_not_tuned():
    with pytest.raises(GestureError, match="không dùng quy trình dùng chung"):
        tuned({"workflow": {"steps": []}}, shared(), {}, {})
