"""`tthc table`: out to a modeller, back again, and what can be proven."""

from pathlib import Path

import pytest

from definitions.shipped import shipped
from tthc import cli
from tthc.supervisor.failures import Exit

NAME, TEXT = next(
    (name, text) for name, text in shipped() if "      inputs: [applicant_kind, fee_area]" in text
)
FEE = "phi_tham_dinh"


@pytest.fixture
def files(tmp_path, capsys):
    definition, table = tmp_path / "a.yaml", tmp_path / "a.dmn"
    definition.write_text(TEXT, encoding="utf-8")
    assert cli.main(["table", "export", str(definition), FEE]) == Exit.OK
    table.write_text(capsys.readouterr().out, encoding="utf-8")
    return definition, table


def edit(path: Path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def take(files, capsys):
    code = cli.main(["table", "import", str(files[0]), FEE, str(files[1])])
    shown = capsys.readouterr()
    return code, shown.out + shown.err, files[0].read_text(encoding="utf-8")


def test_a_table_that_was_not_edited_changes_nothing(files, capsys):
    code, said, text = take(files, capsys)
    assert (code, text) == (Exit.OK, TEXT)
    assert "không đổi" in said


def test_an_edited_cell_is_written_where_it_stood(files, capsys):
    edit(files[1], "<text>300000</text>", "<text>310000</text>")
    code, said, text = take(files, capsys)
    assert (code, text) == (Exit.OK, TEXT.replace("amount: 300000,", "amount: 310000,", 1))
    assert f"đã ghi bảng của “{FEE}”, 8 dòng" in said


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("<text>300000</text>", "<text>300000 * count(shop)</text>", "shops"),
        ('"doanh_nghiep"', '"ho_kinh_doanh"', "T020 Không dòng nào của bảng nhận"),
        ("</rule>", "</ruler>", "Dòng 28 của tệp"),
        (f'<decision id="{FEE}"', '<decision id="khac"', "không đổi"),
        ("<definitions", "<!DOCTYPE a><definitions", "DOCTYPE"),
    ],
)
def test_what_would_be_wrong_is_not_written(files, capsys, old, new, says):
    edit(files[1], old, new)
    code, said, text = take(files, capsys)
    assert (code, text) == (Exit.OK if says == "không đổi" else Exit.FAILED, TEXT)
    assert says in said


def test_tables_are_checked(files, capsys):
    assert cli.main(["table", "check", str(files[0])]) == Exit.OK
    said = capsys.readouterr().out
    assert said.startswith(f"{FEE}: 8 dòng, 2 cột điều kiện, cách chọn F.\n")
    assert "Đủ: mọi hồ sơ" in said
    edit(files[0], "{from: 2027-01-01}", "{from: 2027-02-01}")
    assert cli.main(["table", "check", str(files[0]), FEE]) == Exit.FAILED
    assert "ngày 01/01/2027." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["check", "không-có.yaml"], "Không đọc được “không-có.yaml”"),
        (["check", "A", "khac"], f"các khoản: {FEE}"),
        (["export", "A", "khac"], f"các khoản: {FEE}"),
        (["import", "A", FEE, "không-có.dmn"], "Không đọc được “không-có.dmn”"),
    ],
)
def test_what_is_not_there_is_said(files, capsys, arguments, says):
    assert cli.main(["table", *(str(files[0]) if each == "A" else each for each in arguments)]) == Exit.FAILED
    shown = capsys.readouterr()
    assert says in shown.err
    assert shown.out == ""
