"""Who has a task: taken, given back, given by a head, done in another's place."""

from dataclasses import replace
from datetime import date

import pytest
from dossier_stories import (
    AGENCY,
    CALENDAR,
    CLERK,
    ELSEWHERE,
    EXAMINER,
    HEAD_OF_UNIT,
    LEADER,
    OWNER,
    RECEPTION,
    SECOND_EXAMINER,
    a_file,
    accepted,
    confirmed,
    examined,
    ready,
    staff,
    submitted,
)

from tthc.dossiers import commands as cmd
from tthc.dossiers.apply import replay
from tthc.dossiers.chain import verify
from tthc.dossiers.context import StandIn
from tthc.dossiers.permissions import may_act, may_read
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import Acting
from tthc.dossiers.view import timeline
from tthc.web.handovers import handovers

RECEPTION_TOO = staff("tiep2", "tiep_nhan")
HEADS_DEPUTY = replace(
    staff("pho", "phe_duyet"),
    name="Lò Văn Bình",
    stands_in=(StandIn("KT.", "lanh", "Chủ tịch Hà Văn Sơn", frozenset({"phe_duyet"}), "QĐ 12/QĐ-UBND"),),
)
COVER = replace(SECOND_EXAMINER, stands_in=(StandIn("thay", "vien", EXAMINER.name),))


def refusal(story, actor, command, **changes):
    """The code and rule of a refusal that wrote nothing."""
    before = story.dossier
    with pytest.raises(Refused) as caught:
        story.do(actor, command, **changes)
    assert story.dossier is before
    return caught.value.code, caught.value.rule


def task_of(story):
    return story.dossier.tasks[0]


def test_d13_2_what_nobody_has_is_taken_and_then_it_is_theirs():
    story = submitted()
    dossier = story.do(RECEPTION, cmd.Claim("intake"))
    assert (task_of(story).assignee, task_of(story).assignee_name) == ("tiep", RECEPTION.name)
    assert refusal(story, RECEPTION_TOO, cmd.Claim("intake")) == ("claimed", "Đ13.2")
    assert refusal(story, RECEPTION, cmd.Claim("intake"))[0] == "claimed"
    for command in (cmd.Accept(("hop_dong",)), cmd.Refuse("Sai nơi nộp")):
        assert refusal(story, RECEPTION_TOO, command) == ("not_assignee", "Đ13.2")
    assert story.do(RECEPTION, cmd.Accept(("hop_dong",))).version == dossier.version + 1
    assert [line.title for line in timeline(story.dossier, CALENDAR)][1] == (
        f"Kiểm tra, tiếp nhận hồ sơ: {RECEPTION.name} nhận việc"
    )
    assert verify(story.dossier) == ()


def test_d13_2_only_those_of_the_function_take_it():
    story = submitted()
    assert refusal(story, EXAMINER, cmd.Claim("intake")) == ("no_function", "Đ2.7")
    assert refusal(story, ELSEWHERE, cmd.Claim("intake")) == ("other_agency", "Đ3.2")
    assert refusal(story, OWNER, cmd.Claim("intake"))[0] == "no_claim"
    assert refusal(story, RECEPTION, cmd.Claim("gone"))[0] == "no_task"
    waiting = examined()
    waiting.act(EXAMINER, "trinh", files=(a_file(),))
    assert refusal(waiting, RECEPTION, cmd.Claim(task_of(waiting).id))[0] == "no_claim"


def test_d13_2_what_was_taken_is_given_back_with_a_reason():
    story = ready()
    token = task_of(story).id
    assert refusal(story, RECEPTION, cmd.GiveBack(token, "Bận"))[0] == "not_yours"
    story.do(RECEPTION, cmd.Claim(token))
    assert refusal(story, RECEPTION, cmd.GiveBack(token, "  ")) == ("reason", "Đ13.2")
    assert refusal(story, RECEPTION_TOO, cmd.GiveBack(token, "Bận"))[0] == "not_yours"
    assert story.do(RECEPTION, cmd.GiveBack(token, "Nghỉ ốm")).tasks[0].assignee is None
    assert story.do(RECEPTION_TOO, cmd.Claim(token)).tasks[0].assignee == "tiep2"
    assert replay(story.dossier.history).tasks == story.dossier.tasks


def test_d13_2_what_a_head_gave_goes_back_only_through_the_head():
    story = examined()
    assert refusal(story, EXAMINER, cmd.GiveBack(task_of(story).id, "Bận")) == ("given", "Đ13.2")


def test_d13_2_a_head_gives_what_nobody_has_or_a_colleague_took():
    story = ready()
    token = task_of(story).id
    again = {"assignee": RECEPTION_TOO}
    assert refusal(story, EXAMINER, cmd.Reassign(token, "tiep2", "Chia việc"), **again)[0] == "no_function"
    story.do(HEAD_OF_UNIT, cmd.Reassign(token, "tiep2", "Chia việc"), **again)
    assert (task_of(story).assignee, task_of(story).assigned_by) == ("tiep2", "lanh_dao_phong")
    assert refusal(story, RECEPTION_TOO, cmd.GiveBack(token, "Bận"))[0] == "given"
    dossier = story.do(LEADER, cmd.Reassign(token, "tiep", "Đổi người"))
    assert [entry.type for entry in dossier.history[-2:]] == ["assigned", "assigned"]
    assert dossier.tasks[0].assignee == "tiep"


