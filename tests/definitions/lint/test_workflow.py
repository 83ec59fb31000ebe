from decimal import Decimal

import pytest

from definitions.lint.time import Way, fits, statutory_hours, taken, ways
from definitions.loader import load
from definitions.model import DeadlineRow
from definitions.sharing import texts
from definitions.workflows import load_workflow, shared
from rules.deadlines import DeadlineRule, Unit
from rules.workflow.model import Duration

IN_PLACE = """workflow:
  name: Tại chỗ
  start: a
  steps:
    - id: a
      name: Xem xét
      actor: tham_dinh
      duration: {amount: 2, unit: working_day}
      actions:
        - {id: trinh, label: Trình, to: b, needs: [draft]}
    - id: b
      name: Phê duyệt
      actor: phe_duyet
      duration: {amount: 1, unit: working_day}
      actions:
        - {id: duyet, label: Duyệt, to: c}
        - {id: lai, label: Chuyển lại, to: a, needs: [reason]}
    - id: c
      name: Trả
      actor: tiep_nhan
      phase: result_ready
      actions:
        - {id: tra, label: Trả, to: end, outcome: returned}
"""


def test_steps_in_place_are_a_workflow(small):
    loaded = load(small.replace("workflow: day-du\n", IN_PLACE), "x.yaml")
    assert loaded.ok, loaded.problems
    assert [step.id for step in loaded.definition.workflow.steps] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("old", "new", "code", "path"),
    [
        ("      actor: tham_dinh\n", "", "T010", "workflow.steps.0"),
        ("actor: tham_dinh", "actor: tham_din", "T010", "workflow.steps.0.actor"),
        ("to: b,", "to: bb,", "T011", "workflow.steps.0.actions.0.to"),
        ("start: a", "start: d", "T011", "workflow.start"),
        ("label: Duyệt, to: c", "label: Duyệt, to: end, outcome: returned", "T012", "workflow.steps.2"),
        ("to: end, outcome: returned", "to: b, needs: [reason]", "T023", "workflow.steps.0"),
        ("      duration: {amount: 1,", "      on_timeout: duyet_\n      duration: {amount: 1,", "T015", "workflow.steps.1.on_timeout"),
        ("      duration: {amount: 1, unit: working_day}", "      on_timeout: duyet", "T015", "workflow.steps.1"),
        (", outcome: returned", "", "T016", "workflow.steps.2.actions.0"),
        ("label: Duyệt, to: c", "label: Duyệt, to: c, outcome: returned", "T016", "workflow.steps.1.actions.0"),
        ("needs: [draft]", "needs: [result]", "T017", "workflow.steps.0.actions.0.needs"),
        (", needs: [reason]", "", "T018", "workflow.steps.1.actions.1"),
        ("    - id: b\n", "    - id: a\n", "T002", "workflow.steps.1.id"),
        ("id: lai,", "id: duyet,", "T002", "workflow.steps.1.actions.1.id"),
        ("    - id: c\n", "    - id: end\n", "T003", "workflow.steps.2.id"),
        ("amount: 2, unit: working_day", "amount: 33, unit: working_hour", "T014", "deadline.0"),
        ("label: Duyệt, to: c", "label: Duyệt, to: c, when: copis > 1", "F002", "workflow.steps.1.actions.0.when"),
    ],
)  # fmt: skip
def test_a_broken_workflow_says_where(small, old, new, code, path):
    assert old in IN_PLACE
    loaded = load(small.replace("workflow: day-du\n", IN_PLACE.replace(old, new, 1)), "x.yaml")
    problem = next((p for p in loaded.problems if p.code == code), None)
    assert problem is not None, loaded.problems
    assert problem.path == path
    assert problem.remedy
    assert problem.line > 1


def test_the_shared_workflows_have_no_fault():
    assert set(shared()) == {"day-du", "xa-xac-nhan", "tra-ngay"}
    for filename, text in texts("workflows"):
        assert load_workflow(text, filename)[1] == ()


def test_a_shared_workflow_reads_no_fields_of_a_procedure():
    filename, text = next((f, t) for f, t in texts("workflows") if f == "xa-xac-nhan.yaml")
    raw, problems = load_workflow(text.replace('channel != "online"', "copies > 1"), filename)
    assert raw is None
    assert [(p.code, p.path) for p in problems] == [("F002", "steps.1.skip_when")]


@pytest.mark.parametrize("text", ["a: [", "steps: []", "use: day-du", "id: x"])
def test_what_is_no_workflow_is_told(text):
    raw, problems = load_workflow(text, "x.yaml")
    assert raw is None
    assert problems


def test_the_applicants_silence_is_consent(small):
    workflow = load(small.replace("workflow: day-du", "workflow: xa-xac-nhan"), "x").definition.workflow
    step = workflow.step("xac_nhan")
    assert step.on_timeout == step.actions[0].id == "dong_y"
    assert step.skip_when.truth({"channel": "counter"})
    assert not step.skip_when.truth({"channel": "online"})


def test_only_the_clerk_attaches_the_result_and_ways_back_want_a_reason():
    for raw in shared().values():
        for step in raw["steps"]:
            for action in step["actions"]:
                if "result" in action.get("needs", ()):
                    assert step["actor"] == "van_thu"


