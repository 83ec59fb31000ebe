"""The common part of compilation: frames, scopes and the table of what builds which node.

A compiled node is a function of one frame, a list: the context at 0, the Run at 1, then one slot for each global
name read and each local name bound. Slots are given out at compile time, so that evaluating a name is one index.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from rules.feel.builtins import BUILTINS
from rules.feel.tree import Name, Node
from rules.feel.types import FeelType
from rules.feel.values import ATOMS, coerce

Frame = list[Any]
Code = Callable[[Frame], Any]
CONTEXT_SLOT, RUN_SLOT, FIRST_SLOT = 0, 1, 2


class Unset:
    """The mark of a slot that was not read or bound yet."""


UNSET = Unset()


@dataclass(frozen=True, slots=True)
class Scope:
    """A local name, or (name None) the item of a filter, whose fields are names."""

    parent: Scope | None
    name: str | None
    slot: int


@dataclass(slots=True)
class Builder:
    """One compilation."""

    names: Mapping[str, FeelType] | None
    slots: int = FIRST_SLOT
    globals: dict[str, int] = field(default_factory=dict)

    def slot(self) -> int:
        self.slots += 1
        return self.slots - 1

    def build(self, node: Node, scope: Scope | None) -> Code:
        return HANDLERS[node.__class__](self, node, scope)

    def bind(self, scope: Scope | None, name: str | None) -> Scope:
        return Scope(scope, name, self.slot())

    def template(self) -> Frame:
        return [UNSET] * self.slots

    # -- names ----------------------------------------------------------------------------------------------

    def is_builtin(self, name: str, scope: Scope | None) -> bool:
        """Whether a call of `name` is a call of the built-in function."""
        if name not in BUILTINS or (self.names is not None and name in self.names):
            return False
        while scope is not None:
            if scope.name == name:
                return False
            scope = scope.parent
        return True

    def lookup(self, name: str, scope: Scope | None) -> Code:
        """Code that yields the value of a name, from the innermost scope out."""
        if scope is None:
            return self._global(name)
        if scope.name is not None:
            return _local(scope.slot) if scope.name == name else self.lookup(name, scope.parent)
        outer = _local(scope.slot) if name == "item" else self.lookup(name, scope.parent)
        return _item_field(scope.slot, name, outer)

    def datum(self, node: Node, scope: Scope | None) -> tuple[int, str] | None:
        """The slot and the name of a node that reads the context and nothing else, so that whoever uses it may read it
        in place: a call saved in most conditions of most forms.
        """
        if not isinstance(node, Name):
            return None
        if node.name in BUILTINS and (self.names is None or node.name not in self.names):
            return None
        while scope is not None:
            if scope.name is None or scope.name == node.name:
                return None
            scope = scope.parent
        return self._slot_of(node.name), node.name

    def _slot_of(self, name: str) -> int:
        slot = self.globals.get(name)
        if slot is None:
            slot = self.globals[name] = self.slot()
        return slot

    def _global(self, name: str) -> Code:
        slot = self._slot_of(name)
        declared = self.names is not None and name in self.names
        function = BUILTINS[name].as_function() if name in BUILTINS and not declared else None

        def read(s: Frame) -> Any:
            value = s[slot]
            if value is UNSET:
                value = s[0].get(name, function)
                if value.__class__ not in ATOMS:
                    value = coerce(value)
                s[slot] = value
            return value

        return read


def _local(slot: int) -> Code:
    def read(s: Frame) -> Any:
        return s[slot]

    return read


def _item_field(slot: int, name: str, outer: Code) -> Code:
    def read(s: Frame) -> Any:
        item = s[slot]
        if item.__class__ is dict and name in item:
            return item[name]
        return outer(s)

    return read


N = TypeVar("N", bound=Node)
Handler = Callable[[Builder, Any, Scope | None], Code]
HANDLERS: dict[type[Node], Handler] = {}


def builds(kind: type[N]) -> Callable[[Callable[[Builder, N, Scope | None], Code]], Callable[..., Code]]:
    """Declare the function that compiles nodes of the kind."""

    def register(handler: Callable[[Builder, N, Scope | None], Code]) -> Callable[..., Code]:
        HANDLERS[kind] = handler
        return handler

    return register


def constant(value: Any) -> Code:
    def read(_s: Frame) -> Any:
        return value

    return read
