"""Two people's changes come together, or the place where they cannot is told: nobody's work is lost unseen."""

from copy import deepcopy

from hypothesis import given, settings
from hypothesis import strategies as st

from definitions.editing.merging import merged
from definitions.editing.minimal import same

names = st.lists(st.sampled_from("abcde"), unique=True, max_size=5)
element = st.fixed_dictionaries({"label": st.sampled_from("xyz"), "size": st.integers(0, 2)})


@st.composite
def documents(draw):
    items = [{"id": name, **draw(element)} for name in draw(names)]
    return {
        "name": draw(st.sampled_from("mn")),
        "items": items,
        "plain": draw(st.lists(st.integers(0, 2), max_size=2)),
    }


@settings(max_examples=300, deadline=None)
@given(base=documents(), mine=documents(), theirs=documents())
def test_what_one_alone_changed_is_there_afterwards(base, mine, theirs):
    assert merged(base, mine, base) == (mine, ())
    assert merged(base, base, theirs) == (theirs, ())
    assert merged(base, mine, deepcopy(mine)) == (mine, ())
    both, clashes = merged(base, mine, theirs)
    for key in ("name", "plain"):
        if not same(mine[key], base[key]) and same(theirs[key], base[key]):
            assert same(both[key], mine[key])
        if not same(theirs[key], base[key]):
            assert same(both[key], theirs[key])
            if not same(mine[key], base[key]) and not same(mine[key], theirs[key]):
                assert (key,) in clashes
    again, told = merged(base, theirs, mine)
    assert bool(told) == bool(clashes)
    if not clashes:
        by_id = [{each["id"]: each for each in one["items"]} for one in (both, again)]
        assert by_id[0] == by_id[1]


def test_elements_are_brought_together_by_their_names():
    base = {"fields": [{"id": "a", "label": "A"}, {"id": "b", "label": "B"}]}
    mine = {"fields": [{"id": "b", "label": "B"}, {"id": "a", "label": "A"}, {"id": "c", "label": "C"}]}
    theirs = {"fields": [{"id": "a", "label": "A của họ"}, {"id": "b", "label": "B"}]}
    both, clashes = merged(base, mine, theirs)
    assert [each["id"] for each in both["fields"]] == ["b", "a", "c"]
    assert both["fields"][1]["label"] == "A của họ"
    assert clashes == ()


def test_the_same_thing_changed_otherwise_is_told_and_nothing_of_it_taken():
    base = {"fields": [{"id": "a", "label": "A"}]}
    mine = {"fields": [{"id": "a", "label": "Một"}]}
    theirs = {"fields": [{"id": "a", "label": "Hai"}]}
    both, clashes = merged(base, mine, theirs)
    assert both == theirs
    assert clashes == (("fields", 0, "label"),)
    gone = {"fields": []}
    assert merged(base, gone, theirs)[1]
