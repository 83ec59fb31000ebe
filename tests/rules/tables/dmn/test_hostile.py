"""Files that are wrong or mean harm are refused in words, with the line."""

import pytest

from rules.tables import Hit
from rules.tables.dmn import DmnError, read, write, xml
from rules.tables.sheet import Sheet, SheetInput, SheetOutput, SheetRow

SPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def file(inside, table='<decisionTable id="t">'):
    return (
        f'<definitions xmlns="{SPACE}" id="d" name="n" namespace="x">\n<decision id="a" name="A">\n{table}\n'
        f"{inside}\n</decisionTable></decision></definitions>"
    )


INPUT = '<input id="i"><inputExpression><text>x</text></inputExpression></input><output id="o"/>\n'


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        ("", 1, "tệp trống"),
        ("<a><b></a>", 1, "thiếu thẻ đóng"),
        ("<definitions/>", 1, "không phải tệp DMN"),
        ('<definitions xmlns="https://www.omg.org/spec/DMN/20990101/MODEL/"/>', 1, "phiên bản"),
        (b'<?xml version="1.0" encoding="khong-co"?><a/>', 1, "UTF-8"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 1, "DOCTYPE"),
        ('<?xml version="1.0"?>\n<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', 2, "DOCTYPE"),
        ("<a>" * 200, 1, "lồng nhau quá sâu"),
        (file(INPUT, '<decisionTable hitPolicy="BEST">'), 3, "“BEST”"),
        (file(INPUT, '<decisionTable preferredOrientation="CrossTable">'), 3, "CrossTable"),
        (file('<input id="i"/>'), 4, "inputExpression"),
        (file(INPUT + "<rule/>"), 5, "bảng cần 1 và 1"),
        (file(INPUT + INPUT), 5, "Mã “i” được dùng hai lần (lần đầu ở dòng 4)"),
        (file(INPUT.replace("<inputExpression", '<inputExpression expressionLanguage="juel"')), 4, "“juel”"),
        (
            file(
                INPUT + '<annotation name="Hiệu lực từ"/>\n<rule><inputEntry/><outputEntry/>\n'
                "<annotationEntry><text>hôm qua</text></annotationEntry></rule>"
            ),
            7,
            "“hôm qua”",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line(content, line, says):
    with pytest.raises(DmnError) as caught:
        read(content)
    assert caught.value.line == line
    assert says in caught.value.message


def test_a_file_that_is_too_large_is_not_read(monkeypatch):
    monkeypatch.setattr(xml, "MOST_BYTES", 10)
    with pytest.raises(DmnError, match="Tệp lớn quá"):
        read("<a>          </a>")
    monkeypatch.undo()
    monkeypatch.setattr(xml, "MOST_ELEMENTS", 10)
    with pytest.raises(DmnError, match="quá nhiều phần tử"):
        read("<a>" + "<b/>" * 20 + "</a>")


def test_a_table_of_too_many_rows_is_not_read():
    rule = "<rule><inputEntry/><outputEntry/></rule>"
    with pytest.raises(DmnError, match="tối đa 1000 dòng"):
        read(file(INPUT + rule * 1001))


def test_decisions_without_a_table_are_passed_over():
    assert (
        read(
            f'<definitions xmlns="{SPACE}"><decision id="a" name="A"><literalExpression/></decision></definitions>'
        )
        == []
    )


@pytest.mark.parametrize(("own", "cell", "says"), [("a", "x\x00", "U+0000"), ("1 a", "x", "Mã “1 a”")])
def test_what_xml_cannot_hold_is_not_written(own, cell, says):
    sheet = Sheet(own, "", Hit.FIRST, (SheetInput("x"),), (SheetOutput(),), (SheetRow((cell,), ("1",)),))
    with pytest.raises(DmnError) as caught:
        write(sheet)
    assert says in caught.value.message
