"""Agencies chosen at run time and steps taken up in turn, as the kernel decides of them."""

import pytest
from dossier_stories import (
    AGENCY,
    ELSEWHERE,
    EXAMINER,
    OTHER_AGENCY,
    OWNER,
    RECEPTION,
    SECOND_EXAMINER,
    Story,
    a_file,
    definition,
    staff,
    submission,
)

from tthc.dossiers import commands as cmd
from tthc.dossiers.apply import replay
from tthc.dossiers.asking import asked
from tthc.dossiers.context import SYSTEM
from tthc.dossiers.permissions import may_read
from tthc.dossiers.refusals import Refused
from tthc.dossiers.view import possible

KNOWN = {a.id: a for a in (AGENCY, OTHER_AGENCY)}
ASKING = """
workflow:
  name: Hỏi
  start: tham_tra
  steps:
    - {id: tham_tra, name: Thẩm tra, actor: tham_dinh, duration: {amount: 1, unit: working_hour}, actions: [{id: hoi, label: Hỏi, to: y_kien, primary: true}]}
    - id: y_kien
      name: Cho ý kiến
      actor: tham_dinh
      duration: {amount: 1, unit: working_day}
      each: chosen
      at_item: true
      actions:
        - {id: dong_y, label: Đồng ý, to: tra}
    - {id: tra, name: Trả, actor: tiep_nhan, join: all, phase: result_ready, actions: [{id: tra, label: Trả, to: end, outcome: returned, needs: [payment, recipient]}]}
"""
TURNS = """
workflow:
  name: Lần lượt
  start: tham_tra
  steps:
    - {id: tham_tra, name: Thẩm tra, actor: tham_dinh, duration: {amount: 1, unit: working_hour}, actions: [{id: mo, label: Mở, to: [mot, hai], together: turns}]}
    - {id: mot, name: Việc một, actor: tham_dinh, actions: [{id: xong, label: Xong, to: tra}]}
    - {id: hai, name: Việc hai, actor: tham_dinh, actions: [{id: xong, label: Xong, to: tra}]}
    - {id: tra, name: Trả, actor: tiep_nhan, join: all, phase: result_ready, actions: [{id: tra, label: Trả, to: end, outcome: returned, needs: [payment, recipient]}]}
"""


def accepted(workflow: str) -> Story:
    story = Story(definition=definition(workflow))
    story.do(OWNER, submission())
    story.do(RECEPTION, cmd.Accept(("hop_dong",)))
    return story


def ask(story: Story, *chosen: str, known=KNOWN):
    command = cmd.Act(story.dossier.tasks[0].id, "hoi", chosen=chosen, question="Có vướng quy hoạch không?")
    return story.do(EXAMINER, command, agencies=known)


@pytest.mark.parametrize(
    ("chosen", "code", "says"),
    [
        ((), "workflow", "Chọn ít nhất một nơi"),
        (("xa-b", "so-khong-co"), "unknown_agency", "Không có cơ quan “so-khong-co” đang hoạt động"),
    ],
)
def test_nobody_chosen_and_an_agency_that_is_not_there_are_refused(chosen, code, says):
    story = accepted(ASKING)
    before = story.dossier
    with pytest.raises(Refused, match=says) as caught:
        ask(story, *chosen)
    assert caught.value.code == code
    assert story.dossier is before


def test_each_agency_has_its_own_task_and_may_read_until_the_dossier_has_ended():
    story = accepted(ASKING)
    stranger = staff("khac", "tham_dinh", agency="xa-c")
    assert not may_read(story.dossier, ELSEWHERE)
    dossier = ask(story, "xa-b", "xa-a")
    assert [(t.agency, t.agency_name) for t in dossier.tasks] == [
        ("xa-b", "UBND xã B"),
        ("xa-a", "UBND xã A"),
    ]
    assert may_read(dossier, ELSEWHERE)
    assert not may_read(dossier, stranger)
    theirs = cmd.Act(dossier.tasks[0].id, "dong_y", reason="Không vướng mắc", files=(a_file("tra_loi"),))
    with pytest.raises(Refused) as caught:
        story.do(EXAMINER, theirs)
    assert caught.value.code == "other_agency"
    dossier = story.do(ELSEWHERE, theirs)
    assert may_read(dossier, ELSEWHERE), "what was answered stays readable while the dossier is under way"
    first, second = asked(dossier)
    assert (first.state, first.answer, first.reason) == ("answered", "Đồng ý", "Không vướng mắc")
    assert [file.name for file in first.files] == ["tra_loi.pdf"]
    assert (second.state, second.agency) == ("waiting", "UBND xã A")
    gone = story.do(OWNER, cmd.Withdraw("Không cần nữa"))
    assert [one.state for one in asked(gone)] == ["answered", "dropped"]
    assert not may_read(gone, ELSEWHERE)


