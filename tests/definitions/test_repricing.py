"""New amounts from a day on: dated rows in the text, everything else letter by letter as it was."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from definitions.assess import assess
from definitions.editing import EditError, edited_all
from definitions.loader import load
from definitions.reading import read
from definitions.repricing import Repricing, fees_of, price_rows, reprice
from definitions.shipped import shipped
from rules.calendar import TZ

PLAIN = (Path(__file__).parents[1] / "admin" / "thu_muc.yaml").read_text(encoding="utf-8")
LICENCE = dict(shipped())["2.000181.yaml"]
DAY = date(2027, 3, 1)
DECISION = "Nghị quyết 12/NQ-HĐND ngày 15/12/2026"


def after(text, fee, amounts, day=DAY, source=DECISION):
    return edited_all(text, reprice(read(text).data, Repricing(fee, amounts, day, source)))


def owed(text, day, **answers):
    definition = load(text, "x.yaml").definition
    assert definition is not None, load(text, "x.yaml").problems
    example = definition.examples[0]
    at = datetime.combine(day, datetime.min.time(), TZ) + timedelta(hours=9)
    found = assess(
        definition,
        {**example.answers, **answers},
        now=at,
        channel="online",
        agency=example.agency or {"level": "xa"},
        applicant={"kind": "person", "name": "Hoa"},
    )
    return {fee.id: fee.amount for fee in found.fees}


def test_a_plain_amount_becomes_two_dated_rows():
    text = after(PLAIN, "phi_lam_the", {None: 15_000})
    assert owed(text, DAY - timedelta(days=1)) == {"phi_lam_the": 20_000}
    assert owed(text, DAY) == {"phi_lam_the": 15_000}
    fee = read(text).data["fees"][0]
    assert fee["source"] == {"text": DECISION}
    assert [row["effective"] for row in fee["amount"]["rows"]] == [
        {"to": "2027-02-28"},
        {"from": "2027-03-01"},
    ]


def test_nothing_but_the_fee_is_touched():
    commented = PLAIN.replace("fees:\n", "fees:\n  # theo Nội quy\n").replace("deadline:", "# hạn\ndeadline:")
    text = after(commented, "phi_lam_the", {None: 15_000})
    assert text.startswith(commented.partition("    amount:")[0])
    assert text.endswith(commented[commented.index("# hạn") :])
    assert "# theo Nội quy" in text
    assert 'when: case = "muon_ve"\n' in text


def test_rows_of_a_table_end_on_the_eve_and_are_followed():
    rows = price_rows(read(LICENCE).data, "phi_tham_dinh", DAY)
    assert [(row.amount, row.days) for row in rows] == [
        ("600000", "từ 01/01/2027"),
        ("300000", "từ 01/01/2027"),
        ("200000", "từ 01/01/2027"),
        ("100000", "từ 01/01/2027"),
    ]
    assert rows[2].words.startswith("Hộ kinh doanh, Phường")
    text = after(LICENCE, "phi_tham_dinh", {rows[2].row: 250_000, rows[3].row: 125_000, rows[0].row: 600_000})
    table = read(text).data["fees"][0]["amount"]["rows"]
    assert len(table) == len(read(LICENCE).data["fees"][0]["amount"]["rows"]) + 2
    assert load(text, "x.yaml").errors == ()
    for line in LICENCE.splitlines():
        if "ho_kinh_doanh" not in line or "2026-12-31" in line:
            assert line in text or "source:" in line
    eve, day = owed(LICENCE, DAY), owed(text, DAY - timedelta(days=1))
    assert eve == day


def test_the_decision_joins_the_sources_and_is_written_once():
    text = after(LICENCE, "phi_tham_dinh", {4: 700_000})
    source = read(text).data["fees"][0]["source"]
    assert source["text"].endswith(f"; {DECISION}")
    assert source["verified"] is False
    again = after(text, "phi_tham_dinh", {6: 240_000})
    assert read(again).data["fees"][0]["source"]["text"].count(DECISION) == 1


@pytest.mark.parametrize(
    ("text", "fee", "amounts", "day", "words"),
    [
        (PLAIN, "khong_co", {None: 1}, DAY, "không có khoản phí"),
        (PLAIN, "phi_lam_the", {None: 20_000}, DAY, "giống mức đang ghi"),
        (PLAIN, "phi_lam_the", {7: 1}, DAY, "không còn trong bản nháp"),
        (
            LICENCE,
            "phi_tham_dinh",
            {0: 1},
            date(2026, 12, 1),
            "Đã có dòng phí cùng điều kiện áp dụng từ 01/01/2027",
        ),
    ],
)
def test_what_cannot_be_says_why(text, fee, amounts, day, words):
    with pytest.raises(EditError, match=words):
        after(text, fee, amounts, day)


def test_twice_in_a_row_keeps_three_times():
    once = after(PLAIN, "phi_lam_the", {None: 15_000})
    (row,) = price_rows(read(once).data, "phi_lam_the", date(2028, 1, 1))
    twice = after(once, "phi_lam_the", {row.row: 10_000}, date(2028, 1, 1), "QĐ 2")
    for day, amount in (
        (date(2027, 2, 28), 20_000),
        (DAY, 15_000),
        (date(2027, 12, 31), 15_000),
        (date(2028, 1, 1), 10_000),
    ):
        assert owed(twice, day) == {"phi_lam_the": amount}


@settings(deadline=None, max_examples=25)
@given(st.sampled_from(sorted(dict(shipped()))), st.data())
def test_any_row_of_any_fee_changes_on_its_day_and_not_before(name, data):
    text = dict(shipped())[name]
    raw = read(text).data
    fees = [fee for fee, _ in fees_of(raw)]
    if not fees:
        return
    fee = data.draw(st.sampled_from(fees))
    day = date(2030, 1, 1) + timedelta(days=data.draw(st.integers(0, 900)))
    rows = price_rows(raw, fee, day)
    if not rows:
        return
    row = data.draw(st.sampled_from(rows))
    new = data.draw(st.integers(1, 10**7).filter(lambda amount: str(amount) != row.amount))
    made = after(text, fee, {row.row: new}, day)
    assert load(made, name).errors == ()
    then = price_rows(read(made).data, fee, day + timedelta(days=1))
    assert str(new) in {each.amount for each in then}
    assert [each.amount for each in price_rows(read(made).data, fee, day)] == [each.amount for each in rows]
