"""Event rules on a dossier: the facts they read, when they are asked, and what `decide` makes of what they propose."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from dossier_stories import (
    CALENDAR,
    EXAMINER,
    HEAD_OF_UNIT,
    LEADER,
    MONDAY,
    OWNER,
    RECEPTION,
    a_file,
    a_paper,
    at,
    submission,
)
from rule_stories import HOME, RULES, story

from definitions.facts import HAPPENINGS, OPEN_STATUSES
from renderers.messages import render
from tthc.dossiers import commands as cmd
from tthc.dossiers import events as ev
from tthc.dossiers.apply import replay
from tthc.dossiers.chain import verify
from tthc.dossiers.codec import dossier_from_bson, dossier_to_bson
from tthc.dossiers.context import SYSTEM
from tthc.dossiers.facts import answer_fact
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import CLOSED, Status
from tthc.dossiers.view import timeline

# every fact once, so that the set wants them all
ALL = """
events:
  - id: tat_ca
    label: Mọi dữ kiện
    when: >-
      event = "moved" or status = "solving" or channel = "post" or case = "thuong" or step = "tra"
      or agency_level = "xa" or agency_area = "x" or returned > 8 or supplements > 8 or apologies > 8
      or extensions > 8 or minutes_left < -9999 or overdue or step_overdue or owed > 99999999 or points > 99
      or shop_name = "không ai"
    alert: {to: phe_duyet, message: Không bao giờ.}
