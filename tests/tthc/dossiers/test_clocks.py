"""Reminders and waits: at half time, one working day before, at the limit; each once; standing while the clock stands."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from dossier_stories import (
    AGENCY,
    CLERK,
    EXAMINER,
    HEAD_OF_UNIT,
    LEADER,
    OWNER,
    RECEPTION,
    Story,
    a_file,
    a_paper,
    at,
    definition,
    registration,
    staff,
    submission,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from test_properties import play, scripts

from rules.deadlines import DeadlineRule, Pause, Unit, days_before, halfway
from tthc.dossiers import commands as cmd
from tthc.dossiers.apply import replay
from tthc.dossiers.context import SYSTEM, Policy
from tthc.dossiers.state import Status, SupplementItem
from tthc.policy import load_policy
from tthc.settings import SettingsError

POLICY = load_policy()
CALENDAR = Story().context(RECEPTION).calendar
MISSING = (SupplementItem("hop_dong", "Thiếu trang cuối"),)


def told(story):
    """`template to` of what the last acts of the system sent."""
    return [f"{e.template} {e.to}" for e in story.dossier.outbox]


def new(story, when, known):
    """What is told up to an instant beside what was known."""
    story.fire(when)
    return told(story)[len(known) :]


def handed_in(when="01/06/2026 08:00", **policy):
    story = Story(now=at(when), policy=replace(POLICY, **policy))
    story.do(OWNER, submission())
    return story


def examined(when="01/06/2026 08:00", **policy):
    story = handed_in(when, **policy)
    story.do(RECEPTION, cmd.Accept(("hop_dong",)))
    story.act(HEAD_OF_UNIT, "giao", assignee="vien")
    return story


def waiting(when="03/06/2026 10:00", **policy):
    """Asked for a supplement in appraisal, two days into the solving time."""
    story = examined(**policy)
    story.act(EXAMINER, "bo_sung", when, reason="Thiếu trang", items=MISSING)
    return story


def ready(when="02/06/2026 09:00"):
    story = examined()
    story.act(EXAMINER, "trinh", files=(a_file("du_thao"),))
    story.act(OWNER, "dong_y")
    story.act(LEADER, "duyet")
    story.act(CLERK, "phat_hanh", when, files=(a_file("kq"),), number="12/GP", issued_on=at(when).date())
    return story


@pytest.mark.parametrize(
    ("start", "due", "half", "eve"),
    [
        # a plain week
        ("01/06/2026 08:00", "08/06/2026 08:00", "03/06/2026 14:00", "05/06/2026 08:00"),
        # over a weekend and the 24/11 holiday
        ("20/11/2026 14:00", "26/11/2026 14:00", "25/11/2026 08:00", "25/11/2026 14:00"),
        # across Tết 2026 (16–20/2 off): calendar.md example 5
        ("12/02/2026 14:00", "26/02/2026 14:00", "24/02/2026 08:00", "25/02/2026 14:00"),
        # a working Saturday (22/8/2026) counts
        ("21/08/2026 08:00", "24/08/2026 08:00", "22/08/2026 08:00", "22/08/2026 08:00"),
    ],
)
def test_d10_2a_half_and_eve_are_counted_in_working_time(start, due, half, eve):
    minutes = CALENDAR.minutes_between(at(start), at(due))
    found = halfway(at(start), at(due), CALENDAR)
    assert CALENDAR.minutes_between(at(start), found) == minutes // 2
    assert (found, days_before(at(due), 1, CALENDAR)) == (at(half), at(eve))


@settings(deadline=None, max_examples=40)
@given(
    st.integers(0, 60 * 24 * 40),
    st.integers(30, 60 * 24 * 20),
    st.lists(st.tuples(st.integers(0, 60 * 24 * 20), st.integers(0, 60 * 24 * 9)), max_size=3),
)
def test_halfway_leaves_as_much_running_time_behind_as_ahead(start, length, stood):
    begins = at("10/02/2026 07:30") + timedelta(minutes=start)
    ends = begins + timedelta(minutes=length)
    pauses = [
        Pause(begins + timedelta(minutes=a), begins + timedelta(minutes=a + b), "chờ") for a, b in stood
    ]
    half = halfway(begins, ends, CALENDAR, pauses)

    def running(minute):
        return not any(p.start <= minute < p.end for p in pauses)

    def run(until):
        """The long way: minute by minute of working time."""
        edges = sorted({begins, until, *(e for p in pauses for e in (p.start, p.end) if begins < e < until)})
        return sum(CALENDAR.minutes_between(a, b) for a, b in pairwise(edges) if running(a))

    total = run(ends)
    if half is None:
        assert total < 2
    else:
        assert run(half) == total // 2


def test_d10_2a_reception_is_reminded_at_half_of_the_intake_time_once():
    story = handed_in("20/11/2026 18:10")  # Friday evening: the 8 hours run on Monday
    assert [(t.kind, t.stage, t.due) for t in story.dossier.timers] == [
        ("intake", "half", at("23/11/2026 11:30")),
        ("intake", "", at("23/11/2026 17:30")),
    ]
    known = told(story)
    assert new(story, "23/11/2026 11:29", known) == []
    assert new(story, "23/11/2026 11:30", known) == ["intake_reminder tiep_nhan@xa-a"]
    assert new(story, "23/11/2026 13:40", known) == ["intake_reminder tiep_nhan@xa-a"]
    assert new(story, "23/11/2026 17:30", known)[1:] == ["intake_overdue tiep_nhan@xa-a"]


def test_d13_a_step_reminds_whoever_has_it_at_half_time_and_when_it_is_late():
    story = examined("01/06/2026 08:00")  # the step has one working day, so no day before its end
    known = told(story)
    assert new(story, "01/06/2026 14:00", known) == ["step_reminder vien"]
    assert new(story, "02/06/2026 08:00", known) == ["step_reminder vien", "step_overdue vien"]


def test_d15_1d_one_working_day_before_the_due_date_reception_and_the_solver_are_warned():
    story = examined("01/06/2026 08:00")  # due Monday 8/6, so the working day before is Friday
    story.fire("03/06/2026 14:00")
    assert told(story)[-1] == "deadline_half vien"
    known = told(story)
    assert new(story, "05/06/2026 07:59", known) == []
    assert new(story, "05/06/2026 08:00", known) == ["deadline_eve vien", "deadline_eve tiep_nhan@xa-a"]
    assert new(story, "08/06/2026 08:00", known)[2:] == ["deadline_overdue vien"]
    event = next(e for e in reversed(story.dossier.history) if e.type == "warned")
    assert event.data["due"].startswith("2026-06-08T01:00")


def test_d25_1_after_days_without_a_sweep_only_the_last_stage_of_each_clock_is_told():
    story = examined("01/06/2026 08:00")
    known = told(story)
    assert new(story, "08/06/2026 09:00", known) == ["step_overdue vien", "deadline_overdue vien"]
    assert len([e for e in story.dossier.history if e.type == "warned"]) == 3, "the others are on record"
    result = ready("02/06/2026 09:00")
    result.fire("01/08/2026 09:00")
    assert [e.data["days"] for e in result.dossier.outbox if e.template == "uncollected_staff"] == ["30"]


def test_d25_1_what_is_overdue_for_days_goes_to_the_head_once():
    story = examined("01/06/2026 08:00")  # due Monday 8/6, so two working days later is Wednesday
    story.fire("08/06/2026 08:00")
    known = told(story)
    assert new(story, "10/06/2026 07:59", known) == []
    assert new(story, "10/06/2026 08:00", known) == ["deadline_late phe_duyet@xa-a", "deadline_late vien"]
    assert new(story, "30/06/2026 08:00", known) == ["deadline_late phe_duyet@xa-a", "deadline_late vien"]


def test_d25_1_what_is_sent_back_twice_goes_to_the_head_once():
    story = examined("01/06/2026 08:00")
    for _ in range(3):
        story.act(EXAMINER, "trinh", files=(a_file("du_thao"),))
        story.act(OWNER, "dong_y")
        story.act(LEADER, "chuyen_lai", reason="Sửa lại")
    heads = [e for e in story.dossier.outbox if e.template == "returned_often"]
    assert [(e.to, e.data["days"]) for e in heads] == [("phe_duyet@xa-a", "2")]
    assert replace(replay(story.dossier.history), outbox=story.dossier.outbox) == story.dossier


def test_d15_1d_the_lead_time_is_the_policys_number():
    story = examined("01/06/2026 08:00", apology_lead=2)
    assert [t.due for t in story.dossier.timers if t.stage == "eve"] == [at("04/06/2026 08:00")]
    assert not [t for t in examined(apology_lead=None).dossier.timers if t.stage == "eve"]


def test_d13_3dd_a_date_that_moves_is_reminded_of_anew_and_never_twice():
    story = examined("01/06/2026 08:00")
    story.fire("03/06/2026 14:00")
    story.fire("05/06/2026 08:00")
    assert told(story).count("deadline_eve vien") == 1
    story.do(RECEPTION, cmd.Extend(DeadlineRule(Decimal(3), Unit.WORKING_DAY), "Phức tạp", "12/ĐN"))
    coming = [(t.stage, t.due) for t in story.dossier.timers if t.kind == "deadline"]
    # half of the longer time (4 of 8 days) is over already: it is not told again
    assert coming == [
        ("eve", at("10/06/2026 08:00")),
        ("", at("11/06/2026 08:00")),
        ("late", at("15/06/2026 08:00")),
    ]
    story.fire("10/06/2026 08:00")
    story.fire("15/06/2026 09:00")
    assert told(story).count("deadline_eve vien") == 2
    assert told(story).count("deadline_half vien") == 1
    assert story.dossier.timers == ()


def test_d13_3d_while_the_clock_stands_nobody_is_reminded_of_the_date_and_then_later():
    story = waiting("03/06/2026 10:00")
    assert not [t for t in story.dossier.timers if t.kind == "deadline"]
    known = told(story)
    assert new(story, "12/06/2026 08:00", known) == []
    story.do(OWNER, cmd.Supply(papers=(a_paper("hop_dong", "moi"),), note="Đã bổ sung"), "15/06/2026 09:00")
    assert story.dossier.deadline.due == at("17/06/2026 17:00")
    coming = [(t.stage, t.due) for t in story.dossier.timers if t.kind == "deadline"]
    # 18 of 40 hours had run: two more are left to the half
    assert coming == [
        ("half", at("15/06/2026 11:00")),
        ("eve", at("16/06/2026 17:00")),
        ("", at("17/06/2026 17:00")),
        ("late", at("19/06/2026 17:00")),
    ]


def test_d13_3d_a_supplement_that_never_comes_stops_the_dossier_with_a_notice():
    wait = DeadlineRule(Decimal(10), Unit.WORKING_DAY)
    story = waiting("03/06/2026 10:00", supplement_wait=wait)
    stages = [(t.stage, t.due) for t in story.dossier.timers]
    assert stages == [
        ("half", at("10/06/2026 10:00")),
        ("eve", at("16/06/2026 10:00")),
        ("stop", at("17/06/2026 10:00")),
    ]
    known = told(story)
    assert new(story, "10/06/2026 10:00", known) == [
        "answer_reminder hoa",
        "answer_reminder hoa@example.vn",
        "answer_reminder 0912345678",
    ]
    story.fire("16/06/2026 10:00")
    dossier = story.fire("17/06/2026 10:00")
    assert (dossier.status, dossier.tasks, dossier.timers) == (Status.DECLINED, (), ())
    assert told(story)[-3:] == ["stopped hoa", "stopped hoa@example.vn", "stopped 0912345678"]
    assert dossier.history[-1].actor.kind == "system"
    assert "10 ngày làm việc" in dossier.history[-1].data["reason"]
    assert replace(replay(dossier.history), outbox=dossier.outbox) == dossier


def test_d10_2c_a_supplement_asked_at_intake_is_not_waited_for_for_ever():
    story = handed_in(supplement_wait=DeadlineRule(Decimal(4), Unit.WORKING_DAY))
    story.do(RECEPTION, cmd.RequestSupplement(MISSING))
    dossier = story.fire("05/06/2026 08:00")
    assert dossier.status is Status.REFUSED
    assert [t.split()[0] for t in told(story)][-3:] == ["stopped"] * 3
    story = handed_in(supplement_wait=None)
    story.do(RECEPTION, cmd.RequestSupplement(MISSING))
    assert story.dossier.timers == ()


def test_d10_2c_what_was_supplied_is_no_longer_waited_for():
    story = handed_in()
    story.do(RECEPTION, cmd.RequestSupplement(MISSING))
    stop = story.dossier.timers[-1]
    assert stop.stage == "stop"
    story.do(OWNER, cmd.Supply(papers=(a_paper("hop_dong", "moi"),)), "02/06/2026 09:00")
    assert {t.kind for t in story.dossier.timers} == {"intake"}
    before = story.dossier
    story.now = stop.due
    assert story.do(SYSTEM, cmd.FireTimer(stop.id)) is before


def test_tacit_consent_is_announced_to_the_applicant_before_it_is_assumed():
    story = examined("01/06/2026 08:00")
    story.act(EXAMINER, "trinh", files=(a_file(),))
    known = told(story)
    assert new(story, "01/06/2026 14:00", known)[:1] == ["answer_reminder hoa"]
    last = story.dossier.outbox[-1].data
    assert (last["silent"], last["stops"]) == (True, False)
    story.fire("02/06/2026 08:00")
    assert story.step == "phe_duyet"


def test_d15_2_a_result_not_collected_reminds_the_citizen_and_reception_by_age():
    story = ready("02/06/2026 09:00")
    assert [(t.kind, t.stage, t.due) for t in story.dossier.timers] == [
        ("uncollected", "5", at("09/06/2026 09:00")),
        ("uncollected", "15", at("23/06/2026 09:00")),
        ("uncollected", "30", at("14/07/2026 09:00")),
    ]
    known = told(story)
    assert new(story, "09/06/2026 09:00", known) == [
        "uncollected_staff tiep_nhan@xa-a",
        "uncollected hoa",
        "uncollected hoa@example.vn",
        "uncollected 0912345678",
    ]
    assert story.dossier.outbox[-1].data["days"] == "5"
    story.fire("23/06/2026 09:00")
    story.fire("01/08/2026 09:00")
    assert told(story).count("uncollected_staff tiep_nhan@xa-a") == 3
    assert (story.dossier.status, story.dossier.timers) == (Status.RESULT_READY, ())


def test_d15_2_who_is_sent_the_result_by_post_is_not_asked_to_come():
    story = Story(policy=POLICY)
    story.do(OWNER, submission(receive_by="post", postal_address="Bản A"))
    story.do(RECEPTION, cmd.Accept(("hop_dong",)))
    story.act(HEAD_OF_UNIT, "giao", assignee="vien")
    story.act(EXAMINER, "trinh", files=(a_file("du_thao"),))
    story.act(OWNER, "dong_y")
    story.act(LEADER, "duyet")
    story.act(
        CLERK, "phat_hanh", files=(a_file("kq"),), number="12/GP", issued_on=at("01/06/2026 08:00").date()
    )
    known = told(story)
    assert new(story, "08/06/2026 08:00", known) == ["uncollected_staff tiep_nhan@xa-a"]


def test_d15_1dd_a_result_before_its_day_says_so():
    early, late = ready("02/06/2026 09:00"), ready("10/06/2026 09:00")
    assert [e.data["early"] for e in early.dossier.outbox if e.template == "result_ready"] == [True] * 3
    assert [e.data["early"] for e in late.dossier.outbox if e.template == "result_ready"] == [False] * 3


ASKING = """
workflow:
  id: hoi
  name: Hỏi ý kiến
  start: hoi
  steps:
    - id: hoi
      name: Chọn cơ quan
      actor: lanh_dao_phong
      actions: [{id: gui, label: Lấy ý kiến, to: y_kien, primary: true}]
    - id: y_kien
      name: Cho ý kiến
      actor: tham_dinh
      each: chosen
      at_item: true
      duration: {amount: 2, unit: working_day}
      actions: [{id: tra_loi, label: Trả lời, to: ket_thuc, primary: true}]
    - id: ket_thuc
      name: Trả kết quả
      actor: tiep_nhan
      phase: result_ready
      join: all
      actions: [{id: tra, label: Trả, to: end, outcome: returned, primary: true}]
