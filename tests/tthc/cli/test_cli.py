import io
import json
import re
from pathlib import Path

import pytest

from tthc import cli
from tthc.supervisor.failures import Exit

ROOT = Path(__file__).parents[3]
CATALOG = ROOT / "definitions" / "catalog"


def test_an_expression_is_worked_out_and_explained(capsys):
    assert cli.main(["feel", "pages * 2000 > 5000", "--explain", "--names", '{"pages": 3}']) == Exit.OK
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "true"
    assert lines[1].startswith("Nghĩa: ")


def test_decimals_stay_exact(capsys):
    assert cli.main(["feel", "a + b", "--names", '{"a": 0.1, "b": 0.2}']) == Exit.OK
    assert capsys.readouterr().out.splitlines()[0] == "0.3"


def test_a_value_is_json_by_the_names_of_a_file(capsys, tmp_path):
    data = tmp_path / "data.json"
    data.write_text('{"số trang": 5, "mẹ": {"họ tên": "An"}, "nộp": "2026-11-23", "giấy": [{"số bản": 2}]}')
    wanted = (
        '{n: mẹ.họ tên, hạn: date(nộp) + @"P3D", k: [1..5), b: sum(giấy.số bản) * số trang / 3, t: null = 1}'
    )
    assert cli.main(["feel", wanted, "--context", str(data)]) == Exit.OK
    assert capsys.readouterr().out == (
        '{"n": "An", "hạn": "2026-11-26", "k": "[1..5)", "b": 3.333333333333333333333333333333333, "t": false}\n'
    )


def test_an_expression_comes_from_standard_input(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO('"a" + "ă"\n'))
    assert cli.main(["feel", "-"]) == Exit.OK
    assert capsys.readouterr().out == '"aă"\n'


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["1 +"], Exit.FAILED),
        (["pagse", "--names", '{"pages": 1}'], Exit.FAILED),
        (["1", "--names", "{"], 2),
        (["1", "--names", "[]"], 2),
        (["1", "--context", "không-có.json"], 2),
    ],
    ids=["text", "name", "json", "list", "file"],
)
def test_a_wrong_expression_is_a_sentence(capsys, arguments, code):
    assert cli.main(["feel", *arguments]) == code
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.count("\n") == 1


DUE = ["due", "--start", "2026-11-25T08:00"]


def test_a_due_date_is_told_with_its_reasons(capsys):
    assert cli.main([*DUE, "--amount", "3", "--unit", "working_day"]) == Exit.OK
    first, sentence, *lines = capsys.readouterr().out.splitlines()
    assert first == "2026-11-30T08:00+07:00"
    assert "3 ngày làm việc" in sentence and "30/11/2026" in sentence
    assert len(lines) > 3


@pytest.mark.parametrize(
    ("start", "amount", "unit", "pauses", "due"),
    [
        ("2026-11-23T09:00", "8", "working_hour", [], "2026-11-25T09:00+07:00"),
        ("2026-06-03T10:00", "0.5", "working_day", [], "2026-06-03T16:00+07:00"),
        (
            "2026-06-01T08:00",
            "10",
            "working_day",
            ["2026-06-04T10:00/2026-06-15T09:00:chờ bổ sung: bản vẽ"],
            "2026-06-23T17:00+07:00",
        ),
        ("2026-06-01T08:00", "10", "working_day", ["2026-06-04T10:00/:chờ bổ sung"], None),
    ],
)
def test_a_due_date_is_data_for_programs(capsys, start, amount, unit, pauses, due):
    asked = ["due", "--start", start, "--amount", amount, "--unit", unit, "--json"]
    assert cli.main([*asked, *(part for pause in pauses for part in ("--pause", pause))]) == Exit.OK
    told = json.loads(capsys.readouterr().out)
    assert (told["due"], told["unit"]) == (due, unit)
    assert told["sentence"] and all(line["text"] for line in told["lines"])
    assert all(pause.split(":", 3)[-1].strip() in told["sentence"] for pause in pauses)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--amount", "ba", "--unit", "day"], cli.WRONG_ARGUMENTS),
        (["--amount", "1", "--unit", "day", "--start", "hôm qua"], cli.WRONG_ARGUMENTS),
        (["--amount", "1", "--unit", "day", "--pause", "mãi mãi"], cli.WRONG_ARGUMENTS),
        (["--amount", "1", "--unit", "day", "--cutoff", "chiều"], cli.WRONG_ARGUMENTS),
        (["--amount", "-1", "--unit", "day"], Exit.FAILED),
        (["--amount", "1", "--unit", "day", "--start", "1800-01-01"], Exit.FAILED),
    ],
    ids=["amount", "start", "pause", "cutoff", "negative", "range"],
)
def test_a_wrong_deadline_is_a_sentence(capsys, arguments, code):
    assert cli.main(["due", *arguments]) == code
    assert capsys.readouterr().err.count("\n") == 1


