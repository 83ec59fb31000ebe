"""Shared blocks as the form designer offers them, and what of a block a field asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from definitions.blocks import shared
from definitions.blocks.expanding import opened
from definitions.editing.fresh import field_types
from definitions.problems import Report
from definitions.reading import Tree


@dataclass(frozen=True, slots=True)
class Part:
    """A field of a block. `asked`: how it is asked here; empty where this use leaves it out."""

    id: str
    label: str
    kind: str
    asked: str


@dataclass(frozen=True, slots=True)
class Block:
    """A shared block, as it is or as a field uses it."""

    id: str
    label: str
    help: str
    parts: tuple[Part, ...]

    @property
    def labels(self) -> str:
        return ", ".join(part.label for part in self.parts)


def block_choices() -> tuple[tuple[str, str], ...]:
    return tuple((each, str(raw["label"])) for each, raw in shared().items())


def blocks() -> tuple[Block, ...]:
    """All that are shared, in the order of their files."""
    return tuple(block(each) for each in shared())


def block(name: str) -> Block:
    raw = shared()[name]
    return Block(name, raw["label"], raw.get("help", ""), _parts(raw["parts"]))


def used_block(value: Mapping[str, Any]) -> Block | None:
    """The block that a field asks for, each part as it is asked there; None where it asks for none."""
    name = value.get("type")
    if not isinstance(name, str) or name not in shared():
        return None
    whole = block(name)
    report = Report("", Tree("", {}))
    try:
        kept = {part.id: part for part in _parts(opened(value, shared(), report)["item"])}
    except (AttributeError, TypeError):  # keys of the wrong shape, which the checks tell
        return whole
    parts = tuple(kept.get(part.id, Part(part.id, part.label, part.kind, "")) for part in whole.parts)
    return Block(name, whole.label, whole.help, parts)


def kind_words(name: object) -> str:
    """What a type of field, or a block, is called."""
    raw = shared().get(str(name))
    return f"Khối {raw['label']}" if raw else field_types().get(str(name), str(name))


def _parts(raws: Sequence[Mapping[str, Any]]) -> tuple[Part, ...]:
    return tuple(Part(raw["id"], str(raw["label"]), kind_words(raw["type"]), _asked(raw)) for raw in raws)


def _asked(raw: Mapping[str, Any]) -> str:
    required = "bắt buộc" if raw.get("required") is True else ""
    required = "bắt buộc khi có điều kiện" if isinstance(raw.get("required"), str) else required
    shown = "hiện khi có điều kiện" if isinstance(raw.get("visible"), str) else ""
    return ", ".join(filter(None, (required, shown))) or "không bắt buộc"
