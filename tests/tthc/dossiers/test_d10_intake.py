"""Quy chế Điều 10: nộp, tiếp nhận, bổ sung trước khi tiếp nhận, từ chối."""

from dataclasses import replace
from datetime import date

import pytest
from dossier_stories import (
    AGENCY,
    APPLICANT,
    ELSEWHERE,
    OTHER_AGENCY,
    OWNER,
    RECEPTION,
    STRANGER,
    Story,
    a_file,
    a_paper,
    accepted,
    at,
    definition,
    submission,
    submitted,
)

from definitions.model import Effective
from tthc.dossiers import commands as cmd
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import PaperFiles, Status, SupplementItem
from tthc.dossiers.status import next_actor

MISSING = (SupplementItem("hop_dong", "Thiếu trang ký"),)


def refused(code, rule, story, actor, command, **changes):
    before = story.dossier
    with pytest.raises(Refused) as caught:
        story.do(actor, command, **changes)
    assert (caught.value.code, caught.value.rule) == (code, rule)
    assert story.dossier is before
    return caught.value


def test_submission_gives_reference_next_actor_and_intake_due():
    dossier = submitted().dossier
    assert (dossier.status, dossier.code, dossier.reference) == (Status.SUBMITTED, None, "HS-7K3Q-9F2D")
    actor = next_actor(dossier, AGENCY)
    assert (actor.function, actor.agency, actor.until) == ("tiep_nhan", "xa-a", at("02/06/2026 08:00"))
    assert (
        actor.sentence
        == "Bộ phận Một cửa — UBND xã A kiểm tra và tiếp nhận hồ sơ, hạn 08:00 ngày 02/06/2026."
    )


@pytest.mark.parametrize(
    ("sent", "due"),
    [
        ("23/11/2026 09:00", "25/11/2026 09:00"),  # nghỉ 24/11
        ("20/11/2026 18:10", "23/11/2026 17:30"),  # ngoài giờ
        ("03/06/2026 11:45", "04/06/2026 11:30"),  # nghỉ trưa
        ("22/11/2026 23:00", "23/11/2026 17:30"),  # Chủ Nhật
    ],
)
def test_d10_2a_intake_is_eight_working_hours_from_submission(sent, due):
    assert submitted(sent).dossier.intake_due == at(due)


def test_d10_1a_only_a_signed_in_applicant_submits():
    assert "đăng nhập" in refused("not_signed_in", "Đ10.1a", Story(), RECEPTION, submission()).message


def test_d10_1b_required_papers_are_uploaded_those_shown_at_the_counter_are_not():
    story = Story()
    refusal = refused("paper_missing", "Đ10.1b", story, OWNER, submission(papers=()))
    assert [e.path for e in refusal.errors] == ["papers.hop_dong"]
    assert story.do(OWNER, submission()).papers == (a_paper(),)


def test_d10_1b_papers_follow_the_answers():
    answers = {"shop_name": "Chuỗi", "points": "6"}
    refusal = refused("paper_missing", "Đ10.1b", Story(), OWNER, submission(answers=answers))
    assert [e.path for e in refusal.errors] == ["papers.ban_ve"]


def test_a_paper_that_does_not_apply_is_absent():
    dossier = Story().do(OWNER, submission(papers=(a_paper(), a_paper("ban_ve"))))
    assert [p.paper_id for p in dossier.papers] == ["hop_dong"]


def test_a_paper_the_procedure_does_not_know_is_refused():
    refused("unknown_paper", "", Story(), OWNER, submission(papers=(a_paper(), a_paper("la"))))


def test_a_paper_of_one_file_takes_one():
    refused("one_file", "", Story(), OWNER, submission(papers=(a_paper("hop_dong", "a", "b"),)))


def test_mistakes_in_the_form_are_told_field_by_field():
    refusal = refused("invalid", "Đ26.2", Story(), OWNER, submission(answers={"points": "0"}))
    assert {e.path for e in refusal.errors} == {"points", "shop_name"}


