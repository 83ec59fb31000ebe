"""What a procedure has otherwise than the shared workflow: only that is written."""

import pytest

from definitions.editing import edited_all
from definitions.gestures import GestureError, edits, own_steps, tuned
from definitions.loader import load
from definitions.reading import read
from definitions.shipped import shipped
from definitions.workflows import shared

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
