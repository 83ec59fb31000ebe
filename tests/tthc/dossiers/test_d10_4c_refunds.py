"""Quy chế Đ10.4c: phí, lệ phí chỉ hoàn khi cơ quan không hoàn thành dịch vụ; không đến nhận thì không hoàn."""

from dataclasses import replace

import pytest
from dossier_stories import (
    CALENDAR,
    CLERK,
    ELSEWHERE,
    EXAMINER,
    LEADER,
    OWNER,
    RECEPTION,
    STRANGER,
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
from tthc.dossiers.commands_refund import AnswerRefund, AskRefund, RecordRefund
from tthc.dossiers.context import SYSTEM
from tthc.dossiers.refunds import REASONS, reasons_open, refundable, why_not
from tthc.dossiers.refusals import Refused
from tthc.dossiers.view import timeline

PHI = 200_000


def refused(code, story, actor, command):
    before = story.dossier
    with pytest.raises(Refused) as caught:
        story.do(actor, command)
    assert (caught.value.code, caught.value.rule) == (code, "Đ10.4c"), caught.value.message
    assert story.dossier is before, "nothing written"
    return caught.value.message


def paid(story):
    story.do(RECEPTION, cmd.RecordPayment())
    return story


def returned():
    story = paid(ready())
    needs = {"originals_checked": ("hop_dong",), "recipient": "Nguyễn Thị Hoa"}
    story.do(RECEPTION, cmd.Act(story.dossier.tasks[0].id, "tra", **needs))
    return story


def declined():
    story = paid(examined())
    story.act(EXAMINER, "khong", reason="Cơ quan không đủ điều kiện giải quyết")
    story.act(RECEPTION, "tra", reason="Trả hồ sơ")
    return story


def test_d10_4c_solved_and_not_collected_is_not_refunded_and_the_button_says_why():
    for story in (paid(ready()), returned()):
        for reason in REASONS.keys() - {"theo_luat", "thu_thua"}:
            told = refused("completed", story, OWNER, AskRefund(reason))
            assert "kể cả khi ông/bà không đến nhận kết quả" in told
        assert reasons_open(story.dossier) == ()
        assert why_not(story.dossier) == told
    # nor under another name while it is solved, or when the applicant took it back
    for story, code in ((paid(accepted()), "under_way"), (paid(confirmed()), "under_way")):
        refused(code, story, OWNER, AskRefund("khong_hoan_thanh"))
    story = paid(accepted())
    story.do(OWNER, cmd.Withdraw("Không cần nữa"))
    refused("withdrawn", story, OWNER, AskRefund("rut_truoc_tiep_nhan"))
    assert "rút theo đề nghị" in why_not(story.dossier)


def test_d10_4c_not_completed_is_asked_approved_by_another_and_paid_back_once():
    story = declined()
    assert reasons_open(story.dossier) == ("khong_hoan_thanh",)
    assert refundable(story.dossier) == PHI
    refused("reason", story, OWNER, AskRefund("rut_truoc_tiep_nhan"))
    refused("reason", story, OWNER, AskRefund("bịa"))
    asked = story.do(OWNER, AskRefund("khong_hoan_thanh", note="Xin hoàn lại"))
    assert [(one.id, one.amount, one.by, one.granted) for one in asked.refunds] == [("h1", PHI, "hoa", None)]
    assert story.templates()[-1] == "refund_asked:portal" and story.dossier.outbox[-1].to == "phe_duyet@xa-a"
    refused("nothing_paid", story, OWNER, AskRefund("khong_hoan_thanh"))
    refused("not_granted", story, RECEPTION, RecordRefund("h1", "PC 01"))
    refused("reason", story, LEADER, AnswerRefund("h1", granted=False, answer=" "))
    refused("unknown_refund", story, LEADER, AnswerRefund("h9", granted=True))
    story.do(LEADER, AnswerRefund("h1", granted=True))
    assert story.templates()[-3:] == [f"refund_answered:{c}" for c in ("portal", "email", "sms")]
    refused("refund_gone", story, LEADER, AnswerRefund("h1", granted=False, answer="Đổi ý"))
    refused("transaction", story, RECEPTION, RecordRefund("h1", " "))
    done = story.do(RECEPTION, RecordRefund("h1", "PC 01"))
    assert (done.refunds[0].transaction, done.refunds[0].open) == ("PC 01", False)
    assert story.templates()[-3:] == [f"refund_made:{c}" for c in ("portal", "email", "sms")]
    refused("refund_gone", story, SYSTEM, RecordRefund("h1", "PC 02"))
    assert verify(done) == ()
    assert replay(done.history) == replace(done, outbox=())
    told = [(line.title, line.public) for line in timeline(done, CALENDAR)[-3:]]
    assert told == [
        ("Đề nghị hoàn phí, lệ phí", True),
        ("Duyệt hoàn phí, lệ phí", True),
        ("Đã hoàn phí, lệ phí", True),
    ]


def test_d10_4c_who_asks_does_not_approve_and_strangers_do_neither():
    both = staff("kiem", "tiep_nhan", "phe_duyet")
    story = declined()
    story.do(both, AskRefund("khong_hoan_thanh", note="Theo đề nghị tại quầy"))
    refused("same_person", story, both, AnswerRefund("h1", granted=True))
    for actor in (STRANGER, OWNER, EXAMINER, CLERK, ELSEWHERE, RECEPTION):
        with pytest.raises(Refused):
            story.do(actor, AnswerRefund("h1", granted=True))
    assert (
        story.do(LEADER, AnswerRefund("h1", granted=False, answer="Đã giải quyết đúng")).refunds[0].granted
        is False
    )
    assert reasons_open(story.dossier) == ("khong_hoan_thanh",), (
        "a refusal may be followed by another request"
    )
    for actor in (STRANGER, ELSEWHERE, LEADER):
        with pytest.raises(Refused):
            story.do(actor, AskRefund("khong_hoan_thanh"))
    with pytest.raises(Refused):
        story.do(RECEPTION, AskRefund("khong_hoan_thanh"))  # in somebody's place, without saying why


def test_d10_4c_not_received_and_withdrawn_before_it_was_begun():
    story = paid(submitted())
    story.do(RECEPTION, cmd.Refuse("Không thuộc thẩm quyền"))
    assert reasons_open(story.dossier) == ("khong_tiep_nhan",)
    story = paid(submitted())
    story.do(OWNER, cmd.Withdraw())
    assert reasons_open(story.dossier) == ("rut_truoc_tiep_nhan",)
    unpaid = submitted()
    unpaid.do(OWNER, cmd.Withdraw())
    assert "chưa nộp" in refused("nothing_paid", unpaid, OWNER, AskRefund("rut_truoc_tiep_nhan"))
    assert why_not(unpaid.dossier) == ""


def test_d10_4c_the_law_may_say_otherwise_and_what_was_never_owed_goes_back():
    story = returned()
    refused("by_law", story, OWNER, AskRefund("theo_luat", basis="Luật X"))
    refused("basis", story, RECEPTION, AskRefund("theo_luat", note="Tại quầy"))
    basis = "Thông tư 01/2026/TT-BTC, Điều 7"
    assert story.do(RECEPTION, AskRefund("theo_luat", note="Tại quầy", basis=basis)).refunds[0].basis == basis
    left = AskRefund("thu_thua", payment="p1", amount=50_000)
    with pytest.raises(Refused):
        story.do(OWNER, left)
    refused("nothing_left", story, SYSTEM, replace(left, amount=0))
    assert story.do(SYSTEM, left).refunds[1].amount == 50_000
    refused("refund_waiting", story, SYSTEM, left)
    assert refundable(story.dossier) == 0