def test_d26_2_the_declaration_is_ticked():
    refused("not_declared", "Đ26.2", Story(), OWNER, submission(declared=False))


def test_an_applicant_has_a_name():
    refused("applicant", "Đ26.2", Story(), OWNER, submission(applicant=replace(APPLICANT, name=" ")))


def test_d8_2_postal_return_needs_an_address():
    refused("postal_address", "Đ8.2", Story(), OWNER, submission(receive_by="post"))
    refused("receive_by", "Đ8.2", Story(), OWNER, submission(receive_by="online"))
    dossier = Story().do(OWNER, submission(receive_by="post", postal_address=" Bản A "))
    assert (dossier.receive_by, dossier.postal_address) == ("post", "Bản A")


def test_d7_2a_an_agency_that_does_not_offer_the_procedure_takes_nothing():
    story = Story(agency=replace(AGENCY, level="tinh"))
    refused("not_offered", "Đ7.2a", story, OWNER, submission())


def test_d24_3_a_definition_not_in_force_takes_nothing():
    closed = replace(definition(), effective=Effective(None, date(2026, 5, 31)))
    refused("not_effective", "Đ24.3", Story(closed), OWNER, submission())


def test_a_procedure_not_online_is_not_handed_in_online():
    refused("not_online", "Đ2.4", Story(replace(definition(), submit_by=("counter",))), OWNER, submission())


def test_fees_are_pinned_at_submission():
    (fee,) = submitted().dossier.fees
    assert (fee.id, fee.amount, fee.collect, fee.owed) == ("phi", 200_000, "at_return", True)


def test_d10_2b_acceptance_gives_code_due_date_and_three_notices():
    dossier = accepted().dossier
    assert dossier.code == "000.01.14.H52-260601-0001"
    assert (dossier.status, dossier.accepted_at) == (Status.SOLVING, at("01/06/2026 08:00"))
    assert dossier.deadline.due == at("08/06/2026 08:00")
    assert "5 ngày làm việc" in dossier.deadline.explanation
    told = [e for e in dossier.outbox if e.template == "accepted"]
    assert [e.channel for e in told] == ["portal", "email", "sms"]
    assert [e.to for e in told] == ["hoa", "hoa@example.vn", "0912345678"]
    assert {e.data["code"] for e in told} == {dossier.code}
    assert {e.data["due"] for e in told} == {"2026-06-08T01:00:00.000Z"}


def test_d10_3b_solving_time_runs_from_acceptance_not_from_submission():
    story = submitted("01/06/2026 08:00")
    dossier = story.do(RECEPTION, cmd.Accept(("hop_dong",)), "02/06/2026 07:45")
    assert dossier.deadline.original_due == at("09/06/2026 07:45")


def test_d10_3a_acceptance_starts_the_pinned_workflow():
    story = accepted()
    (task,) = story.dossier.tasks
    expected = ("phan_cong", "lanh_dao_phong", "xa-a", at("01/06/2026 14:00"))
    assert (task.step, task.function, task.agency, task.due) == expected
    other = replace(story, definition=replace(story.definition, hash="khac"))
    with pytest.raises(ValueError, match="own definition"):
        other.do(RECEPTION, cmd.LogCall("", "x"))


def test_d12_1_every_required_paper_is_ticked_before_acceptance():
    refused("unchecked", "Đ12.1", submitted(), RECEPTION, cmd.Accept(()))


def test_d10_2c_unpaid_fee_blocks_acceptance():
    answers = {"shop_name": "Chuỗi", "points": "6"}
    story = submitted(answers=answers, papers=(a_paper(), a_paper("ban_ve")))
    accept = cmd.Accept(("hop_dong", "ban_ve"))
    assert "20.000 đồng" in refused("unpaid", "Đ10.2c", story, RECEPTION, accept).message
    story.do(RECEPTION, cmd.RecordPayment(("le_phi",), receipt="01"))
    assert story.do(RECEPTION, accept).status is Status.SOLVING


