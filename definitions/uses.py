"""What a definition takes of the shared things, and what these take of one another. Pure.

Read off the text's words, not its tree: only a field has a `type`, only a list of choices a `vocabulary`, only a workflow
or a document a `use`; so a hundred procedures are looked through in a moment.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal

from definitions import blocks, documents, vocabularies, workflows

Kind = Literal["block", "workflow", "vocabulary", "document"]
Use = tuple[Kind, str]
"""What is used: its kind and its id."""

_NAMED: Final = re.compile(
    r"""(?<![\w-])["']?(type|vocabulary|use|workflow)["']?[ \t]*:[ \t]*["']?([a-z][a-z0-9_-]*)"""
)
_COMMENT: Final = re.compile(r"(?:^|(?<=\s))#.*$", re.MULTILINE)
_EXAMPLES: Final = re.compile(r"^examples:.*?(?=^[a-z]|\Z)", re.MULTILINE | re.DOTALL)
"""Answers of examples may be called anything."""


def shared(kind: Kind) -> Mapping[str, Mapping[str, Any]]:
    """Everything of a kind that is shared, as raw data, by id."""
    return {
        "block": blocks.shared,
        "workflow": workflows.shared,
        "vocabulary": vocabularies.shared,
        "document": documents.shared,
    }[kind]()


def used_directly(text: str) -> frozenset[Use]:
    """What a definition's text names."""
    plain = _COMMENT.sub("", _EXAMPLES.sub("", text))
    return frozenset(use for key, name in _NAMED.findall(plain) for use in _meant(key, name))


def used(text: str) -> Mapping[Use, frozenset[str]]:
    """What a definition uses, and by which blocks: empty where it names the thing itself."""
    direct = used_directly(text)
    found: dict[Use, frozenset[str]] = dict.fromkeys(direct, frozenset())
    for kind, name in direct:
        if kind == "block":
            for use in used_by_block(name) - direct:
                found[use] = found.get(use, frozenset()) | {name}
    return found


def used_by_block(name: str) -> frozenset[Use]:
    """Blocks and vocabularies that a shared block takes with it, those of the blocks inside it among them."""
    own = frozenset(_of_fields(blocks.shared()[name]["parts"]))
    inner = (used_by_block(other) for kind, other in own if kind == "block")
    return own.union(*inner)


def _meant(key: str, name: str) -> Iterator[Use]:
    kinds: tuple[Kind, ...] = {
        "type": ("block",),
        "vocabulary": ("vocabulary",),
        "workflow": ("workflow",),
        "use": ("workflow", "document"),
    }[key]  # type: ignore[assignment]
    yield from ((kind, name) for kind in kinds if name in shared(kind))


def _of_fields(fields: Any) -> Iterator[Use]:
    for field in fields:
        if field["type"] in blocks.shared():
            yield "block", field["type"]
        options = field.get("options")
        if isinstance(options, Mapping):
            yield "vocabulary", options["vocabulary"]
        yield from _of_fields(field.get("item", ()))
