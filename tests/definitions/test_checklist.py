"""The checklist: data, machine's ticks with their why, a reviewer's ticks (TT 32/2017; Đ4.1–Đ10.4; Đ21.4)."""

from datetime import datetime

import pytest

from definitions import checklist
from definitions.checklist import Fact, Item, Seen, TickError
from definitions.checklist_facts import facts_of
from definitions.loader import load
from definitions.problems import Problem
from definitions.shipped import shipped
from rules.calendar import TZ

AT = datetime(2026, 11, 23, 9, tzinfo=TZ)
WHOLE = Item("a", "L", "Đ1", "Đủ bộ phận.", lint=("T001",))
HUMAN = Item("b", "L", "Đ2", "Đúng văn bản.", note="Văn bản đã đối chiếu")
HAND = Item("c", "L", "Đ3", "Có hướng dẫn.", lint=("T085",), by_hand="Nhãn đã rõ.")
ALWAYS = Item("d", "L", "Đ4", "In được.", always="Cổng cho in.")
HIGH = Item("e", "L", "Đ5", "Mức 4.", from_level=4, fact="paid")
EXTRA = Item("f", "L", "Đ6", "Nên có.", mandatory=False)
ITEMS = (WHOLE, HUMAN, HAND, ALWAYS, HIGH, EXTRA)


def problem(code, severity="error"):
    return Problem("x.yaml", 7, 1, "", code, severity, f"Có lỗi {code}.")


def lines(*codes, level=3, ticks=None, paid=True):
    facts = {"paid": Fact(ok=paid, why="Vì thế.")}
    seen = Seen(level, [problem(code) for code in codes], facts)
    return {line.item.id: line for line in checklist.checked(seen, ticks or {}, ITEMS)}


def ticked(found, item, note=""):
    return checklist.tick(tuple(found.values()), item, "duyet", AT, note)


def test_the_machine_ticks_what_it_sees_and_says_why():
    found = lines()
    assert (found["a"].state, found["d"].state, found["d"].why) == ("machine", "machine", "Cổng cho in.")
    assert "T001" in found["a"].why
    found = lines("T001")
    assert (found["a"].state, found["a"].blocks) == ("failed", True)
    assert found["a"].why == "T001, dòng 7: Có lỗi T001."


def test_an_item_is_asked_from_its_level_on():
    assert "e" not in lines(level=3)
    assert lines(level=4)["e"].state == "machine"
    assert lines(level=4, paid=False)["e"].state == "failed"


def test_d9_3b_what_is_mandatory_and_not_met_blocks_and_is_told():
    found = lines("T085")
    assert {name for name, line in found.items() if line.blocks} == {"b", "c"}
    told = checklist.missing(tuple(found.values()))
    assert told[0] == "Đ2: Đúng văn bản. Người thẩm định chưa đánh dấu."
    assert told[1].startswith("Đ3: Có hướng dẫn. T085, dòng 7")
    ticks = {"b": ticked(found, "b", "QĐ 12"), "c": ticked(found, "c", "Nhãn rõ")}
    assert checklist.missing(tuple(lines("T085", ticks=ticks).values())) == ()


def test_a_reviewer_ticks_only_what_is_theirs_with_the_note_it_asks_for():
    found = lines("T001", "T085")
    with pytest.raises(TickError, match="văn bản đã đối chiếu"):
        ticked(found, "b", "  ")
    with pytest.raises(TickError, match="ghi lý do vẫn đánh dấu"):
        ticked(found, "c")
    for item in ("a", "d"):
        with pytest.raises(TickError, match="do máy kiểm tra"):
            ticked(found, item, "x")
    with pytest.raises(TickError, match="tải lại trang"):
        ticked(found, "e", "x")
    assert ticked(found, "f").note == ""


def test_d21_4_the_shipped_lists_have_both_laws_and_check_only_what_exists():
    found = checklist.items()
    assert {item.list for item in found} == {"Theo Quy chế", "Theo Thông tư 32/2017/TT-BTTTT"}
    definition = load(*reversed(shipped()[0])).definition
    facts = facts_of(definition, failing=(), untried=(), open_comments=0)
    assert {item.fact for item in found if item.fact} <= set(facts)
    clauses = {item.clause for item in found}
    assert {"Đ4.1", "Đ5.3", "Đ7.2b", "Đ7.3", "Đ9.3a", "Đ10.3b", "Đ10.4b"} <= clauses


def test_facts_say_why():
    definition = load(*reversed(shipped()[0])).definition
    facts = facts_of(definition, failing=["Sai phí."], untried=["trường “A”"], open_comments=2)
    assert {name for name, fact in facts.items() if not fact.ok} >= {"examples", "coverage", "comments"}
    assert facts["comments"].why == "Còn 2 góp ý chưa giải quyết."
    assert "“A”" in facts["coverage"].why
    assert "bước" in facts["form_and_workflow"].why
    assert all(fact.why.endswith(".") or "”" in fact.why for fact in facts.values())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("id: aaa\nname: bbb\nitems: [{id: x, clause: Đ1, text: abc, check: {lint: [T999]}}]", "T999"),
        ("id: aaa\nname: bbb\nitems: [{id: x, clause: Đ1}]", "text"),
        ("id: [", "x.yaml"),
    ],
)
def test_a_list_that_is_wrong_is_told_with_its_file(text, words):
    with pytest.raises(ValueError, match=words):
        checklist.load_items(text, "x.yaml")