def test_d10_2c_supplement_needs_items_each_with_a_reason():
    story = submitted()
    refused("no_items", "Đ10.2c", story, RECEPTION, cmd.RequestSupplement(()))
    blank = (SupplementItem("hop_dong", " "),)
    refused("item_reason", "Đ10.2c", story, RECEPTION, cmd.RequestSupplement(blank))
    strange = (SupplementItem("khong_co", "x"),)
    refused("unknown_item", "Đ10.2c", story, RECEPTION, cmd.RequestSupplement(strange))


def test_d10_2c_supplement_names_papers_fields_and_fees_and_tells_three_ways():
    items = (*MISSING, SupplementItem("shop_name", "Ghi thiếu"), SupplementItem("phi", "Nộp trước"))
    story = submitted()
    dossier = story.do(RECEPTION, cmd.RequestSupplement(items, "Gọi nếu cần"))
    assert [i.name for i in dossier.supplement.items] == ["Hợp đồng thuê", "Tên cửa hàng", "Phí thẩm định"]
    assert (dossier.supplement.asked_by, dossier.supplement.phone) == (RECEPTION.name, AGENCY.phone)
    assert dossier.status is Status.SUPPLEMENT_AT_INTAKE
    assert story.templates()[-3:] == [f"supplement_requested:{c}" for c in ("portal", "email", "sms")]


def test_d12_1a_supplement_at_intake_gives_no_code_and_runs_no_clock():
    story = submitted()
    dossier = story.do(RECEPTION, cmd.RequestSupplement(MISSING))
    assert (dossier.code, dossier.deadline, dossier.intake_due, dossier.timers) == (None, None, None, ())
    assert next_actor(dossier).function == "nguoi_nop"
    refused("waiting_supplement", "Đ10.2c", story, RECEPTION, cmd.Accept(("hop_dong",)))


def test_supply_brings_the_dossier_back_with_a_new_intake_clock():
    story = submitted()
    story.do(RECEPTION, cmd.RequestSupplement(MISSING))
    new = PaperFiles("hop_dong", (a_file("ban_moi", "jpeg"),))
    answers = {"shop_name": "Tạp hóa Hoa Ban", "points": "2"}
    dossier = story.do(OWNER, cmd.Supply(answers, (new,)), "05/06/2026 08:00")
    assert (dossier.status, dossier.supplement) == (Status.SUBMITTED, None)
    assert dossier.intake_due == at("08/06/2026 08:00")
    assert dossier.papers == (new,)
    assert dossier.answers["shop_name"] == "Tạp hóa Hoa Ban"
    entry = dossier.history[-1]
    assert (entry.data["changed_papers"], entry.data["changed_answers"]) == (["hop_dong"], ["shop_name"])
    assert story.templates()[-1] == "supplied:portal"
    assert story.do(RECEPTION, cmd.Accept(("hop_dong",))).status is Status.SOLVING


def test_supply_is_the_owners_or_receptions_with_a_reason():
    story = submitted()
    refused("nothing_asked", "Đ10.2c", story, OWNER, cmd.Supply())
    story.do(RECEPTION, cmd.RequestSupplement(MISSING))
    refused("not_owner", "Đ26.1", story, STRANGER, cmd.Supply())
    refused("reason", "Đ15.1b", story, RECEPTION, cmd.Supply())
    refused("nothing_supplied", "Đ10.2c", story, OWNER, cmd.Supply(note=" "))
    assert story.do(RECEPTION, cmd.Supply(note="Nộp tại quầy")).status is Status.SUBMITTED


def test_supply_is_checked_like_a_submission():
    story = submitted()
    story.do(RECEPTION, cmd.RequestSupplement(MISSING))
    refused("invalid", "Đ26.2", story, OWNER, cmd.Supply({"shop_name": "", "points": "2"}))
    refused("paper_missing", "Đ10.1b", story, OWNER, cmd.Supply({"shop_name": "A", "points": "6"}))


