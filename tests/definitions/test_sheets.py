"""A fee's table as a sheet and back into YAML: what did not change keeps its characters."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from definitions.loader import load
from definitions.reading import read
from definitions.sheets import SheetError, sheet_of, update
from definitions.shipped import loaded, shipped
from rules.tables import Hit, dmn
from rules.tables.sheet import SheetInput, SheetOutput, SheetRow
from tests.definitions.conftest import SMALL

TABLE = """\
    # theo Thông tư
    amount:
      inputs:
        - area  # khu vực
        - {id: ban, expression: copies, label: Số bản xin cấp, values: [1, '[2..20]']}
      rows:
        # ở xã
        - {when: ['"xa"', "< 10"], amount: 1000 * copies, effective: {to: 2026-12-31}}  # đến hết năm
        - {id: nhieu, when: ['"xa"', '-'], amount: 7000}
        - when: ['"phuong"', '-']
          amount: 9000  # như nhau
    note: Thu một lần.
"""
TEXT = SMALL.replace("    amount: 2000 * copies\n", TABLE).replace("fees: {phi: 6000}, ", "")


def sheet(text=TEXT):
    loaded = load(text, "x.yaml")
    assert loaded.definition is not None, loaded.problems
    return sheet_of(loaded.definition, read(text).data, "phi")


def test_a_table_has_the_words_of_the_form():
    found = sheet()
    assert found.inputs == (
        SheetInput("area", "phi_input_1", "Khu vực", "string"),
        SheetInput("copies", "ban", "Số bản xin cấp", "number", "1, [2..20]"),
    )
    assert found.outputs == (SheetOutput("phi_output_1", "phi", "Số tiền (đồng)", "number"),)
    assert found.rows[0] == SheetRow(
        ('"xa"', "< 10"), ("1000 * copies",), "phi_row_1", None, date(2026, 12, 31)
    )
    assert [row.id for row in found.rows] == ["phi_row_1", "nhieu", "phi_row_3"]


def test_what_was_not_edited_is_not_touched():
    (again,) = dmn.read(dmn.write(sheet()))
    assert update(TEXT, "phi", again, sheet()).text == TEXT
    for name, text in shipped():
        whole = loaded(text, name)
        for fee in whole.definition.fees:
            try:
                before = sheet_of(whole.definition, read(text).data, fee.id)
            except SheetError:
                continue
            (again,) = dmn.read(dmn.write(before))
            assert (again, update(text, fee.id, again, before).text) == (before, text)


def changed(new):
    text = update(TEXT, "phi", new, sheet()).text
    old, made = TEXT.splitlines(), text.splitlines()
    assert sheet(text) == new.normal()
    return [line.strip() for line in made if line not in old], [
        line.strip() for line in old if line not in made
    ]


def test_one_cell_changes_one_line():
    rows = list(sheet().rows)
    rows[2] = replace(rows[2], values=("9500",))
    assert changed(replace(sheet(), rows=tuple(rows))) == (
        ["amount: 9500  # như nhau"],
        ["amount: 9000  # như nhau"],
    )
    rows[0] = replace(rows[0], tests=('"xa"', "< 8"), end=None, start=date(2027, 1, 1), label="Ít bản")
    new, old = changed(replace(sheet(), rows=tuple(rows)))
    assert new[0] == (
        "- {label: Ít bản, when: ['\"xa\"', '< 8'], amount: 1000 * copies, "
        "effective: {from: 2027-01-01}} # đến hết năm"
    )
    assert len(old) == 2


def test_rows_come_go_and_move_with_their_comments():
    first, many, other = sheet().rows
    new = SheetRow(('"xa"', "20"), ("0",), "DecisionRule_0a1", date(2027, 1, 1))
    made, gone = changed(replace(sheet(), rows=(many, new, first)))
    assert made == [
        "- {id: DecisionRule_0a1, when: ['\"xa\"', 20], amount: 0, effective: {from: 2027-01-01}}",
        '- {id: phi_row_1, when: [\'"xa"\', "< 10"], amount: 1000 * copies, effective: {to: 2026-12-31}} # đến hết năm',
    ]
    assert any("phuong" in line for line in gone)
    assert other.id not in str(made)


def test_columns_the_way_to_choose_and_the_default():
    before = sheet()
    area, copies = before.inputs
    new = replace(
        before,
        hit=Hit.UNIQUE,
        inputs=(copies, replace(area, allowed='"xa","phuong"'), SheetInput("channel", "kenh", "Kênh")),
        outputs=(replace(before.outputs[0], default="0", values=("0", "7000")),),
        rows=tuple(replace(row, tests=(row.tests[1], row.tests[0], "-")) for row in before.rows),
    )
    text = update(TEXT, "phi", new, before).text
    again = sheet(text)
    assert (again.hit, again.outputs, again.rows) == (new.hit, new.outputs, new.rows)
    assert [each.id for each in again.inputs] == ["ban", "phi_input_1", "kenh"]
    assert [each.allowed for each in again.inputs] == ["1, [2..20]", '"xa","phuong"', ""]
    assert update(text, "phi", before, again).text.count("hit:") == 0


def test_what_has_no_place_is_said_and_what_cannot_be_is_refused():
    new = replace(sheet(), name="Khác", notes=("Căn cứ",))
    found = update(TEXT, "phi", new, sheet())
    assert found.text == TEXT
    assert ["“Căn cứ”" in found.remarks[0], "“Khác”" in found.remarks[1]] == [True, True]
    with pytest.raises(SheetError, match="đúng một cột kết quả"):
        update(TEXT, "phi", replace(sheet(), outputs=()), sheet())
    definition = load(SMALL, "x").definition
    for fee, says in (("khac", "các khoản: phi"), ("phi", "là một công thức")):
        with pytest.raises(SheetError, match=says):
            sheet_of(definition, read(SMALL).data, fee)


tests = st.sampled_from(["-", "< 5", "3", "[1..4]", "1, 2", "not(7)", "null", "[1\n..4]"])
amounts = st.sampled_from(["0", "1500", "2 * copies", "if copies > 3 then 1 else 2", "-1 + 2"])
days = st.one_of(st.none(), st.dates(date(2020, 1, 1), date(2030, 1, 1)))


@st.composite
def edited(draw):
    rows = list(draw(st.permutations(sheet().rows)))[: draw(st.integers(1, 3))]
    for at, row in enumerate(rows):
        if draw(st.booleans()):
            start, end = draw(days), draw(days)
            if start and end and end < start:
                start, end = end, start
            rows[at] = replace(row, tests=(row.tests[0], draw(tests)), values=(draw(amounts),), start=start, end=end, label=draw(st.sampled_from(["", "Một", "a: b # c"])))  # fmt: skip
    for at in range(draw(st.integers(0, 2))):
        rows.insert(
            draw(st.integers(0, len(rows))),
            SheetRow(("-", draw(tests)), (draw(amounts),), f"DecisionRule_{at}"),
        )
    hit = draw(st.sampled_from([Hit.FIRST, Hit.UNIQUE, Hit.SUM]))
    return replace(sheet(), rows=tuple(rows), hit=hit)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(edited())
def test_any_edit_is_what_the_definition_then_says(new):
    (again,) = dmn.read(dmn.write(new))
    text = update(TEXT, "phi", again, sheet()).text
    assert sheet(text) == new.normal()
    assert "# theo Thông tư" in text
    assert "note: Thu một lần." in text
