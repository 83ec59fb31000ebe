"""Definitions in English: every text a citizen reads, and nothing but texts."""

from dataclasses import fields, is_dataclass, replace

import pytest

from definitions import blocks, vocabularies, workflows
from definitions.assess import assess
from definitions.diff import compare
from definitions.english import MARK, in_english, places, resolve_english, reworded, texts
from definitions.lint.english import slots
from definitions.lint.patching import Patch, base, patched
from definitions.loader import load, load_canonical
from definitions.shipped import loaded, shipped
from forms.types import REGISTRY
from rules.feel import Expression
from rules.tables import DecisionTable

SHIPPED = pytest.mark.parametrize(("filename", "text"), shipped(), ids=[name for name, _ in shipped()])
SHARED = [
    pytest.param(part, id=f"{name}-{key}")
    for name, folder in (
        ("blocks", blocks.shared()),
        ("workflows", workflows.shared()),
        ("vocabularies", vocabularies.shared()),
    )
    for key, part in folder.items()
    if "english" in part
]


def definition_of(text, filename="x.yaml"):
    found = loaded(text, filename)
    assert found.definition is not None, found.problems
    return found.definition


def with_english(rows):
    return load(patched(Patch(put={"english": rows})), "x.yaml")


@SHIPPED
def test_every_text_a_citizen_reads_has_english(filename, text):
    definition = definition_of(text, filename)
    assert [each for each in texts(definition) if each not in definition.english] == []
    assert [p for p in loaded(text, filename).problems if p.code in {"T138", "T139", "T140"}] == []


@SHIPPED
def test_english_has_what_is_filled_in_and_no_vietnamese_left(filename, text):
    for vi, en in definition_of(text, filename).english.items():
        assert slots(vi) == slots(en)
        assert en.strip() == en
        assert vi.endswith(".") == en.endswith("."), (vi, en)
        assert vi.endswith("?") == en.endswith("?"), (vi, en)


@pytest.mark.parametrize("part", SHARED)
def test_shared_english_is_of_texts_that_are_there(part):
    here = set(strings({key: value for key, value in part.items() if key != "english"}))
    said = [row["vi"] for row in part["english"]]
    assert len(said) == len(set(said))
    assert set(said) <= here


@SHIPPED
def test_english_changes_texts_alone(filename, text):
    definition = definition_of(text, filename)
    shown = in_english(definition)
    assert shown.hash == definition.hash + MARK
    assert shown.name != definition.name
    assert blank(replace(shown, hash=definition.hash)) == blank(definition)


@SHIPPED
def test_what_decides_is_the_very_same(filename, text):
    definition = definition_of(text, filename)
    one, other = list(deciding(definition)), list(deciding(in_english(definition)))
    assert len(one) == len(other) > 0
    assert all(a is b for a, b in zip(one, other, strict=True))


@SHIPPED
def test_examples_come_to_the_same_in_english(filename, text):
    definition = definition_of(text, filename)
    shown = in_english(definition)
    for example in definition.examples:
        facts = {
            "now": example.submitted_at,
            "channel": example.channel,
            "agency": example.agency or {"id": "x", "name": "x", "level": "xa", "area": "", "identifier": ""},
            "applicant": example.applicant or {"kind": "person", "name": "Lò Thị Xuân"},
        }
        one, other = assess(definition, example.answers, **facts), assess(shown, example.answers, **facts)
        assert one.submission.clean == other.submission.clean
        assert one.submission.visible == other.submission.visible
        assert [(e.path, e.severity) for e in one.submission.errors] == [
            (e.path, e.severity) for e in other.submission.errors
        ]
        assert [(f.id, f.amount, f.full) for f in one.fees] == [(f.id, f.amount, f.full) for f in other.fees]
        assert [(p.id, p.required, p.original, p.copy) for p in one.papers] == [
            (p.id, p.required, p.original, p.copy) for p in other.papers
        ]
        assert (one.case and one.case.id) == (other.case and other.case.id)


def test_printed_documents_and_values_stay_vietnamese():
    definition = definition_of(dict(shipped())["1.001193.yaml"], "1.001193.yaml")
    shown = in_english(definition)
    assert shown.documents == definition.documents
    assert shown.examples == definition.examples
    assert shown.keywords == definition.keywords
    assert shown.name == "Birth registration"