"""


def begun(rules=RULES, when="01/06/2026 08:00", points="2", **changes):
    told = story(rules, now=at(when), **changes)
    papers = (a_paper(), a_paper("ban_ve")) if int(points) > 5 else (a_paper(),)
    told.do(OWNER, submission(answers={"shop_name": "Tạp hóa Hoa", "points": points}, papers=papers))
    return told


def received(rules=RULES, **changes):
    told = begun(rules, **changes)
    if told.dossier.owed("before_acceptance"):
        told.do(RECEPTION, cmd.RecordPayment(("le_phi",)))
    told.do(RECEPTION, cmd.Accept(tuple(paper.paper_id for paper in told.dossier.papers)))
    return told


def sent_back(told, times):
    """Drafted, confirmed and sent back by the leader, so many times."""
    for _ in range(times):
        told.act(EXAMINER, "trinh", files=(a_file("du_thao"),))
        told.act(OWNER, "dong_y")
        told.act(LEADER, "chuyen_lai", reason="Chưa rõ")
    return told


# -- facts --------------------------------------------------------------------------------------------------------


def test_the_closed_lists_are_those_of_the_runtime():
    ends = {ev.IntakeRefused, ev.Withdrawn, ev.Ended, ev.ReturnCorrected, ev.Proposed}
    assert set(HAPPENINGS) == set(ev.TYPES) - {ev.type_name(kind) for kind in ends}
    assert set(OPEN_STATUSES) == {str(status) for status in Status} - {str(status) for status in CLOSED}


def test_facts_of_a_dossier_handed_in_and_received():
    told = begun(ALL)
    assert told.facts("submitted") == {
        "event": "submitted",
        "status": "submitted",
        "channel": "online",
        "case": "thuong",
        "agency_level": "xa",
        "agency_area": "mien_nui",
        "returned": 0,
        "supplements": 0,
        "apologies": 0,
        "extensions": 0,
        "overdue": False,
        "owed": 200000,
        "points": 2,
        "shop_name": "Tạp hóa Hoa",
    }
    told.do(RECEPTION, cmd.Accept(("hop_dong",)))
    after = told.facts("accepted")
    assert (after["step"], after["step_overdue"], after["minutes_left"]) == ("phan_cong", False, 5 * 480)
    assert after["status"] == "solving"


def test_minutes_run_stand_and_go_below_nothing():
    told = received(ALL)
    told.act(HEAD_OF_UNIT, "giao", assignee="vien")
    told.now = at("02/06/2026 08:00")
    assert told.facts()["minutes_left"] == 4 * 480
    told.act(EXAMINER, "bo_sung", reason="Thiếu")
    told.now = at("04/06/2026 08:00")
    assert told.facts()["minutes_left"] == 4 * 480  # the clock stands
    told.act(OWNER, "gui")
    told.now = at("30/06/2026 08:00")
    late = told.facts()
    assert late["minutes_left"] < 0
    assert late["overdue"] is True
    assert late["step_overdue"] is True


def test_going_back_counts_as_returned_and_going_on_again_does_not():
    told = received(ALL)
    told.act(HEAD_OF_UNIT, "giao", assignee="vien")
    told.act(EXAMINER, "bo_sung", reason="Thiếu")
    told.act(OWNER, "gui")
    assert told.facts()["returned"] == 0  # the applicant's answer
    assert sent_back(told, 2).facts()["returned"] == 2
    told.act(EXAMINER, "trinh", files=(a_file("du_thao"),))
    assert told.facts()["returned"] == 2


@pytest.mark.parametrize(
    ("answer", "fact"),
    [
        (Decimal(7), 7),
        (Decimal("7.5"), None),
        (Decimal(10) ** 20, 2**53 - 1),
        (-(Decimal(10) ** 20), 1 - 2**53),
        ("chữ", "chữ"),
        (True, True),
        (date(2026, 6, 1), date(2026, 6, 1)),
        (MONDAY, None),
        ([1], None),
        (None, None),
    ],
)
def test_answers_are_facts_where_rules_can_compare_them(answer, fact):
    assert answer_fact({"house": {"part": answer}}, "house.part") == fact
    assert answer_fact({"house": None}, "house.part") is None


# -- looking ------------------------------------------------------------------------------------------------------


def test_each_act_is_looked_at_as_it_left_the_dossier():
    told = received()
    told.act(HEAD_OF_UNIT, "giao", assignee="vien")
    # the head has been quicker than the worker: the rule held when the dossier was received, and is told so
    assert told.wanted() == [("phong", 3)]
    assert told.ask() == ["-phong"]
    assert "Phân công" in told.dossier.proposals[0].refusal


def test_what_was_looked_at_is_not_looked_at_again():
    told = received()
    assert told.ask() == ["phong"]
    assert told.wanted() == []
    told.do(RECEPTION, cmd.LogCall("0912", "Hướng dẫn"))
    assert told.ask() == []


def test_time_alone_makes_a_rule_hold():
    told = received()
    assert told.ask() == ["phong"]
    told.now = at("05/06/2026 07:30")
    assert told.wanted() == []
    told.now = at("05/06/2026 08:01")
    assert told.wanted() == [("gap", None)]


def test_a_dossier_that_has_ended_is_proposed_nothing():
    told = received()
    told.do(OWNER, cmd.Withdraw("thôi"))
    assert told.wanted() == []
    version = told.dossier.version
    assert told.do(SYSTEM, cmd.Propose("phong", 3)).version == version


# -- deciding -----------------------------------------------------------------------------------------------------


def test_an_alert_is_told_to_the_function_and_written_down():
    told = received()
    told.ask()
    told.act(HEAD_OF_UNIT, "giao", assignee="vien")
    sent_back(told, 1)
    assert told.ask() == []
    sent_back(told, 1)
    assert told.ask() == ["nhieu_lan"]
    notice = told.dossier.outbox[-1]
    assert (notice.template, notice.channel, notice.to) == ("rule_alert", "portal", "phe_duyet@xa-a")
    words = render("rule_alert", "portal", {**notice.data, "link": "x", "site": "x"})
    assert "Hồ sơ bị trả lại nhiều lần." in words.body
    assert "Trả lại hai lần" in words.subject
    line = timeline(told.dossier, CALENDAR)[-1]
    assert (line.title, line.detail, line.public) == (
        "Quy tắc “Trả lại hai lần”: báo lãnh đạo cơ quan",
        "Hồ sơ bị trả lại nhiều lần.",
        False,
    )
    assert line.who == "Hệ thống"


def test_a_task_is_given_to_a_unit_and_comes_back_to_it():
    told = received()
    assert told.ask() == ["phong"]
    (task,) = told.dossier.tasks
    assert (task.unit, task.unit_name, task.function) == ("phong-kinh-te", "Phòng Kinh tế", "lanh_dao_phong")
    assert timeline(told.dossier, CALENDAR)[-1].title.endswith("giao Phòng Kinh tế")
    told.act(HEAD_OF_UNIT, "giao", assignee="vien")
    assert told.dossier.tasks[0].unit == ""
    assert verify(told.dossier) == ()
    assert replay(told.dossier.history).proposals == told.dossier.proposals


def test_a_unit_that_the_agency_does_not_have_is_told():
    told = received(agency=replace(HOME, units=()))
    assert told.ask() == ["-phong"]
    assert told.dossier.tasks[0].unit == ""
    (notice,) = [n for n in told.dossier.outbox if n.template == "rule_refused"]
    assert notice.to == "lanh_dao_phong@xa-a"
    assert "không có phòng mang mã “phong-kinh-te”" in str(notice.data["reason"])
    line = timeline(told.dossier, CALENDAR)[-1]
    assert line.title == "Quy tắc “Việc của phòng kinh tế”: không thực hiện được"
    assert "phong-kinh-te" in line.detail


def test_the_system_takes_an_action_or_says_why_it_cannot():
    told = received(points="6")
    told.act(HEAD_OF_UNIT, "giao", assignee="vien")
    assert told.ask() == ["-phong", "tu_trinh"]
    assert told.step == "phe_duyet"
    proposed, moved = told.dossier.history[-2:]
    assert (proposed.type, moved.type, proposed.command_id) == ("proposed", "moved", moved.command_id)
    assert moved.actor.kind == "system"
    guarded = received(points="4")
    guarded.act(HEAD_OF_UNIT, "giao", assignee="vien")
    assert guarded.ask()[-1] == "-tu_trinh"
    assert guarded.step == "tham_tra"
    assert guarded.dossier.proposals[-1].refusal


def test_an_action_with_needs_or_at_its_end_is_refused_though_the_linter_let_it_through():
    rules = RULES.replace("action: dac_biet", "action: bo_sung")
    told = received(rules, points="4")
    told.act(HEAD_OF_UNIT, "giao", assignee="vien")
    assert told.ask()[-1] == "-tu_trinh"
    assert "phải có người làm" in told.dossier.proposals[-1].refusal


def test_a_rule_proposes_once_and_only_by_the_system():
    told = received()
    told.ask()
    version = told.dossier.version
    assert told.do(SYSTEM, cmd.Propose("phong", 3)).version == version
    with pytest.raises(Refused, match="Chỉ hệ thống"):
        told.do(RECEPTION, cmd.Propose("nhieu_lan"))
    with pytest.raises(Refused, match="không có quy tắc sự kiện"):
        told.do(SYSTEM, cmd.Propose("khac"))


def test_a_dossier_of_before_reads_as_one_without_proposals():
    told = received()
    stored = dossier_to_bson(told.dossier)
    del stored["proposals"]
    for task in stored["tasks"]:
        del task["unit"], task["unit_name"]
    assert dossier_from_bson(stored) == told.dossier


def test_rules_that_lead_to_each_other_come_to_an_end():
    rules = """
events:
  - {id: a, label: A, when: 'event = "moved"', alert: {to: phe_duyet, message: A.}}
  - {id: b, label: B, when: 'step = "tham_tra"', take: {step: tham_tra, action: dac_biet}}
  - {id: c, label: C, when: 'step = "phe_duyet" and points > 5', take: {step: phe_duyet, action: duyet}}
"""
    told = received(rules, points="6")
    told.act(HEAD_OF_UNIT, "giao", assignee="vien")
    assert told.ask() == ["a", "b", "c"]
    assert told.step == "phat_hanh"
    assert [each.rule for each in told.dossier.proposals] == ["a", "b", "c"]
    assert told.wanted() == []