def longest(text):
    return ways(load(text, "x").definition.workflow)[0]


def test_the_longest_way_counts_what_the_agency_works(small):
    found = longest(small)
    assert (found.days, found.hours) == (0, Decimal(36))
    assert found.steps[:4] == ("phan_cong", "tham_dinh", "xem_xet", "phe_duyet")
    assert longest(small.replace("workflow: day-du", "workflow: xa-xac-nhan")).hours == Decimal(6)


BRANCHING = """\
workflow:
  name: Song song
  start: a
  steps:
    - {id: a, name: A, actor: tham_dinh, duration: {amount: 1, unit: working_day}, actions: [{id: x, label: X, to: [b, c], together: all}]}
    - {id: b, name: B, actor: tham_dinh, duration: {amount: 3, unit: working_day}, actions: [{id: y, label: Y, to: d}]}
    - {id: c, name: C, actor: phe_duyet, duration: {amount: 2, unit: working_day}, actions: [{id: z, label: Z, to: d}]}
    - {id: d, name: D, actor: tiep_nhan, join: all, phase: result_ready, actions: [{id: t, label: T, to: end, outcome: returned}]}
"""


@pytest.mark.parametrize(("together", "hours"), [("all", 32), ("turns", 48)])
def test_branches_side_by_side_take_the_longest_and_branches_in_turns_all_of_them(small, together, hours):
    text = small.replace("workflow: day-du\n", BRANCHING.replace("together: all", f"together: {together}"))
    assert longest(text).hours == hours


@pytest.mark.parametrize(
    ("steps", "amount", "unit", "enough"),
    [
        ((12, 8), 15, Unit.DAY, True),
        ((12, 9), 15, Unit.DAY, False),
        ((16, 0), 15, Unit.DAY, False),
        ((15, 0), 15, Unit.DAY, True),
        ((2, 8), 3, Unit.WORKING_DAY, True),
        ((2, 9), 3, Unit.WORKING_DAY, False),
        ((40, 400), 0, Unit.UNSPECIFIED, True),
        ((20, 0), 1, Unit.MONTH, True),
    ],
)
def test_calendar_days_are_held_against_calendar_days(steps, amount, unit, enough):
    way = Way(Decimal(steps[0]), Decimal(steps[1]), ())
    assert fits(way, DeadlineRow(DeadlineRule(Decimal(amount), unit))) is enough


@pytest.mark.parametrize(
    ("amount", "unit", "hours"),
    [
        (0, Unit.WORKING_DAY, 8),
        (15, Unit.WORKING_DAY, 120),
        (8, Unit.WORKING_HOUR, 8),
        (2, Unit.HOUR, 2),
        (7, Unit.DAY, 40),
        (10, Unit.DAY, 48),
        (1, Unit.MONTH, 160),
        (0, Unit.UNSPECIFIED, None),
    ],
)
def test_statutory_time_in_working_hours(amount, unit, hours):
    assert statutory_hours(unit, Decimal(amount)) == hours


def test_what_a_step_takes_in_days_and_hours():
    assert taken(None) == (0, 0)
    assert taken(Duration(Decimal("0.5"), Unit.WORKING_DAY)) == (0, 4)
    assert taken(Duration(Decimal(3), Unit.DAY)) == (3, 0)
    assert taken(Duration(Decimal(2), Unit.MONTH)) == (60, 0)


SKIPPING = """\
workflow:
  name: Niêm yết khi nộp qua bưu chính
  start: a
  steps:
    - {id: a, name: Niêm yết, actor: tham_dinh, skip_when: 'channel != "post"', duration: {amount: 7, unit: working_day}, actions: [{id: x, label: X, to: b}]}
    - {id: b, name: B, actor: tiep_nhan, duration: {amount: 1, unit: working_day}, actions: [{id: t, label: T, to: end, outcome: returned}]}
"""


@pytest.mark.parametrize(
    ("rows", "late"),
    [
        ("[{when: 'channel = \"post\"', amount: 8, unit: working_day}, {amount: 1, unit: working_day}]", []),
        ("[{when: 'channel = \"online\"', amount: 1, unit: working_day}, {amount: 8, unit: working_day}]", []),
        ("[{when: 'channel = \"post\"', amount: 7, unit: working_day}, {amount: 1, unit: working_day}]", [0]),
        ("[{when: 'channel != \"counter\"', amount: 1, unit: working_day}, {amount: 1, unit: working_day}]", [0]),
        ("[{amount: 1, unit: working_day}]", [0]),
    ],
)  # fmt: skip
def test_a_step_passed_over_by_everything_a_row_takes_costs_that_row_no_time(small, rows, late):
    head, _, _ = small.partition("deadline:")
    after = small[small.index("workflow: day-du\n") :]
    text = (head + f"deadline: {rows}\n" + after).replace("workflow: day-du\n", SKIPPING)
    text = text.replace("service_level: 3\n", "service_level: 3\nsubmit_by: [online, counter, post]\n")
    found = [p.path for p in load(text, "x").problems if p.code == "T014"]
    assert found == [f"deadline.{at}" for at in late]
