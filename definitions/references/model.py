"""Elements that have an id, and the places that speak of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from definitions.reading.tree import Path

Kind = Literal[
    "field",
    "page",
    "option",
    "case",
    "paper",
    "fee",
    "step",
    "action",
    "role",
    "document",
    "event",
    "vocabulary",
]

Acted: TypeAlias = Mapping[tuple[int, int], int]
"""Number of an example and of its step, both from 0 → number of the workflow's step that was acted at."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """An element by the path of today. `key`: of the element, which holds the id; empty where the id is the element's own
    key in a group of them (roles, vocabularies).
    """

    kind: Kind
    path: Path
    id: str
    key: str = "id"


@dataclass(frozen=True, slots=True)
class Use:
    """A place that speaks of an element: the characters `start` to `end` of the text at `path`, or (`key`) the last part
    of the path, which is a key.
    """

    symbol: Symbol
    path: Path
    start: int = 0
    end: int = 0
    key: bool = False


@dataclass(frozen=True, slots=True)
class Index:
    """`symbols` and `uses` in the order of the definition. `unread`: expressions that cannot be read, so that what they
    speak of is not known; `unsure`: actions in examples that several steps have (path, id).
    """

    symbols: tuple[Symbol, ...]
    uses: tuple[Use, ...]
    unread: tuple[Path, ...] = ()
    unsure: tuple[tuple[Path, str], ...] = ()

    def at(self, path: Path) -> Symbol | None:
        """The element at a path; None where what stands there has no id that others speak of."""
        return next((symbol for symbol in self.symbols if symbol.path == path), None)


@dataclass(frozen=True, slots=True)
class Shape:
    """What is known of a value: the parts of a group, what a list holds, the elements that a text can name."""

    fields: Mapping[str, "Named"] | None = None
    element: "Shape | None" = None
    values: Mapping[str, Symbol] | None = None

    def part(self, name: str) -> "Named | None":
        """A part by name, of a list that of its elements."""
        if self.element is not None:
            found = self.element.part(name)
            return None if found is None else (found[0], Shape(element=found[1]))
        return None if self.fields is None else self.fields.get(name)

    @property
    def item(self) -> "Shape":
        return self if self.element is None else self.element

    @property
    def named(self) -> Mapping[str, Symbol]:
        """What a text compared with the value, or with something in it, names."""
        return self.values or (self.element.named if self.element is not None else {})


Named: TypeAlias = tuple[Symbol | None, Shape]
"""None where the name is not the definition's own: the scope's, or a part of a shared block."""

Names: TypeAlias = Mapping[str, Named]
UNKNOWN: Final = Shape()


@dataclass(slots=True)
class Declared:
    """Everything that has an id. `questions`, `fields`: by name; `actions`: by the number of the step."""

    symbols: list[Symbol] = field(default_factory=list)
    questions: dict[str, Named] = field(default_factory=dict)
    fields: dict[str, Named] = field(default_factory=dict)
    inner: dict[Path, Named] = field(default_factory=dict)
    """Each field by the path of its data."""
    papers: dict[str, Symbol] = field(default_factory=dict)
    fees: dict[str, Symbol] = field(default_factory=dict)
    cases: dict[str, Symbol] = field(default_factory=dict)
    documents: dict[str, Symbol] = field(default_factory=dict)
    events: dict[str, Symbol] = field(default_factory=dict)
    steps: dict[str, Symbol] = field(default_factory=dict)
    actions: dict[int, dict[str, Symbol]] = field(default_factory=dict)
    roles: dict[str, Symbol] = field(default_factory=dict)
    vocabularies: dict[str, Symbol] = field(default_factory=dict)
