"""Đ10.4b: a payment hears of itself in every order that banks have; VietQR, references and signatures by known examples."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from dossier_stories import OWNER, RECEPTION, a_paper, submitted
from hypothesis import given
from hypothesis import strategies as st

from rules.calendar import TZ
from tthc.dossiers import commands as cmd
from tthc.dossiers.booked import Booked, BookFacts
from tthc.dossiers.context import SYSTEM
from tthc.dossiers.refusals import Refused
from tthc.payments import recording, signing
from tthc.payments.model import Line, Payment, State, Word, expire, hear, settled
from tthc.payments.provider import WrongSignatureError
from tthc.payments.redirect import BankRedirect, Merchant
from tthc.payments.references import find_references, new_reference
from tthc.payments.vietqr import BankAccount, crc16, payload

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=TZ)
SECRET = "bi-mat-cua-cong-thanh-toan"
BANK = BankRedirect(Merchant("https://bank.example.vn/pay", "https://bank.example.vn/api", "SONLA", SECRET))
PAYMENT = Payment(
    "p1",
    "TT23467ACDEF9",
    "hs1",
    "xa-a",
    "bank",
    (Line("phi", "Phí", 200_000),),
    200_000,
    NOW,
    NOW + timedelta(minutes=15),
    "hoa",
)
PAID = Word(PAYMENT.reference, "paid", 200_000, "9001")


def heard(*words, payment=PAYMENT):
    """The payment after words of (word, via), a minute apart."""
    at = NOW
    for word, via in words:
        at += timedelta(minutes=1)
        payment = hear(payment, word, via, at).payment
    return payment


def test_d10_4b_a_notice_is_money_once_and_a_return_is_none():
    assert heard((PAID, "return")).state is State.PENDING
    assert heard((PAID, "return")).received == ()
    for told in (
        ("notice",),
        ("notice", "notice"),
        ("notice", "return"),
        ("return", "notice"),
        ("return", "query", "notice"),
    ):
        after = heard(*((PAID, via) for via in told))
        assert (after.state, after.money) == (State.PAID, 200_000), told


@given(st.lists(st.sampled_from(["notice", "return", "query", "failed", "waiting", "expire"]), max_size=8))
def test_d10_4b_in_whatever_order_money_once_told_stays_and_is_counted_once(told):
    payment, at = PAYMENT, NOW
    for what in told:
        at += timedelta(minutes=5)
        if what == "expire":
            payment = expire(payment, at)
        elif what in {"failed", "waiting"}:
            payment = hear(payment, replace(PAID, standing=what), "notice", at).payment
        else:
            payment = hear(payment, PAID, what, at).payment
    came = bool({"notice", "query"} & set(told))
    assert (payment.state is State.PAID) == came
    assert payment.money == (200_000 if came else 0)


def test_d10_4b_another_amount_is_looked_at_and_a_second_transaction_is_left_over():
    doubtful = heard((replace(PAID, amount=2_000), "notice"))
    assert (doubtful.state, doubtful.left) == (State.DOUBTFUL, 2_000)
    assert "2.000 đồng khác số phải nộp 200.000 đồng" in doubtful.why
    once = settled(heard((PAID, "notice")), 200_000, "", NOW)
    assert (once.left, once.next_at) == (0, None)
    twice = hear(once, replace(PAID, transaction="9002"), "notice", NOW)
    assert (twice.verdict, twice.payment.state, twice.payment.settled) == ("late", State.PAID, False)
    assert settled(twice.payment, 200_000, "Nộp hai lần.", NOW).left == 200_000


def test_d10_4b_a_failure_or_an_expiry_is_undone_by_money_that_comes_after():
    failed = heard((replace(PAID, standing="failed", why="Ông/bà đã hủy giao dịch."), "notice"))
    assert (failed.state, failed.why) == (State.FAILED, "Ông/bà đã hủy giao dịch.")
    late = expire(PAYMENT, NOW + timedelta(hours=1))
    assert (late.state, late.living(NOW)) == (State.EXPIRED, False)
    for before in (failed, late):
        assert heard((PAID, "notice"), payment=before).state is State.PAID


def test_d10_4b_what_the_payer_changes_on_the_way_is_not_signed():
    there = BANK.address(PAYMENT, "https://sonla.example.vn/ve", "10.0.0.1", NOW)
    said = dict(pair.split("=", 1) for pair in there.partition("?")[2].split("&"))
    assert said["vnp_Amount"] == "20000000" and said["vnp_CreateDate"] == "20261123080000"
    assert SECRET not in there
    told = {
        "vnp_TmnCode": "SONLA",
        "vnp_TxnRef": PAYMENT.reference,
        "vnp_Amount": "20000000",
        "vnp_ResponseCode": "00",
        "vnp_TransactionStatus": "00",
        "vnp_TransactionNo": "9001",
        "vnp_OrderInfo": "Nop phi & le phi",
    }
    right = signing.signed(told, SECRET)
    assert BANK.read(right) == PAID
    for wrong in (
        {"vnp_Amount": "100"},
        {"vnp_ResponseCode": "24"},
        {"vnp_TxnRef": "TT-khac"},
        {"vnp_SecureHash": ""},
        {"vnp_them": "1"},
    ):
        with pytest.raises(WrongSignatureError):
            BANK.read(right | wrong)


def test_d10_4b_a_qr_code_is_what_banks_read():
    # the worked example that the Vietnamese libraries of VietQR publish
    told = "00020101021238570010A00000072701270006970415011300110019324180208QRIBFTTA530370454061200005802VN62170813ung ho lu lut6304"
    assert f"{crc16(told):04X}" == "C15C"
    made = payload(BankAccount("970415", "0011001932418", "A"), 120_000, "unghololut")
    assert made.startswith(told.partition("6217")[0])
    assert made[:-4].endswith("62140810unghololut6304")
    with pytest.raises(ValueError):
        payload(BankAccount("970415", "1", "A"), 1, "ủng hộ")


def test_d10_4b_a_reference_is_found_in_what_banks_write_and_a_mistyped_one_is_not():
    reference = new_reference()
    spaced = f"{reference[:5].lower()} {reference[5:9]}-{reference[9:]}"
    assert find_references(f"MBVCB.998.CK tu 0011 LO THI XUAN {spaced} GD 1") == (reference,)
    assert find_references("CHUYEN TIEN TT NHANH") == ()
    for at in range(2, len(reference)):
        other = "2" if reference[at] != "2" else "3"
        assert find_references(reference[:at] + other + reference[at + 1 :]) == ()


def test_d10_4b_d15_1a_what_the_fees_take_follows_the_dossier_as_it_is():
    paid = replace(PAYMENT, id="p9", lines=(Line("phi", "Phí", 200_000),))
    paid = hear(paid, PAID, "notice", NOW).payment
    story = submitted()
    command = recording.outcome(story.dossier, paid, "online")
    assert command == cmd.RecordPayment(("phi",), "online", amount=200_000, transaction="9001")
    book = Booked(receipts=BookFacts("b", "xa-a", "bien-lai", "Sổ biên lai"), receipt="BL07")
    entry = story.do(SYSTEM, command, booked=book, command_id="payment:p9").history[-1]
    assert (entry.data["receipt"], entry.data["book"], entry.data["transaction"]) == ("BL07", "b", "9001")
    assert recording.outcome(story.dossier, paid, "online").amount == 200_000, "written once, known again"
    other = replace(paid, id="p10")
    assert recording.outcome(story.dossier, other, "online") == recording.Taken(
        0, "Các khoản này đã được nộp bằng lần khác."
    )
    story.do(OWNER, cmd.Withdraw("Không cần nữa"))
    assert "đã kết thúc" in recording.outcome(story.dossier, other, "online").why
    assert "Không tìm thấy" in recording.outcome(None, other, "online").why


def test_d10_4b_d15_1a_a_fee_that_changed_after_the_payment_was_made_is_paid_whole_or_not_at_all():
    dearer = submitted(answers={"shop_name": "Tạp hóa Hoa", "points": "3"}).dossier
    paid = hear(PAYMENT, PAID, "notice", NOW).payment
    short = recording.outcome(dearer, paid, "online")
    assert isinstance(short, recording.TooLittle) and "300.000 đồng, nhiều hơn số đã nộp 200.000" in short.why
    story = submitted(answers={"shop_name": "Tạp hóa Hoa", "points": "1"})
    cheaper = recording.outcome(story.dossier, paid, "online")
    assert (cheaper.amount, cheaper.fee_ids) == (100_000, ("phi",))
    with pytest.raises(Refused) as caught:
        story.do(SYSTEM, replace(cheaper, amount=200_000))
    assert (caught.value.code, story.dossier.fees[0].paid_at) == ("amount", None)
    with pytest.raises(Refused):
        story.do(OWNER, cheaper)  # never the payer's own word


def test_d10_2c_before_acceptance_only_what_must_be_paid_first_is_asked_for():
    story = submitted(
        answers={"shop_name": "Tạp hóa Hoa", "points": "6"}, papers=(a_paper(), a_paper("ban_ve"))
    )
    assert [fee.id for fee in recording.payable(story.dossier)] == ["le_phi"]
    story.do(RECEPTION, cmd.RecordPayment(("le_phi",)))
    assert recording.payable(story.dossier) == ()
    story.do(RECEPTION, cmd.Accept(("hop_dong", "ban_ve")))
    assert [fee.id for fee in recording.payable(story.dossier)] == ["phi"]
    story.do(OWNER, cmd.Withdraw("Không cần nữa"))
    assert recording.payable(story.dossier) == ()
