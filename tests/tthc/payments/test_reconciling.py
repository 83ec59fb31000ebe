"""Đ10.4b: sao kê ngân hàng đối chiếu với các lần nộp."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from rules.calendar import TZ
from tthc.payments.matching import BankLine
from tthc.payments.model import Line, Payment, Word, hear
from tthc.payments.reconciling import StatementError, bounds, compare, read_statement
from tthc.payments.references import new_reference

DAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 23, 59, tzinfo=TZ)
HEAD = "Mã giao dịch,Ngày,Số tiền,Nội dung\n"
STATEMENT = """\ufeffNgày;Mã giao dịch;Số tiền;Nội dung
23/11/2026 08:05;FT1;200.000;{first} LO THI XUAN
23/11/2026 09:00;FT2;"50,000";{second}
23/11/2026 10:00;FT3;+70000;tien dien

23/11/2026 11:00;FT4;-12.000;Phi dich vu
"""


def payment(number: str, **changes) -> Payment:
    made = Payment(
        number,
        new_reference(),
        f"hs{number}",
        "xa-a",
        "transfer",
        (Line("phi", "Phí", 200_000),),
        200_000,
        NOW - timedelta(hours=1),
        NOW + timedelta(days=3),
        "hoa",
    )
    return replace(made, **changes)


def paid(one: Payment, transaction: str, amount: int = 200_000, at: datetime = NOW) -> Payment:
    return hear(one, Word(one.reference, "paid", amount, transaction), "notice", at).payment


def known(*payments: Payment):
    return {r.transaction: (p, r) for p in payments for r in p.received}


def test_d10_4b_a_statement_is_read_as_banks_write_it():
    lines = read_statement(STATEMENT.format(first="a", second="b"))
    told = [(line.transaction, line.amount) for line in lines]
    assert told == [("FT1", 200_000), ("FT2", 50_000), ("FT3", 70_000)]
    assert lines[0].at == datetime(2026, 11, 23, 8, 5, tzinfo=TZ)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "không có dòng nào"),
        ("a;b\n1;2", "thiếu cột Mã giao dịch, Ngày, Số tiền, Nội dung"),
        (f"{HEAD}F,23/11/2026,mười,x", "Dòng 2: số tiền “mười”"),
        (f"{HEAD},23/11/2026,10,x", "Dòng 2: thiếu mã giao dịch"),
        (f"{HEAD}F,hôm qua,10,x", "Dòng 2: ngày “hôm qua”"),
        (HEAD + "F,23/11/2026,1,x\n" * 5_001, "dài quá 5000 dòng"),
    ],
)
def test_d10_4b_a_file_that_is_no_statement_says_where(text, said):
    with pytest.raises(StatementError, match=said):
        read_statement(text)


def test_d10_4b_the_same_missing_here_missing_there_and_another_amount():
    unknown = payment("4")
    same, there = paid(payment("1"), "FT1"), paid(payment("2"), "FT9")
    other = paid(payment("3"), "FT2", 40_000)
    late = paid(payment("5"), "FT8", at=NOW + timedelta(minutes=1))
    lines = [
        *read_statement(STATEMENT.format(first="x", second="y")),
        BankLine("FT5", NOW, 1, f"ck {unknown.reference}"),
    ]
    every = (same, there, other, late)
    found = compare(lines, known(*every), {unknown.reference: unknown}, every, DAY)
    assert [p.line.transaction for p in found.same] == ["FT1"]
    assert [(p.line.amount, p.received.amount) for p in found.different] == [(50_000, 40_000)]
    assert [p.payment.id for p in found.missing_here] == ["4"]
    assert [p.received.transaction for p in found.missing_there] == ["FT9"], (
        "tomorrow's money is not missing today"
    )
    assert [p.line.transaction for p in found.strange] == ["FT3"]
    assert not found.right
    assert compare([], {}, {}, (), DAY).right
    assert bounds(DAY)[1] - bounds(DAY)[0] == timedelta(days=1)
