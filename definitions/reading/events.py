r"""The events of a YAML text: where each scalar, list and group stands.

ruamel.yaml is the reference: YAML 1.2, and what it refuses is refused here. It is written in Python and slow, and the
builder reads a whole definition at every stroke, so libyaml (PyYAML) is asked first wherever the two are known to find
the same events. They part in a few corners (a tab, another alphabet's line break, a comment glued to `|`, an empty
value's place, `["a": 1]`), and libyaml reads YAML 1.1; a text with any of these, and every text that libyaml refuses, is
read by ruamel. `tests/definitions/reading/test_events.py` holds the two against each other on spoiled texts.
"""

import re
from collections.abc import Iterator
from io import StringIO
from typing import Any, Final, NamedTuple

import yaml
from ruamel.yaml import YAML

from definitions.cache import Lru

SCALAR: Final = "Scalar"
MAPPING: Final = "MappingStart"
SEQUENCE: Final = "SequenceStart"
ALIAS: Final = "Alias"
DOCUMENT: Final = "DocumentStart"
MAPPING_END: Final = "MappingEnd"
SEQUENCE_END: Final = "SequenceEnd"
ENDS: Final = frozenset({MAPPING_END, SEQUENCE_END})
NODES: Final = frozenset({SCALAR, MAPPING, SEQUENCE, ALIAS})

KEPT: Final = 32
KEPT_LENGTH: Final = 150_000
"""Characters: of longer texts nothing is kept, so that what is kept stays within 60 MB."""

MANY: Final = 200_000

_recent: Lru[tuple["Event", ...]] = Lru(KEPT)
_PARTING: Final = re.compile(
    "[\t\r\x85\u2028\u2029\ufeff]"  # blanks and breaks that YAML 1.1 and 1.2 take differently
    r"|[|>][-+0-9]*#"  # libyaml takes the comment, YAML does not
    r"|[|>][-+0-9]* *(?:#.*)?\n +\n"  # a first line of blanks alone, deeper than what follows
)
_QUICK: Final = getattr(yaml, "CLoader", None)
"""None where PyYAML was built without libyaml: then ruamel reads everything."""


class Event(NamedTuple):
    """One event. `start` and `end` count characters from 0, `line` and `column` (of the start) from 0."""

    kind: str
    start: int
    line: int
    column: int
    end: int
    text: str = ""
    style: str = ""
    flow: bool = False
    anchor: str = ""
    tag: str = ""


def events(text: str) -> Iterator[Event]:
    """The events of `text`; raises what ruamel raises, after the events before the mistake.

    Finding them is most of the work of reading, and the same text is read many times over (as it was and as it is, by
    each pane of the builder), so those of the last few texts are kept.
    """
    kept = _recent.get(text)
    if kept is None:
        kept = quick_events(text)
        if kept is None:
            found = []
            for event in reference_events(text):
                found.append(event)
                yield event
            _keep(text, tuple(found))
            return
        _keep(text, kept)
    yield from kept


def reference_events(text: str) -> Iterator[Event]:
    """As ruamel.yaml finds them."""
    for event in YAML(typ="safe", pure=True).parse(StringIO(text)):
        yield _event(event)


def quick_events(text: str) -> tuple[Event, ...] | None:
    """As libyaml finds them; None where it might find others than ruamel, and where it refuses the text."""
    if _QUICK is None or _PARTING.search(text):
        return None
    found = []
    within: list[bool] = []
    try:
        for raw in yaml.parse(text, Loader=_QUICK):
            event = _event(raw)
            if _doubtful(event, text, within):
                return None
            if event.kind in ENDS:
                within.pop()
            elif event.kind in {MAPPING, SEQUENCE}:
                within.append(event.kind == SEQUENCE and event.flow)
            found.append(event)
            if len(found) > MANY:
                return None  # too many to be a definition: the reader stops ruamel on the way
    except (yaml.YAMLError, ValueError, OverflowError):
        return None
    return tuple(found)


def _doubtful(event: Event, text: str, within: list[bool]) -> bool:
    if event.anchor or event.tag or event.kind == ALIAS:
        return True  # refused by the reader; ruamel says where
    if event.kind == SCALAR:
        return not event.text and not event.style
    return event.kind == MAPPING and bool(within and within[-1]) and text[event.start] != "{"


def _event(raw: Any) -> Event:
    start, end = raw.start_mark, raw.end_mark
    tag = getattr(raw, "tag", None)
    return Event(
        type(raw).__name__.removesuffix("Event"),
        start.index,
        start.line,
        start.column,
        end.index,
        str(getattr(raw, "value", None) or ""),
        str(getattr(raw, "style", None) or ""),
        bool(getattr(raw, "flow_style", False)),
        str(getattr(raw, "anchor", None) or ""),
        "" if tag is None or str(tag) == "None" else str(tag),
    )


def _keep(text: str, found: tuple[Event, ...]) -> None:
    if len(text) <= KEPT_LENGTH:
        _recent.put(text, found)
