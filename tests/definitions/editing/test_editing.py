"""A change of one place changes the text there and nowhere else, and says exactly what was asked."""

import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from definitions.editing import (
    Drop,
    EditError,
    Insert,
    Move,
    Put,
    applied,
    at,
    edited,
    edited_all,
    path_of,
    place_of,
)
from definitions.editing.minimal import minimal, same
from definitions.editing.writing import below, element, inline
from definitions.lint.patching import base
from definitions.reading import read
from definitions.shipped import shipped

TEXT = """\
# Đầu tệp
procedure: "9.000001"  # mã
name: 'Tên thủ tục'

# Phí
fees:
  # khoản thứ nhất
  - id: phi
    # nhãn
    label: Phí thẩm định
    amount: 50000
    # sau cùng

  - {id: le_phi, label: Lệ phí, amount: 0}
form:
  pages:
    - id: p1
      title: Một
      fields: [{id: a, type: text}, {id: b, type: text}]
summary: |
  Hai dòng
  giữ nguyên
"""

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9),
    st.text(max_size=40),
    st.sampled_from(
        [
            "no",
            "null",
            "~",
            "1e5",
            "01",
            "- a",
            "a: b",
            "# x",
            "{x}",
            "2026-01-01",
            "07:30",
            " a ",
            "a\n\nb\n",
            "“lạ”, 'và' \"ngoặc\"",
        ]
    ),
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.text("abcxyz_", min_size=1, max_size=6), inner, max_size=4),
    ),
    max_leaves=12,
)


def paths(data, here=()):
    if here:
        yield here
    parts = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for part, value in parts:
        yield from paths(value, (*here, part))


def lines(text):
    return [line.strip() for line in text.splitlines() if line.strip().startswith("#")]


@settings(max_examples=60, deadline=None)
@given(value=values)
@example(value="\n")
def test_what_is_written_reads_back(value):
    assert same(read(f"k:{below(value, 0)}\n").data, {"k": value})
    assert same(read(f"[{inline(value, flow=True)}]\n").data, [value])
    assert same(read(f"k:\n  - {element(value, 2)}\n  - 1\n").data, {"k": [value, 1]})


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_a_change_says_what_was_asked_and_keeps_every_other_comment(data):
    text = data.draw(st.sampled_from([TEXT, base()]))
    before = read(text).data
    path = data.draw(st.sampled_from(list(paths(before))))
    there = at(before, path)
    edits = [st.just(Drop(path)), st.builds(Put, st.just(path), values)]
    if isinstance(there, dict):
        edits.append(st.builds(Put, st.just((*path, "moi")), values))
    if isinstance(there, list):
        edits.append(st.builds(Insert, st.just(path), st.integers(0, len(there)), values))
        edits.append(
            st.builds(Move, st.just(path), st.integers(0, len(there) - 1), st.integers(0, len(there) - 1))
        )
    edit = data.draw(st.one_of(edits))
    made = edited(text, edit)
    assert same(read(made).data, applied(before, edit))
    if isinstance(edit, (Insert, Move)) or (isinstance(edit, Put) and path[-1:] != edit.path[-1:]):
        assert sorted(lines(made)) == sorted(lines(text))


@pytest.mark.parametrize(("name", "text"), shipped(), ids=[name for name, _ in shipped()])
def test_putting_each_value_back_leaves_every_letter(name, text):
    before = read(text).data
    everything = list(paths(before))
    assert edited_all(text, [Put(path, at(before, path)) for path in everything]) == text
    chosen = random.Random(name).sample(everything, 1)
    for path in chosen:
        made = edited(text, Put(path, "Giá trị mới: “thử”"))
        assert same(read(made).data, applied(before, Put(path, "Giá trị mới: “thử”")))
        kept = set(text.splitlines()) & set(made.splitlines())
        assert len(kept) > len(set(text.splitlines())) - 120 or isinstance(at(before, path), (dict, list))


def test_only_the_line_of_the_place_changes():
    made = edited(TEXT, Put(("fees", 0, "amount"), 70000))
    assert made == TEXT.replace("amount: 50000", "amount: 70000")
    assert edited(TEXT, Put(("procedure",), "9.000002")) == TEXT.replace('"9.000001"', '"9.000002"')
    assert edited(TEXT, Put(("fees", 1, "amount"), 5)) == TEXT.replace("amount: 0}", "amount: 5}")


def test_a_new_key_goes_where_the_language_has_it():
    made = edited(TEXT, Put(("sector",), "ho-tich"))
    assert "name: 'Tên thủ tục'\n" in made
    assert list(read(made).data).index("sector") == 2
    assert lines(made) == lines(TEXT)
    assert "{id: a, type: text, label: Chữ}" in edited(
        TEXT, Put(("form", "pages", 0, "fields", 0, "label"), "Chữ")
    )


def test_what_is_dropped_takes_its_own_comments_along():
    made = edited(TEXT, Drop(("fees", 0)))
    assert "khoản thứ nhất" not in made
    assert "sau cùng" not in made
    assert "# Phí" in made
    first = edited(TEXT, Drop(("fees", 0, "id")))
    assert "  # nhãn\n  - label: Phí thẩm định\n" in first


def test_an_element_moves_with_its_comments():
    made = edited(TEXT, Move(("fees",), 0, 1))
    assert [fee["id"] for fee in read(made).data["fees"]] == ["le_phi", "phi"]
    assert sorted(lines(made)) == sorted(lines(TEXT))
    assert made.index("le_phi") < made.index("khoản thứ nhất") < made.index("id: phi")


def test_a_place_that_went_away_is_told():
    with pytest.raises(EditError, match="không còn"):
        edited(TEXT, Put(("fees", 7, "amount"), 1))
    with pytest.raises(EditError, match="không còn"):
        edited(TEXT, Drop(("nothing",)))
    with pytest.raises(EditError):
        edited(TEXT, Put(("name", "inner"), 1))


def test_places_outlive_what_comes_before_them():
    data = read(TEXT).data
    for path in paths(data):
        assert path_of(data, place_of(data, path)) == path
    place = place_of(data, ("form", "pages", 0, "fields", 1, "type"))
    assert place == "form.pages.p1.fields.b.type"
    after = read(edited(TEXT, Drop(("form", "pages", 0, "fields", 0)))).data
    assert path_of(after, place) == ("form", "pages", 0, "fields", 0, "type")
    with pytest.raises(EditError):
        path_of(after, "form.pages.p1.fields.a.type")


@settings(max_examples=150, deadline=None)
@given(before=values, after=values)
def test_the_fewest_changes_come_to_the_wanted_value(before, after):
    whole = {"k": before}
    for edit in minimal(("k",), before, after):
        whole = applied(whole, edit)
    assert same(whole, {"k": after})


@settings(max_examples=100, deadline=None)
@given(
    names=st.lists(st.sampled_from("abcdefgh"), unique=True),
    wanted=st.lists(st.sampled_from("abcdefgh"), unique=True),
    changed=st.sets(st.sampled_from("abcdefgh")),
)
def test_named_elements_are_moved_not_written_anew(names, wanted, changed):
    before = [{"id": name, "v": 1} for name in names]
    after = [{"id": name, "v": 2 if name in changed else 1} for name in wanted]
    whole, inserted = {"k": before}, []
    for edit in minimal(("k",), before, after):
        whole = applied(whole, edit)
        inserted += [edit.value["id"]] if isinstance(edit, Insert) else []
    assert same(whole, {"k": after})
    if names and wanted:
        assert set(inserted) == set(wanted) - set(names)
