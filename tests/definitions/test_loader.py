import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from definitions.loader import content_hash, load, load_canonical
from definitions.shipped import shipped
from definitions.workflows import shared


def test_a_right_text_becomes_a_definition(small):
    loaded = load(small, "mau.yaml")
    assert loaded.ok
    assert loaded.problems == ()
    definition = loaded.definition
    assert definition.procedure == "9.000001"
    assert [field.id for field in definition.fields] == ["area", "full_name", "copies", "note"]
    assert [page.id for page in definition.whole_form.pages] == ["cau_hoi_mo_dau", "chung"]
    assert definition.workflow.id == "day-du"
    assert definition.effective.start.isoformat() == "2026-01-01"
    assert definition.submit_by == ("online", "counter")
    assert definition.verified
    assert definition.paper("don").form_generated
    assert definition.paper("khong_co") is None


def test_json_of_the_same_data_is_the_same_definition(small):
    first = load(small, "mau.yaml")
    assert load(first.canonical, "mau.json").definition.hash == first.definition.hash
    again = load_canonical(first.canonical, "mau.json")
    assert again.definition.hash == first.definition.hash
    assert again.canonical == first.canonical
    assert again.problems == ()


def test_the_hash_is_of_the_meaning_not_of_the_letters(small):
    base = load(small, "a.yaml").definition.hash
    assert (
        load("# ghi chú\n" + small.replace("sector: mau\n", "sector:    'mau'\n"), "b.yaml").definition.hash
        == base
    )
    moved = small.replace("sector: mau\n", "").replace(
        "service_level: 3\n", "service_level: 3\nsector: mau\n"
    )
    assert load(moved, "c.yaml").definition.hash == base
    assert load(small.replace("amount: 5,", "amount: 5.0,"), "d.yaml").definition.hash == base
    assert load(small.replace("2000 * copies", "2001 * copies"), "e.yaml").definition.hash != base
    assert len(base) == 64


def test_the_hash_holds_the_steps_of_a_shared_workflow(small):
    """A later change of a shared workflow never reaches a version that is pinned."""
    shipped = shared()
    changed = json.loads(json.dumps(shipped["day-du"], default=float))
    changed["steps"][0]["name"] = "Tên khác"
    before = load(small, "a.yaml")
    after = load(small, "a.yaml", workflows={**shipped, "day-du": changed})
    assert before.definition.hash != after.definition.hash
    pinned = load_canonical(before.canonical, "a")
    assert pinned.definition.workflow.step("phan_cong").name == "Lãnh đạo phòng phân công"


@pytest.mark.parametrize(
    ("old", "new", "code", "path", "says"),
    [
        ("amount: 2000 * copies", "amount: 2000 * ‸copise", "F002", "fees.0.amount", "“copies”"),
        ("amount: 2000 * copies", 'amount: "2000 * ‸copise"', "F002", "fees.0.amount", "“copies”"),
        ("amount: 2000 * copies", "amount: |\n      2000 *\n        ‸copise", "F002", "fees.0.amount", "“copies”"),
        ("amount: 2000 * copies", "amount: 2000 * agency.‸areaa", "F003", "fees.0.amount", "“area”"),
        ("amount: 2000 * copies", "amount: ‸summ(copies)", "F004", "fees.0.amount", "“sum”"),
        ("amount: 2000 * copies", "amount: ‸full_name", "F006", "fees.0.amount", "cần một số"),
        ("amount: 2000 * copies", "amount: 2000 * ‸)", "F001", "fees.0.amount", ""),
        ("visible: copies > 5", "visible: ‸copies", "F006", "form.pages.0.fields.2.visible", "so sánh"),
        ("visible: copies > 5", "visible: ‸coppies > 5", "F002", "form.pages.0.fields.2.visible", "“copies”"),
        ("""when: 'area = "phuong"'""", 'when: ‸full_name = "x"', "T055", "cases.0.when", "questions"),
        ("""when: 'area = "phuong"'""", 'when: ‸case = "x"', "F002", "cases.0.when", ""),
        ("{amount: 5, unit", "{when: ‸copie > 1, amount: 5, unit", "F002", "deadline.0.when", "“copies”"),
        ("form_generated: true}", "required: ‸copys > 1}", "F002", "attachments.0.required", "“copies”"),
        ("workflow: day-du", "workflow: ‸day-dou", "T009", "workflow", "“day-du”"),
        ("workflow: day-du", "workflow: {use: ‸day-dou}", "T009", "workflow.use", "“day-du”"),
        ("workflow: day-du", "workflow: {use: day-du, durations: {‸tham_din: {amount: 1, unit: day}}}", "T009", "workflow.durations.tham_din", "“tham_dinh”"),
        ("workflow: day-du", "workflow: {use: day-du, ‸name: x}", "S001", "workflow.name", "Bỏ khóa này"),
    ],
)  # fmt: skip
def test_a_wrong_expression_is_told_at_its_very_character(broken, place, old, new, code, path, says):
    problem = next(p for p in broken(old, new) if p.code == code)
    assert problem.path == path
    assert (problem.line, problem.column) == place(old, new)
    assert says in problem.message + problem.remedy


TABLE = """amount:
      inputs: [area, copies]
      rows:
        - {when: ['"phuong"', '<= 5'], amount: 1000 * copies, effective: {to: 2026-06-30}}
        - {when: ['"phuong"', '-'], amount: 2000 * copies, effective: {from: 2026-07-01}}
        - {when: ['-', '-'], amount: 500 * copies}
"""


