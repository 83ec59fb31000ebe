"""A citizen number held against what else was said: it warns, at the top, in rows and in groups, and never blocks."""

from datetime import datetime

import pytest

from definitions.loader import load
from forms.evaluate import evaluate
from rules.calendar import TZ

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=TZ)
PARTS = (
    "{id: born, type: date, label: Ngày sinh, help: h}",
    "{id: sex, type: choice, label: Giới tính, help: h, options: [{value: nam, label: Nam}, {value: nu, label: Nữ}, {value: khac, label: Khác}]}",
    "{id: idno, type: citizen_number, label: Số định danh, help: h, check_against: {birth_date: born, sex: sex}}",
)
YEAR, SEX = "Năm sinh trong số định danh khác", "Giới tính trong số định danh khác"
NESTED = {
    "top": ("", lambda answers: answers, ""),
    "list": ("list", lambda answers: {"people": [{}, answers]}, "people.1."),
    "group": ("group", lambda answers: {"people": answers}, "people."),
}


def form_of(small, kind):
    indent = "        - "
    if kind:
        lines = f"{indent}{{id: people, type: {kind}, label: Người, help: h, item: [{', '.join(PARTS)}]}}\n"
    else:
        lines = "".join(f"{indent}{part}\n" for part in PARTS)
    text = small.replace("        - {id: note,", f"{lines}        - {{id: note,", 1)
    loaded = load(text, "x.yaml")
    assert loaded.definition, loaded.problems
    return loaded.definition.form


@pytest.mark.parametrize("where", NESTED)
@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({"idno": "014190001234", "born": "1990-03-15", "sex": "nu"}, []),
        ({"idno": "014090001234", "born": "1990-03-15", "sex": "nam"}, []),
        ({"idno": "014290001234", "born": "1990-03-15", "sex": "nam"}, [YEAR]),  # the century
        ({"idno": "014190001234", "born": "1991-03-15", "sex": "nu"}, [YEAR]),
        ({"idno": "014190001234", "born": "1990-03-15", "sex": "nam"}, [SEX]),
        ({"idno": "014190001234", "born": "2005-03-15", "sex": "nam"}, [YEAR, SEX]),
        ({"idno": "014305001234", "born": "2005-03-15", "sex": "nu"}, []),
        ({"idno": "014190001234", "born": "1990-03-15", "sex": "khac"}, []),
        ({"idno": "014190001234"}, []),
        ({"born": "1990-03-15", "sex": "nu"}, []),
        ({"idno": "014190001234", "born": "1990-99-15", "sex": "nu"}, []),  # one mistake is told once
    ],
)
def test_century_year_and_sex_are_compared(small, where, answers, told):
    kind, placed, prefix = NESTED[where]
    form = form_of(small, kind)
    base = {"full_name": "Lò Thị Xuân", "copies": 1}
    submission = evaluate(form, base | placed(answers), {"area": "xa", "channel": "online"}, NOW)
    warnings = [error for error in submission.errors_at(f"{prefix}idno") if error.severity == "warning"]
    assert [w.message.split(" năm ")[0].split(" giới ")[0] for w in warnings] == told
    wrong = [error.path for error in submission.errors if error.severity == "error"]
    assert wrong == ([f"{prefix}born"] if answers.get("born") == "1990-99-15" else [])


@pytest.mark.parametrize(
    ("against", "code"),
    [("{birth_date: nowhere}", "F002"), ("{birth_date: full_name}", "F006"), ("{age: copies}", "S001")],
)
def test_a_name_that_is_no_date_is_told(small, against, code):
    line = f"        - {{id: idno, type: citizen_number, label: Số, help: h, check_against: {against}}}\n"
    text = small.replace("        - {id: note,", f"{line}        - {{id: note,", 1)
    assert code in {problem.code for problem in load(text, "x.yaml").problems}
