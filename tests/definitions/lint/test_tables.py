import pytest

from definitions.lint.tables import prove
from definitions.loader import load

AMOUNT = "    amount: 2000 * copies\n"


def table(inputs, *rows):
    lines = "".join(f"        - {{when: [{when}], amount: {amount}}}\n" for when, amount in rows)
    return f"    amount:\n      inputs: [{inputs}]\n      rows:\n{lines}"


def loaded(small, made, *changes):
    text = small.replace(AMOUNT, made)
    for old, new in (*changes, ("fees: {phi: 6000}, ", "")):
        assert old in text
        text = text.replace(old, new)
    return load(text, "x.yaml"), text


def problems(small, made, *changes):
    return [(p.code, p.severity, p.path, p.message) for p in loaded(small, made, *changes)[0].problems]


def test_a_number_between_the_rows_is_found_whatever_the_samples(small):
    made = table("copies", ("'<= 12'", 1000), ("'>= 14'", 2000))
    assert problems(small, made) == [
        ("T020", "error", "fees.0.amount", "Không dòng nào của bảng nhận: Số bản = 13."),
    ]
    assert problems(small, table("copies", ("'<= 12'", 1000), ("'> 12'", 2000))) == []


def test_the_limits_of_the_field_are_the_limits_of_the_question(small):
    assert problems(small, table("copies", ("'[1..20]'", 1000))) == []
    (found,) = problems(small, table("copies", ("'[1..20]'", 1000)), ("max: 20", "max: 21"))
    assert found[3] == "Không dòng nào của bảng nhận: Số bản = 21."


def test_a_row_for_an_option_that_does_not_exist_is_pointed_at(small):
    made = table("area", ("'\"xa\"'", 1), ("'\"phuong\"'", 2), ("'\"huyen\"'", 3))
    found, text = loaded(small, made)
    (problem,) = found.problems
    assert (problem.code, problem.severity, problem.path) == (
        "T022",
        "warning",
        "fees.0.amount.rows.2.when.0",
    )
    assert problem.message == "Dòng 3 không bao giờ đúng: không giá trị nào của “Khu vực” thỏa ô này."
    assert "huyen" in text.splitlines()[problem.line - 1]
    assert found.ok


def test_a_row_that_earlier_rows_have_taken_is_pointed_at(small):
    made = table("area, copies", ("'-', '< 5'", 1), ("'-', '-'", 2), ("'\"xa\"', '-'", 3))
    found, text = loaded(small, made)
    (problem,) = found.problems
    assert (problem.code, problem.path) == ("T022", "fees.0.amount.rows.2")
    assert problem.message == "Dòng 3 không bao giờ được xét tới: các dòng đứng trước (1, 2) đã nhận hết."
    assert '"xa"' in text.splitlines()[problem.line - 1]


OPTIONAL = ("required: true, min: 1, max: 20", "min: 1, max: 20, visible: 'area = \"xa\"'")


def test_a_field_that_may_be_left_empty_needs_a_row_when_it_is_asked(small):
    both = ("'\"phuong\"', '-'", 1), ("'\"xa\"', '> 0'", 2)
    (found,) = problems(small, table("area, copies", *both), OPTIONAL)
    assert found[3] == "Không dòng nào của bảng nhận: Khu vực = Xã, Số bản = để trống."
    required = (
        "required: true, min: 1, max: 20",
        "required: true, min: 1, max: 20, visible: 'area = \"xa\"'",
    )
    assert problems(small, table("area, copies", *both), required) == []
    hidden = ("'\"xa\"', '-'", 1), ("'\"phuong\"', '> 0'", 2)
    (found,) = [
        each for each in problems(small, table("area, copies", *hidden), required) if each[0] == "T020"
    ]
    assert found[3] == "Không dòng nào của bảng nhận: Khu vực = Phường, Số bản = để trống."


def test_a_fee_that_is_not_owed_then_has_no_gap(small):
    made = table("area", ("'\"xa\"'", 1)) + "    when: 'area = \"xa\"'\n"
    assert problems(small, made) == []


def test_what_is_counted_is_never_negative_and_what_depends_is_told_as_a_doubt(small):
    assert problems(small, table("string length(full_name)", ("'0'", 1), ("'>= 1'", 2))) == []
    (found,) = problems(small, table("copies * 2", ("'< 3'", 1), ("'>= 3'", 2)))
    assert found[:2] == ("T020", "warning")
    assert found[3].endswith("để trống. Chưa rõ có hồ sơ nào như vậy hay không.")


@pytest.mark.parametrize(
    ("inputs", "cell"),
    [
        ("channel", '\'"online", "counter"\''),
        ("case", '\'"phuong", "xa"\''),
        ("agency.level", "'\"xa\"'"),
        ("agency.area", '\'"thanh_pho", "huyen"\''),
        ("applicant.kind", '\'"person", "organisation"\''),
    ],
)
def test_what_is_known_besides_the_form_is_known_here_too(small, inputs, cell):
    made = loaded(small, table(inputs, (cell, 1)))[0].definition
    assert prove(made, made.fees[0]).sound


def test_amounts_that_are_no_tables_are_proven_by_samples(small):
    definition = load(small, "x.yaml").definition
    assert prove(definition, definition.fees[0]) is None


GROUP = (
    "{id: noi, type: group, label: Nơi ở, required: REQUIRED, item: [{id: vung, type: choice, label: Vùng, help: x, "
    "required: true, options: [{value: a, label: Vùng A}, {value: b, label: Vùng B}]}]}"
)


@pytest.mark.parametrize(("required", "missing"), [("true", []), ("false", ["Vùng = để trống"])])
def test_a_part_of_a_group_is_asked_as_its_group_is(small, required, missing):
    made = table("noi.vung", ("'\"a\"'", 1), ("'\"b\"'", 2))
    name = "        - {id: full_name,"
    changes = (
        (name, f"        - {GROUP.replace('REQUIRED', required)}\n{name}"),
        ("answers: {", "answers: {noi: {vung: a}, "),
    )
    found = problems(small, made, *changes)
    assert [message for _, _, _, message in found] == [
        f"Không dòng nào của bảng nhận: {each}." for each in missing
    ]
