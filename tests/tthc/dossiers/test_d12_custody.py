"""Quy chế Đ12.3, NĐ 61/2018 Điều 18: bàn giao hồ sơ từ một cửa, bản giấy đang ở đâu và ai giữ."""

from dataclasses import replace

import pytest
from dossier_stories import (
    CALENDAR,
    CLERK,
    ELSEWHERE,
    EXAMINER,
    HEAD_OF_UNIT,
    LEADER,
    OWNER,
    RECEPTION,
    SECOND_EXAMINER,
    Story,
    accepted,
    at,
    immediate,
    registration,
    submitted,
)

from tthc.dossiers import commands as cmd
from tthc.dossiers.apply import replay
from tthc.dossiers.changing_hands import succeeded_handover
from tthc.dossiers.context import Policy
from tthc.dossiers.custody import PLACES
from tthc.dossiers.decide_custody import ways, where
from tthc.dossiers.events import Succeeded
from tthc.dossiers.handing_over import destination, given_by, handover_key
from tthc.dossiers.refusals import Refused
from tthc.dossiers.view import timeline


def entered(when="01/06/2026 08:00"):
    """A paper dossier accepted at the counter, its paper still there."""
    story = Story()
    story.do(RECEPTION, registration(), when)
    return story


def handed(when="01/06/2026 16:00"):
    story = entered()
    story.do(RECEPTION, cmd.HandOver(), when)
    story.do(HEAD_OF_UNIT, cmd.TakeOver())
    return story


def refused(code, story, actor, command, **changes):
    before = story.dossier
    with pytest.raises(Refused) as caught:
        story.do(actor, command, **changes)
    assert (caught.value.code, story.dossier) == (code, before)
    assert caught.value.rule in {"Đ12.3", "NĐ 61/2018 Đ18", "Đ3.2", "Đ2.7", "Đ15.3"}


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("01/06/2026 08:00", "01/06/2026 17:30"),  # thứ Hai
        ("01/06/2026 15:00", "01/06/2026 17:30"),
        ("01/06/2026 15:01", "02/06/2026 08:30"),
        ("05/06/2026 16:00", "08/06/2026 08:30"),  # thứ Sáu, sang thứ Hai
        ("06/06/2026 09:00", "08/06/2026 08:30"),  # thứ Bảy
        ("01/06/2026 18:30", "02/06/2026 08:30"),
    ],
)
def test_d12_1b_handed_over_the_same_day_or_at_the_start_of_the_next(received, due):
    policy = Policy()
    assert given_by(at(received), CALENDAR, policy.handover_cutoff, policy.handover_grace) == at(due)


def test_d12_1b_a_hand_over_says_who_gave_to_whom_when_and_who_took_it_when():
    story = entered()
    assert handover_key(story.dossier) == "give@xa-a"
    assert destination(story.dossier).name == "Lãnh đạo phòng"
    given = story.do(RECEPTION, cmd.HandOver("Kèm phong bì"), "01/06/2026 16:00").handover
    assert (given.given_by_name, given.to.function, given.late) == (RECEPTION.name, "lanh_dao_phong", False)
    assert handover_key(story.dossier) == "take@lanh_dao_phong@xa-a"
    taken = story.do(HEAD_OF_UNIT, cmd.TakeOver(), "01/06/2026 16:20").handover
    assert (taken.given_at, taken.taken_at) == (at("01/06/2026 16:00"), at("01/06/2026 16:20"))
    assert (taken.taken_by, taken.taken_by_name) == (HEAD_OF_UNIT.id, HEAD_OF_UNIT.name)
    assert handover_key(story.dossier) is None
    assert replace(replay(story.dossier.history), outbox=story.dossier.outbox) == story.dossier


def test_d12_1b_a_hand_over_after_its_time_is_kept_as_late():
    story = entered("01/06/2026 09:00")
    assert story.do(RECEPTION, cmd.HandOver(), "02/06/2026 07:40").handover.late
    after_three = entered("01/06/2026 15:30")
    assert not after_three.do(RECEPTION, cmd.HandOver(), "02/06/2026 07:40").handover.late


