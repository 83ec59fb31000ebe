"""A table written as DMN and read again is the table it was; what a modeller adds is read too."""

import os
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.feel import T
from rules.tables import Hit, TableError
from rules.tables.dmn import DmnError, read, write
from rules.tables.sheet import Sheet, SheetInput, SheetOutput, SheetRow

FEES = Sheet(
    "phi",
    "Phí thẩm định",
    Hit.FIRST,
    (
        SheetInput("chu_the", "c1", "Chủ thể", "string", '"ho","dn"'),
        SheetInput("count(diem)", "", "Số điểm", "number"),
    ),
    (SheetOutput("o1", "phi", "Số tiền (đồng)", "number", ("1", "f(1, 2)", '"a, b"'), "0"),),
    (
        SheetRow(('"ho"', "< 3"), ("1000",), "r1", None, date(2026, 12, 31), "Hộ & ít điểm <3"),
        SheetRow(("-", ""), ("2000 * count(diem)",), "", date(2027, 1, 1), notes=("xem Thông tư",)),
    ),
    ("Ghi chú",),
    "Thu theo điểm",
)


def test_everything_comes_back():
    (found,) = read(write(FEES))
    assert found == FEES.normal()
    assert found.rows[1] == SheetRow(
        ("-", "-"), ("2000 * count(diem)",), "phi_row_2", date(2027, 1, 1), None, "", ("xem Thông tư",)
    )
    assert write(found) == write(FEES)


def test_it_decides_as_before():
    sheet = Sheet("x", "X", Hit.SUM, (SheetInput("n", type="number"),), (SheetOutput(),), FEES.rows[:0])
    rows = (SheetRow(("> 1",), ("10",)), SheetRow(("> 2",), ("5",), "", date(2027, 1, 1)))
    (found,) = read(write(Sheet(sheet.id, sheet.name, sheet.hit, sheet.inputs, sheet.outputs, rows)))
    table = found.table({"n": T.NUMBER})
    assert [table.decide({"n": 3}, on=day).value for day in (date(2026, 1, 1), date(2027, 1, 1))] == [10, 15]


@pytest.mark.parametrize("hit", Hit)
def test_every_way_to_choose_has_its_words(hit):
    (found,) = read(write(Sheet("x", "X", hit, (), (SheetOutput(),), (SheetRow((), ("1",)),))))
    assert found.hit is hit


words = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"),
    max_size=12,
)
cells = st.one_of(
    words,
    st.sampled_from(
        [
            "-",
            "",
            '"a"',
            "[1..5]",
            "a\nb",
            'not("x", "y")',
            "< 5 & > 3",
            " 1 ",
            "a\r\nb",
            "[từ 01/01/2027] a",
            "[mọi ngày] a",
            "[đến",
            "[a]",
        ]
    ),
)
names = st.from_regex(r"[A-Za-zÀÉđạờ_][A-Za-z0-9_.\-]{0,8}", fullmatch=True)
days = st.one_of(st.none(), st.dates())
literals = st.sampled_from(["1", '"a, b"', "[1, 2]", "f(1, 2)", '"x"', "{a: 1, b: 2}", "-5"])


@st.composite
def sheets(draw):
    width, height, notes = draw(st.integers(0, 3)), draw(st.integers(0, 4)), draw(st.integers(0, 2))
    inputs = [
        SheetInput(
            draw(cells),
            draw(names) + str(at),
            draw(words),
            draw(st.sampled_from(["", "number", "tLoai"])),
            draw(cells),
        )
        for at in range(width)
    ]
    outputs = [
        SheetOutput(
            "o" + str(at),
            draw(words),
            draw(words),
            draw(st.sampled_from(["", "string"])),
            tuple(draw(st.lists(literals, max_size=3))),
            draw(cells),
        )
        for at in range(draw(st.integers(1, 2)))
    ]
    rows = [
        SheetRow(
            tuple(draw(cells) for _ in inputs),
            tuple(draw(cells) for _ in outputs),
            draw(st.sampled_from(["", f"r{at}", "lap"])),
            draw(days),
            draw(days),
            draw(cells),
            tuple(draw(cells) for _ in range(notes)),
        )
        for at in range(height)
    ]
    headings = tuple(f"Ghi chú {draw(words)}" for _ in range(notes))
    return Sheet(draw(names), draw(words), draw(st.sampled_from(Hit)), tuple(inputs), tuple(outputs), tuple(rows), headings, draw(cells))  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(sheets())
def test_any_table_comes_back_unchanged(sheet):
    (found,) = read(write(sheet))
    assert found == sheet.normal()
    assert (sheet.normal().normal(), read(write(found))) == (sheet.normal(), [found])