def test_the_shipped_definitions_pass_their_examples(capsys):
    files = sorted(str(path) for path in CATALOG.glob("*.yaml"))
    assert files
    assert cli.main(["check", *files]) == Exit.OK
    assert capsys.readouterr().out.count("ví dụ đạt") == len(files)


def test_a_broken_definition_and_a_missing_file_are_reported(capsys, tmp_path):
    broken = tmp_path / "broken.yaml"
    broken.write_text("procedure: [", encoding="utf-8")
    assert cli.main(["check", str(broken)]) == Exit.FAILED
    assert cli.main(["check", str(broken), str(tmp_path / "missing.yaml")]) == cli.WRONG_ARGUMENTS
    shown = capsys.readouterr()
    assert "broken.yaml:1" in shown.out
    assert "missing.yaml: không đọc được" in shown.err


def test_a_deadline_of_an_agency_that_is_not_there_is_refused(capsys):
    told = ["due", "--start", "2026-11-23T09:00", "--amount", "1", "--unit", "working_day", "--agency"]
    assert cli.main([*told, "so-tu-phapp"]) == cli.WRONG_ARGUMENTS
    assert "so-tu-phap" in capsys.readouterr().err
    assert cli.main([*told, "so-tu-phap"]) == Exit.OK


def test_recording_says_how_to_reach_the_data(capsys, monkeypatch, tmp_path):
    monkeypatch.delenv("MONGODB_URI", raising=False)
    monkeypatch.setenv("TTHC_VAR", str(tmp_path))
    assert cli.main(["record", "HS-0000-0000"]) == Exit.DATABASE
    shown = capsys.readouterr().err
    assert "tthc run" in shown
    assert "MONGODB_URI" in shown


def test_the_schema_is_for_editors(capsys):
    assert cli.main(["schema"]) == Exit.OK
    printed = json.loads(capsys.readouterr().out)
    assert printed["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert printed["properties"]["workflow"]["title"] == "Quy trình"


def test_preparing_needs_a_database(capsys, monkeypatch, tmp_path):
    monkeypatch.delenv("MONGODB_URI", raising=False)
    monkeypatch.setenv("TTHC_VAR", str(tmp_path))
    assert cli.main(["prepare"]) == Exit.DATABASE
    assert "MONGODB_URI" in capsys.readouterr().err


def test_a_wrong_setting_is_a_sentence(capsys, monkeypatch):
    monkeypatch.setenv("PORT", "http")
    assert cli.main(["run"]) == Exit.SETTINGS
    assert capsys.readouterr().err.startswith("PORT phải là")


def test_a_folder_that_takes_no_key_is_a_matter_of_storage(capsys, monkeypatch, tmp_path):
    (tmp_path / "file").write_text("")
    monkeypatch.delenv("TTHC_SECRET_KEY", raising=False)
    monkeypatch.setenv("TTHC_VAR", str(tmp_path / "file"))
    assert cli.main(["run"]) == Exit.STORAGE
    assert "TTHC_VAR" in capsys.readouterr().err


def test_an_unknown_command_is_explained_by_the_parser(capsys):
    with pytest.raises(SystemExit) as caught:
        cli.main(["fly"])
    assert caught.value.code == 2
    assert "fly" in capsys.readouterr().err


def test_operators_find_every_exit_code_in_their_handbook():
    handbook = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d) \| ([^|]+) \|", handbook, re.MULTILINE)
    argparses_own = 2
    assert {int(code) for code, _ in rows} == {*Exit, argparses_own}
    told = {name for _, names in rows for name in re.findall(r"`(\w+)`", names)}
    assert told == {
        "run", "prepare", "check", "client", "diff", "export", "keys", "record", "feel", "due", "simulate",
    }  # fmt: skip


def test_check_takes_folders_and_prints_problems_for_programs(capsys, tmp_path):
    (tmp_path / "a.yaml").write_text("procedure: [", encoding="utf-8")
    (tmp_path / "note.txt").write_text("not a definition", encoding="utf-8")
    assert cli.main(["check", "--json", str(tmp_path)]) == Exit.FAILED
    (problem,) = json.loads(capsys.readouterr().out)
    assert problem["file"] == str(tmp_path / "a.yaml")
    assert set(problem) == {
        "file",
        "line",
        "column",
        "path",
        "situation",
        "code",
        "severity",
        "message",
        "remedy",
    }
    assert (problem["line"], problem["code"], problem["severity"]) == (1, "Y002", "error")


def test_check_of_an_empty_folder_is_a_wrong_argument(capsys, tmp_path):
    assert cli.main(["check", str(tmp_path)]) == cli.WRONG_ARGUMENTS
    assert "không có tệp YAML" in capsys.readouterr().err
