"""What keeps a definition from being registered: examples that do not come out as they say, and what none of them tries
(design §3: publication is gated, with coverage of every field, case, table row, step and transition).
"""

from collections.abc import Sequence

from definitions.calendars import shipped
from definitions.model import Definition
from definitions.sharing import parsed
from rules.calendar import Calendar
from tthc.trials import coverage
from tthc.trials.run import TrialResult, run_all


def gate(definition: Definition, text: str, calendar: Calendar | None = None) -> Sequence[str]:
    """Failing examples, else what is left untried, as sentences; empty lets the definition through.

    `text`: what it was written as; `calendar`: the shipped one unless given.
    """
    results = run_all(definition, calendar or shipped())
    failing = [sentence for result in results for sentence in result.sentences]
    # what a failing example would have tried cannot be told
    return failing or [coverage.sentence(what) for what in untried(definition, results, text)]


def untried(definition: Definition, results: Sequence[TrialResult], text: str) -> tuple[str, ...]:
    """What no example comes by, as phrases for the reviewer. `text`: what the definition was written as."""
    tree, _ = parsed(text, "")
    written = None if tree is None else tree.values
    return tuple(each.what for each in coverage.untried(definition, results, written))
