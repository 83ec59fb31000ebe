"""The rule engine of durable-rules as a plain function: one fact in, rule ids out, nothing kept.

Only its C module is used: the package's own host starts timers that neither rest nor survive a fork. Where the
module cannot be imported (it is an extra, and does not build on every Python) `AVAILABLE` is false.
"""

import json
import threading
from collections.abc import Mapping

from rules.events.model import MAX_PATHS, Ruleset, Scalar
from rules.events.network import build

try:
    import durable_rules_engine as engine
except ImportError:
    engine = None

AVAILABLE = engine is not None


class EngineError(RuntimeError):
    """The engine failed, or was closed: the caller asks the twin."""


class Compiled:
    """One rule set in the engine's memory, until `close`. Safe to share between threads."""

    def __init__(self, ruleset: Ruleset) -> None:
        if engine is None:
            raise EngineError("durable_rules_engine is not installed")
        self._rules = ruleset.rules
        self._network = build(ruleset)
        self.size = len(self._network.shards)
        self._lock = threading.Lock()
        self._handles: list[int] = []
        try:
            for number, shard in enumerate(self._network.shards):
                name = f"{ruleset.key[:16]}.{number}"
                self._handles.append(engine.create_ruleset(name, json.dumps(shard)))
        except engine.error as error:
            self._free()
            raise EngineError(f"ruleset refused: {error}") from None

    def holding(self, facts: Mapping[str, Scalar]) -> tuple[str, ...]:
        """Ids of the rules that hold of projected facts, in the order of the rules."""
        message = json.dumps(self._network.fact(facts))
        with self._lock:
            if not self._handles:
                raise EngineError("ruleset closed")
            try:
                hits = {number for handle in self._handles for number in _fired(handle, message)}
            except (engine.error, EngineError) as error:
                self._free()  # its memory is not to be trusted: no state is deleted, the whole set is dropped
                raise EngineError(f"ruleset dropped: {error}") from None
        return tuple(self._rules[number].id for number in sorted(hits))

    def close(self) -> None:
        with self._lock:
            self._free()

    def _free(self) -> None:
        while self._handles:
            engine.delete_ruleset(self._handles.pop())


def _fired(handle: int, message: str) -> set[int]:
    """Numbers of the rules fired; one that is true in several ways fires as often, and counts once."""
    code, state = engine.assert_fact(handle, message)
    started = engine.start_action_for_state(handle, state) if code == 0 else None
    if not started:
        raise EngineError("the catch-all did not fire")
    found: set[int] = set()
    action = started[1]
    for _ in range(2 * MAX_PATHS):
        if not action:
            # Sound only because an action was started: otherwise the engine frees what it never allocated.
            engine.delete_state(handle, "s")
            return found
        name = action[2 : action.index('"', 2)]
        if name != "z":
            found.add(int(name[1:].partition("_")[0]))
        action = engine.complete_and_start_action(handle, state)
    raise EngineError("actions without end")
