"""The builder's model of a definition loses nothing: text → controls → text is the identity, whatever stands there."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from definitions.editing import Put, applied, at, edited_all, minimal
from definitions.editing.collecting import EMPTY, NAME, WAY, WHEN, collect, way_of
from definitions.editing.controls import controls, kind_of, part_at
from definitions.editing.fresh import fresh, id_of, ids_in
from definitions.editing.minimal import same
from definitions.editing.own import own
from definitions.editing.plain import closed, opened, plain_key
from definitions.editing.reshaping import added, copied, moved, removed
from definitions.lint.patching import base
from definitions.loader import load
from definitions.outline import root
from definitions.reading import read
from definitions.shipped import shipped


def posted(shown):
    """As a browser sends the controls back untouched."""
    for each in shown:
        if each.empty:
            yield each.name + EMPTY, ["", "1"] if each.emptied else [""]
        if each.kind == "group":
            yield from posted(each.inner)
        elif each.kind == "table":
            for row in (*each.rows, each.inner):
                yield from posted(row)
        elif each.kind == "mapping":
            for number, (name, row) in enumerate(
                zip((*each.names, ""), (*each.rows, each.inner), strict=True)
            ):
                yield f"{each.name}.{number}{NAME}", [name]
                yield from posted(row)
        elif each.kind == "choices":
            yield each.name, ["", *each.shown.split("\n")]
        elif each.kind == "condition":
            way = way_of(each.shown)
            yield each.name, [each.shown if way == WHEN else ""]
            yield each.name + WAY, [way]
        elif each.kind != "parts":
            yield each.name, [each.shown.replace("\n", "\r\n")]


def elements(data, top):
    """Every place that has a page of its own, whether or not the contents name it: (path, part, what stands there)."""

    def walk(path, part, value):
        if isinstance(value, list):
            for number, each in enumerate(value):
                yield from walk((*path, number), part.child(number), each)
            return
        if isinstance(value, dict) or plain_key(part):
            yield path, part, value
        if isinstance(value, dict):
            for shown in controls(part, value):
                if shown.kind == "parts" and shown.there:
                    yield from walk((*path, shown.key), shown.part, shown.value)

    yield from walk((), top, data)


def saved(part, value):
    """The element opened and saved as it was shown."""
    before = opened(part, value)
    shown = [each for each in controls(part, before) if each.kind != "parts"]
    found = collect(shown, dict(posted(shown)), before)
    assert not found.errors
    keys = {each.key for each in shown}
    after = {key: each for key, each in before.items() if key not in keys or key in found.value}
    return closed(part, value, after | found.value)


def through_the_builder(text):
    """Every element opened and saved as it was shown."""
    data = read(text).data
    for path, part, value in elements(data, own(data)):
        after = saved(part, value)
        assert same(after, value), path
        text = edited_all(text, minimal(path, value, after))
    return text


@pytest.mark.parametrize("text", [text for _, text in shipped()], ids=[name for name, _ in shipped()])
def test_every_shipped_definition_comes_back_letter_by_letter(text):
    assert through_the_builder(text) == text


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_so_does_any_other(data):
    """With anything in the place of anything: the checks judge, the builder keeps."""
    whole = read(base()).data
    for _ in range(data.draw(st.integers(1, 4))):
        path, part, value = data.draw(
            st.sampled_from([each for each in elements(whole, own(whole)) if each[0] and each[1].keys])
        )
        key = data.draw(st.sampled_from([*opened(part, value), *part.keys]))
        fresh_value = data.draw(
            st.one_of(
                st.none(),
                st.booleans(),
                st.integers(),
                st.text(max_size=30),
                st.sampled_from(["true", "a = 1", "x\ny"]),
                st.lists(st.text("ab ", max_size=4), max_size=3),
                st.dictionaries(st.sampled_from("abc"), st.text("xy", max_size=3), max_size=2),
            )
        )
        whole = applied(whole, Put(path, {**opened(part, value), key: fresh_value}))
    for top in (root(), own(whole)):
        for path, part, value in elements(whole, top):
            assert same(saved(part, value), value), path


def test_every_key_of_the_language_has_a_control():
    def walk(part, depth):
        for key in part.keys:
            child = part.child(key)
            assert kind_of(child), key
            if depth:
                walk(child, depth - 1)
                walk(child.child(0), depth - 1)

    walk(root(), 2)
    for path in (
        ("form", "pages", 0, "fields", 0),
        ("workflow", "steps", 0, "actions", 0),
        ("examples", 0, "steps", 0),
    ):
        walk(part_at(path), 1)


def test_what_people_write_is_read_as_the_language_has_it():
    fee, deadline = part_at(("fees", 0)), part_at(("deadline", 0))
    shown = controls(fee, {"id": "phi", "amount": 50000})
    typed = {"amount": ["1.250.000"], "label": ["  Phí   thẩm định "], "effective.from": ["01/01/2027"]}
    value = collect(shown, typed, {"id": "phi", "amount": 50000}).value
    assert value == {
        "id": "phi",
        "amount": 1250000,
        "label": "Phí thẩm định",
        "effective": {"from": "2027-01-01"},
    }
    shown = controls(deadline, {"unit": "day"})
    assert collect(shown, {"amount": ["hai mươi"]}, {"unit": "day"}).value["amount"] == "hai mươi"
    unknown = {"khac": {"a": 1}}
    moment = controls(part_at(("examples", 0)), unknown)
    told = collect(moment, {"submitted_at": ["2026-11-20T14:50"], "khac": ["{a: "]}, unknown)
    assert told.value["submitted_at"] == "2026-11-20T14:50"
    assert told.value["khac"] == {"a": 1}
    assert "khac" in told.errors


def test_a_new_element_has_what_the_language_demands():
    whole = read(base()).data
    for place in (
        "form.pages",
        "form.pages.chung.fields",
        "cases",
        "attachments",
        "fees",
        "deadline",
        "examples",
    ):
        edits, name = added(whole, place, "Mục “mới”: đầu tiên")
        after = whole
        for edit in edits:
            after = applied(after, edit)
        text = edited_all(base(), edits)
        assert same(read(text).data, after)
        codes = {problem.code for problem in load(text, "x.yaml").problems}
        assert "S001" not in codes, (place, load(text, "x.yaml").problems)
        assert name
    assert id_of("Số nhà, đường – phố", ()) == "so_nha_duong_pho"
    assert id_of("Số nhà", {"so_nha"}) == "so_nha_2"
    assert id_of("“…”", ()) == "muc"
    assert "options" in fresh(part_at(("form", "pages", 0, "fields", 0)), "Chọn", (), type="choice")


def test_elements_are_copied_with_ids_of_their_own_and_moved_between_lists():
    whole = read(base()).data
    (edit,) = copied(whole, "form.pages.chung")
    after = applied(whole, edit)
    ids = list(ids_in(after["form"]))
    assert len(ids) == len(set(ids))
    edits, _ = added(whole, "form.pages", "Trang hai")
    for each in edits:
        whole = applied(whole, each)
    for each in moved(whole, "form.pages.chung.fields.note", into="form.pages.trang_hai.fields"):
        whole = applied(whole, each)
    assert [field["id"] for field in at(whole, ("form", "pages", 1, "fields"))][-1] == "note"
    for each in removed(whole, "cases.xa"):
        whole = applied(whole, each)
    assert [case["id"] for case in whole["cases"]] == ["phuong"]