def test_a_trial_does_not_look_agencies_up():
    assert [t.agency for t in ask(accepted(ASKING), "so-nao-do", known=None).tasks] == ["so-nao-do"]


def test_a_page_offers_the_choice_where_the_way_asks_for_it():
    story = accepted(ASKING)
    (offered,) = [
        p
        for p in possible(story.definition, story.dossier, EXAMINER, AGENCY, story.now)
        if p.command == "act"
    ]
    assert offered.asks == "Cho ý kiến"


def test_taking_a_step_up_keeps_the_others_waiting_until_it_is_done():
    story = accepted(TURNS)
    story.act(EXAMINER, "mo")
    one, two = story.dossier.tasks
    offered = possible(story.definition, story.dossier, EXAMINER, AGENCY, story.now)
    assert [p.token for p in offered if p.command == "begin"] == [one.id, two.id]
    dossier = story.do(EXAMINER, cmd.Begin(two.id))
    assert dossier.task(two.id).begun_by == EXAMINER.name
    assert replay(dossier.history).tasks == dossier.tasks
    for command, code in (
        (cmd.Begin(one.id), "turn"),
        (cmd.Begin(two.id), "begun"),
        (cmd.Act(one.id, "xong"), "workflow"),
    ):
        with pytest.raises(Refused) as caught:
            story.do(SECOND_EXAMINER, command)
        assert caught.value.code == code
    offered = possible(story.definition, story.dossier, EXAMINER, AGENCY, story.now)
    assert [p.token for p in offered if p.command in {"begin", "act"}] == [two.id]
    story.do(SECOND_EXAMINER, cmd.Act(two.id, "xong"))
    story.do(SECOND_EXAMINER, cmd.Act(one.id, "xong"))
    assert [t.step for t in story.dossier.tasks] == ["tra"]


def test_only_who_may_do_a_step_takes_it_up_and_only_where_others_wait_for_it():
    story = accepted(TURNS)
    with pytest.raises(Refused) as caught:
        story.do(EXAMINER, cmd.Begin(story.dossier.tasks[0].id))
    assert caught.value.code == "no_turns"
    story.act(EXAMINER, "mo")
    for actor, code in ((RECEPTION, "no_function"), (ELSEWHERE, "other_agency")):
        with pytest.raises(Refused) as caught:
            story.do(actor, cmd.Begin(story.dossier.tasks[0].id))
        assert caught.value.code == code


BY_ITSELF = """
workflow:
  name: Tự đi tiếp
  start: cho
  steps:
    - id: cho
      name: Chờ nộp tiền
      actor: nguoi_nop
      phase: waiting_applicant
      duration: {amount: 1, unit: working_day}
      on_payment: da_nop
      on_timeout: da_nop
      actions: [{id: da_nop, label: Đã nộp, to: y_kien}]
    - id: y_kien
      name: Cho ý kiến
      actor: tham_dinh
      duration: {amount: 1, unit: working_hour}
      each: '["so-khong-con"]'
      at_item: true
      actions: [{id: dong_y, label: Đồng ý, to: tra}]
    - {id: tra, name: Trả, actor: tiep_nhan, join: all, phase: result_ready, actions: [{id: tra, label: Trả, to: end, outcome: returned, needs: [payment, recipient]}]}
"""


def test_what_goes_on_by_itself_stays_with_its_people_where_an_agency_is_no_more():
    """Money that was taken is written down, and a reminder stands for the silence."""
    story = accepted(BY_ITSELF)
    dossier = story.do(RECEPTION, cmd.RecordPayment(), agencies=KNOWN)
    assert dossier.owed() == ()
    assert [t.step for t in dossier.tasks] == ["cho"]
    (timer,) = [t for t in dossier.timers if t.kind == "consent"]
    story.now = timer.due
    dossier = story.do(SYSTEM, cmd.FireTimer(timer.id), agencies=KNOWN)
    assert [t.step for t in dossier.tasks] == ["cho"]
    assert dossier.history[-1].type == "reminded"
