"""The runner of the DMN conformance kit, on a small kit of our own."""

import csv

import pytest

from scripts.tck.__main__ import main

MODEL = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" namespace="urn:phi" name="phi">
  <inputData id="i1" name="Số trang"><variable name="Số trang" typeRef="number"/></inputData>
  <decision id="d1" name="Phí">
    <variable name="Phí" typeRef="number"/>
    <informationRequirement><requiredInput href="#i1"/></informationRequirement>
    <literalExpression><text>{expression}</text></literalExpression>
  </decision>
  <decision id="d2" name="Ngoài">
    <variable name="Ngoài"/>
    <invocation>
      <functionDefinition kind="Java"><formalParameter name="x"/></functionDefinition>
    </invocation>
  </decision>
</definitions>"""

CASE = """<testCase id="{id}">
    <inputNode name="Số trang"><value xsi:type="xsd:decimal">{pages}</value></inputNode>
    <resultNode name="{node}" type="decision"><expected>{expected}</expected></resultNode>
  </testCase>"""

TESTS = """<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
  <modelName>phi.dmn</modelName>
  {cases}
</testCases>"""

NULL = '<value xsi:nil="true"/>'


def number(text):
    return f'<value xsi:type="xsd:decimal">{text}</value>'


@pytest.fixture
def kit(tmp_path):
    """A function that writes a kit of (case, pages, node, expected) and tells its folder."""

    def write(*cases, expression="if Số trang > 2 then Số trang * 1000 else null"):
        folder = tmp_path / "compliance-level-2" / "0001-phi"
        folder.mkdir(parents=True)
        (folder / "phi.dmn").write_text(MODEL.replace("{expression}", expression.replace(">", "&gt;")))
        written = [CASE.format(id=i, pages=p, node=n, expected=e) for i, p, n, e in cases]
        (folder / "phi-test-01.xml").write_text(TESTS.format(cases="\n".join(written)))
        return tmp_path

    return write


def run(folder, table, capsys):
    code = main([str(folder)], table)
    return code, capsys.readouterr().out.splitlines()


def test_counts_are_told_twice_and_every_result_has_its_row(kit, tmp_path, capsys):
    folder = kit(
        ("001", 5, "Phí", number(5000)),
        ("002", 5, "Phí", number(4000)),
        ("003", 1, "Phí", NULL),
        ("004", 5, "Ngoài", number(1)),
        ("005", 5, "Không có", NULL),
    )
    code, said = run(folder, tmp_path / "var" / "tck.csv", capsys)
    assert code == 0
    assert said[-1] == "2 passed, 2 failed"
    assert "compliance-level-2, mọi trường hợp: 2 passed, 2 failed" in said
    assert "compliance-level-2, trường hợp mong đợi giá trị khác null: 1 passed, 1 failed" in said
    assert said.count("Để riêng, vì gọi hàm viết bằng Java hay ngôn ngữ khác: 1") == 1
    with (tmp_path / "var" / "tck.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["folder", "test", "case", "node", "result", "reason"]
    assert [(row["case"], row["result"]) for row in rows] == [
        ("001", "passed"),
        ("002", "failed"),
        ("003", "passed"),
        ("004", "set aside"),
        ("005", "failed"),
    ]
    assert rows[1]["reason"] == "mong đợi 4000, thực tế 5000"
    assert {row["folder"] for row in rows} == {"0001-phi"}


def test_a_model_that_cannot_be_read_fails_its_cases_and_no_others(kit, tmp_path, capsys):
    folder = kit(("001", 5, "Phí", number(5000)))
    broken = tmp_path / "compliance-level-3" / "0002-hong"
    broken.mkdir(parents=True)
    case = CASE.format(id="001", pages=1, node="Phí", expected=NULL)
    (broken / "hong.xml").write_text(TESTS.format(cases=case))
    (broken / "rach.xml").write_text("<testCases>")
    (broken / "khac.xml").write_text("<other/>")
    code, said = run(folder, tmp_path / "tck.csv", capsys)
    assert code == 0
    assert said[-1] == "1 passed, 2 failed"
    assert "compliance-level-2, mọi trường hợp: 1 passed, 0 failed" in said


@pytest.mark.parametrize("arguments", [[], [""], ["không-có-thư-mục"]])
def test_a_folder_that_is_not_there_is_said(arguments, tmp_path, capsys):
    assert main(arguments, tmp_path / "tck.csv") == 2
    assert "make tck TCK=thư-mục" in capsys.readouterr().err
    assert not (tmp_path / "tck.csv").exists()


def test_an_empty_folder_is_said(tmp_path, capsys):
    assert main([str(tmp_path)], tmp_path / "tck.csv") == 2
    assert "không có trường hợp kiểm thử" in capsys.readouterr().err