def test_what_was_paid_stays_paid_when_the_amount_rises():
    answers = {"shop_name": "Chuỗi", "points": "6"}
    story = submitted()
    story.do(RECEPTION, cmd.RecordPayment(("phi",)))
    story.do(RECEPTION, cmd.RequestSupplement((SupplementItem("points", "Khai thiếu"),)))
    dossier = story.do(OWNER, cmd.Supply(answers, (a_paper("ban_ve"),)))
    assert [(f.id, f.amount, f.paid_at is not None) for f in dossier.fees] == [
        ("phi", 200_000, True),
        ("phi+1", 400_000, False),
        ("le_phi", 20_000, False),
    ]
    assert dossier.case == "nhieu"


def test_d12_1a_refusal_needs_a_reason_and_ends_the_dossier():
    story = submitted()
    refused("reason", "Đ12.1a", story, RECEPTION, cmd.Refuse(" "))
    dossier = story.do(RECEPTION, cmd.Refuse("Không thuộc thẩm quyền"))
    assert (dossier.status, dossier.code, dossier.tasks) == (Status.REFUSED, None, ())
    assert dossier.ended_at == story.now
    assert story.templates()[-3:] == [f"refused:{c}" for c in ("portal", "email", "sms")]
    refused("closed", "Đ15.3", story, RECEPTION, cmd.Accept(("hop_dong",)))


def test_d10_2c_a_phone_call_is_on_the_record():
    story = submitted()
    refused("content", "Đ10.2c", story, RECEPTION, cmd.LogCall("0912345678", ""))
    entry = story.do(RECEPTION, cmd.LogCall("0912345678", "Hướng dẫn nộp hợp đồng")).history[-1]
    assert (entry.type, entry.data["content"]) == ("call_logged", "Hướng dẫn nộp hợp đồng")


def test_withdrawal_by_the_owner_until_there_is_a_result():
    for story in (submitted(), accepted()):
        refused("not_owner", "Đ26.1", story, STRANGER, cmd.Withdraw())
        dossier = story.do(OWNER, cmd.Withdraw("Không cần nữa"))
        assert dossier.status is Status.WITHDRAWN
        assert story.templates()[-1] == "withdrawn:sms"


def test_reception_withdraws_for_the_applicant_with_a_reason():
    story = accepted()
    refused("reason", "Đ15.1b", story, RECEPTION, cmd.Withdraw())
    assert story.do(RECEPTION, cmd.Withdraw("Đề nghị tại quầy")).status is Status.WITHDRAWN


@pytest.mark.parametrize(
    "command",
    [
        cmd.Accept(("hop_dong",)),
        cmd.RequestSupplement(MISSING),
        cmd.Refuse("x"),
        cmd.RecordPayment(),
        cmd.LogCall("", "x"),
    ],
)
def test_d2_7_another_agencys_official_is_refused(command):
    refused("other_agency", "Đ3.2", submitted(), ELSEWHERE, command)
    refused("no_function", "Đ2.7", submitted(), replace(RECEPTION, functions=frozenset({"van_thu"})), command)
    refused("forbidden", "Đ3.2", submitted(), OWNER, command)


def test_the_dossier_keeps_its_agency():
    story = replace(submitted(), agency=OTHER_AGENCY)
    with pytest.raises(ValueError, match="own agency"):
        story.do(RECEPTION, cmd.LogCall("", "x"))


def test_a_page_out_of_date_is_told():
    story = submitted()
    story.do(RECEPTION, cmd.LogCall("", "Gọi"))
    refused("stale", "", story, RECEPTION, cmd.Accept(("hop_dong",), expected_version=1))
    refused("stale", "", story, RECEPTION, cmd.Accept(("hop_dong",)), expected_version=1)
    assert story.do(RECEPTION, cmd.Accept(("hop_dong",), expected_version=2)).version == 3


def test_the_same_command_again_does_nothing():
    story = submitted()
    first = story.do(RECEPTION, cmd.LogCall("", "Gọi"), command_id="một")
    assert story.do(RECEPTION, cmd.LogCall("", "Gọi"), command_id="một") is first


def test_a_dossier_is_submitted_once():
    refused("exists", "", submitted(), OWNER, submission())