def test_d12_1c_an_online_dossier_goes_to_who_solves_it_with_its_acceptance():
    story = accepted()
    assert story.dossier.accepted_at == story.dossier.tasks[0].entered_at
    assert (story.dossier.original, handover_key(story.dossier)) == (None, None)
    refused("electronic", story, RECEPTION, cmd.HandOver())


def test_d12_1d_what_is_answered_at_once_is_handed_over_to_nobody():
    story = Story(immediate())
    story.do(RECEPTION, registration())
    assert (story.dossier.original, handover_key(story.dossier)) == (None, None)


def test_a_hand_over_out_of_turn_is_refused():
    story = submitted()
    refused("not_accepted", story, RECEPTION, cmd.HandOver())
    story = entered()
    refused("no_function", story, HEAD_OF_UNIT, cmd.HandOver())
    refused("other_agency", story, ELSEWHERE, cmd.HandOver())
    refused("forbidden", story, OWNER, cmd.HandOver())
    refused("not_handed", story, HEAD_OF_UNIT, cmd.TakeOver())
    story.do(RECEPTION, cmd.HandOver())
    refused("handed_over", story, RECEPTION, cmd.HandOver())
    refused("no_function", story, CLERK, cmd.TakeOver())
    refused("other_agency", story, ELSEWHERE, cmd.TakeOver())
    story.do(HEAD_OF_UNIT, cmd.TakeOver())
    refused("taken", story, HEAD_OF_UNIT, cmd.TakeOver())
    story = entered()
    story.do(RECEPTION, cmd.Withdraw("Xin rút"))
    refused("closed", story, RECEPTION, cmd.HandOver())


def test_d12_3_the_electronic_dossier_may_go_before_the_paper():
    story = entered()
    story.act(HEAD_OF_UNIT, "giao", assignee="vien")
    assert where(story.dossier.original) == PLACES["reception"]
    assert destination(story.dossier).function == "lanh_dao_phong", "to whom acceptance sent it"
    story.do(RECEPTION, cmd.HandOver())
    refused("no_function", story, SECOND_EXAMINER, cmd.TakeOver())
    story.do(EXAMINER, cmd.TakeOver())
    assert story.dossier.handover.taken_by_name == EXAMINER.name


def test_d12_3_the_paper_goes_from_hand_to_hand_with_time_and_receiver():
    story = handed()
    assert where(story.dossier.original) == f"Phòng chuyên môn ({HEAD_OF_UNIT.name})"
    story.act(HEAD_OF_UNIT, "giao", assignee="vien")
    story.do(HEAD_OF_UNIT, cmd.MoveOriginal("examiner", "vien"), "02/06/2026 08:00")
    original = story.dossier.original
    assert (original.place, original.holder, original.since) == ("examiner", "vien", at("02/06/2026 08:00"))
    story.do(LEADER, cmd.MoveOriginal("leader", note="Xem tại phòng"), "02/06/2026 09:00")
    assert where(story.dossier.original) == f"Lãnh đạo cơ quan ({LEADER.name})"
    story.do(LEADER, cmd.MoveOriginal("reception"))
    assert where(story.dossier.original) == PLACES["reception"]
    told = [line.title for line in timeline(story.dossier, CALENDAR) if "ản giấy" in line.title]
    assert told == [
        f"Bản giấy: Chuyên viên thụ lý ({EXAMINER.name})",
        f"Bản giấy: Lãnh đạo cơ quan ({LEADER.name})",
        "Bản giấy: Bộ phận Tiếp nhận và Trả kết quả",
    ]


