"""Quy chế Điều 13 khoản 3: xác minh thực tế, lấy ý kiến, trả hồ sơ trong hạn, đề nghị gia hạn."""

from dataclasses import replace
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
    OTHER_AGENCY,
    OWNER,
    RECEPTION,
    Story,
    a_file,
    accepted,
    at,
    definition,
    examined,
    ready,
    staff,
    submission,
)

from rules.deadlines import DeadlineRule, Unit
from tthc.dossiers import commands as cmd
from tthc.dossiers.apply import replay
from tthc.dossiers.asking import asked
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import Status
from tthc.dossiers.view import possible, timeline

KNOWN = {a.id: a for a in (AGENCY, OTHER_AGENCY, replace(AGENCY, id="xa-c", name="UBND xã C"))}
ONE_STOP_HEAD = staff("dung_dau", "phu_trach_mot_cua")
THIRD = staff("xa_c", "tham_dinh", agency="xa-c")
LAW = "khoản 1 Điều 2 01/2020/NĐ-CP"
TWO_DAYS = DeadlineRule(Decimal(2), Unit.WORKING_DAY)
MINUTES = (a_file("bien_ban"),)
ON_SITE = """
workflow:
  name: Xác minh
  start: kiem_tra
  steps:
    - id: kiem_tra
      name: Kiểm tra thực địa
      actor: tham_dinh
      duration: {amount: 2, unit: working_day}
      actions:
        - {id: xong, label: Đã kiểm tra, to: tra, needs: [verification], primary: true}
        - {id: khong, label: Không giải quyết, to: van_ban, needs: [reason]}
    - {id: van_ban, name: Ra thông báo, actor: van_thu, actions: [{id: phat_hanh, label: Phát hành, to: tra_lai, needs: [result], primary: true}]}
    - {id: tra_lai, name: Trả lại, actor: tiep_nhan, phase: result_ready, actions: [{id: tra_lai, label: Trả lại, to: end, outcome: declined, needs: [recipient]}]}
    - {id: tra, name: Trả, actor: tiep_nhan, phase: result_ready, actions: [{id: tra, label: Trả, to: end, outcome: returned, needs: [recipient]}]}
"""
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
        - {id: dong_y, label: Đồng ý, to: tong_hop, primary: true}
        - {id: khong, label: Không đồng ý, to: tong_hop, needs: [reason]}
    - {id: tong_hop, name: Tổng hợp, actor: tham_dinh, join: all, actions: [{id: chuyen, label: Chuyển, to: tra, primary: true}]}
    - {id: tra, name: Trả, actor: tiep_nhan, phase: result_ready, actions: [{id: tra, label: Trả, to: end, outcome: returned, needs: [recipient]}]}
