"""Fees line by line: prices by number, tables by day and channel, bounds, exemptions with their proof, and why."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from definitions.assess import assess
from definitions.loader import load
from renderers.html.procedure import procedure_view
from rules.calendar import TZ

NOW = datetime(2026, 11, 20, 9, tzinfo=TZ)
AGENCY = {"id": "a", "name": "Ủy ban nhân dân xã Mẫu", "level": "xa", "area": "xa", "identifier": "H52"}
ANSWERS = {"area": "phuong", "full_name": "Lò Văn Ban", "copies": "3"}
LINE = "    amount: 2000 * copies\n"


def changed(small, line, more="", papers=""):
    """The small definition with another amount, more fields and papers; its own examples aside."""
    text = small.replace(LINE, line).partition("examples:")[0]
    text = text.replace("        - {id: note,", f"{more}        - {{id: note,")
    text = text.replace("form_generated: true}\n", f"form_generated: true}}\n{papers}")
    loaded = load(text, "x.yaml")
    assert loaded.definition is not None, loaded.problems
    return loaded.definition


def judge(definition, channel="online", now=NOW, **answers):
    return assess(
        definition,
        {**ANSWERS, **answers},
        now=now,
        channel=channel,
        agency=AGENCY,
        applicant={"kind": "person"},
    )


def test_so_many_at_a_price(small):
    (line,) = judge(changed(small, "    amount: 8000\n    times: copies\n    unit: bản\n")).fees
    assert (line.amount, line.full) == (24_000, 24_000)
    assert line.explanation == "3 bản × 8.000 đồng = 24.000 đồng"


@pytest.mark.parametrize(("pages", "copies", "amount"), [(5, 3, 21_000), (250, 1, 200_000), (2, 1, 4_000)])
def test_copies_of_many_pages_are_bounded_each(small, pages, copies, amount):
    each = "2000 * min(pages, 2) + 1000 * max(pages - 2, 0)"
    line = f"    amount: min(200000, {each})\n    times: copies\n    unit: bản\n"
    pages_field = (
        "        - {id: pages, type: integer, label: Số trang, help: Của bản chính, required: true}\n"
    )
    (due,) = judge(changed(small, line, pages_field), pages=str(pages), copies=str(copies)).fees
    assert due.amount == amount


@pytest.mark.parametrize(("channel", "amount"), [("online", 115_000), ("counter", 135_000)])
def test_a_channel_has_its_own_amount_until_its_law_ends(small, channel, amount):
    table = """    amount:
      inputs: [channel]
      rows:
        - {when: ['"online"'], amount: 115000, effective: {to: 2026-12-31}}
        - {when: ["-"], amount: 135000}
"""
    definition = changed(small, table)
    assert judge(definition, channel).total == amount
    assert judge(definition, channel, datetime(2027, 1, 1, tzinfo=TZ)).total == 135_000


@pytest.mark.parametrize(
    ("area", "year", "amount"),
    [("phuong", 2026, 300), ("phuong", 2027, 600), ("xa", 2026, 150), ("xa", 2027, 300)],
)
def test_a_table_of_who_and_when_is_the_price_of_each(small, area, year, amount):
    table = """    times: copies
    unit: điểm kinh doanh
    amount:
      inputs: [area]
      rows:
        - {when: ['"phuong"'], amount: 300000, effective: {to: 2026-12-31}}
        - {when: ['"xa"'], amount: 150000, effective: {to: 2026-12-31}}
        - {when: ['"phuong"'], amount: 600000, effective: {from: 2027-01-01}}
        - {when: ['"xa"'], amount: 300000, effective: {from: 2027-01-01}}
"""
    found = judge(changed(small, table), now=datetime(year, 1, 1, tzinfo=TZ), area=area, copies="2")
    assert found.total == 2 * amount * 1000
    name = "Phường" if area == "phuong" else "Xã"
    assert found.fees[0].explanation.startswith(f"{name}: 2 điểm kinh doanh × {amount}.000 đồng = ")


WHO = (
    "        - {id: who, type: choice, label: Diện, help: Chọn một, required: true, options:"
    " [{value: thuong, label: Không}, {value: sinh_vien, label: Sinh viên}, {value: ho_ngheo, label: Hộ nghèo}]}\n"
    "        - {id: student, type: yes_no, label: Sinh viên, help: Chọn một, required: true}\n"
)
PROOF = "  - {id: the_sv, name: Thẻ sinh viên, copies: {copy: 1}, required: false}\n"
EXEMPT = """    amount: 200000
    max: 150001
    exempt:
      - {label: sinh viên, when: student, percent: 50, proof: the_sv, source: {text: Thông tư mẫu}}
      - {label: hộ nghèo, when: 'who = "ho_ngheo"'}
