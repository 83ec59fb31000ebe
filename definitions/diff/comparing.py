"""The walk through two versions side by side. Things with ids are found again by them wherever they stand."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any, Final

from definitions.diff.model import Change, Verb
from definitions.outline import Part, root

PARTS: Final[Mapping[str, str]] = {
    "pages": "page",
    "questions": "field",
    "fields": "field",
    "item": "field",
    "options": "option",
    "checks": "check",
    "cases": "case",
    "attachments": "paper",
    "fees": "fee",
    "rows": "fee_row",
    "inputs": "fee_input",
    "exempt": "exemption",
    "deadline": "deadline",
    "more": "more_time",
    "steps": "step",
    "events": "event_rule",
    "actions": "action",
    "to": "branch",
    "legal_basis": "legal_basis",
    "entries": "entry",
    "documents": "document",
    "body": "block",
    "columns": "column",
    "examples": "example",
}
"""Lists by their key: what an element is."""

NAMES: Final[Mapping[str, str]] = {
    "options": "value",
    "entries": "value",
    "legal_basis": "number",
    "examples": "name",
    "exempt": "label",
    "to": "step",
    "columns": "label",
    "english": "vi",
}
"""What names an element where that is not its id."""

TOGETHER: Final[Mapping[str, str]] = {"english": "translation"}
"""Lists that come and go as one thing, and what an element is where only some changed."""

Raw = Mapping[str, Any]


def compare(before: Raw, after: Raw) -> tuple[Change, ...]:
    """Every change from one definition's data to another's, in the order of the language. Both have its shape."""
    walk = _Walk(_places(before), _places(after))
    return tuple(walk.mappings(_At("procedure", "", "", root()), before, after))


@dataclass(frozen=True, slots=True)
class _At:
    """Where the walk is: in which part, and how far below it (`keys`, with their titles)."""

    part: str
    id: str
    label: str
    schema: Part
    keys: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()

    def down(self, key: str) -> "_At":
        below = self.schema.child(key)
        return replace(
            self, schema=below, keys=(*self.keys, key), titles=(*self.titles, below.title or f"“{key}”")
        )

    def change(self, verb: Verb, before: object = None, after: object = None) -> Change:
        return Change(
            verb, self.part, self.id, self.label, ".".join(self.keys), " – ".join(self.titles), before, after
        )


@dataclass(frozen=True, slots=True)
class _Walk:
    """`old`, `new`: the page (its title) and the data of each top-level field of the form, by id."""

    old: Mapping[str, tuple[str, Raw]]
    new: Mapping[str, tuple[str, Raw]]

    def values(self, at: _At, before: Any, after: Any) -> Iterator[Change]:
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            yield from self.mappings(at, before, after)
        elif _listed(before) and _listed(after) and (_of_parts(before) or _of_parts(after)):
            yield from self.lists(at, before, after)
        elif before != after:
            yield at.change(Verb.CHANGED, before, after)

    def mappings(self, at: _At, before: Raw, after: Raw) -> Iterator[Change]:
        known = [key for key in at.schema.keys if key in before or key in after]
        others = [key for key in (*before, *after) if key not in known]
        for key in dict.fromkeys([*known, *others]):
            below = at.down(key)
            if _parts(key) and (key not in before or key not in after) and not _expected(at, key):
                yield from self.lists(below, before.get(key, ()), after.get(key, ()))
            elif key not in before:
                yield below.change(Verb.ADDED, None, after[key])
            elif key not in after:
                yield below.change(Verb.REMOVED, before[key], None)
            else:
                yield from self.values(below, before[key], after[key])

    def lists(self, at: _At, before: Sequence[Any], after: Sequence[Any]) -> Iterator[Change]:
        key = at.keys[-1]
        if not _listed(before) or not _listed(after):
            yield at.change(Verb.CHANGED, before, after)  # `to` is one step here and a list there
            return
        name = NAMES.get(key, "id")
        named = all(isinstance(each, Mapping) and name in each for each in (*before, *after))
        if named:
            yield from self._by_name(at, name, list(before), list(after))
        else:
            yield from self._by_place(at, list(before), list(after))

    def _by_name(self, at: _At, name: str, before: list[Raw], after: list[Raw]) -> Iterator[Change]:
        fields = at.keys[-1] == "fields"
        olds = {str(each[name]): each for each in before}
        news = {str(each[name]): each for each in after}
        for there, old in olds.items():
            if there not in news and not (fields and there in self.new):
                here = _element(at, old, there)
                yield here.change(Verb.REMOVED, _own(old), None)
                if "fields" in old:
                    yield from self._by_name(here.down("fields"), "id", old["fields"], [])
        stayed = [there for there in olds if there in news]
        still = _in_order(stayed, [there for there in news if there in olds])
        for there, new in news.items():
            here = _element(at, new, there)
            if there in olds:
                if there not in still:
                    yield here.change(Verb.MOVED, list(olds).index(there) + 1, list(news).index(there) + 1)
                yield from self.mappings(here, olds[there], new)
            elif fields and there in self.old:
                page, old = self.old[there]
                yield here.change(Verb.MOVED, page, self.new[there][0])
                yield from self.mappings(here, old, new)
            else:
                yield here.change(Verb.ADDED, None, _own(new))
                if "fields" in new:
                    yield from self._by_name(here.down("fields"), "id", [], new["fields"])

    def _by_place(self, at: _At, before: list[Any], after: list[Any]) -> Iterator[Change]:
        matcher = SequenceMatcher(None, [*map(_text, before)], [*map(_text, after)], autojunk=False)
        for verb, low, high, start, end in matcher.get_opcodes():
            if verb == "equal":
                continue
            both = min(high - low, end - start)
            for number in range(both):
                here = _element(at, after[start + number], str(start + number + 1))
                yield from self.values(here, before[low + number], after[start + number])
            for number in range(low + both, high):
                yield _element(at, before[number], str(number + 1)).change(Verb.REMOVED, before[number], None)
            for number in range(start + both, end):
                yield _element(at, after[number], str(number + 1)).change(Verb.ADDED, None, after[number])


def _element(at: _At, raw: Any, name: str) -> _At:
    """An element of the list that `at` has come down to; parts within parts carry the outer one's name, and its label
    where they have none.
    """
    part = {**PARTS, **TOGETHER}.get(at.keys[-1], at.part)
    label = ""
    if isinstance(raw, Mapping):
        label = str(
            next((raw[key] for key in ("label", "name", "title", "message", "vi") if raw.get(key)), "")
        )
    # a field is the same on whichever page it stands
    outer = "" if at.part == "procedure" or at.keys[-1] == "fields" else at.id
    label = label or at.label
    return _At(part, f"{outer}.{name}" if outer else name, label, at.schema.child(0))


def _own(raw: Raw) -> Raw:
    """A page without its fields, which are told by themselves: they may have come from or gone to another."""
    return {key: value for key, value in raw.items() if key != "fields"}


def _places(raw: Raw) -> dict[str, tuple[str, Raw]]:
    return {field["id"]: (page["title"], field) for page in raw["form"]["pages"] for field in page["fields"]}


def _in_order(before: list[str], after: list[str]) -> set[str]:
    """The names that kept their order; the others were moved."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return {
        name for block in matcher.get_matching_blocks() for name in before[block.a : block.a + block.size]
    }


def _parts(key: str) -> bool:
    return key in PARTS


def _expected(at: _At, key: str) -> bool:
    """`events` of an example's step: ids of rules that are expected, not rules."""
    return key == "events" and at.part != "procedure"


def _listed(value: Any) -> bool:
    return isinstance(value, (list, tuple))


def _of_parts(value: Any) -> bool:
    return any(isinstance(each, Mapping) for each in value)


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
