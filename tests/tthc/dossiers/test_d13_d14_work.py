"""Quy chế Điều 13, 14: phân công, thẩm tra, bổ sung, gia hạn, phê duyệt, phát hành."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

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
    STRANGER,
    a_file,
    a_paper,
    accepted,
    at,
    confirmed,
    examined,
    ready,
    registration,
    submission,
)

from rules.deadlines import DeadlineRule, Extension, Unit
from tthc.dossiers import commands as cmd
from tthc.dossiers.apply import replay
from tthc.dossiers.context import Policy
from tthc.dossiers.refusals import Refused
from tthc.dossiers.solving import recount
from tthc.dossiers.state import Status, SupplementItem
from tthc.dossiers.view import possible, timeline

DRAFT = (a_file("du_thao"),)
MISSING = (SupplementItem("hop_dong", "Hết hạn"),)


def refused(code, rule, story, actor, action, **needs):
    before = story.dossier
    with pytest.raises(Refused) as caught:
        story.act(actor, action, **needs)
    assert (caught.value.code, caught.value.rule) == (code, rule)
    assert story.dossier is before
    return caught.value


def test_d13_2_the_head_of_the_unit_assigns_an_examiner():
    story = accepted()
    refused("assignee", "Đ13.2", story, HEAD_OF_UNIT, "giao")
    refused("assignee", "Đ13.2", story, HEAD_OF_UNIT, "giao", assignee="thu")
    refused("assignee", "Đ13.2", story, HEAD_OF_UNIT, "giao", assignee="xa")
    refused("assignee", "Đ13.2", story, HEAD_OF_UNIT, "giao", assignee="khong_co")
    dossier = story.act(HEAD_OF_UNIT, "giao", assignee="vien")
    (task,) = dossier.tasks
    assert (task.step, task.assignee, task.assignee_name) == ("tham_tra", "vien", EXAMINER.name)


def test_d13_2_only_the_assignee_acts():
    refused("not_assignee", "Đ13.2", examined(), SECOND_EXAMINER, "trinh", files=DRAFT)
    refused("no_function", "Đ2.7", examined(), LEADER, "trinh", files=DRAFT)
    refused("other_agency", "Đ3.2", examined(), ELSEWHERE, "trinh", files=DRAFT)
    refused("forbidden", "Đ3.2", examined(), OWNER, "trinh", files=DRAFT)


def test_d13_2_a_step_is_given_to_somebody_else_with_a_reason():
    story = examined()
    token = story.dossier.tasks[0].id
    for actor, reassign, code in (
        (HEAD_OF_UNIT, cmd.Reassign(token, "vien2", " "), "reason"),
        (HEAD_OF_UNIT, cmd.Reassign(token, "thu", "Nghỉ phép"), "assignee"),
        (SECOND_EXAMINER, cmd.Reassign(token, "vien2", "Nghỉ phép"), "no_function"),
        (OWNER, cmd.Reassign(token, "vien2", "Nghỉ phép"), "forbidden"),
    ):
        with pytest.raises(Refused) as caught:
            story.do(actor, reassign)
        assert caught.value.code == code
    dossier = story.do(HEAD_OF_UNIT, cmd.Reassign(token, "vien2", "Nghỉ phép"))
    assert dossier.tasks[0].assignee == "vien2"
    assert story.act(SECOND_EXAMINER, "trinh", files=DRAFT).status is Status.WAITING_APPLICANT
    with pytest.raises(Refused, match="chưa giao cho ai"):
        story.do(HEAD_OF_UNIT, cmd.Reassign(story.dossier.tasks[0].id, "vien2", "x"))


def test_the_assignee_may_hand_the_step_over():
    story = examined()
    token = story.dossier.tasks[0].id
    assert story.do(EXAMINER, cmd.Reassign(token, "vien2", "Nghỉ ốm")).tasks[0].assignee == "vien2"


def test_d13_3d_asking_the_applicant_to_agree_is_no_request_for_supplement():
    story = examined()
    (offer,) = (
        p
        for p in possible(story.definition, story.dossier, EXAMINER, AGENCY, story.now)
        if p.action == "trinh"
    )
    assert not offer.asks_items
    refused("items", "Đ13.3d", story, EXAMINER, "trinh", files=DRAFT, items=MISSING)
    assert story.act(EXAMINER, "trinh", files=DRAFT).supplements_in_solving == 0


def test_d13_2_d13_3a_submitting_needs_a_draft():
    story = examined()
    refused("draft", "Đ13.2", story, EXAMINER, "trinh")
    dossier = story.act(EXAMINER, "trinh", files=DRAFT, note="Đủ điều kiện")
    assert [(d.kind, d.by, d.note) for d in dossier.documents] == [("draft", "vien", "Đủ điều kiện")]


def test_d13_2_a_draft_given_earlier_is_enough():
    story = examined()
    story.act(EXAMINER, "trinh", files=DRAFT)
    story.act(OWNER, "sua", reason="Sai tên")
    assert story.act(EXAMINER, "trinh").status is Status.WAITING_APPLICANT


def test_d10_3a_only_actions_whose_guard_holds():
    refused("workflow", "Đ10.3a", examined(), EXAMINER, "dac_biet")
    refused("no_action", "Đ10.3a", examined(), EXAMINER, "khong_co")


def test_d10_3a_a_step_already_done_is_told():
    story = examined()
    token = story.dossier.tasks[0].id
    story.act(EXAMINER, "trinh", files=DRAFT)
    with pytest.raises(Refused, match="tải lại trang"):
        story.do(EXAMINER, cmd.Act(token, "trinh"))


def test_d13_3d_supplement_in_appraisal_pauses_the_clock_and_resumes_it():
    # lịch tính: calendar.md ví dụ 8 với thời hạn năm ngày
    story = examined("01/06/2026 08:00")
    story.act(EXAMINER, "bo_sung", "02/06/2026 10:00", reason="Thiếu giấy", items=MISSING)
    dossier = story.dossier
    assert (dossier.status, dossier.supplement.items[0].name) == (Status.WAITING_APPLICANT, "Hợp đồng thuê")
    assert (dossier.deadline.pauses[-1].start, dossier.deadline.pauses[-1].end) == (
        at("02/06/2026 10:00"),
        None,
    )
    assert "supplement_requested:email" in story.templates()
    assert dossier.timers == ()
    dossier = story.do(OWNER, cmd.Supply(papers=(a_paper("hop_dong", "moi"),)), "08/06/2026 10:00")
    assert (dossier.status, story.step, dossier.supplement) == (Status.SOLVING, "tham_tra", None)
    assert dossier.deadline.pauses[-1].end == at("08/06/2026 10:00")
    assert dossier.deadline.original_due == at("08/06/2026 08:00")
    assert dossier.deadline.due == at("12/06/2026 08:00")
    assert story.templates()[-1] == "supplied:portal"


def test_d15_1b_the_examiner_who_asked_gets_the_dossier_back():
    story = examined()
    story.act(EXAMINER, "bo_sung", reason="Thiếu", items=MISSING)
    dossier = story.do(OWNER, cmd.Supply(note="Đã nộp đủ"))
    assert dossier.tasks[0].assignee == "vien"
    assert dossier.outbox[-1].to == "vien"


def test_d15_1b_reception_supplies_for_the_applicant_with_a_reason():
    story = examined()
    story.act(EXAMINER, "bo_sung", reason="Thiếu", items=MISSING)
    refused("reason", "Đ15.1b", story, RECEPTION, "gui")
    refused("not_owner", "Đ26.1", story, STRANGER, "gui")
    refused("no_function", "Đ2.7", story, EXAMINER, "gui", reason="x")
    story.act(RECEPTION, "gui", reason="Nộp tại quầy")
    assert story.dossier.history[-1].data["behalf"] is True


def test_supplement_in_appraisal_is_limited_by_policy():
    story = examined()
    for _ in range(2):
        story.policy = Policy(supplement_max=None)
        story.act(EXAMINER, "bo_sung", reason="Thiếu", items=MISSING)
        story.do(OWNER, cmd.Supply(note="Đã nộp đủ"))
    story.policy = Policy(supplement_max=2)
    refused("supplement_limit", "NĐ 107/2021", story, EXAMINER, "bo_sung", reason="Thiếu", items=MISSING)


def test_items_go_only_with_an_action_that_asks_the_applicant():
    refused("items", "Đ13.3d", examined(), EXAMINER, "khong", reason="x", items=MISSING)
    bad = (SupplementItem("hop_dong", ""),)
    refused("item_reason", "Đ10.2c", examined(), EXAMINER, "bo_sung", reason="x", items=bad)


def test_d13_3d_after_the_due_date_asking_or_declining_goes_by_an_apology():
    story = examined("01/06/2026 08:00")
    story.now = at("09/06/2026 08:00")
    refused("overdue", "Đ13.3d", story, EXAMINER, "bo_sung", reason="Thiếu", items=MISSING)
    story.do(RECEPTION, cmd.Apologise("Quá tải", at("12/06/2026 17:30")))
    assert story.act(EXAMINER, "bo_sung", reason="Thiếu", items=MISSING).supplement is not None


def test_d13_3dd_extension_keeps_both_dates_and_tells_the_applicant():
    story = examined("01/06/2026 08:00")
    two = DeadlineRule(Decimal(2), Unit.WORKING_DAY)
    for command, code in (
        (cmd.Extend(two, "", "12/ĐN"), "reason"),
        (cmd.Extend(two, "Phức tạp", ""), "reason"),
        (cmd.Extend(DeadlineRule(Decimal(0), Unit.WORKING_DAY), "Phức tạp", "12/ĐN"), "amount"),
    ):
        with pytest.raises(Refused) as caught:
            story.do(RECEPTION, command)
        assert (caught.value.code, caught.value.rule) == (code, "Đ13.3đ")
    dossier = story.do(RECEPTION, cmd.Extend(two, "Phức tạp", "12/ĐN", DRAFT))
    assert (dossier.deadline.original_due, dossier.deadline.due) == (
        at("08/06/2026 08:00"),
        at("10/06/2026 08:00"),
    )
    assert [d.kind for d in dossier.documents] == ["extension"]
    assert story.templates()[-2:] == ["extended:email", "extended:sms"]


def test_d13_3dd_an_extension_says_on_which_clause_of_law_it_rests_or_that_there_is_none():
    two = DeadlineRule(Decimal(2), Unit.WORKING_DAY)
    story = examined("01/06/2026 08:00")
    for basis, said in (
        ("khoản 2 Điều 17 99/1999/NĐ-CP", "01/2020/NĐ-CP"),
        ("01/2020/NĐ-CP", "Ghi điều, khoản"),
        ("vì bận", "căn cứ pháp lý của thủ tục"),
    ):
        with pytest.raises(Refused) as caught:
            story.do(RECEPTION, cmd.Extend(two, "Phức tạp", "12/ĐN", DRAFT, basis=basis))
        assert (caught.value.code, caught.value.rule) == ("basis", "Đ13.3đ")
        assert said in caught.value.message
    assert story.dossier.documents == ()
    law = " khoản 2  Điều 5 01/2020/NĐ-CP "
    deadline = story.do(RECEPTION, cmd.Extend(two, "Phức tạp", "12/ĐN", basis=law)).deadline
    assert deadline.extensions[0].basis == "khoản 2 Điều 5 01/2020/NĐ-CP"
    assert (deadline.by_law, deadline.due) == (at("10/06/2026 08:00"), at("10/06/2026 08:00"))
    # a second one without a clause: the appointment moves, the date of the law stays
    deadline = story.do(RECEPTION, cmd.Extend(two, "Bận", "13/ĐN")).deadline
    assert (deadline.original_due, deadline.by_law, deadline.due) == (
        at("08/06/2026 08:00"),
        at("10/06/2026 08:00"),
        at("12/06/2026 08:00"),
    )
    details = [line.detail for line in timeline(story.dossier, CALENDAR)][-2:]
    assert "Căn cứ: khoản 2 Điều 5 01/2020/NĐ-CP." in details[0]
    assert "đúng hạn, quá hạn vẫn tính theo" in details[1]
    assert replace(replay(story.dossier.history), outbox=story.dossier.outbox) == story.dossier


def test_d13_3dd_what_was_extended_before_grounds_were_asked_for_counts_as_it_did():
    story = examined("01/06/2026 08:00")
    old = Extension(story.now, DeadlineRule(Decimal(2), Unit.WORKING_DAY), "Phức tạp", "12/ĐN")
    deadline = story.dossier.deadline
    counted = recount(deadline, story.dossier.accepted_at, CALENDAR, (), (old,))
    assert (counted.by_law, counted.legal_due) == (at("10/06/2026 08:00"), None)


def test_d13_3dd_nothing_to_extend_once_solved():
    with pytest.raises(Refused) as caught:
        ready().do(RECEPTION, cmd.Extend(DeadlineRule(Decimal(2), Unit.WORKING_DAY), "x", "y"))
    assert caught.value.code == "no_deadline"


def test_silence_is_consent():
    story = examined("01/06/2026 08:00")
    dossier = story.act(EXAMINER, "trinh", "01/06/2026 10:00", files=DRAFT)
    assert "confirm_requested:sms" in story.templates()
    (timer,) = dossier.timers
    assert (timer.kind, timer.due) == ("consent", at("02/06/2026 10:00"))
    dossier = story.fire("02/06/2026 10:00")
    assert (dossier.status, story.step) == (Status.SOLVING, "phe_duyet")
    assert dossier.history[-1].data["silent"] is True
    assert dossier.history[-1].actor.kind == "system"
    assert story.templates()[-3:] == [f"consent_assumed:{c}" for c in ("portal", "email", "sms")]


def test_the_applicant_answers_before_silence_does():
    story = examined()
    story.act(EXAMINER, "trinh", files=DRAFT)
    refused("not_owner", "Đ26.1", story, STRANGER, "dong_y")
    refused("reason", "Đ14.1a", story, OWNER, "sua")
    story.act(OWNER, "sua", reason="Sai tên đệm")
    assert (story.step, story.dossier.tasks[0].assignee) == ("tham_tra", "vien")


def test_paper_dossiers_skip_the_confirmation():
    story = accepted()
    story.dossier = None
    story.do(RECEPTION, registration("hs2"))
    story.act(HEAD_OF_UNIT, "giao", assignee="vien")
    story.act(EXAMINER, "trinh", files=DRAFT)
    assert story.step == "phe_duyet"
    assert story.dossier.history[-1].data["skipped"] == ["xac_nhan"]


def test_d14_1a_returning_needs_a_written_direction():
    story = confirmed()
    assert "Chuyển lại" in refused("reason", "Đ14.1a", story, LEADER, "chuyen_lai", reason="  ").message
    story.act(LEADER, "chuyen_lai", reason="Ghi lại căn cứ")
    assert story.dossier.history[-1].data["reason"] == "Ghi lại căn cứ"
    assert story.step == "tham_tra"


def test_d14_1b_agreed_goes_to_the_clerk():
    story = confirmed()
    assert story.act(LEADER, "duyet").tasks[0].function == "van_thu"


def test_d14_2_the_result_is_pdf_with_number_and_date():
    story = confirmed()
    story.act(LEADER, "duyet")
    day = date(2026, 6, 1)
    for needs in (
        {},
        {"files": (a_file("kq", "jpeg"),), "number": "1", "issued_on": day},
        {"files": DRAFT, "issued_on": day},
        {"files": DRAFT, "number": "1"},
        {"files": DRAFT, "number": "1", "issued_on": date(2026, 6, 2)},
    ):
        refused("result", "Đ14.2", story, CLERK, "phat_hanh", **needs)
    dossier = story.act(CLERK, "phat_hanh", files=DRAFT, number=" 1/GP ", issued_on=day, signed_by="Chủ tịch")
    result = dossier.documents[-1]
    assert (result.kind, result.number, result.issued_on, result.signed_by) == (
        "result",
        "1/GP",
        day,
        "Chủ tịch",
    )


def test_d14_2_the_result_comes_from_the_clerk_alone():
    story = confirmed()
    workflow = story.definition.workflow
    steps = tuple(replace(s, actor="phe_duyet") if s.id == "phat_hanh" else s for s in workflow.steps)
    story.definition = replace(story.definition, workflow=replace(workflow, steps=steps))
    story.act(LEADER, "duyet")
    refused(
        "result", "Đ14.2", story, LEADER, "phat_hanh", files=DRAFT, number="1", issued_on=date(2026, 6, 1)
    )


def test_nothing_is_worked_on_before_acceptance():
    story = accepted()
    story.dossier = None
    story.do(OWNER, submission("hs3"))
    with pytest.raises(Refused) as caught:
        story.do(EXAMINER, cmd.Act("intake", "trinh"))
    assert (caught.value.code, caught.value.rule) == ("not_accepted", "Đ10.3b")
