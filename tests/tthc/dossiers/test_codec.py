import json
from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import bson
import plain_codec
import pytest
from dossier_stories import MONDAY, examined, ready, submitted
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.calendar import TZ
from rules.deadlines import DeadlineRule, Extension, Pause, Unit
from rules.workflow.model import Phase
from tthc.dossiers.codec import (
    dossier_from_bson,
    dossier_to_bson,
    event_from_json,
    event_to_json,
    from_data,
    milliseconds,
    to_bson,
    to_json,
)
from tthc.dossiers.events import TYPES, Extended
from tthc.dossiers.state import DeadlineState, Document, Dossier, FileRef, OutboxEntry, SupplementItem, Task

INSTANTS = st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1), timezones=st.just(TZ)).map(milliseconds)


def pause(start, length, reason):
    return Pause(start, None if length is None else start + timedelta(seconds=length), reason, reason)


TEXT = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), max_size=20)
RULES = st.builds(DeadlineRule, st.integers(0, 99).map(Decimal), st.sampled_from(Unit))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)

st.register_type_strategy(datetime, INSTANTS)
st.register_type_strategy(str, TEXT)
st.register_type_strategy(DeadlineRule, RULES)
st.register_type_strategy(Decimal, st.decimals(0, 1000, places=2))
st.register_type_strategy(object, JSON)
st.register_type_strategy(Mapping, st.dictionaries(TEXT, JSON, max_size=3))
st.register_type_strategy(int, st.integers(-(2**63), 2**63 - 1))
st.register_type_strategy(Pause, st.builds(pause, INSTANTS, st.none() | st.integers(0, 10**6), TEXT))


DEFAULTED = {field.name for field in fields(Dossier) if field.default is not MISSING}


def through_the_wire(document):
    """As the database would hand it back."""
    return bson.decode(bson.encode(document), bson.CodecOptions(tz_aware=True))


@pytest.mark.parametrize("story", [submitted, examined, ready])
def test_a_real_dossier_comes_back_equal(story):
    dossier = story().dossier
    assert dossier_from_bson(through_the_wire(dossier_to_bson(dossier))) == dossier


@settings(deadline=None, max_examples=100)
@given(
    st.one_of(
        st.builds(Task, phase=st.sampled_from(Phase)),
        st.from_type(FileRef),
        st.from_type(DeadlineState),
        st.from_type(Document),
        st.from_type(SupplementItem),
        st.from_type(Pause),
        st.from_type(Extension),
        st.builds(OutboxEntry, data=st.dictionaries(TEXT, JSON, max_size=3)),
    )
)
def test_any_value_comes_back_equal_both_ways(value):
    assert from_data(type(value), to_json(value)) == value
    assert from_data(type(value), through_the_wire({"v": to_bson(value)})["v"]) == value


def test_json_keeps_instants_in_utc_to_the_millisecond():
    instant = datetime(2026, 6, 1, 8, 0, 1, 234567, tzinfo=TZ)
    assert to_json(instant) == "2026-06-01T01:00:01.234Z"
    assert to_bson(instant) == datetime(2026, 6, 1, 1, 0, 1, 234000, tzinfo=UTC)
    assert from_data(datetime, "2026-06-01T01:00:01.234Z") == instant - timedelta(microseconds=567)


def test_instants_come_back_in_vietnams_time():
    assert from_data(datetime, datetime(2026, 6, 1, 1, 0)).hour == 8  # as a driver without tz_aware reads it
    assert from_data(datetime, datetime(2026, 6, 1, 1, 0, tzinfo=UTC)).tzinfo is TZ


def test_days_clock_times_and_decimals_are_text():
    assert [to_bson(v) for v in (date(2026, 6, 1), time(15, 0), Decimal("1.50"))] == [
        "2026-06-01",
        "15:00:00",
        "1.50",
    ]
    assert to_json(frozenset({"b", "a"})) == ["a", "b"]
    assert to_json(1.5) == 1.5


def test_what_has_no_plain_form_is_refused():
    with pytest.raises(TypeError, match="no plain form"):
        to_json(object())


def test_a_field_added_later_takes_its_default():
    old = to_bson(SupplementItem("a", "b", "c"))
    del old["name"]
    assert from_data(SupplementItem, old) == SupplementItem("a", "b")


def test_a_dossier_without_code_has_no_code_field():
    document = dossier_to_bson(submitted().dossier)
    assert "code" not in document
    assert document["_id"] == "hs1"


def test_every_event_type_has_a_name_and_comes_back():
    assert "document_added" in TYPES
    state = DeadlineState(Decimal(5), Unit.WORKING_DAY, "", MONDAY, MONDAY, "vì")
    event = Extended(Extension(MONDAY, DeadlineRule(Decimal(2), Unit.DAY), "a", "b"), state)
    assert event_from_json(*event_to_json(event)) == event


@settings(deadline=None, max_examples=150)
@given(st.one_of(*(st.from_type(kind) for kind in (*TYPES.values(), Dossier))))
def test_the_functions_made_for_a_class_agree_with_a_walk_by_hand(value):
    written = to_json(value)
    assert json.dumps(written) == json.dumps(plain_codec.encode(value, json=True))
    assert to_bson(value) == plain_codec.encode(value, json=False)
    assert from_data(type(value), written) == plain_codec.decode(type(value), written) == value
    stored = through_the_wire(to_bson(value))
    assert from_data(type(value), stored) == plain_codec.decode(type(value), stored)


@settings(deadline=None, max_examples=50)
@given(st.from_type(Dossier), st.data())
def test_what_was_stored_before_a_field_was_there_agrees_with_a_walk_by_hand(dossier, data):
    written = to_json(dossier)
    for name in data.draw(st.sets(st.sampled_from(sorted(f for f in written if f in DEFAULTED)))):
        del written[name]
    assert from_data(Dossier, written) == plain_codec.decode(Dossier, written)