"""
SILENT = ASKING.replace("      at_item: true\n", "      at_item: true\n      on_timeout: dong_y\n")


def begun(workflow: str) -> Story:
    story = Story(definition=definition(workflow))
    story.do(OWNER, submission())
    story.do(RECEPTION, cmd.Accept(("hop_dong",)))
    return story


def refused(code, rule, story, actor, command, **context):
    before = story.dossier
    with pytest.raises(Refused) as caught:
        story.do(actor, command, **context)
    assert (caught.value.code, caught.value.rule) == (code, rule), caught.value
    assert story.dossier is before
    return caught.value


def told(kind, story, when, **changes):
    four = {
        "starts_at": at(when),
        "place": "Thửa 245, bản Cọ",
        "participants": "Chuyên viên, trưởng bản, chủ hộ",
        "content": "Ranh giới, hiện trạng",
    }
    return kind(story.dossier.tasks[0].id, **{**four, **changes})


def names(story, actor):
    return {p.command for p in possible(story.definition, story.dossier, actor, AGENCY, story.now)}


def test_d13_3b_the_step_goes_on_only_with_a_verification_on_record():
    story = begun(ON_SITE)
    on = cmd.Act(story.dossier.tasks[0].id, "xong")
    assert "xong" not in refused("verification", "Đ13.3b", story, EXAMINER, on).message
    for field in ("place", "participants", "content"):
        empty = told(cmd.RecordVerification, story, "01/06/2026 07:59", outcome="Đúng", **{field: " "})
        refused("verification", "Đ13.3b", story, EXAMINER, empty)
    story.now = at("03/06/2026 10:00")
    silent = told(cmd.RecordVerification, story, "03/06/2026 08:00")
    assert "biên bản" in refused("verification", "Đ13.3b", story, EXAMINER, silent).message
    told_all = told(cmd.RecordVerification, story, "03/06/2026 08:00", outcome="Đúng hồ sơ", files=MINUTES)
    for actor, code, rule in ((CLERK, "no_function", "Đ2.7"), (ELSEWHERE, "other_agency", "Đ3.2")):
        refused(code, rule, story, actor, told_all)
    dossier = story.do(EXAMINER, told_all)
    (one,) = dossier.verifications
    assert (one.place, one.participants, one.content, one.starts_at) == (
        "Thửa 245, bản Cọ",
        "Chuyên viên, trưởng bản, chủ hộ",
        "Ranh giới, hiện trạng",
        at("03/06/2026 08:00"),
    )
    assert (one.complete, one.recorded_by) == (True, EXAMINER.name)
    assert [(d.kind, d.file.name) for d in dossier.documents] == [("minutes", "bien_ban.pdf")]
    assert replace(replay(dossier.history), outbox=dossier.outbox) == dossier
    assert story.do(EXAMINER, on).status is Status.RESULT_READY


def test_d13_3b_the_applicant_is_told_of_the_appointment():
    story = begun(ON_SITE)
    refused(
        "verification_time",
        "Đ13.3b",
        story,
        EXAMINER,
        told(cmd.ArrangeVerification, story, "01/06/2026 07:00"),
    )
    dossier = story.do(EXAMINER, told(cmd.ArrangeVerification, story, "03/06/2026 08:00"))
    assert story.templates()[-3:] == [f"verification_arranged:{c}" for c in ("portal", "email", "sms")]
    data = dossier.outbox[-1].data
    assert (data["place"], data["until"]) == ("Thửa 245, bản Cọ", "2026-06-03T01:00:00.000Z")
    line = timeline(dossier, CALENDAR)[-1]
    assert line.public and "Thửa 245" in line.told and "trưởng bản" not in line.told
    # arranged is not done
    on = cmd.Act(dossier.tasks[0].id, "xong")
    assert "chưa ghi kết quả" in refused("verification", "Đ13.3b", story, EXAMINER, on).message
    again = told(cmd.ArrangeVerification, story, "04/06/2026 08:00", verification="x1")
    assert [v.starts_at for v in story.do(EXAMINER, again).verifications] == [at("04/06/2026 08:00")]
    refused("verification_same", "Đ13.3b", story, EXAMINER, again)
    early = told(cmd.RecordVerification, story, "04/06/2026 08:00", outcome="Đúng", verification="x1")
    refused("verification_time", "Đ13.3b", story, EXAMINER, early)
    backdated = told(cmd.RecordVerification, story, "29/05/2026 08:00", outcome="Đúng", verification="x1")
    refused("verification_time", "Đ13.3b", story, EXAMINER, backdated)
    story.now = at("04/06/2026 10:00")
    dossier = story.do(EXAMINER, early)
    assert [(v.id, v.complete, v.arranged_at) for v in dossier.verifications] == [
        ("x1", True, at("01/06/2026 08:00"))
    ]
    refused("verification_gone", "Đ13.3b", story, EXAMINER, early)
    assert "Đúng" not in timeline(dossier, CALENDAR)[-1].told


def test_d13_3b_it_is_for_whoever_handles_the_dossier():
    story = examined()
    story.act(EXAMINER, "trinh", files=MINUTES)
    story.act(OWNER, "dong_y")
    refused(
        "no_verification", "Đ13.3b", story, LEADER, told(cmd.ArrangeVerification, story, "03/06/2026 08:00")
    )
    assert "arrange_verification" not in names(story, LEADER)
    assert {"arrange_verification", "record_verification"} <= names(begun(ON_SITE), EXAMINER)


def asking(workflow=ASKING, *chosen, **changes):
    story = begun(workflow)
    given = {"question": "Có vướng quy hoạch không?", **changes}
    command = cmd.Act(story.dossier.tasks[0].id, "hoi", chosen=chosen or ("xa-b", "xa-c"), **given)
    return story, command


def test_d13_3c_content_deadline_and_agencies_are_written_when_asking():
    story, _ = asking()
    for changes, code in (
        ({"question": " "}, "question"),
        ({"answer_by": at("01/06/2026 08:00")}, "answer_by"),
    ):
        _, command = asking(**changes)
        refused(code, "Đ13.3c", story, EXAMINER, command, agencies=KNOWN)
    _, command = asking(answer_by=at("05/06/2026 17:00"))
    dossier = story.do(EXAMINER, command, agencies=KNOWN)
    assert [(t.agency_name, t.question, t.due) for t in dossier.tasks] == [
        (name, "Có vướng quy hoạch không?", at("05/06/2026 17:00")) for name in ("UBND xã B", "UBND xã C")
    ]
    story, command = asking()
    dossier = story.do(EXAMINER, command, agencies=KNOWN)
    assert {t.due for t in dossier.tasks} == {at("02/06/2026 08:00")}, "as the definition says"


def test_d13_3c_silence_that_is_consent_is_not_made_shorter():
    story, early = asking(SILENT, answer_by=at("01/06/2026 10:00"))
    assert "coi như đồng ý" in refused("answer_by", "Đ13.3c", story, EXAMINER, early, agencies=KNOWN).message
    story, command = asking(SILENT)
    story.do(EXAMINER, command, agencies=KNOWN)
    dossier = story.fire("02/06/2026 08:00")
    assert story.step == "tong_hop"
    assert [one.state for one in asked(dossier)] == ["assumed", "assumed"]
    assert [(late.agency_name, late.assumed) for late in dossier.late_opinions] == [
        ("UBND xã B", True),
        ("UBND xã C", True),
    ]


def test_d13_3c_one_of_three_is_late_its_head_is_told_and_the_dossier_goes_on_by_decision():
    story, command = asking(ASKING, "xa-b", "xa-c", "xa-a")
    dossier = story.do(EXAMINER, command, agencies=KNOWN)
    first, second, third = (t.id for t in dossier.tasks)
    story.do(ELSEWHERE, cmd.Act(first, "dong_y", reason="Phù hợp", files=(a_file("cong_van"),)))
    story.do(EXAMINER, cmd.Act(third, "dong_y"))
    refused("not_late", "Đ13.3c", story, EXAMINER, cmd.WaiveOpinion(second, "Đã đôn đốc"))
    dossier = story.fire("02/06/2026 08:00")
    to_head = [e for e in dossier.outbox if e.template == "consultation_overdue"]
    assert [(e.to, e.data["asked"]) for e in to_head] == [("phu_trach_mot_cua@xa-a", "UBND xã C")]
    assert [(late.agency, late.assumed) for late in dossier.late_opinions] == [("xa-c", False)]
    story.now = at("02/06/2026 09:00")
    assert "waive_opinion" in names(story, EXAMINER) and "waive_opinion" not in names(story, CLERK)
    refused("reason", "Đ13.3c", story, EXAMINER, cmd.WaiveOpinion(second, " "))
    refused("no_function", "Đ2.7", story, CLERK, cmd.WaiveOpinion(second, "Đã đôn đốc"))
    refused("other_agency", "Đ3.2", story, THIRD, cmd.WaiveOpinion(second, "Đã đôn đốc"))
    dossier = story.do(EXAMINER, cmd.WaiveOpinion(second, "Đã đôn đốc hai lần"))
    assert story.step == "tong_hop"
    told_of = [(one.state, one.reason) for one in asked(dossier)]
    assert told_of == [("answered", "Phù hợp"), ("waived", "Đã đôn đốc hai lần"), ("answered", "")]
    assert replace(replay(dossier.history), outbox=dossier.outbox) == dossier
    refused("not_asked", "Đ13.3c", story, EXAMINER, cmd.WaiveOpinion(dossier.tasks[0].id, "x"))


def test_d13_3d_not_to_solve_is_decided_inside_the_time_or_after_an_apology():
    story = begun(ON_SITE)
    story.now = at("09/06/2026 08:00")
    no = cmd.Act(story.dossier.tasks[0].id, "khong", reason="Không đủ điều kiện")
    assert "Xin lỗi" in refused("overdue", "Đ13.3d", story, EXAMINER, no).message
    story.do(RECEPTION, cmd.Apologise("Quá tải", at("12/06/2026 17:30")))
    story.do(EXAMINER, no)
    notice = {"files": (a_file("thong_bao"),), "number": "1/TB", "issued_on": at("09/06/2026 08:00").date()}
    story.act(CLERK, "phat_hanh", **notice)
    story.now = at("12/06/2026 08:00")
    assert story.act(RECEPTION, "tra_lai", recipient="Hoa").status is Status.DECLINED


def test_d13_3d_a_notice_issued_in_time_is_handed_over_later():
    story = begun(ON_SITE)
    story.act(EXAMINER, "khong", reason="Không đủ điều kiện")
    notice = {"files": (a_file("thong_bao"),), "number": "1/TB", "issued_on": at("01/06/2026 08:00").date()}
    story.act(CLERK, "phat_hanh", **notice)
    story.now = at("22/06/2026 08:00")
    assert story.act(RECEPTION, "tra_lai", recipient="Hoa").status is Status.DECLINED


def test_d13_3dd_whoever_solves_proposes_and_the_one_stop_shop_decides():
    story = examined("01/06/2026 08:00")
    for actor, command, code in (
        (CLERK, cmd.AskExtension(TWO_DAYS, "Phức tạp"), "forbidden"),
        (HEAD_OF_UNIT, cmd.AskExtension(TWO_DAYS, "Phức tạp"), "forbidden"),
        (EXAMINER, cmd.AskExtension(TWO_DAYS, " "), "reason"),
        (EXAMINER, cmd.AskExtension(DeadlineRule(Decimal(0), Unit.WORKING_DAY), "Phức tạp"), "amount"),
        (EXAMINER, cmd.AskExtension(TWO_DAYS, "Phức tạp", basis="khoản 1 Điều 2 luật nào đó"), "basis"),
        (RECEPTION, cmd.AnswerExtension("g1", granted=True), "request_gone"),
    ):
        refused(code, "Đ13.3đ", story, actor, command)
    dossier = story.do(EXAMINER, cmd.AskExtension(TWO_DAYS, "Phải đo đạc lại", (a_file("phieu"),), basis=LAW))
    assert dossier.deadline.due == at("08/06/2026 08:00"), "nothing changes until it is decided"
    assert [(e.template, e.to) for e in dossier.outbox[-2:]] == [
        ("extension_asked", "tiep_nhan@xa-a"),
        ("extension_asked", "phu_trach_mot_cua@xa-a"),
    ]
    assert len({e.id for e in dossier.outbox}) == len(dossier.outbox)
    refused("request_waiting", "Đ13.3đ", story, EXAMINER, cmd.AskExtension(TWO_DAYS, "Nữa"))
    refused("request_waiting", "Đ13.3đ", story, RECEPTION, cmd.Extend(TWO_DAYS, "x", "12/ĐN"))
    refused("reason", "Đ13.3đ", story, RECEPTION, cmd.AnswerExtension("g1", granted=False))
    refused("no_function", "Đ2.7", story, EXAMINER, cmd.AnswerExtension("g1", granted=True))
    assert "answer_extension" in names(story, RECEPTION) and "extend" not in names(story, RECEPTION)
    dossier = story.do(ONE_STOP_HEAD, cmd.AnswerExtension("g1", granted=True, answer="Đồng ý"))
    deadline = dossier.deadline
    assert (deadline.original_due, deadline.due) == (at("08/06/2026 08:00"), at("10/06/2026 08:00"))
    assert (deadline.extensions[0].basis, deadline.by_law) == (LAW, deadline.due)
    assert deadline.extensions[0].source == "Phiếu đề nghị gia hạn ngày 01/06/2026 của Cán bộ vien"
    (request,) = dossier.extension_requests
    assert (request.granted, request.answered_by) == (True, ONE_STOP_HEAD.name)
    assert story.templates()[-4:] == [
        *(f"extended:{channel}" for channel in ("portal", "email", "sms")),
        "extension_answered:portal",
    ]
    assert dossier.outbox[-1].to == "vien"
    refused("request_gone", "Đ13.3đ", story, RECEPTION, cmd.AnswerExtension("g1", granted=False, answer="x"))
    assert replace(replay(dossier.history), outbox=dossier.outbox) == dossier


def test_d13_3dd_a_refusal_keeps_the_date_and_says_why():
    story = examined("01/06/2026 08:00")
    story.do(EXAMINER, cmd.AskExtension(TWO_DAYS, "Phải đo đạc lại"))
    dossier = story.do(RECEPTION, cmd.AnswerExtension("g1", granted=False, answer="Chưa có căn cứ"))
    assert dossier.deadline.due == dossier.deadline.original_due == at("08/06/2026 08:00")
    assert (dossier.extension_requests[0].granted, dossier.extension_requests[0].answer) == (
        False,
        "Chưa có căn cứ",
    )
    assert dossier.outbox[-1].data["reason"] == "Chưa có căn cứ"
    assert story.do(EXAMINER, cmd.AskExtension(TWO_DAYS, "Có căn cứ rồi")).extension_requests[-1].id == "g2"


def test_d13_3dd_nobody_proposes_once_it_is_solved():
    refused("forbidden", "Đ13.3đ", ready(), EXAMINER, cmd.AskExtension(TWO_DAYS, "x"))
    assert "ask_extension" in names(accepted(), HEAD_OF_UNIT)