def test_d12_3_nonsense_moves_are_refused():
    story = entered()
    refused("place", story, RECEPTION, cmd.MoveOriginal("nha_rieng"))
    refused("handover_first", story, RECEPTION, cmd.MoveOriginal("examiner", "vien"))
    refused("being_solved", story, RECEPTION, cmd.MoveOriginal("returned", receiver="Hoa"))
    story.do(RECEPTION, cmd.HandOver())
    refused("handing", story, RECEPTION, cmd.MoveOriginal("reception"))
    story.do(HEAD_OF_UNIT, cmd.TakeOver())
    refused("there", story, HEAD_OF_UNIT, cmd.MoveOriginal("unit"))
    refused("unsolved", story, HEAD_OF_UNIT, cmd.MoveOriginal("archived"))
    refused("not_here", story, RECEPTION, cmd.MoveOriginal("returned", receiver="Hoa"))
    refused("receiver", story, HEAD_OF_UNIT, cmd.MoveOriginal("clerk"))
    refused("receiver", story, HEAD_OF_UNIT, cmd.MoveOriginal("clerk", "vien"))
    refused("no_function", story, EXAMINER, cmd.MoveOriginal("clerk", "thu"))
    refused("other_agency", story, ELSEWHERE, cmd.MoveOriginal("unit"))
    online = accepted()
    refused("no_original", online, EXAMINER, cmd.MoveOriginal("examiner"))


def test_d12_3_paper_that_comes_after_an_online_dossier_is_taken_in_at_reception():
    story = accepted()
    refused("no_function", story, EXAMINER, cmd.MoveOriginal("reception"))
    story.do(RECEPTION, cmd.MoveOriginal("reception", note="Người nộp mang tới"))
    assert where(story.dossier.original) == f"{PLACES['reception']} ({RECEPTION.name})"
    assert story.do(EXAMINER, cmd.MoveOriginal("examiner")).original.holder == EXAMINER.id


def test_d12_3_after_the_end_the_paper_is_archived_or_given_back_once():
    story = handed()
    story.act(HEAD_OF_UNIT, "giao", assignee="vien")
    story.act(EXAMINER, "khong", reason="Không đủ điều kiện")
    story.do(HEAD_OF_UNIT, cmd.MoveOriginal("reception"))
    story.act(RECEPTION, "tra", reason="Đã trả")
    assert story.dossier.closed and ways(story.dossier, RECEPTION) == ("reception", "archived", "returned")
    refused("receiver", story, RECEPTION, cmd.MoveOriginal("returned", receiver=" "))
    refused("over", story, RECEPTION, cmd.MoveOriginal("examiner", "vien"))
    ended = story.dossier.ended_at
    story.do(RECEPTION, cmd.MoveOriginal("returned", receiver="Nguyễn Thị Hoa"), "09/06/2026 09:00")
    assert where(story.dossier.original) == "Đã trả người nộp (Nguyễn Thị Hoa)"
    assert (story.dossier.ended_at, story.dossier.closed) == (ended, True)
    refused("left", story, RECEPTION, cmd.MoveOriginal("archived"))
    refused("closed", story, RECEPTION, cmd.LogCall("0912", "thử"))


def test_d12_3_the_archive_is_the_last_place():
    story = entered()
    story.do(RECEPTION, cmd.Withdraw("Người nộp xin rút tại quầy"))
    story.do(RECEPTION, cmd.MoveOriginal("archived"))
    refused("archived", story, RECEPTION, cmd.MoveOriginal("reception"))


def test_a_hand_over_pressed_twice_is_one():
    story = entered()
    context = story.context(RECEPTION)
    first = story.do(RECEPTION, cmd.HandOver(), command_id=context.command_id)
    assert story.do(RECEPTION, cmd.HandOver(), command_id=context.command_id) == first


def test_a_hand_over_not_confirmed_waits_for_the_successor():
    story = entered()
    story.do(RECEPTION, cmd.HandOver())
    moved = succeeded_handover(story.dossier, Succeeded("xa-a", "UBND xã A", "xa-b", "UBND xã B"))
    assert handover_key(moved) == "take@lanh_dao_phong@xa-b"
    elsewhere = succeeded_handover(story.dossier, Succeeded("xa-c", "UBND xã C", "xa-b", "UBND xã B"))
    assert elsewhere == story.dossier
