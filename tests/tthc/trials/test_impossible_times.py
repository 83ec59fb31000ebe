"""What an example says of time that no clock or calendar can do is told where it is written, and never ends in a fall."""

from pathlib import Path

import pytest

from definitions.calendars import shipped as calendar
from definitions.loader import load
from tthc.trials.run import run
from tthc.trials.trying import stand

CARD = (
    (Path(__file__).parents[2] / "admin" / "thu_muc.yaml")
    .read_text(encoding="utf-8")
    .replace(", due: 2026-11-26T09:00", "")
)
ACCEPTED = "{do: accept, at: 2026-11-23T10:00}"


def loaded(*steps, submitted_at="2026-11-23T09:00"):
    """The first example with these steps, handed in then."""
    head, _, rest = CARD.partition("\n    steps:\n")
    first, _, _ = head.rpartition("submitted_at: ")
    after = head.rpartition("submitted_at: ")[2].partition("\n")[2]
    lines = rest.splitlines(keepends=True)
    left = next((at for at, line in enumerate(lines) if not line.startswith("      ")), len(lines))
    said = "".join(f"      - {step}\n" for step in steps)
    text = f"{first}submitted_at: {submitted_at}\n{after}\n    steps:\n{said}{''.join(lines[left:])}"
    return load(text, "thu.yaml")


@pytest.mark.parametrize(
    ("step", "code", "place", "said"),
    [
        ("{do: extend, amount: 0.5, unit: month}", "S005", "amount", "tháng phải là số nguyên"),
        ("{do: extend, amount: 1.5, unit: day}", "S005", "amount", "ngày phải là số nguyên"),
        ("{do: wait, at: 2026-02-30T10:00}", "S005", "at", "Không có ngày giờ “2026-02-30T10:00”"),
        ("{do: wait, at: 9999-12-30T10:00}", "S005", "at", "không có năm 9999"),
        ("{do: apologise, promised: 2026-13-01T10:00}", "S005", "promised", "Không có ngày giờ"),
        ("{do: apologise}", "S002", "", "thiếu khóa “promised”"),
        ("{do: wait, at: 2026-11-23T09:59}", "T064", "at", "Thời gian đi lùi"),
    ],
)
def test_a_time_that_cannot_be_is_a_problem_at_its_place(step, code, place, said):
    (problem,) = loaded(ACCEPTED, step).errors
    assert problem.code == code
    assert problem.path == f"examples.0.steps.1{'.' * bool(place)}{place}"
    assert said in problem.message
    assert problem.remedy


def test_the_day_of_handing_in_is_one_too():
    for year in ("0001", "1999", "2101"):
        (problem,) = loaded(ACCEPTED, submitted_at=f"{year}-11-23T09:00").errors[:1]
        assert (problem.code, problem.path) == ("S005", "examples.0.submitted_at")


@pytest.mark.parametrize("amount", ["0.5", "1", "9999.5", "10000"])
@pytest.mark.parametrize("unit", ["working_hour", "working_day", "hour", "day", "month", "unspecified"])
def test_no_extension_ends_in_a_fall(amount, unit):
    """Either the text has a problem, or the example comes out one way or the other, in sentences."""
    found = loaded(ACCEPTED, f"{{do: extend, amount: {amount}, unit: {unit}}}")
    if found.definition is None:
        assert found.errors
        return
    example = found.definition.examples[0]
    for said in run(found.definition, example, calendar()).sentences:
        assert "Gia hạn quá dài" in said
    stand(found.definition, example, calendar())


def test_a_date_beyond_every_calendar_is_told_as_the_reason_why_it_does_not_go_on():
    found = loaded("{do: accept, at: 2100-12-31T10:00}")
    (said,) = run(found.definition, found.definition.examples[0], calendar()).sentences
    assert "từ 01/01/2000 đến 31/12/2100" in said
    assert "ngày gần hơn" in said
