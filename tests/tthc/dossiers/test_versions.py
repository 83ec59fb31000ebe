"""An open dossier goes on under another version, and back: what stays, what changes, what stands in the way."""

from dataclasses import replace
from datetime import timedelta

import pytest
from dossier_stories import (
    BODY,
    CALENDAR,
    EXAMINER,
    HEAD_OF_UNIT,
    OWNER,
    RECEPTION,
    WORKFLOW,
    Story,
    a_file,
    a_paper,
    at,
    confirmed,
    definition,
    examined,
    ready,
    submitted,
)
from hypothesis import given, settings
from test_properties import play, scripts, started

from renderers.messages import render
from tthc.dossiers import commands as cmd
from tthc.dossiers.apply import replay
from tthc.dossiers.chain import verify
from tthc.dossiers.codec import dossier_from_bson, dossier_to_bson
from tthc.dossiers.context import SYSTEM
from tthc.dossiers.refusals import Refused
from tthc.dossiers.view import timeline

CHEAPER = BODY.replace("points * 100000", "points * 50000")
LONGER = BODY.replace("amount: 5, unit", "amount: 9, unit").replace("Năm ngày", "Chín ngày")
SHORTER = BODY.replace("amount: 5, unit", "amount: 4, unit").replace("Năm ngày", "Bốn ngày")
EARLY = BODY.replace("collect: at_return", "collect: before_acceptance")


def version(body=BODY, workflow=WORKFLOW):
    return definition(workflow, body)


def moved(story, target, **changes):
    given = {"reason": "Phí giảm theo nghị quyết", "decision": "QĐ 12/QĐ-UBND ngày 01/06/2026", **changes}
    command = cmd.MoveToVersion(target.hash, by="duyet", by_name="Vì Văn Thuận", **given)
    before = story.dossier
    story.do(SYSTEM, command, target=target, command_id="chuyen")
    assert story.dossier is not before
    story.definition = target
    return story


def back(story, former, of="chuyen"):
    command = cmd.MoveBack(of, "Chuyển nhầm", "duyet", "Vì Văn Thuận")
    story.do(SYSTEM, command, target=former, command_id="lai")
    story.definition = former
    return story


def why_not(story, target, **changes):
    with pytest.raises(Refused) as refused:
        moved(story, target, **changes)
    return refused.value


# -- what changes, what stays ------------------------------------------------------------------------------------


def test_an_unpaid_fee_is_that_of_the_new_version_and_everybody_reads_why():
    story = moved(examined(), version(CHEAPER))
    dossier = story.dossier
    assert [fee.amount for fee in dossier.owed()] == [100_000]
    assert dossier.definition == version(CHEAPER).hash
    line = timeline(dossier, CALENDAR)[-1]
    assert (line.title, line.who, line.public) == ("Chuyển sang bản mới của thủ tục", "Vì Văn Thuận", True)
    assert line.told == "Phí, lệ phí: Phí thẩm định: 200.000 đồng → 100.000 đồng."
    assert "Lý do: Phí giảm theo nghị quyết Theo QĐ 12/QĐ-UBND" in line.detail
    notices = [entry for entry in dossier.outbox if entry.template == "version_moved"]
    assert {entry.channel for entry in notices} == {"portal", "email", "sms"}
    words = render("version_moved", "portal", {**notices[0].data, "link": "x", "site": "x"})
    assert "200.000 đồng → 100.000 đồng" in words.body


def test_other_words_alone_tell_nobody():
    story = moved(examined(), version(BODY.replace("Hợp đồng thuê", "Hợp đồng thuê nhà")))
    told = timeline(story.dossier, CALENDAR)[-1]
    assert "Giấy tờ" not in told.detail
    assert "version_moved" not in {entry.template for entry in story.dossier.outbox}


def test_a_paid_fee_stays_paid_and_the_difference_is_told_not_asked_for():
    story = submitted()
    story.do(RECEPTION, cmd.RecordPayment(("phi",), receipt="BL 1"))
    story.do(RECEPTION, cmd.Accept(("hop_dong",)))
    dearer = version(BODY.replace("points * 100000", "points * 150000"))
    refused = why_not(story, dearer)
    assert refused.message.startswith("Cần người xem: Đã thu 200.000 đồng của “Phí thẩm định”")
    moved(story, dearer, despite=True)
    (fee,) = story.dossier.fees
    assert (fee.amount, fee.receipt, story.dossier.owed()) == (200_000, "BL 1", ())
    assert "không thu thêm, không tự hoàn lại" in timeline(story.dossier, CALENDAR)[-1].told
    # nor does a later supplement ask for it
    story.act(HEAD_OF_UNIT, "giao", assignee="vien")
    story.act(EXAMINER, "bo_sung", reason="Mờ")
    story.do(OWNER, cmd.Supply(papers=(a_paper("hop_dong", "ro"),)))
    assert story.dossier.owed() == ()


