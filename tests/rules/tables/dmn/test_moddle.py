"""The library beneath bpmn.io's and Camunda's modellers reads what we write, and we read what it writes."""

import json
import os
import shutil
import subprocess
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from rules.tables import Hit
from rules.tables.dmn import read, write
from rules.tables.sheet import Sheet, SheetInput, SheetOutput, SheetRow

SCRIPT = Path(__file__).with_name("moddle.cjs")


@cache
def missing():
    """Why the modeller's library cannot be asked; empty when it can."""
    node = shutil.which("node")
    if node is None:
        return "không có Node.js trên PATH"
    found = subprocess.run(
        [node, "-e", "require('dmn-moddle')"], capture_output=True, check=False, env=os.environ
    )
    return "" if found.returncode == 0 else "gói npm dmn-moddle không có trong NODE_PATH"


def modelled(sheet):
    if missing():
        pytest.skip(missing())
    asked = subprocess.run(
        ["node", SCRIPT], input=write(sheet), capture_output=True, check=True, text=True, timeout=60
    )
    return json.loads(asked.stdout)


@pytest.mark.parametrize("hit", [Hit.UNIQUE, Hit.FIRST, Hit.SUM, Hit.RULE_ORDER])
def test_a_table_goes_through_a_modeller_unchanged(hit):
    sheet = Sheet(
        "phi",
        "Phí “thẩm định” & cấp phép",
        hit,
        (SheetInput("chu_the", "c1", "Chủ thể", "string", '"ho","dn"'), SheetInput("diem", "", "Số điểm\nkinh doanh")),
        (SheetOutput("o1", "phi", "Số tiền", "number", ("1000", "2000"), "0"),),
        (
            SheetRow(('"ho"', "< 3"), ("1000",), "r1", None, date(2026, 12, 31), "Hộ < 3 điểm"),
            SheetRow(("-", "-"), ("2000 *\n  diem",), "r2", date(2027, 1, 1), notes=("Thông tư",)),
        ),
        ("Ghi chú",),
        "Thu theo điểm",
    )  # fmt: skip
    seen = modelled(sheet)
    assert seen["warnings"] == []
    assert seen["rules"] == [["1000"], ["2000 *\n  diem"]]
    assert read(seen["xml"]) == [sheet.normal()]
