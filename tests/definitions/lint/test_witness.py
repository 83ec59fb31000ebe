"""Problems of a workflow with the way that shows them, as data."""

from dataclasses import replace

from definitions.lint.witness import edges, whole, witnesses
from definitions.loader import load
from definitions.shipped import shipped
from definitions.workflow_time import times

TEXTS = dict(shipped())
CHAIN = TEXTS["1.002809.yaml"]
PARALLEL = TEXTS["3.000333.yaml"]


def found(text):
    loaded = load(text, "thu.yaml")
    return loaded, witnesses(loaded.definition, loaded.problems)


def test_a_flaw_has_the_steps_and_actions_of_its_way():
    # branches that nobody joins go round and round
    loaded, told = found(PARALLEL.replace("      join: all\n", ""))
    (endless,) = (each for each in told if each.problem.code == "T026")
    assert endless.problem in loaded.problems
    assert endless.spot in endless.steps
    assert endless.steps[0] == "tiep_tra_cuu"
    assert ("tiep_tra_cuu", "tra_cuu") in endless.edges


def test_a_problem_of_the_time_has_its_longest_way():
    loaded, told = found(CHAIN.replace("amount: 5, unit: working_day", "amount: 2, unit: working_day"))
    (late,) = (each for each in told if each.problem.code == "T014")
    assert late.problem in loaded.problems
    assert late.steps[:2] == ("phan_cong", "tham_dinh")
    assert late.edges == edges(loaded.definition.workflow, late.steps)
    assert times(loaded.definition)[0].late
    assert times(loaded.definition)[0].slack == "vượt 2,5 ngày làm việc"


def test_what_the_linter_had_no_occasion_to_look_for_is_found_too():
    broken = PARALLEL.replace("      join: all\n", "")
    text = broken.replace("actor: phe_duyet", "actor: phe_duyte")
    loaded, told = found(text)
    assert "T026" not in {problem.code for problem in loaded.problems}
    assert "T026" in {each.problem.code for each in told}


def test_a_problem_at_a_step_or_an_action_is_there():
    _, told = found(PARALLEL.replace("actor: phe_duyet", "actor: phe_duyte"))
    actor = next(each for each in told if each.problem.code == "T010")
    assert (actor.steps, actor.spot, actor.edges) == (("ky",), "ky", frozenset())


def test_a_sound_workflow_has_none():
    _, told = found(CHAIN)
    assert told == ()


def test_ways_are_followed_only_where_every_step_is_there():
    definition = load(CHAIN, "thu.yaml").definition
    assert whole(definition.workflow)
    assert not whole(replace(definition.workflow, start="khong_co"))
    assert times(replace(definition, workflow=replace(definition.workflow, start="khong_co"))) == ()