def test_more_of_what_is_charged_is_asked_for_by_the_new_price():
    story = submitted()
    story.do(RECEPTION, cmd.RecordPayment(("phi",)))
    story.do(RECEPTION, cmd.Accept(("hop_dong",)))
    moved(story, version(BODY.replace("points * 100000", "points * 150000")), despite=True)
    story.act(HEAD_OF_UNIT, "giao", assignee="vien")
    story.act(EXAMINER, "bo_sung", reason="Thiếu một điểm")
    story.do(OWNER, cmd.Supply(answers={"shop_name": "Tạp hóa Hoa", "points": "3"}))
    assert [fee.amount for fee in story.dossier.owed()] == [
        150_000
    ]  # one more point, nothing for the first two


def test_d10_3b_the_clock_is_never_started_again():
    story = examined()
    story.act(EXAMINER, "bo_sung", when="02/06/2026 08:00", reason="Mờ")
    story.act(OWNER, "gui", when="04/06/2026 08:00")
    before = story.dossier
    moved(story, version(SHORTER))
    deadline = story.dossier.deadline
    assert story.dossier.accepted_at == before.accepted_at
    assert deadline.pauses == before.deadline.pauses
    assert deadline.original_due == before.deadline.original_due
    assert (before.deadline.due, deadline.due) == (at("10/06/2026 08:00"), at("09/06/2026 08:00"))
    assert "Hạn trả: 08:00 ngày 10/06/2026" in timeline(story.dossier, CALENDAR)[-1].told
    assert story.dossier.tasks == before.tasks


def test_a_later_date_is_promised_only_when_somebody_decides():
    assert "muộn hơn ngày đã hẹn" in why_not(examined(), version(LONGER)).message
    story = moved(examined(), version(LONGER), despite=True)
    assert story.dossier.deadline.original_due == at("08/06/2026 08:00")
    assert story.dossier.deadline.due == at("12/06/2026 08:00")
    assert "Đã xem và vẫn chuyển" in timeline(story.dossier, CALENDAR)[-1].detail


def test_a_result_that_lies_ready_is_measured_by_the_day_it_had():
    story = moved(ready(), version(SHORTER))
    assert story.dossier.deadline.due == at("08/06/2026 08:00")


def test_before_acceptance_the_new_version_decides_what_is_to_be_paid_first():
    story = moved(submitted(), version(EARLY))
    with pytest.raises(Refused, match="phải nộp trước khi tiếp nhận"):
        story.do(RECEPTION, cmd.Accept(("hop_dong",)))


def test_a_step_of_another_name_is_told():
    story = moved(examined(), version(workflow=WORKFLOW.replace("name: Thẩm tra", "name: Thẩm định hồ sơ")))
    assert [task.name for task in story.dossier.tasks] == ["Thẩm định hồ sơ"]
    assert timeline(story.dossier, CALENDAR)[-1].told == "Bước “Thẩm tra” nay là “Thẩm định hồ sơ”."


def test_files_of_a_paper_that_is_no_more_asked_for_stay_and_stand_in_nobodys_way():
    story = moved(examined(), version(BODY.replace("id: hop_dong", "id: hop_dong_moi")), despite=True)
    story.act(EXAMINER, "bo_sung", reason="Mờ")
    story.do(OWNER, cmd.Supply(papers=(a_paper("hop_dong_moi"),)))
    assert [paper.paper_id for paper in story.dossier.papers] == ["hop_dong_moi", "hop_dong"]


