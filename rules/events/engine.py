"""Asking rule sets: by the extension where it is there, by the pure-Python twin where it is not or fails."""

import logging
import threading
from collections import OrderedDict
from collections.abc import Mapping

from rules.events import extension, twin
from rules.events.extension import Compiled, EngineError
from rules.events.model import Ruleset
from rules.events.values import project

log = logging.getLogger(__name__)

CACHED_NETWORKS = 64  # about 30 MB, 120 MB where every rule is as long as it may be


def engine_name() -> str:
    """`durable_rules`, or `python` where the extension cannot be imported."""
    return "durable_rules" if extension.AVAILABLE else "python"


class EventRules:
    """A process's bounded store of compiled rule sets, by content hash. Meant for the workers, one each.

    `size` counts the engine's networks, of which a large set has several. A set that the engine refused or failed on,
    or that alone is too large, is answered by the twin for as long as it is remembered.
    """

    def __init__(self, size: int = CACHED_NETWORKS, *, use_extension: bool = extension.AVAILABLE) -> None:
        self._size = size
        self._use_extension = use_extension
        self._lock = threading.Lock()
        self._sets: OrderedDict[str, Compiled | None] = OrderedDict()

    def holding(self, ruleset: Ruleset, facts: Mapping[str, object]) -> tuple[str, ...]:
        """Ids of the rules that hold, in the order of the rules. Raises FactError on a value of the wrong kind."""
        projected = project(ruleset.fields, facts)
        compiled = self._compiled(ruleset) if self._use_extension else None
        if compiled is not None:
            try:
                return compiled.holding(projected)
            except EngineError as error:
                self._forget(ruleset, compiled, error)
        return twin.holding(ruleset, projected)

    def close(self) -> None:
        """Give the engine's memory back."""
        with self._lock:
            sets = list(self._sets.values())
            self._sets.clear()
        for compiled in sets:
            if compiled is not None:
                compiled.close()

    def _compiled(self, ruleset: Ruleset) -> Compiled | None:
        with self._lock:
            if ruleset.key in self._sets:
                self._sets.move_to_end(ruleset.key)
                return self._sets[ruleset.key]
            made = self._sets[ruleset.key] = self._make(ruleset)
            evicted: list[Compiled] = []
            while sum(map(_size, self._sets.values())) > self._size:
                _, oldest = self._sets.popitem(last=False)
                if oldest is not None:
                    evicted.append(oldest)
        for old in evicted:
            old.close()  # waits for whoever is asking it
        return made

    def _make(self, ruleset: Ruleset) -> Compiled | None:
        try:
            made = Compiled(ruleset)
        except EngineError as error:
            log.warning("event rules %s: %s; answered in Python", ruleset.key[:16], error)
            return None
        if made.size <= self._size:
            return made
        made.close()
        return None

    def _forget(self, ruleset: Ruleset, compiled: Compiled, error: EngineError) -> None:
        """A set that failed is not tried again; one that was only evicted while waiting is not in the store."""
        with self._lock:
            if self._sets.get(ruleset.key) is compiled:
                self._sets[ruleset.key] = None
                log.warning("event rules %s: %s; answered in Python", ruleset.key[:16], error)


def _size(compiled: Compiled | None) -> int:
    return 1 if compiled is None else compiled.size