def test_a_unit_is_said_of_one_and_of_many_and_read_as_it_is_read_when_decided():
    definition = definition_of(dict(shipped())["2.000815.yaml"], "2.000815.yaml")
    (rows,) = (field for field in in_english(definition).fields if field.item)
    copies = next(field for field in rows.item if field.id == "copies")
    kind = REGISTRY[copies.type]
    assert [kind.display(copies, n) for n in (1, 3)] == ["1 copy", "3 copies"]
    assert [kind.parse(copies, answer).clean for answer in ("3 bản", "3 copies")] == [3, None]
    assert copies.unit == "bản"


def test_what_has_no_english_stays():
    definition = with_english([{"vi": "Họ và tên", "en": "Full name"}]).definition
    shown = in_english(definition)
    assert [field.label for field in shown.form.fields] == ["Full name", "Số bản", "Ghi chú"]
    assert shown.name == definition.name


def test_a_text_is_said_once():
    rows = [{"vi": "Họ và tên", "en": "Full name"}, {"vi": "Họ và tên", "en": "Name"}]
    assert "T002" in {problem.code for problem in with_english(rows).problems}


def test_a_definition_without_english_takes_none_from_what_it_shares():
    assert load(base(), "x.yaml").definition.english == {}
    data = {"questions": [], "label": "Ngày sinh"}
    shared = {
        "person": {"english": [{"vi": "Ngày sinh", "en": "Date of birth"}, {"vi": "Khác", "en": "Other"}]}
    }
    assert resolve_english(data, [shared], None) == data
    asked = {**data, "english": [{"vi": "A", "en": "B"}]}
    assert resolve_english(asked, [shared], None)["english"] == [
        {"vi": "A", "en": "B"},
        {"vi": "Ngày sinh", "en": "Date of birth"},
    ]


def test_english_is_part_of_a_version():
    text = dict(shipped())["1.001193.yaml"]
    found = loaded(text, "1.001193.yaml")
    again = load_canonical(found.canonical, "kept")
    assert again.definition.hash == found.definition.hash
    assert again.definition.english == found.definition.english


def test_the_comparison_says_it_in_words():
    before = {"form": {"pages": []}, "english": [{"vi": "Họ và tên", "en": "Name"}]}
    after = {"form": {"pages": []}, "english": [{"vi": "Họ và tên", "en": "Full name"}]}
    (change,) = compare(before, after)
    assert change.sentence == (
        "Bản dịch tiếng Anh của “Họ và tên”: Tiếng Anh: đổi từ “Name” thành “Full name”."
    )
    (added,) = compare({"form": {"pages": []}}, after)
    assert added.sentence.startswith("Bản dịch tiếng Anh: thêm")


def test_reworded_reaches_every_place():
    definition = definition_of(dict(shipped())["3.000333.yaml"], "3.000333.yaml")
    marked = reworded(definition, lambda text: f"«{text}»" if text else text)
    assert {f"«{text}»" for text in places(definition)} == places(marked)


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from strings(each)


def blank(definition):
    """With a dash for each text that may be said in English, and nobody's duties told apart."""
    said = reworded(definition, lambda text: "-" if text else text)
    return replace(said, english={})


def deciding(part):
    """Expressions and tables' cells, in order."""
    if isinstance(part, Expression):
        yield part
    elif isinstance(part, DecisionTable):
        for rule in part.rules:
            yield from rule.values
            yield from (test for test in rule.tests if test is not None)
    elif isinstance(part, (tuple, list)):
        for each in part:
            yield from deciding(each)
    elif is_dataclass(part) and not isinstance(part, type):
        for field in fields(part):
            yield from deciding(getattr(part, field.name))


def test_a_workflow_written_in_place_has_no_list_of_its_own():
    found = load(patched(Patch(put={"workflow.english": [{"vi": "Phê duyệt", "en": "Approval"}]})), "x.yaml")
    assert [problem.code for problem in found.errors] == ["S001"]


def test_what_a_step_says_is_english_where_the_applicant_acts():
    definition = definition_of(dict(shipped())["2.000635.yaml"], "2.000635.yaml")
    shown = in_english(definition)
    mine = [step for step in shown.workflow.steps if step.actor == "nguoi_nop"]
    assert mine
    assert all(action.label in definition.english.values() for step in mine for action in step.actions)
    assert {step.name for step in shown.workflow.steps} <= set(definition.english.values())
