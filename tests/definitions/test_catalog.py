"""The shipped procedures: without a fault, and their own examples hold."""

from datetime import datetime
from decimal import Decimal

import pytest

from definitions import calendars
from definitions.assess import assess
from definitions.examples import compare, observe
from definitions.lint.information import missing_parts
from definitions.model import Definition
from definitions.shipped import loaded, shipped
from rules.calendar import TZ
from rules.deadlines import due
from rules.workflow.engine import start, take
from rules.workflow.model import END

AGENCY = {
    "id": "mau",
    "name": "Ủy ban nhân dân phường Mẫu",
    "level": "xa",
    "area": "phuong",
    "identifier": "H52",
}
APPLICANT = {"kind": "person", "name": "Nguyễn Thị Hoa"}
LOADED = {name.removesuffix(".yaml"): loaded(text, name) for name, text in shipped()}
EXAMPLES = [(code, at) for code, found in LOADED.items() for at in range(len(found.definition.examples))]


def definition(code: str) -> Definition:
    found = LOADED[code].definition
    assert found is not None
    return found


def judged(code: str, at: int):
    example = definition(code).examples[at]
    return assess(
        definition(code),
        example.answers,
        now=example.submitted_at,
        channel=example.channel,
        agency=example.agency or AGENCY,
        applicant=example.applicant or APPLICANT,
    )


def takes_dossiers(code):
    """Whether some case is handled here and not elsewhere."""
    cases = definition(code).cases
    return not cases or any(case.ends is None for case in cases)


TAKEN = [code for code in LOADED if takes_dossiers(code)]
WALKS = [
    (code, at)
    for code, at in EXAMPLES
    if (steps := definition(code).examples[at].steps)
    and not any(action.split for step in definition(code).workflow.steps for action in step.actions)
    and all("step" in step.get("expect", {}) and step["do"] != "wait" for step in steps)
]
"""Examples whose steps the engine can be taken through by itself; all are walked with dossiers by the trials."""


def test_the_three_procedures_are_there():
    assert {"1.001193", "2.000815", "2.000181"} <= set(LOADED)


@pytest.mark.parametrize("code", LOADED)
def test_a_shipped_procedure_has_no_error_and_only_sources_to_confirm(code):
    found = LOADED[code]
    assert found.errors == ()
    assert {problem.code for problem in found.warnings} <= {"T080"}
    assert found.definition.procedure == code
    assert missing_parts(found.definition) == ()
    assert found.definition.summary
    assert found.definition.keywords
    assert found.definition.result_name
    assert "online" in found.definition.submit_by
    assert found.definition.declaration or code not in TAKEN


@pytest.mark.parametrize(("code", "at"), EXAMPLES)
def test_every_example_holds(code, at):
    example = definition(code).examples[at]
    found = judged(code, at)
    begun = example.accepted_at or example.submitted_at
    ending = due(found.deadline.rule, begun, calendars.shipped()).at if found.deadline else None
    assert compare(example, observe(found, ending)) == ()


@pytest.mark.parametrize(("code", "at"), WALKS)
def test_every_examples_steps_can_be_taken(code, at):
    workflow, example = definition(code).workflow, definition(code).examples[at]
    scope = judged(code, at).context
    calendar = calendars.shipped()
    moment = example.accepted_at or example.submitted_at
    numbers = iter(range(100))
    move = start(workflow, scope, moment, calendar, lambda: str(next(numbers)))
    for step in example.steps:
        if step["do"] != "accept":
            token = move.tokens[0]
            move = take(
                workflow,
                move.tokens,
                token.id,
                step["do"],
                scope,
                moment,
                calendar,
                lambda: str(next(numbers)),
            )
        standing = move.tokens[0].step if move.tokens else END
        assert standing == step["expect"]["step"]
        assert (move.outcome is not None) == (standing == END)
        if "outcome" in step["expect"]:
            assert move.outcome == step["expect"]["outcome"]


def leaves(fields, prefix=""):
    """Every field and every part of a group, by path."""
    for field in fields:
        yield prefix + field.id, field
        if field.type == "group":
            yield from leaves(field.item, f"{prefix}{field.id}.")


def test_examples_show_every_field_of_the_birth_form():
    found = definition("1.001193")
    shown = frozenset().union(
        *(judged("1.001193", at).submission.visible for at in range(len(found.examples)))
    )
    # an address has parts for old papers and other provinces: tried with its block
    assert {path for path, _ in leaves(found.fields) if path.count(".") < 2} - shown == set()


def test_the_applicant_is_filled_in_from_the_account_and_numbers_of_people_are_covered():
    for code in TAKEN:
        fields = dict(leaves(definition(code).fields))
        assert any(
            field.prefill == "full_name" and field.autocomplete == "name" for field in fields.values()
        ), code
        for path, field in fields.items():
            assert field.sensitive or field.type != "citizen_number", (code, path)


def certified(documents, channel="counter"):
    answers = {"issued_abroad": False, "documents": documents, "requester_name": "Nguyễn Thị Hoa"}
    now = datetime(2026, 11, 20, 9, tzinfo=TZ)
    return assess(
        definition("2.000815"), answers, now=now, channel=channel, agency=AGENCY, applicant=APPLICANT
    )


@pytest.mark.parametrize(
    ("pages", "copies", "amount"),
    [
        (1, 1, 2_000),
        (2, 1, 4_000),
        (3, 1, 5_000),
        (5, 3, 21_000),
        (198, 1, 200_000),
        (250, 1, 200_000),
        (250, 2, 400_000),
    ],
)
def test_certified_copies_cost_by_page_with_a_cap(pages, copies, amount):
    found = certified([{"name": "Bằng tốt nghiệp", "pages": pages, "copies": copies}])
    assert found.submission.valid, found.submission.errors
    assert found.total == amount


def test_originals_of_certified_copies_are_shown_never_sent():
    (paper,) = certified([{"name": "Bằng", "pages": 1, "copies": 1}]).papers
    assert paper.presented_only
    assert paper.original == 1


@pytest.mark.parametrize(
    ("day", "kind", "area", "points", "amount"),
    [
        ("2026-12-31", "doanh_nghiep", "thanh_pho", 1, 300_000),
        ("2027-01-01", "doanh_nghiep", "thanh_pho", 1, 600_000),
        ("2026-12-31", "ho_kinh_doanh", "thanh_pho", 1, 100_000),
        ("2027-01-01", "ho_kinh_doanh", "thanh_pho", 1, 200_000),
        ("2026-12-31", "ho_kinh_doanh", "khac", 1, 50_000),
        ("2027-01-01", "ho_kinh_doanh", "khac", 1, 100_000),
        ("2027-01-01", "doanh_nghiep", "khac", 3, 900_000),
    ],
)
def test_tobacco_fees_by_who_where_and_when(day, kind, area, points, amount):
    shops = [{"shop_address": "Số 1", "shop_area": Decimal("4.5")}] * points
    answers = {"applicant_kind": kind, "fee_area": area, "shops": shops}
    now = datetime.fromisoformat(f"{day}T23:30").replace(tzinfo=TZ)
    found = assess(
        definition("2.000181"), answers, now=now, channel="online", agency=AGENCY, applicant=APPLICANT
    )
    (fee,) = found.fees
    assert fee.amount == amount
    assert fee.collect == "before_acceptance"
    assert found.gaps == ()
    assert "điểm kinh doanh" in fee.explanation
