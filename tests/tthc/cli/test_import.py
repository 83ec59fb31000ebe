"""`tthc import`: the draft here, the report there, and what the exit code says."""

import json

import pytest
from import_account import form, text

from definitions.loader import load
from tthc import cli


@pytest.fixture
def source(tmp_path):
    def write(data, name="don.json"):
        path = tmp_path / name
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        return str(path)

    return write


def test_all_carried_over(source, capsys):
    assert cli.main(["import", source(form(text("Họ và tên", "hoTen")))]) == 0
    shown = capsys.readouterr()
    assert load(shown.out, "a.yaml").definition is not None
    assert "Mang sang:" in shown.err


def test_drafted_with_things_to_settle(source, tmp_path, capsys):
    out, report = tmp_path / "ban-nhap.yaml", tmp_path / "bao-cao.json"
    path = source(form(text("Họ và tên", "hoTen", customConditional="show = true")))
    assert cli.main(["import", path, "--as", "formio", "--out", str(out), "--report", str(report)]) == 1
    assert capsys.readouterr().out == ""
    told = json.loads(report.read_text(encoding="utf-8"))
    assert [finding["path"] for finding in told["findings"]] == ["components.0.customConditional"]
    assert told["ids"] == [{"old": "hoTen", "new": "ho_va_ten"}]
    assert "ho_va_ten" in out.read_text(encoding="utf-8")


def test_an_edited_draft_is_not_overwritten(source, tmp_path, capsys):
    out = tmp_path / "ban-nhap.yaml"
    out.write_text("sửa tay", encoding="utf-8")
    assert cli.main(["import", source(form(text("A", "a"))), "--out", str(out)]) == 2
    assert "đã có tệp này" in capsys.readouterr().err
    assert out.read_text(encoding="utf-8") == "sửa tay"


def test_what_is_none_is_not_imported(source, capsys):
    assert cli.main(["import", source({"a": 1})]) == 1
    assert "Không nhận ra tệp" in capsys.readouterr().err


def test_usage(tmp_path, capsys):
    assert cli.main(["import", str(tmp_path / "khong-co.json")]) == 2
    assert "không đọc được" in capsys.readouterr().err
    with pytest.raises(SystemExit) as told:
        cli.main(["import", "a.json", "--as", "word"])
    assert told.value.code == 2
