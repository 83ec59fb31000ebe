"""Which procedures most people hand in, for the home page: counted from dossiers, at most once in `FRESH` for everybody."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from definitions.model import Definition
from renderers.text import there
from tthc.services import Services

KEPT: Final = "most_used"
DAYS: Final = 90
FRESH: Final = timedelta(hours=6)
SHOWN: Final = 6
FEWEST: Final = 3
"""Of fewer procedures than these nobody can say that many people use them: then the plain list is shown."""


def most_used(s: Services, published: Sequence[Definition]) -> tuple[tuple[Definition, int], ...]:
    """Of these procedures those handed in most in the last `DAYS`, with how often; () where there are fewer than `FEWEST`."""
    counts = _counts(s, [definition.procedure for definition in published], s.clock.now())
    used = [(definition, counts.get(definition.procedure, 0)) for definition in published]
    used = sorted((pair for pair in used if pair[1]), key=lambda pair: -pair[1])
    return tuple(used[:SHOWN]) if len(used) >= FEWEST else ()


def _counts(s: Services, codes: Sequence[str], now: datetime) -> dict[str, int]:
    kept = s.database[KEPT].find_one({"_id": KEPT})
    if kept is not None and there(kept["at"]) <= now < there(kept["at"]) + FRESH:
        return {code: count for code, count in kept["counts"] if code in codes}
    counts = dict(s.lists.handed_in(codes, now - timedelta(days=DAYS)))
    # pairs: a code has a point in it, which no key of a document may
    s.database[KEPT].replace_one({"_id": KEPT}, {"at": now, "counts": list(counts.items())}, upsert=True)
    return counts
