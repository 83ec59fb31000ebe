"""Blocks: groups described once as data, used by any definition by their id."""

import json
from datetime import datetime

import pytest

from definitions import blocks
from definitions.loader import load, load_canonical
from forms.evaluate import evaluate
from forms.model import Form, Page
from forms.prefill import prefill
from rules.calendar import TZ

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=TZ)
COPIES = "        - {id: copies, type: integer, label: Số bản, help: Số bản cần cấp, required: true, min: 1, max: 20}\n"
PROFILE = {
    "full_name": "Lò Thị Xuân", "organisation_name": "Hợp tác xã Mai Sơn", "citizen_number": "014187001234",
    "birth_date": "1987-06-15", "sex": "female", "phone": "0912345678", "email": "xuan@example.vn",
}  # fmt: skip


@pytest.fixture
def loaded(small):
    """The small definition with one more field, in YAML's short form."""

    def use(field: str):
        return load(small.replace(COPIES, f"{COPIES}        - {{id: x, label: Hỏi, {field}}}\n"), "mau.yaml")

    return use


@pytest.fixture
def asked(loaded):
    """That field, of a definition that must be right."""

    def use(field: str):
        found = loaded(field)
        assert found.problems == ()
        return next(one for one in found.definition.fields if one.id == "x")

    return use


def errors(field, answers) -> list[tuple[str, str]]:
    found = evaluate(Form((Page("p", "P", (field,)),)), {"x": answers}, {"submitted_at": NOW}, NOW)
    return [(error.path.removeprefix("x."), error.severity) for error in found.errors]


@pytest.mark.parametrize("block", sorted(blocks.shared()))
def test_every_shipped_block_is_usable_as_it_is(asked, block):
    field = asked(f"type: {block}")
    assert field.type == "group"
    assert [part.id for part in field.item] == [part["id"] for part in blocks.shared()[block]["parts"]]


@pytest.mark.parametrize("block", sorted(blocks.shared()))
def test_every_part_of_a_shipped_block_can_be_asked_alone(asked, block):
    for part in blocks.shared()[block]["parts"]:
        assert [one.id for one in asked(f"type: {block}, only: [{part['id']}]").item] == [part["id"]]


def test_a_person_who_fills_in_the_block_rightly(asked):
    person = asked("type: person, required: true")
    home = {"province": "tỉnh Sơn La", "commune": "phường Tô Hiệu"}
    right = {
        "full_name": "Lò Thị Xuân", "birth_date": "1987-06-15", "sex": "nu", "citizen_number": "014187001234",
        "residence": home,
    }  # fmt: skip
    assert errors(person, right) == []
    assert errors(person, {"full_name": "Lò Thị Xuân"}) == []
    assert errors(person, {"residence": {"hamlet": "Bản Cọ"}}) == [
        ("full_name", "error"),
        ("residence.commune", "error"),
    ]


@pytest.mark.parametrize(
    ("number", "warned"),
    [
        ("014187001234", 0),
        ("014186001234", 1),  # another year
        ("014387001234", 1),  # another century
        ("014087001234", 1),  # another sex
        ("014088001234", 2),
    ],
)
def test_a_citizen_number_that_speaks_of_another_person_warns_and_does_not_block(asked, number, warned):
    person = {"full_name": "Xuân", "birth_date": "1987-06-15", "sex": "nu", "citizen_number": number}
    assert errors(asked("type: person"), person) == [("citizen_number", "warning")] * warned
    alone = asked("type: person, only: [full_name, citizen_number]")
    assert errors(alone, {"full_name": "Xuân", "citizen_number": number}) == []


def test_other_papers_are_asked_for_where_there_is_no_number(asked):
    person = asked("type: person")
    without = {"full_name": "Xuân", "paper_kind": "ho_chieu"}
    assert errors(person, without) == [
        ("paper_number", "error"), ("paper_date", "error"), ("paper_office", "error"),
    ]  # fmt: skip
    assert errors(person, {**without, "citizen_number": "014187001234"}) == []


def test_a_use_says_which_parts_are_asked_and_which_must_be(asked):
    person = asked(
        "type: person, only: [full_name, sex, phone], required_parts: [sex], optional_parts: [full_name]"
    )
    assert [(part.id, part.required) for part in person.item] == [
        ("full_name", False), ("sex", True), ("phone", False),
    ]  # fmt: skip


