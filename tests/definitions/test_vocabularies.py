"""Shared, dated choice lists: who offers what on which day and under which parent; kept with the version."""

from datetime import datetime

import pytest

from definitions import vocabularies
from definitions.assess import assess
from definitions.loader import load, load_canonical
from definitions.vocabularies import load_vocabulary
from forms.offered import offered
from rules.calendar import TZ
from tthc.agencies.data import former_communes, shipped

AGENCY = {"id": "a", "name": "UBND xã Mẫu", "level": "xa", "area": "xa", "identifier": "H52"}
NOW = datetime(2026, 11, 20, 9, tzinfo=TZ)
PROVINCE = "        - {id: province, type: choice, label: Tỉnh, help: x, options: {vocabulary: tinh-thanh}}\n"
COMMUNE = "        - {id: commune, type: choice, label: Xã, help: x, options: {vocabulary: xa-phuong, parent: province}}\n"


@pytest.fixture
def text(small):
    at = small.index("        - {id: copies")
    return small[:at] + PROVINCE + COMMUNE + small[at:]


def of(loaded, name):
    return next(field for field in loaded.definition.fields if field.id == name)


def judge(loaded, answers, now=NOW):
    told = {"area": "phuong", "full_name": "Lò Văn Ban", "copies": "3", **answers}
    applicant = {"kind": "person", "name": "A"}
    found = assess(loaded.definition, told, now=now, channel="online", agency=AGENCY, applicant=applicant)
    return [error.path for error in found.submission.errors]


def values(loaded, name, **context):
    return [option.value for option in offered(of(loaded, name), {"submitted_at": NOW, **context}, NOW)]


def test_entries_are_offered_on_their_days_and_under_their_parent(text):
    loaded = load(text, "a.yaml")
    assert loaded.errors == ()
    provinces = values(loaded, "province")
    assert len(provinces) == 34
    assert "tỉnh Bắc Giang" not in provinces
    before = datetime(2025, 6, 30, 9, tzinfo=TZ)
    assert len(offered(of(loaded, "province"), {"submitted_at": before}, before)) == 63
    assert len(values(loaded, "commune", province="tỉnh Sơn La")) == 75
    assert values(loaded, "commune", province="tỉnh Lào Cai") == values(loaded, "commune") == []


def test_an_answer_that_is_not_offered_is_refused(text):
    loaded = load(text, "a.yaml")
    ours = {"province": "tỉnh Sơn La", "commune": "phường Tô Hiệu"}
    assert judge(loaded, ours) == []
    assert judge(loaded, {**ours, "province": "tỉnh Lào Cai"}) == ["commune"]
    assert judge(loaded, {"province": "tỉnh Bắc Giang"}) == ["province"]
    assert judge(loaded, {"province": "tỉnh Mơ"}) == ["province"]


def test_a_version_keeps_its_entries_and_their_labels(text, monkeypatch):
    loaded = load(text, "a.yaml")
    monkeypatch.setattr(vocabularies, "shared", dict)
    again = load_canonical(loaded.canonical, "a.json")
    assert [(o.value, o.label) for o in of(again, "commune").options] == [
        (o.value, o.label) for o in of(loaded, "commune").options
    ]
    assert values(again, "commune", province="tỉnh Sơn La")
    assert again.definition.hash == loaded.definition.hash
    assert load(text, "a.yaml").errors[0].code == "S006"


def test_a_vocabulary_of_its_own_outranks_the_shared_one(text):
    own = "vocabularies:\n  tinh-thanh:\n    entries: [{value: a, label: Tỉnh A}, {value: b}]\n"
    loaded = load(text + own, "a.yaml")
    assert loaded.errors == ()
    assert [(o.value, o.label) for o in of(loaded, "province").options] == [("a", "Tỉnh A"), ("b", "b")]


@pytest.mark.parametrize(
    ("old", "new", "code", "path", "said"),
    [
        ("vocabulary: tinh-thanh", "vocabulary: tinh-than", "S006", "options.vocabulary", "tinh-thanh"),
        ("parent: province", "parent: provinc", "F002", "options", "province"),
        ("vocabulary: tinh-thanh", "vocabulari: tinh-thanh", "S001", "options", "vocabulary"),
    ],
)
def test_mistakes_are_told_at_their_place(text, old, new, code, path, said):
    problems = load(text.replace(old, new, 1), "a.yaml").errors
    found = [p for p in problems if p.code == code]
    assert found, problems
    assert path in found[0].path
    assert said in found[0].remedy + found[0].message


@pytest.mark.parametrize(
    ("entries", "path"),
    [
        ("[{value: a}, {value: a}]", "entries.1.value"),
        ('[{value: a, from: "2026-02-01", to: "2026-01-01"}]', "entries.0.to"),
        ('[{value: a, from: "2026"}]', "entries.0.from"),
        ("[]", "entries"),
    ],
)
def test_a_faulty_vocabulary_is_told(entries, path):
    raw, problems = load_vocabulary(f"id: x\nlabel: X\nentries: {entries}\n", "x.yaml")
    assert raw is None
    assert [p.path for p in problems] == [path]


def test_the_shipped_places_are_those_of_the_agencies():
    """Two lists of the same public facts: this keeps them one."""
    shared = vocabularies.shared()
    new = {(e["value"], e["code"]) for e in shared["xa-phuong"]["entries"]}
    assert new == {(a.name.removeprefix("Ủy ban nhân dân "), a.code) for a in shipped() if a.level == "xa"}
    old = {e["value"].casefold() for e in shared["xa-phuong-cu"]["entries"]}
    assert old == {f"{c.name}, {c.district}".casefold() for c in former_communes()}
    districts = {e["value"] for e in shared["huyen-cu"]["entries"]}
    assert districts == {e["parent"] for e in shared["xa-phuong-cu"]["entries"]}


def test_the_ethnic_groups_have_each_code_once():
    codes = sorted(entry["code"] for entry in vocabularies.shared()["dan-toc"]["entries"])
    assert codes == [f"{n:02}" for n in range(1, 56)]
