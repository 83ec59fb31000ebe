"""libyaml may answer only where it answers as ruamel does; the texts are the catalogue's own, spoiled."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from definitions.reading import events as module
from definitions.reading.events import (
    ENDS,
    NODES,
    Event,
    events,
    quick_events,
    reference_events,
)

ROOT = Path(__file__).parents[3]
TEXTS = sorted(
    path
    for folder in ("definitions", "renderers", "platform")
    for pattern in ("*.yaml", "*.json")
    for path in (ROOT / folder).rglob(pattern)
)
SPOILS = (
    *" \n\t:-?,[]{}#&*!|>'\"%@`~=<\\/0",
    *("\r", "\r\n", "\x85", "\u2028", "\u2029", "\ufeff", "\x00", "\x1b", "\xa0", "😀", "é", "\ud83d"),
    *(
        ": ",
        " #",
        "- ",
        "---",
        "...",
        "\n\n",
        "|+\n",
        ">-\n",
        '"a":1',
        "\\u0041",
        "\\ud83d\\ude00",
        "\\x41",
        "\\/",
    ),
    *(
        "\\\n",
        "%YAML 1.1\n---\n",
        "? ",
        "<<",
        "\\N",
        "\\_",
        "\\P",
        "\n  ",
        "\n    ",
        "[a: 1]",
        "[? a : b]",
        "{a, b}",
    ),
    *("!!str ", "&a ", "*a", "|2\n", ">1-\n", "'it''s'", "\\U0001F600", "\\UFFFFFFFF"),
)


def said(found: list[Event] | tuple[Event, ...]) -> list[object]:
    """What the reader reads of each event: of an end, where it is."""
    return [
        (event.kind, event.end) if event.kind in ENDS else event
        for event in found
        if event.kind in ENDS or event.kind in NODES
    ]


def spoiled(seed: int) -> str:
    chance = random.Random(seed)
    lines = TEXTS[chance.randrange(len(TEXTS))].read_text().split("\n")
    first = chance.randrange(len(lines))
    text = "\n".join(lines[first : first + chance.randint(1, 14)])[:1500]
    for _ in range(chance.randint(1, 5)):
        at, what = chance.randrange(len(text) + 1), chance.random()
        if what < 0.6:
            text = text[:at] + chance.choice(SPOILS) + text[at:]
        elif what < 0.8:
            text = text[:at] + text[at + chance.randint(1, 3) :]
        else:
            other = chance.randrange(len(text) + 1)
            text = text[:at] + text[other : other + chance.randint(1, 8)] + text[at:]
    return text


def test_the_shipped_texts_are_read_alike_and_nearly_all_of_them_quickly():
    quick = 0
    for path in TEXTS:
        text = path.read_text()
        found = quick_events(text)
        if found is not None:
            quick += 1
            assert said(found) == said(list(reference_events(text))), path
    assert quick > 0.95 * len(TEXTS)


@settings(max_examples=600)
@given(st.integers(0, 2**63))
def test_a_spoiled_text_is_never_read_otherwise_than_by_the_reference(seed):
    text = spoiled(seed)
    found = quick_events(text)
    if found is not None:
        assert said(found) == said(list(reference_events(text)))


def test_spoiled_texts_reach_both_readers():
    taken = [quick_events(spoiled(seed)) is not None for seed in range(300)]
    assert 40 < sum(taken) < 260


@pytest.mark.parametrize(
    "text",
    [
        "a:\t1\n",
        "a: &x 1\nb: *x\n",
        "a: !!str 1\n",
        "a: >-#\n  b\n",
        "a: |\n   \n b\n",
        "a:\nb: 1\n",
        '["a": 1]\n',
        "a: 1\x85b: 2\n",
        'a: "\\ud83d\\ude00"\n',
        "a: [\n",
    ],
)
def test_what_the_two_take_differently_is_left_to_the_reference(text):
    assert quick_events(text) is None


def test_without_libyaml_everything_is_read_by_the_reference(monkeypatch):
    monkeypatch.setattr(module, "_QUICK", None)
    assert quick_events("a: 1\n") is None
    assert [event.kind for event in events("only: this text\n") if event.kind in NODES] == [
        "MappingStart",
        "Scalar",
        "Scalar",
    ]


def test_a_text_of_too_many_values_is_left_to_the_reader_that_stops_on_the_way(monkeypatch):
    monkeypatch.setattr(module, "MANY", 10)
    assert quick_events("[1, 2, 3]\n") is not None
    assert quick_events("[" + ", ".join("1" * 12) + "]\n") is None