# -- what stands in the way --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "workflow", "why"),
    [
        (BODY, WORKFLOW.replace("tham_tra", "tham_tra_moi"), "không có bước “Thẩm tra” mà hồ sơ đang đứng"),
        (
            BODY,
            WORKFLOW.replace(
                "name: Thẩm tra\n      actor: tham_dinh", "name: Thẩm tra\n      actor: phe_duyet"
            ),
            "do người giữ chức năng khác làm",
        ),
        (
            BODY.replace("label: Thông thường, when: true", "label: Thông thường, when: points > 3"),
            WORKFLOW,
            "Không có trường hợp nào phù hợp",
        ),
    ],
    ids=["step", "actor", "case"],
)
def test_nobody_can_decide_away_what_cannot_be(body, workflow, why):
    assert why in why_not(examined(), version(body, workflow), despite=True).message


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (
            BODY.replace(
                "label: Tên cửa hàng, required: true, max_length: 100",
                "label: Tên, required: true, max_length: 3",
            ),
            "Câu trả lời chưa đạt",
        ),
        (BODY.replace("required: false", "required: true"), "Phải bổ sung “Ảnh cửa hàng”"),
        (
            BODY.replace("when: points > 5}\n  - {id: thuong", "when: points > 1}\n  - {id: thuong", 1),
            "trường hợp khác",
        ),
    ],
    ids=["answers", "paper", "case"],
)
def test_a_person_may_decide_what_a_rule_does_not(body, why):
    refused = why_not(examined(), version(body))
    assert (refused.code, why in refused.message) == ("needs_person", True)
    before = examined().dossier
    story = moved(examined(), version(body), despite=True)
    assert story.dossier.answers == before.answers
    assert story.dossier.papers == before.papers


def test_only_the_system_moves_and_it_must_be_told_why():
    with pytest.raises(Refused, match="theo quyết định chuyển"):
        examined().do(RECEPTION, cmd.MoveToVersion("x", "lý do", "QĐ", "a", "A"))
    assert "Ghi lý do" in why_not(examined(), version(CHEAPER), reason=" ").message
    assert "quyết định" in why_not(examined(), version(CHEAPER), decision=" ").message
    assert "đã theo bản này" in why_not(examined(), version()).message


# -- and back ----------------------------------------------------------------------------------------------------


def test_a_move_is_undone_as_long_as_nothing_was_done_since():
    story = confirmed()
    before = story.dossier
    moved(story, version(CHEAPER))
    story.fire("20/06/2026 08:00")  # a reminder is nobody's doing
    back(story, version())
    after = story.dossier
    assert (after.definition, after.fees, after.deadline, after.tasks) == (
        before.definition,
        before.fees,
        before.deadline,
        before.tasks,
    )
    line = timeline(after, CALENDAR)[-1]
    assert line.title == "Trở lại bản thủ tục trước khi chuyển"
    assert verify(after) == ()
    with pytest.raises(Refused, match="không có gì để hoàn tác"):
        story.do(SYSTEM, cmd.MoveBack("chuyen", "Lần nữa", "duyet", "T"), target=version(CHEAPER))


def test_what_was_done_since_is_not_undone():
    story = moved(examined(), version(CHEAPER))
    story.act(EXAMINER, "trinh", files=(a_file("du_thao"),))
    with pytest.raises(Refused, match="đã có thao tác mới"):
        back(story, version())


# -- always ------------------------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=60)
@given(scripts, scripts)
def test_a_move_keeps_what_is_the_applicants_and_can_be_told_again(script, more):
    story = started(counter=False)
    play(story, script)
    before = story.dossier
    story.now += timedelta(minutes=3)
    target = version(CHEAPER.replace("amount: 5, unit", "amount: 6, unit"))
    try:
        moved(story, target, despite=True)
    except Refused:
        assert before.closed
        return
    dossier = story.dossier
    kept = (
        "answers",
        "papers",
        "documents",
        "accepted_at",
        "code",
        "status",
        "owner",
        "supplement",
        "checked",
    )
    assert [getattr(dossier, name) for name in kept] == [getattr(before, name) for name in kept]
    assert [fee for fee in before.fees if fee.paid_at] == [
        replace(fee, waived=0) for fee in dossier.fees if fee.paid_at
    ]
    assert [(t.id, t.step, t.assignee, t.due) for t in dossier.tasks] == [
        (t.id, t.step, t.assignee, t.due) for t in before.tasks
    ]
    if before.deadline is not None:
        for name in ("original_due", "pauses", "extensions", "promised"):
            assert getattr(dossier.deadline, name) == getattr(before.deadline, name)
    sound(dossier)
    undone = Story(**{name: getattr(story, name) for name in story.__dataclass_fields__})
    back(undone, version())
    same = {"history", "outbox", "version", "updated_at"}
    assert all(
        getattr(undone.dossier, name) == getattr(before, name)
        for name in before.__dataclass_fields__
        if name not in same
    )
    sound(undone.dossier)
    play(story, more)
    sound(story.dossier)


def sound(dossier):
    assert verify(dossier) == ()
    assert replace(replay(dossier.history), outbox=dossier.outbox) == dossier
    assert dossier_from_bson(dossier_to_bson(dossier)) == dossier
