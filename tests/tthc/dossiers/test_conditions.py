"""Several conditions are one query without `$and` wherever one condition can say what two do."""

import pytest

from tthc.dossiers.conditions import together
from tthc.dossiers.listing import Wanted


@pytest.mark.parametrize(
    ("parts", "query"),
    [
        (({"agency": "a"}, {"agency": "a"}), {"agency": "a"}),
        (({"next_due": {"$lt": 5}}, {"next_due": {"$gte": 2}}), {"next_due": {"$lt": 5, "$gte": 2}}),
        (({"next_due": {"$lt": 5}}, {"next_due": {"$lt": 3}}), {"next_due": {"$lt": 3}}),
        (({"next_due": {"$gt": 5}}, {"next_due": {"$gt": 3}}), {"next_due": {"$gt": 5}}),
        (({"next_due": {"$lt": 5}}, {"next_due": 3}), {"next_due": 3}),
        (({"next_due": 7}, {"next_due": {"$lt": 5}}), {"next_due": {"$in": []}}),
        (({"status": {"$in": ["x", "y"]}}, {"status": "y"}), {"status": "y"}),
        (({"status": "x"}, {"status": "y"}), {"status": {"$in": []}}),
        (({"status": {"$in": ["x", "y", "z"]}}, {"status": {"$in": ["y", "z", "w"]}}), {"status": {"$in": ["y", "z"]}}),
        (
            ({"task_keys": {"$in": ["f@a", "g@a"]}}, {"task_keys": "~me"}),
            {"task_keys": {"$in": ["f@a", "g@a"], "$eq": "~me"}},
        ),
        # of a field that holds several values, two of them may be there at once
        (({"task_keys": "f@a"}, {"task_keys": "~me"}), {"task_keys": "f@a", "$and": [{"task_keys": "~me"}]}),
        (
            ({"open_tasks": {"$elemMatch": {"a": 1}}}, {"open_tasks": {"$elemMatch": {"b": 1}}}),
            {"open_tasks": {"$elemMatch": {"a": 1}}, "$and": [{"open_tasks": {"$elemMatch": {"b": 1}}}]},
        ),
        (({"a": 1, "$and": [{"b": 1}]}, {"c": 2}), {"a": 1, "c": 2, "$and": [{"b": 1}]}),
    ],
)  # fmt: skip
def test_d15_1d_what_is_said_of_one_field_becomes_one_condition(parts, query):
    assert together(*parts) == query


def test_words_typed_are_one_condition_the_longest_first():
    (condition,) = [Wanted(text="vi nguyen").query()["search"]["$all"]]
    assert [each.pattern for each in condition] == ["^nguyen", "^vi"]
    assert Wanted(text="014195001234").query() == {"search": "014195001234"}
    assert Wanted(text="...").query() == {"search": ""}
