"""Wrong answers of an example are told one by one, where they stand, with what was perhaps meant."""

from pathlib import Path

from definitions.shipped import shipped
from tthc.trials.check import check_text

CARD = (Path(__file__).parents[2] / "admin" / "thu_muc.yaml").read_text(encoding="utf-8")
BIRTH = dict(shipped())["1.001193.yaml"]


def told(text):
    return [problem for problem in check_text(text, "x.yaml").problems if problem.code == "X001"]


def test_every_wrong_answer_is_told_at_its_line():
    text = CARD.replace(
        'reader_name: Lò Thị Xuân, reader_phone: "0912345678"', 'reader_name: "", reader_phone: "12"'
    )
    assert text != CARD
    found = {problem.path: problem for problem in told(text)}
    line = next(n for n, row in enumerate(text.splitlines(), 1) if 'reader_phone: "12"' in row)
    assert found["examples.0.answers.reader_phone"].line == line
    assert "examples.0.answers.reader_name" in found


def test_a_place_that_is_not_in_the_list_is_told_with_the_nearest():
    assert "tỉnh Sơn La" in BIRTH
    problems = told(BIRTH.replace("province: tỉnh Sơn La", "province: Tỉnh Son La", 1))
    assert any("“tỉnh Sơn La”" in problem.message for problem in problems), problems


def test_a_step_that_cannot_be_taken_is_told_where_it_stands():
    again = "outcome: returned}}\n      - {do: tra_ho_so, at: 2026-11-23T11:00}"
    text = CARD.replace("outcome: returned}}", again)
    (problem,) = [problem for problem in told(text) if "Không làm tiếp được" in problem.message]
    assert problem.path == "examples.0.steps.2"