def test_d13_2_heads_of_units_give_nothing_of_the_leaders():
    story = confirmed()
    other = {"assignee": staff("lanh2", "phe_duyet")}
    token = task_of(story).id
    assert refusal(story, HEAD_OF_UNIT, cmd.Reassign(token, "lanh2", "Đi họp"), **other)[0] == "no_function"
    assert story.do(LEADER, cmd.Reassign(token, "lanh2", "Đi họp"), **other).tasks[0].assignee == "lanh2"


def test_d13_deputies_act_kt_and_history_says_for_whom():
    story = confirmed()
    dossier = story.act(HEADS_DEPUTY, "duyet")
    entry = dossier.history[-1]
    assert entry.actor.name == "Lò Văn Bình (KT. Chủ tịch Hà Văn Sơn)"
    assert entry.actor.acting == Acting("KT.", "lanh", "Chủ tịch Hà Văn Sơn", "QĐ 12/QĐ-UBND")
    assert timeline(dossier, CALENDAR)[-1].who == entry.actor.name
    *_, taken, given = handovers(dossier, AGENCY, "Bộ phận Một cửa")  # as the control sheet prints it
    assert (taken.taker, given.giver) == (entry.actor.name, entry.actor.name)
    story.act(CLERK, "phat_hanh", files=(a_file(),), number="1/GP", issued_on=date(2026, 6, 1))
    assert story.dossier.history[-1].actor.acting is None
    assert verify(story.dossier) == ()


def test_d13_deputies_do_what_was_given_to_the_head_but_not_to_another():
    story = confirmed()
    others = {one.id: one for one in (staff("lanh2", "phe_duyet"), LEADER)}
    token = task_of(story).id
    story.do(LEADER, cmd.Reassign(token, "lanh", "Giữ lại"), assignee=others["lanh"])
    assert may_act(story.dossier, task_of(story), HEADS_DEPUTY)
    story.do(LEADER, cmd.Reassign(token, "lanh2", "Đi họp"), assignee=others["lanh2"])
    assert refusal(story, HEADS_DEPUTY, cmd.Act(token, "duyet")) == ("not_assignee", "Đ13.2")


def test_d13_deputies_give_work_as_the_head_does():
    head = StandIn("TUQ.", "phong", "Trưởng phòng Cầm Văn Sơn", frozenset({"lanh_dao_phong"}))
    authorised = replace(staff("uy", "lanh_dao_phong"), stands_in=(head,))
    story = accepted()
    story.do(authorised, cmd.Act(task_of(story).id, "giao", assignee="vien"))
    assert story.dossier.history[-1].actor.acting.capacity == "TUQ."
    story.do(authorised, cmd.Reassign(task_of(story).id, "vien2", "Chia việc"))
    assert story.dossier.history[-1].actor.name == "Cán bộ uy (TUQ. Trưởng phòng Cầm Văn Sơn)"


def test_d13_deputies_covering_a_leave_do_what_was_given_to_who_is_away():
    story = examined()
    token = task_of(story).id
    trinh = cmd.Act(token, "trinh", files=(a_file(),))
    assert refusal(story, SECOND_EXAMINER, trinh) == ("not_assignee", "Đ13.2")
    without = replace(COVER, functions=frozenset({"van_thu"}))
    assert refusal(story, without, trinh)[0] == "no_function"
    somebody = replace(COVER, stands_in=(StandIn("thay", "khac", "Người khác"),))
    assert refusal(story, somebody, trinh)[0] == "not_assignee"
    done = story.do(COVER, trinh).history[-1]
    assert done.actor.name == f"{SECOND_EXAMINER.name} (làm thay {EXAMINER.name})"
    assert done.actor.acting == Acting("thay", "vien", EXAMINER.name)


def test_d13_deputies_own_work_stays_their_own():
    story = accepted()
    story.act(HEAD_OF_UNIT, "giao", assignee="vien2")
    story.do(COVER, cmd.Act(task_of(story).id, "trinh", files=(a_file(),)))
    assert story.dossier.history[-1].actor.acting is None


def test_d2_7_who_watches_over_all_reads_and_does_nothing():
    watcher = replace(staff("giam", agency="trung-tam"), oversees=True)
    story = examined()
    assert may_read(story.dossier, watcher)
    assert not may_read(story.dossier, replace(watcher, oversees=False))
    assert refusal(story, watcher, cmd.Act(task_of(story).id, "trinh"))[0] == "other_agency"
    assert refusal(story, watcher, cmd.LogCall("0912", "Hỏi"))[0] == "other_agency"
