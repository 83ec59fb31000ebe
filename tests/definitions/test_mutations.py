"""Mistakes that change something are caught. A few here, with luck's own seed; `make mutations` tries a thousand."""

from collections import Counter

from scripts.mutations import KINDS, run

FLOOR = 0.8
"""Far below what a thousand come to (docs/benchmarks.md): a few may be unlucky, a broken check may not."""


def test_most_random_mistakes_are_caught():
    verdicts, _ = run(count=40, seed=20261124)
    missed = [verdict for verdict in verdicts if not verdict.by]
    assert len(missed) <= len(verdicts) * (1 - FLOOR), missed
    assert len(Counter(verdict.mutant.kind for verdict in verdicts)) >= len(KINDS) - 2
