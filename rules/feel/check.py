"""Static reading of a tree: the type of every node, the top-level names it reads, and what is surely wrong.

Errors are raised only where the names are declared; elsewhere a wrong type is a matter of the data and yields
null, as the standard says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from rules.feel import types as T  # noqa: N812
from rules.feel.builtins import BUILTINS
from rules.feel.errors import FeelError, unknown
from rules.feel.tree import Name, Node
from rules.feel.types import ANY, FeelType

OPEN = frozenset({"any", "null"})


@dataclass(frozen=True, slots=True)
class Scope:
    """A local name and its type, or (name None) the item of a filter."""

    parent: Scope | None
    name: str | None
    type: FeelType


class Checker:
    """One reading; `sources` is its result beside the type."""

    def __init__(self, text: str, names: Mapping[str, FeelType] | None, *, strict: bool) -> None:
        self.text = text
        self.names = names
        self.strict = strict
        self.sources: set[str] = set()

    def infer(self, node: Node, scope: Scope | None = None) -> FeelType:
        return RULES[node.__class__](self, node, scope)

    def fail(self, node: Node, message: str, code: str = "type") -> None:
        if self.strict:
            raise FeelError(message, text=self.text, offset=node.span.start, code=code)

    def fail_unknown(self, what: str, name: str, known: Iterable[str], code: str, offset: int) -> None:
        if self.strict:
            raise unknown(what, name, known, text=self.text, offset=offset, code=code)

    def wants(self, node: Node, found: FeelType, kind: FeelType, where: str) -> None:
        """`found` must be able to be of the kind."""
        if found.kind not in OPEN and found.kind != kind.kind:
            self.fail(node, f"{where} phải là {kind.title}, ở đây là {found.title}.")

    # -- names ----------------------------------------------------------------------------------------------

    def name(self, node: Name, scope: Scope | None) -> FeelType:
        name, inner, dynamic = node.name, scope, False
        while inner is not None:
            if inner.name == name:
                return ANY if dynamic else inner.type
            if inner.name is None:
                if inner.type.kind == "context" and inner.type.fields is not None:
                    found = inner.type.field(name)
                    if found is not None:
                        return found
                elif inner.type.kind in {"any", "context"}:
                    dynamic = True
                if name == "item":
                    return inner.type
            inner = inner.parent
        return self._global(node, scope, dynamic=dynamic)

    def _global(self, node: Name, scope: Scope | None, *, dynamic: bool) -> FeelType:
        name = node.name
        if self.names is not None and name in self.names:
            self.sources.add(name)
            return ANY if dynamic else self.names[name]
        if name in BUILTINS:
            return T.FUNCTION
        if self.names is None:
            self.sources.add(name)
        elif not dynamic:
            known = {*visible(scope), *self.names}
            self.fail_unknown("trường", name, known, "name", node.span.start)
        return ANY

    def is_builtin(self, name: str, scope: Scope | None) -> bool:
        if name not in BUILTINS or name in (self.names or ()):
            return False
        while scope is not None:
            if scope.name == name:
                return False
            scope = scope.parent
        return True


def visible(scope: Scope | None) -> set[str]:
    """All names that may be written at a place, bar the global ones."""
    found: set[str] = set()
    while scope is not None:
        found.update(("item", *scope.type.names) if scope.name is None else (scope.name,))
        scope = scope.parent
    return found


N = TypeVar("N", bound=Node)
Rule = Callable[[Checker, Any, Scope | None], FeelType]
RULES: dict[type[Node], Rule] = {}


def rule(kind: type[N]) -> Callable[[Callable[[Checker, N, Scope | None], FeelType]], Rule]:
    """Declare the function that reads nodes of the kind."""

    def register(read: Callable[[Checker, N, Scope | None], FeelType]) -> Rule:
        RULES[kind] = read
        return read

    return register