MODELLED = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="SPACE" xmlns:camunda="http://camunda.org/schema/1.0/dmn" id="d" name="DRD" namespace="http://camunda.org/schema/1.0/dmn">
  <decision id="Decision_1" name="Decision 1">
    <extensionElements><camunda:x y="1"/></extensionElements>
    <informationRequirement id="i"><requiredInput href="#InputData_1"/></informationRequirement>
    <decisionTable id="t" hitPolicy="COLLECT" aggregation="MAX">
      <input id="Input_1" label="Số trang" camunda:inputVariable="p"><inputExpression id="e" typeRef="feel:number"><text>pages</text></inputExpression></input>
      <output id="Output_1" name="phi" typeRef="number"/>
      <annotation name="HIỆU LỰC TỪ"/><annotation name="Căn cứ"/>
      <rule id="DecisionRule_1">
        <inputEntry id="u1"><text></text></inputEntry><outputEntry id="l1"><text><![CDATA[1 < 2]]></text></outputEntry>
        <annotationEntry><text>01/07/2025</text></annotationEntry>
      </rule>
      <rule id="DecisionRule_2"><inputEntry id="u2"><text>&gt; 3</text></inputEntry><outputEntry id="l2"><text>2</text></outputEntry></rule>
    </decisionTable>
  </decision>
  <inputData id="InputData_1" name="pages"/>
</definitions>"""


@pytest.mark.parametrize(
    "space",
    ["http://www.omg.org/spec/DMN/20180521/MODEL/"]
    + [f"https://www.omg.org/spec/DMN/{when}/MODEL/" for when in ("20191111", "20211108", "20230324")],
)
def test_what_a_modeller_writes_is_read(space):
    (found,) = read(MODELLED.replace("SPACE", space))
    assert found == Sheet(
        "Decision_1",
        "Decision 1",
        Hit.MAX,
        (SheetInput("pages", "Input_1", "Số trang", "number"),),
        (SheetOutput("Output_1", "phi", "", "number"),),
        (
            SheetRow(("-",), ("1 < 2",), "DecisionRule_1", date(2025, 7, 1), notes=("",)),
            SheetRow(("> 3",), ("2",), "DecisionRule_2", notes=("",)),
        ),
        ("Căn cứ",),
    )


@pytest.mark.parametrize(
    ("said", "start", "end", "label"),
    [
        ("[từ 01/07/2025 đến 31/12/2026] Hộ", date(2025, 7, 1), date(2026, 12, 31), "Hộ"),
        ("[Từ 2025-07-01]", date(2025, 7, 1), None, ""),
        ("[ đến 1/7/2025 ]Hộ", None, date(2025, 7, 1), "Hộ"),
        ("[mọi ngày] [từ đâu]", None, None, "[từ đâu]"),
        ("Hộ [từ 01/07/2025]", None, None, "Hộ [từ 01/07/2025]"),
        ("[từ điển] là gì", None, None, None),
        ("[từ 31/02/2025]", None, None, None),
    ],
)
def test_the_days_of_a_row_stand_before_its_description(said, start, end, label):
    content = MODELLED.replace("SPACE", "https://www.omg.org/spec/DMN/20191111/MODEL/")
    content = content.replace('_2">', f'_2"><description>{said}</description>')
    if label is None:
        with pytest.raises(DmnError, match=r"Dòng 14 của tệp: Viết"):
            read(content)
        return
    row = read(content)[0].rows[1]
    assert (row.start, row.end, row.label) == (start, end, label)


def test_days_in_two_places_must_agree():
    content = MODELLED.replace("SPACE", "https://www.omg.org/spec/DMN/20191111/MODEL/")
    for day in ("01/07/2025", "02/07/2025"):
        said = content.replace('_1">\n', f'_1"><description>[từ {day}]</description>\n')
        if day == "01/07/2025":
            assert read(said)[0].rows[0].start == date(2025, 7, 1)
        else:
            with pytest.raises(DmnError, match="khác nhau"):
                read(said)


KIT = os.environ.get("DMN_TCK", "")


def kit():
    return (
        sorted(path for path in Path(KIT).rglob("*.dmn") if "decisionTable" in path.read_text("utf-8"))
        if KIT
        else []
    )


@pytest.mark.skipif(not KIT, reason="DMN_TCK không nêu thư mục của bộ kiểm thử DMN")
def test_the_tables_of_the_conformance_kit_come_back():
    tables = 0
    for path in kit():
        content = path.read_bytes()
        found = read(content)
        plain = [*ET.fromstring(content).iterfind("{*}decision/{*}decisionTable")]
        assert len(found) == len(plain), path
        for sheet, element in zip(found, plain, strict=True):
            (again,) = read(write(sheet))
            assert again == sheet, path
            assert [row.values for row in sheet.rows] == [
                tuple((text.text or "").strip() for text in rule.iterfind("{*}outputEntry/{*}text"))
                for rule in element.iterfind("{*}rule")
            ]
            assert compiled(again) == compiled(sheet)
            tables += 1
    assert tables > 20


def compiled(sheet):
    """What there is to decide by, or what is wrong with it."""
    try:
        table = sheet.table()
    except TableError as error:
        return [(each.row, each.column, each.message) for each in error.problems]
    return [
        table.hit,
        [
            (column.expression.tree, column.type, column.allowed and column.allowed.tree)
            for column in table.columns
        ],
        [
            ([test and test.tree for test in rule.tests], [value.tree for value in rule.values])
            for rule in table.rules
        ],
    ]