def test_a_use_says_parts_in_its_own_words_and_adds_checks(asked):
    change = "full_name: {label: Tên mẹ, checks: [{rule: 'full_name != \"x\"', message: Ghi tên}]}"
    person = asked(f"type: person, parts: {{{change}, residence: {{only: [commune]}}}}")
    parts = {part.id: part for part in person.item}
    assert parts["full_name"].label == "Tên mẹ"
    assert [check.message for check in parts["full_name"].checks] == ["Ghi tên"]
    assert len(parts["citizen_number"].checks) == 2
    assert [part.id for part in parts["residence"].item] == ["commune"]


def test_prefill_fills_all_that_the_profile_knows_of_the_applicant_and_of_nobody_else(asked):
    filled = prefill((asked("type: person, prefill: applicant"),), {}, PROFILE)["x"]
    assert filled == {
        "full_name": "Lò Thị Xuân", "birth_date": "1987-06-15", "sex": "nu", "citizen_number": "014187001234",
        "phone": "0912345678", "email": "xuan@example.vn",
    }  # fmt: skip
    typed = {"x": {"full_name": "Tên khác"}}
    assert (
        prefill((asked("type: person, prefill: applicant"),), typed, PROFILE)["x"]["full_name"] == "Tên khác"
    )
    mother = asked("type: person")
    assert prefill((mother,), {}, PROFILE) == {}
    assert {part.autocomplete for part in mother.item if part.id in {"full_name", "birth_date", "phone"}} == {
        "off"
    }


def test_prefill_reads_the_profile_address_where_its_places_are_those_in_force(asked):
    person = asked("type: person, prefill: applicant")
    filled = prefill((person,), {}, {"address": "Bản Cọ, Phường Chiềng An, tỉnh Sơn La"})
    home = {"province": "tỉnh Sơn La", "commune": "phường Chiềng An", "hamlet": "Bản Cọ"}
    assert filled == {"x": {"residence": home}}
    assert prefill((person,), {}, {"address": "Xã Chiềng Cọ, thành phố Sơn La, tỉnh Sơn La"}) == {}


def test_a_published_version_keeps_the_block_as_it_was(loaded):
    found = loaded("type: bank_account, only: [account_number]")
    kept = json.loads(found.canonical)["form"]["pages"][0]["fields"][2]
    assert kept["type"] == "group"
    assert [part["id"] for part in kept["item"]] == ["account_number"]
    again = load_canonical(found.canonical, "mau.yaml").definition
    assert again is not None
    assert again.hash == found.definition.hash


@pytest.mark.parametrize(
    ("field", "code", "says"),
    [
        ("type: persom", "S006", "“person”"),
        ("type: person, only: [ful_name]", "T004", "“full_name”"),
        ("type: person, parts: {sexx: {label: a}}", "T004", "“sex”"),
        ("type: person, parts: {residence: {only: [comune]}}", "T004", "“commune”"),
        ("type: person, item: [{id: a, type: text, label: A}]", "T004", "group"),
        ("type: person, prefill: full_name", "T004", "prefill: applicant"),
        ("type: text, help: a, only: [a]", "T004", "Bỏ khóa này."),
        ("type: person, parts: {sex: {required: 'birth_dat = null'}}", "F002", "“birth_date”"),
        ("type: person, parts: {sex: {labels: a}}", "S001", "“label”"),
    ],
)
def test_a_wrong_use_says_what_to_do(loaded, field, code, says):
    found = loaded(field).errors
    assert [problem.code for problem in found] == [code]
    assert says in found[0].remedy
    assert found[0].line == 27


def test_a_block_in_itself_is_an_unknown_type(small):
    loop = {"loop": {"id": "loop", "label": "Vòng", "parts": [{"id": "a", "type": "loop", "label": "A"}]}}
    text = small.replace(COPIES, f"{COPIES}        - {{id: x, label: Hỏi, type: loop}}\n")
    assert [problem.code for problem in load(text, "mau.yaml", blocks=loop).errors] == ["S006"]


@pytest.mark.parametrize(
    ("text", "code"),
    [("id: a\nlabel: A\nparts: []\n", "S004"), ("id: a\nparts: [\n", "Y"), ("- 1\n", "S003")],
)
def test_a_broken_block_is_told(text, code):
    raw, problems = blocks.load_block(text, "khoi.yaml")
    assert raw is None
    assert problems[0].code.startswith(code)