"""


def test_d13_3c_each_agency_asked_has_a_clock_of_its_own():
    story = Story(definition=definition(ASKING), policy=POLICY)
    story.do(RECEPTION, registration())
    known = {name: replace(AGENCY, id=name, name=f"Cơ quan {name}") for name in ("xa-b", "xa-c")}
    asking = cmd.Act(story.dossier.tasks[0].id, "gui", chosen=("xa-b", "xa-c"))
    story.do(HEAD_OF_UNIT, asking, agencies=known)
    known = told(story)
    assert new(story, "02/06/2026 08:00", known) == [
        "step_reminder tham_dinh@xa-b",
        "step_reminder tham_dinh@xa-c",
    ]
    first = story.dossier.tasks[0]
    story.do(staff("b", "tham_dinh", agency="xa-b"), cmd.Act(first.id, "tra_loi", reason="Đồng ý"))
    late = new(story, "03/06/2026 08:00", known)
    # the one that answered is left alone; that the other has not is on record, once, with the agency's name
    assert [line for line in late if line.startswith("step_overdue")] == ["step_overdue tham_dinh@xa-c"]
    told_of = [e.data["task"]["agency_name"] for e in story.dossier.history if e.type == "reminded"]
    assert told_of == ["Cơ quan xa-c"]
    again = len(story.dossier.outbox)
    story.fire("03/06/2026 09:00")
    assert len(story.dossier.outbox) == again


def test_without_a_policy_of_reminders_old_timers_are_all_there_are():
    story = Story(policy=Policy())
    story.do(OWNER, submission())
    assert [(t.kind, t.stage) for t in story.dossier.timers] == [("intake", "")]


def test_the_policys_numbers_are_data(tmp_path):
    assert (POLICY.uncollected, POLICY.apology_lead, POLICY.supplement_max) == ((5, 15, 30), 1, 1)
    own = tmp_path / "policy.yaml"
    own.write_text("uncollected: [10]\nsupplement_max:\n", encoding="utf-8")
    found = load_policy(own)
    assert (found.uncollected, found.supplement_max, found.supplement_wait) == ((10,), None, None)
    assert found.intake == Policy().intake
    for wrong, said in (
        ("supplement_wait: 60", "supplement_wait phải có dạng"),
        ("uncollected: 5", "danh sách"),
        ("remind_before: một", "số nguyên"),
        ("remind_half: 1", "true hoặc false"),
        ("nhac: 1", "không có từ “nhac”"),
        ("- 1", "các dòng"),
        ("a: [", "không đúng YAML"),
    ):
        own.write_text(wrong, encoding="utf-8")
        with pytest.raises(SettingsError, match=said):
            load_policy(own)
    with pytest.raises(SettingsError, match="Không đọc được"):
        load_policy(tmp_path / "khong-co.yaml")


@settings(deadline=None, max_examples=30)
@given(st.booleans(), scripts)
def test_whatever_happens_no_reminder_is_told_twice_and_history_tells_all_of_it(counter, script):
    story = Story(now=at("01/06/2026 08:00"), policy=POLICY)
    story.do(RECEPTION, registration()) if counter else story.do(OWNER, submission())
    play(story, script)
    for _ in range(60):  # tacit consents lead on to steps with clocks of their own
        coming = [timer.due for timer in story.dossier.timers]
        if not coming:
            break
        story.now = max(story.now, coming[0])
        story.do(SYSTEM, cmd.FireTimer(story.dossier.timers[0].id))
    dossier = story.dossier
    assert dossier.timers == ()
    fired = [e.data["timer_id"] for e in dossier.history if e.type in {"reminded", "warned"}]
    assert len(set(fired)) == len(fired)
    assert tuple(fired) == dossier.fired
    assert replace(replay(dossier.history), outbox=dossier.outbox) == dossier
    assert dossier.stopped <= (dossier.status in {Status.REFUSED, Status.DECLINED})