@pytest.mark.parametrize(
    ("old", "new", "code", "path"),
    [
        ("inputs: [area, copies]", "inputs: [‸areaa, copies]", "F002", "fees.0.amount.inputs.0"),
        ("""['-', '-']""", """‸['-']""", "F009", "fees.0.amount.rows.2.when"),
        ("""'<= 5'""", """'‸<= "x"'""", "F006", "fees.0.amount.rows.0.when.1"),
        ("500 * copies", "500 * ‸copis", "F002", "fees.0.amount.rows.2.amount"),
        ("500 * copies", '‸"\\"x\\""', "F009", "fees.0.amount.rows.2.amount"),
        ("{to: 2026-06-30}", "{to: ‸2026-06-31}", "S005", "fees.0.amount.rows.0.effective.to"),
    ],
)
def test_a_wrong_table_is_told_at_the_cell(broken, place, old, new, code, path):
    whole = "amount: 2000 * copies\n"
    problems = broken(whole, TABLE.replace(old, new))
    problem = next(p for p in problems if p.code == code)
    assert problem.path == path
    line, column = place(whole, TABLE.replace(old, new))
    assert problem.line == line
    assert abs(problem.column - column) <= 4
    assert problem.remedy or problem.code == "F006"


def test_a_table_without_a_fault(broken):
    assert broken("amount: 2000 * copies\n", TABLE) == ()


def test_all_mistakes_are_told_at_once_in_the_order_of_the_text(small):
    text = (
        small.replace("copies > 5", "copiess > 5")
        .replace("2000 * copies", "2000 * copyes")
        .replace("workflow: day-du", "workflow: {use: day-du, durations: {khong_co: {amount: 1, unit: day}}}")
    )
    loaded = load(text, "mau.yaml")
    assert loaded.definition is None
    assert [p.path for p in loaded.problems] == [
        "form.pages.0.fields.2.visible", "fees.0.amount", "workflow.durations.khong_co",
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["", "12", "- a", "null", "# chỉ có ghi chú"])
def test_what_is_no_group_is_no_definition(text):
    (problem,) = load(text, "x.yaml").problems
    assert (problem.code, problem.line) == ("S003", 1)


def test_twenty_megabytes_of_nesting_are_a_problem_not_a_crash():
    (problem,) = load("[" * 20_000_000, "x.yaml").problems
    assert (problem.code, problem.line, problem.column) == ("Y001", 1, 1)
    (problem,) = load("form: {pages: " + "[" * 500_000, "x.yaml").problems
    assert problem.code == "Y003"


def test_deep_but_small_expressions_are_a_problem_not_a_crash(broken):
    problems = broken("2000 * copies", "'" + "(" * 2400 + "1" + ")" * 2400 + "'")
    assert {p.path for p in problems} == {"fees.0.amount"}


def test_a_problem_says_itself_as_compilers_do(broken):
    problem = broken("amount: 2000 * copies", "amount: 2000 * copise")[0]
    assert str(problem).startswith("mau.yaml:38:20: lỗi F002 ")


def test_a_warning_says_that_it_is_one(small):
    (problem,) = load(
        small.replace("number: 01/2026/NĐ-CP", "number: 01/2026/NĐ-CP, verified: false"), "x.yaml"
    ).problems
    assert ": cảnh báo T080 " in str(problem)


def test_what_is_written_is_checked_while_other_parts_are_missing(small):
    begun = small.partition("\nform:")[0].replace('when: area = "phuong"', 'when: area = "phuongg"')
    loaded = load(begun + '\ncases:\n  - {id: a, label: A, when: area = "phuongg"}\n', "x.yaml")
    assert loaded.definition is None
    assert {p.code for p in loaded.problems if not p.path} == {"S002"}
    assert "T037" in {p.code for p in loaded.problems}


def test_what_other_parts_would_have_to_say_is_not_told_yet(small):
    begun = (
        small.partition("\nform:")[0]
        + "\nfees:\n  - {id: phi, label: Phí, kind: phi, amount: 2000 * copies, collect: at_return}\n"
    )
    problems = load(begun, "x.yaml").problems
    assert {p.code for p in problems if not p.path} == {"S002"}
    assert not {p.code for p in problems} & {"F002", "T030", "T060"}


def test_a_shape_that_is_wrong_elsewhere_is_mended_first(small):
    begun = small.partition("\nform:")[0].replace("service_level: ", "service_levell: ")
    assert {p.code for p in load(begun, "x.yaml").problems} <= {"S001", "S002", "S004"}


def test_dates_are_dates_where_dates_are_wanted(small):
    text = small.replace(
        "- {id: note,",
        "- {id: born, type: date, label: Ngày sinh, help: x, min: 1990-01-01, max: today()}\n        - {id: note,",
    )
    field = load(text, "x.yaml").definition.form.fields[2]
    assert field.min.evaluate({}).isoformat() == "1990-01-01"


def test_numbers_are_hashed_by_value():
    assert content_hash({"a": Decimal("1.50")}) == content_hash({"a": Decimal("1.5")})
    assert content_hash({"a": 1, "b": 2}) == content_hash({"b": 2, "a": 1})
    assert content_hash({"a": "1"}) != content_hash({"a": 1})


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_a_definition_damaged_anywhere_is_answered_with_places(data):
    text = dict(shipped())["2.000815.yaml"]
    at = data.draw(st.integers(0, len(text) - 1))
    length = data.draw(st.integers(0, 40))
    piece = data.draw(st.text(alphabet="{}[]:,-'\"&*!|> \nabc1ệ", max_size=8))
    loaded = load(text[:at] + piece + text[at + length :], "x.yaml")
    lines = text.count("\n") + piece.count("\n") + 2
    for problem in loaded.problems:
        assert 1 <= problem.line <= lines
        assert problem.column >= 1
        assert problem.message
        assert problem.file == "x.yaml"
    assert loaded.definition is not None or loaded.errors
