"""Roles of a shared workflow: bound by a procedure to the functions that play them there."""

import pytest

from definitions.loader import load
from definitions.workflows import load_workflow, shared

ROLES = """\
id: thu
name: Quy trình thử
start: soan
roles:
  thu_ly: {label: Người thụ lý, function: tham_dinh}
  ky: {label: Người ký, function: phe_duyet}
steps:
  - id: soan
    name: Soạn
    actor: thu_ly
    actions:
      - {id: trinh, label: Trình, to: duyet, needs: [draft]}
  - id: duyet
    name: Ký
    actor: ky
    actions:
      - {id: ky, label: Ký, to: tra}
  - id: tra
    name: Trả
    actor: tiep_nhan
    phase: result_ready
    actions:
      - {id: tra, label: Trả, to: end, outcome: returned}
"""


def bound(small, workflow):
    found, problems = load_workflow(ROLES, "thu.yaml")
    assert found is not None, problems
    return load(
        small.replace("workflow: day-du", f"workflow: {workflow}"), "x.yaml", workflows={"thu": found}
    )


def actors(definition):
    return {step.id: step.actor for step in definition.workflow.steps}


def test_roles_are_played_by_whom_the_shared_workflow_says(small):
    assert actors(bound(small, "thu").definition) == {
        "soan": "tham_dinh",
        "duyet": "phe_duyet",
        "tra": "tiep_nhan",
    }


def test_a_procedure_has_them_played_by_others(small):
    loaded = bound(small, "{use: thu, roles: {thu_ly: lanh_dao_phong}}")
    assert actors(loaded.definition) == {"soan": "lanh_dao_phong", "duyet": "phe_duyet", "tra": "tiep_nhan"}
    # what is stored and hashed knows functions alone
    assert "thu_ly" not in loaded.canonical


def test_a_binding_to_the_usual_function_is_the_same_content(small):
    usual = bound(small, "thu").definition
    told = bound(small, "{use: thu, roles: {ky: phe_duyet}}").definition
    assert told.hash == usual.hash


@pytest.mark.parametrize(
    ("roles", "code", "path", "word"),
    [
        ("{thu_li: tham_dinh}", "T009", "workflow.roles.thu_li", "“thu_ly”"),
        ("{thu_ly: tham_din}", "T010", "workflow.roles.thu_ly", "“tham_dinh”"),
        ("{thu_ly: {label: A, function: tham_dinh}}", "S003", "workflow.roles.thu_ly", "thu_ly"),
    ],
)
def test_a_binding_that_cannot_be_is_told_where_it_stands(small, roles, code, path, word):
    (problem,) = bound(small, f"{{use: thu, roles: {roles}}}").errors
    assert (problem.code, problem.path) == (code, path)
    assert word in problem.message + problem.remedy


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("    actor: ky\n", "    actor: phe_duyet\n", "T093"),
        ("function: phe_duyet", "function: phe_duyett", "T010"),
        ("  ky: {", "  tham_dinh: {", "T093"),
        ("  ky: {label: Người ký, function: phe_duyet}", "  ky: phe_duyet", "S003"),
    ],
)
def test_a_shared_workflow_whose_roles_are_wrong_is_refused(old, new, code):
    assert old in ROLES
    found, problems = load_workflow(ROLES.replace(old, new), "thu.yaml")
    assert found is None
    assert code in {problem.code for problem in problems}


def test_the_shipped_full_workflow_can_be_bound(small):
    roles = set(shared()["day-du"]["roles"])
    assert roles == {"giao_viec", "thu_ly", "ky"}
    text = small.replace("workflow: day-du", "workflow: {use: day-du, roles: {ky: lanh_dao_phong}}")
    loaded = load(text, "x.yaml")
    assert loaded.ok, loaded.problems
    assert actors(loaded.definition)["phe_duyet"] == "lanh_dao_phong"