"""


def test_an_exemption_says_its_ground_its_source_and_what_is_left(small):
    definition = changed(small, EXEMPT, WHO, PROOF)
    found = judge(definition, who="sinh_vien", student="true")
    (line,) = found.fees
    assert (line.full, line.amount, line.exemption, line.proof) == (150_001, 75_001, "sinh viên", "the_sv")
    assert line.explanation.endswith(
        "thu tối đa 150.001 đồng; giảm 50 % vì sinh viên (Thông tư mẫu), còn 75.001 đồng"
    )
    assert [(paper.id, paper.required) for paper in found.papers] == [("don", True), ("the_sv", True)]


def test_the_best_of_several_exemptions_is_given_and_only_its_proof_asked_for(small):
    found = judge(changed(small, EXEMPT, WHO, PROOF), who="ho_ngheo", student="true")
    assert (found.total, found.fees[0].exemption) == (0, "hộ nghèo")
    assert found.fees[0].explanation.endswith("miễn toàn bộ vì hộ nghèo")
    assert [paper.id for paper in found.papers] == ["don"]


def test_who_is_not_exempt_pays_and_proves_nothing(small):
    found = judge(changed(small, EXEMPT, WHO, PROOF), who="thuong", student="false")
    assert found.total == 150_001
    assert [paper.id for paper in found.papers] == ["don"]


def test_the_public_page_tells_price_bounds_and_exemptions(small):
    row = procedure_view(changed(small, EXEMPT, WHO, PROOF), date(2026, 11, 20)).fees[0]
    assert (row.rule, row.bounds) == ("200.000 đồng", "tối đa 150.001 đồng")
    assert row.exempt == ("Giảm 50 %: sinh viên (Thông tư mẫu)", "Miễn: hộ nghèo")
    each = procedure_view(changed(small, "    amount: 8000\n    times: copies\n    unit: bản\n"), NOW.date())
    assert each.fees[0].rule == "8.000 đồng mỗi bản"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (LINE, "chưa có Số bản"),
        ("    amount: 1000 / 3\n    when: copies = null\n", "không chẵn đồng"),
        ("    amount: 5 - 10\n    when: copies = null\n", "nhỏ hơn 0"),
    ],
)
def test_what_cannot_be_worked_out_says_what_is_missing(small, line, why):
    (gap,) = judge(changed(small, line), copies="").gaps
    assert (gap.kind, gap.id) == ("fee", "phi")
    assert why in gap.message and gap.message.endswith(".")


money = st.integers(0, 10_000_000)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(
    price=money,
    least=money,
    most=money,
    copies=st.integers(1, 20),
    percents=st.lists(st.integers(1, 100), max_size=3),
)
def test_bounds_hold_and_exemptions_never_give_money(small, price, least, most, copies, percents):
    exempt = "".join(f"      - {{label: diện {p}, when: copies > 0, percent: {p}}}\n" for p in percents)
    line = f"    amount: {price}\n    times: copies\n    unit: bản\n    min: {min(least, most)}\n    max: {most}\n"
    line += f"    exempt:\n{exempt}" if percents else ""
    second = "  - {id: le_phi, label: Lệ phí, kind: le_phi, collect: at_return, amount: 1000}\ndeadline:"
    found = judge(changed(small.replace("deadline:", second), line), copies=str(copies))
    due = found.fees[0]
    assert due.full == max(min(least, most), min(most, price * copies))
    left = Decimal(due.full * (100 - max(percents, default=0))) / 100
    assert 0 <= due.amount <= due.full and abs(due.amount - left) <= Decimal("0.5")
    assert found.total == sum(fee.amount for fee in found.fees) == due.amount + 1000
