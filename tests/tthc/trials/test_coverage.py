"""Coverage: what the examples leave untried is found, with its place in the text, and nothing else is."""

from pathlib import Path

import pytest

from definitions.shipped import shipped
from tthc.trials.check import check_text

CARD = (Path(__file__).parents[2] / "admin" / "thu_muc.yaml").read_text(encoding="utf-8")


def gaps(text):
    return {(p.code, p.path) for p in check_text(text, "the.yaml").problems if p.code.startswith("C")}


def replaced(*changes):
    text = CARD
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def without_example(name):
    head, _, rest = CARD.partition(f"  - name: {name}")
    _, mark, rest = rest.partition("\n  - name: ")
    return head + ("  - name: " + rest if mark else "")


def test_a_definition_that_tries_everything_has_no_gap():
    assert gaps(CARD) == set()
    assert check_text(CARD, "the.yaml").ok


def test_one_example_less_leaves_its_case_paper_fee_field_and_way_untried():
    checked = check_text(without_example("Mượn sách về nhà"), "the.yaml")
    assert not checked.ok
    assert {p.code for p in checked.problems} >= {"C001", "C003", "C004", "C006", "C010"}
    assert "Còn" in checked.summary


def test_a_condition_is_tried_only_when_both_its_outcomes_were_seen():
    found = gaps(without_example("Đọc tại chỗ"))
    assert ("C002", "form.pages.0.fields.1") in found
    assert ("C005", "attachments.0.when") in found
    assert ("C003", "cases.1") in found


@pytest.mark.parametrize(
    ("change", "gap"),
    [
        (
            (
                '    amount: "20000"',
                "    amount: {inputs: [borrow_home], rows: [{when: [true], amount: 20000}, {when: [false], amount: 0}]}",
            ),
            ("C007", "fees.0.amount.rows.1"),
        ),
        (
            (
                '    amount: "20000"',
                "    amount: 20000\n    exempt: [{label: Trẻ em, when: 'reader_name = \"Bé\"'}]",
            ),
            ("C008", "fees.0.exempt.0"),
        ),
    ],
)
def test_rows_and_exemptions_that_never_decide_are_named(change, gap):
    assert gap in gaps(replaced(change))


def test_each_gap_stands_where_the_thing_is_written():
    problems = check_text(without_example("Mượn sách về nhà"), "the.yaml").problems
    paper = next(p for p in problems if p.code == "C004")
    assert CARD.splitlines()[paper.line - 1].strip() == "- id: anh_the"


def test_coverage_waits_until_the_examples_themselves_come_out():
    broken = without_example("Đọc tại chỗ").replace("{phi_lam_the: 20000}", "{phi_lam_the: 1}")
    assert {p.code for p in check_text(broken, "the.yaml").problems} == {"T063", "X001"}


def test_a_branch_with_a_condition_is_tried_open_and_shut():
    text = dict(shipped())["1.013225.yaml"]
    start = text.index("  - name: Không phải hỏi cơ quan nào")
    end = text.index("  - name:", start + 10)
    found = [p.message for p in check_text(text[:start] + text[end:], "x.yaml").problems if p.code == "C011"]
    assert any("lúc không mở nhánh sang “Lấy ý kiến cơ quan phòng cháy, chữa cháy”" in each for each in found)
    assert not [p for p in check_text(text, "x.yaml").problems if p.code[0] == "C"]
