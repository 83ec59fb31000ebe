"""No dossier sits with nobody to act: each trouble is found, and where somebody can act nothing is reported."""

from dataclasses import replace
from datetime import timedelta

import pytest
from dossier_stories import (
    CLERK,
    EXAMINER,
    HEAD_OF_UNIT,
    LEADER,
    OWNER,
    RECEPTION,
    SECOND_EXAMINER,
    Story,
    at,
    registration,
    submission,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from test_properties import play, scripts

from tthc.dossiers import commands as cmd
from tthc.dossiers.context import SYSTEM
from tthc.dossiers.family import ChildState
from tthc.dossiers.permissions import may_act
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import SupplementItem, Task
from tthc.dossiers.stuck import Standing, stuck, watched
from tthc.policy import load_policy

STAFF = (RECEPTION, HEAD_OF_UNIT, EXAMINER, SECOND_EXAMINER, LEADER, CLERK)
POLICY = load_policy()
ITEMS = (SupplementItem("hop_dong", "Mờ"),)


def standing(*actors, agencies=("xa-a",), systems=()):
    people = {a.id: frozenset(f"{f}@{a.agency}" for f in a.functions) for a in actors}
    return Standing(frozenset().union(*people.values(), systems), people, frozenset(agencies))


def found(story, *actors, **more):
    now = more.pop("now", story.now)
    return [s.code for s in stuck(watched(story.dossier), standing(*actors, **more), now)]


def everybody_but(*gone):
    return [a for a in STAFF if a not in gone]


def handed_in(**policy):
    story = Story(policy=replace(POLICY, **policy))
    story.do(OWNER, submission())
    return story


def examined():
    story = handed_in()
    story.do(RECEPTION, cmd.Accept(("hop_dong",)))
    story.act(HEAD_OF_UNIT, "giao", assignee="vien")
    return story


def test_nobody_at_the_agency_holds_the_function():
    story = handed_in()
    assert found(story, *STAFF) == []
    assert found(story, *everybody_but(RECEPTION)) == ["nobody"]
    (trouble,) = stuck(watched(story.dossier), standing(*everybody_but(RECEPTION)), story.now)
    assert "cán bộ tiếp nhận và trả kết quả" in trouble.sentence
    assert trouble.applicant


def test_whoever_it_was_given_to_is_locked_gone_or_lost_the_function():
    story = examined()
    assert found(story, *STAFF) == []
    for gone in (
        everybody_but(EXAMINER),
        [*everybody_but(EXAMINER), replace(EXAMINER, functions=frozenset())],
    ):
        (trouble,) = stuck(watched(story.dossier), standing(*gone), story.now)
        assert (trouble.code, trouble.remedy, trouble.applicant) == (
            "assignee_gone",
            "Giao lại cho người khác.",
            False,
        )
    both = everybody_but(EXAMINER, SECOND_EXAMINER)
    (trouble,) = stuck(watched(story.dossier), standing(*both), story.now)
    assert trouble.remedy == "Phân công chuyên viên thụ lý mới, rồi giao lại."
    (trouble,) = stuck(watched(story.dossier), standing(*everybody_but(EXAMINER, HEAD_OF_UNIT)), story.now)
    assert "“lãnh đạo phòng”" in trouble.remedy, "nobody is left who may give it to another"


def test_d1_2_a_task_of_an_agency_that_is_no_more():
    story = examined()
    assert found(story, *STAFF, agencies=("xa-b",)) == ["agency_closed"]


def test_d10_2c_a_wait_for_the_applicant_that_no_clock_ends():
    story = handed_in(supplement_wait=None)
    story.do(RECEPTION, cmd.RequestSupplement(ITEMS))
    assert found(story, *STAFF) == ["no_timer"]
    limited = handed_in()
    limited.do(RECEPTION, cmd.RequestSupplement(ITEMS))
    assert found(limited, *STAFF) == []
    assert found(limited, *everybody_but(RECEPTION)) == [], "who has an account answers at home"
    limited.dossier = replace(limited.dossier, owner=None)
    assert found(limited, *everybody_but(RECEPTION)) == ["nobody"]


def test_tacit_consent_needs_nobody_as_long_as_its_clock_runs():
    story = examined()
    task = replace(story.dossier.tasks[0], silent="trinh", assignee=None, id="t9")
    timer = replace(story.dossier.timers[0], target="t9")
    story.dossier = replace(story.dossier, tasks=(task,), timers=(timer,))
    assert found(story, RECEPTION) == []
    story.dossier = replace(story.dossier, timers=())
    assert found(story, RECEPTION) == ["nobody"]


def test_another_system_without_a_key_or_a_date():
    story = examined()
    task = Task("t9", "cho", "Chờ kho bạc", "he_thong_khac", "xa-a", story.now)
    story.dossier = replace(story.dossier, tasks=(task,), timers=())
    assert found(story, *STAFF) == ["no_system"]
    assert found(story, *STAFF, systems=["he_thong_khac@xa-a"]) == ["no_timer"]


def test_a_dossier_of_another_procedure_that_was_never_opened():
    story = examined()
    task = story.dossier.tasks[0]
    child = ChildState(task.id, task.step, "con", "9.000002", "xa-a", {}, {})
    story.dossier = replace(story.dossier, children=(child,))
    assert found(story, *STAFF) == []
    assert found(story, *STAFF, now=story.now + timedelta(hours=3)) == ["child_unopened"]
    story.dossier = replace(story.dossier, children=(replace(child, standing="open"),))
    assert found(story, now=story.now + timedelta(hours=3)) == []


def test_notices_given_up_and_a_dossier_without_a_step():
    story = examined()
    dead = replace(story.dossier.outbox[0], state="dead")
    story.dossier = replace(story.dossier, outbox=(dead, *story.dossier.outbox[1:]))
    assert found(story, *STAFF) == ["undelivered"]
    story.dossier = replace(story.dossier, outbox=(), tasks=())
    assert found(story, *STAFF) == ["no_task"]


def test_one_that_has_ended_waits_for_nobody():
    story = handed_in()
    story.do(RECEPTION, cmd.Refuse("Sai thẩm quyền"))
    assert found(story) == []


def test_both_sides_are_told_once_and_the_story_tells_why():
    story = handed_in()
    tell = cmd.TellStuck(
        "nobody", "Không ai.", "Giao chức năng.", "intake", ("phe_duyet@xa-a",), applicant=True
    )
    with pytest.raises(Refused, match="Chỉ hệ thống"):
        story.do(RECEPTION, tell)
    before = len(story.dossier.outbox)
    story.do(SYSTEM, tell, command_id="kẹt")
    assert [f"{e.template} {e.to}" for e in story.dossier.outbox[before:]] == [
        "stuck phe_duyet@xa-a",
        "stuck_applicant hoa",
        "stuck_applicant hoa@example.vn",
        "stuck_applicant 0912345678",
    ]
    again = story.dossier
    assert story.do(SYSTEM, tell, command_id="kẹt") is again
    story.do(RECEPTION, cmd.RequestSupplement(ITEMS))
    waits = cmd.TellStuck("no_timer", "Chờ mãi.", "Liên hệ.", "intake", applicant=True)
    story.do(SYSTEM, waits)
    assert story.dossier.outbox[-1].template == "answer_reminder", "whoever is waited for is asked to answer"


@settings(deadline=None, max_examples=40)
@given(st.booleans(), scripts, st.sets(st.sampled_from(range(len(STAFF)))), st.booleans(), st.booleans())
def test_random_histories_never_sit_undetected(counter, script, gone, waits, there):
    """What the detector says of each task is what trying everybody who is left says."""
    policy = POLICY if waits else replace(POLICY, supplement_wait=None)
    story = Story(policy=policy, now=at("01/06/2026 08:00"))
    story.do(RECEPTION, registration()) if counter else story.do(OWNER, submission())
    left = [a for i, a in enumerate(STAFF) if i not in gone]
    whole = standing(*left, agencies=("xa-a",) if there else ())
    for dossier in play(story, script):
        said = {s.task for s in stuck(watched(dossier), whole, story.now) if s.task}
        clocks = {timer.target for timer in dossier.timers}
        for task in () if dossier.closed else dossier.tasks:
            runs = task.id in clocks
            somebody = any(may_act(dossier, task, actor) for actor in (*left, OWNER))
            if task.function == "nguoi_nop":
                somebody = somebody and runs
            somebody = there and (somebody or (task.silent is not None and runs))
            assert (task.id in said) == (not somebody), (task.name, said)
        assert not (dossier.closed and said)
