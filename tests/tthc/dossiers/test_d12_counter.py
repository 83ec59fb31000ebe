"""Quy chế Điều 12: tiếp nhận tại quầy, thủ tục trả kết quả ngay."""

from dataclasses import replace
from datetime import date

import pytest
from dossier_stories import (
    ELSEWHERE,
    OWNER,
    RECEPTION,
    Story,
    a_file,
    a_paper,
    accepted,
    at,
    immediate,
    registration,
    submission,
)

from tthc.dossiers import commands as cmd
from tthc.dossiers.needs import papers_to_compare
from tthc.dossiers.refusals import Refused
from tthc.dossiers.state import Status, SupplementItem

TWO = (a_paper(), a_paper("ban_ve"))
CHECKED = ("can_cuoc", "hop_dong", "ban_ve")


def refused(code, rule, story, actor, command):
    with pytest.raises(Refused) as caught:
        story.do(actor, command)
    assert (caught.value.code, caught.value.rule) == (code, rule)


def at_once(**changes):
    checked = registration(answers={"shop_name": "Hoa", "points": "2"})
    base = cmd.CompleteImmediately(checked, result="Đã cấp 02 bản", recipient="Nguyễn Thị Hoa", method="cash")
    return replace(base, **changes)


def test_d12_1b_a_paper_dossier_is_entered_and_accepted_in_one_go():
    story = Story()
    dossier = story.do(RECEPTION, registration(), "01/06/2026 08:00")
    assert (dossier.status, dossier.channel, dossier.owner) == (Status.SOLVING, "counter", None)
    assert dossier.code == "000.01.14.H52-260601-0001"
    assert [e.type for e in dossier.history] == ["submitted", "accepted", "moved"]
    assert (dossier.version, dossier.intake_due, story.step) == (1, None, "phan_cong")
    assert dossier.deadline.due == at("08/06/2026 08:00")


def test_d12_1b_paper_gets_the_notice_of_acceptance_and_none_of_submission():
    story = Story()
    story.do(RECEPTION, registration(owner="hoa"))
    assert story.templates() == ["accepted:portal", "accepted:email", "accepted:sms"]


def test_an_applicant_without_account_or_mail_is_told_by_what_they_gave():
    story = Story()
    story.do(RECEPTION, registration(applicant=replace(registration().applicant, email="")))
    assert story.templates() == ["accepted:sms"]


def test_d12_1_at_the_counter_papers_shown_are_ticked_too():
    refused("unchecked", "Đ12.1", Story(), RECEPTION, registration(checked=("hop_dong",)))
    assert Story().do(RECEPTION, registration(papers=())).status is Status.SOLVING


def test_d2_7_the_counter_of_another_agency_enters_nothing_here():
    refused("other_agency", "Đ3.2", Story(), ELSEWHERE, registration())
    refused("forbidden", "Đ3.2", Story(), OWNER, registration())


def test_online_is_not_a_way_of_the_counter_but_post_is():
    refused("channel", "Đ12.1b", Story(), RECEPTION, registration(channel="online"))
    assert Story().do(RECEPTION, registration(channel="post")).channel == "post"


def test_d10_2c_what_must_be_paid_first_is_paid_at_the_counter():
    many = {"shop_name": "Chuỗi", "points": "6"}
    refused("unpaid", "Đ10.2c", Story(), RECEPTION, registration(answers=many, papers=TWO, checked=CHECKED))
    paid = registration(answers=many, papers=TWO, checked=CHECKED, method="cash", receipt="77")
    dossier = Story().do(RECEPTION, paid)
    assert [(f.id, f.receipt) for f in dossier.fees if f.paid_at] == [("le_phi", "77")]


def test_d12_1d_immediate_procedure_ends_on_one_screen_without_receipt():
    story = Story(immediate())
    dossier = story.do(RECEPTION, at_once(), "20/11/2026 14:50")
    assert (dossier.status, dossier.outcome, dossier.version) == (Status.RETURNED, "returned", 1)
    assert dossier.code == "000.01.14.H52-261120-0001"
    assert (dossier.ended_at, dossier.recipient) == (at("20/11/2026 14:50"), "Nguyễn Thị Hoa")
    assert [(d.kind, d.note) for d in dossier.documents] == [("result", "Đã cấp 02 bản")]
    assert dossier.fees[0].method == "cash"
    assert story.templates() == ["returned:email", "returned:sms"]


def test_d12_1d_the_result_is_entered():
    refused("result", "Đ12.1d", Story(immediate()), RECEPTION, at_once(result=" "))


def test_d14_2_an_immediate_result_given_as_a_file_is_pdf():
    refused("result", "Đ14.2", Story(immediate()), RECEPTION, at_once(files=(a_file("kq", "jpeg"),)))
    dossier = Story(immediate()).do(
        RECEPTION, at_once(files=(a_file("kq"),), number="3/CT", issued_on=date(2026, 6, 1))
    )
    assert [(d.file.name, d.number) for d in dossier.documents] == [("kq.pdf", "3/CT")]


def test_d15_1a_an_immediate_procedure_is_paid_before_it_ends():
    refused("payment", "Đ15.1a", Story(immediate()), RECEPTION, at_once(method=None))
    refused("recipient", "Đ15.1a", Story(immediate()), RECEPTION, at_once(recipient=""))


def test_d12_1d_only_immediate_procedures_end_at_once():
    refused("not_immediate", "Đ12.1d", Story(), RECEPTION, at_once())


def test_d12_1d_a_dossier_handed_in_online_is_completed_when_the_applicant_comes():
    story = Story(immediate())
    story.do(OWNER, submission())
    done = cmd.CompleteImmediately(
        None, ("hop_dong",), "Đã cấp", recipient="Hoa", originals_checked=("hop_dong",), method="cash"
    )
    dossier = story.do(RECEPTION, done)
    assert (dossier.status, dossier.code is not None) == (Status.RETURNED, True)
    assert "accepted:sms" not in story.templates()


def test_d12_1d_a_dossier_waiting_for_its_supplement_is_not_completed():
    story = Story(immediate())
    story.do(OWNER, submission())
    story.do(RECEPTION, cmd.RequestSupplement((SupplementItem("hop_dong", "Mờ"),)))
    refused("waiting_supplement", "Đ10.2c", story, RECEPTION, at_once(registration=None))


def test_an_immediate_dossier_may_also_go_step_by_step():
    story = Story(immediate())
    story.do(RECEPTION, registration())
    assert (story.step, story.templates()) == ("giai_quyet", [])
    story.do(RECEPTION, cmd.RecordPayment())
    assert story.act(RECEPTION, "tra_ket_qua", recipient="Hoa").status is Status.RETURNED


def test_an_immediate_procedure_with_declining_first_says_what_is_missing():
    refused("reason", "Đ14.1a", accepted_at_once(), RECEPTION, cmd.Act("t1-1", "tra_ho_so"))


def accepted_at_once():
    story = Story(immediate())
    story.do(RECEPTION, registration())
    return story


def test_d10_4a_papers_seen_at_the_counter_need_no_second_look():
    story = Story()
    story.do(RECEPTION, registration())
    assert papers_to_compare(story.dossier) == ()
    assert papers_to_compare(accepted().dossier) == ("hop_dong",)
