"""What keeps a definition from being registered: its own examples that do not come out as they say."""

from collections.abc import Sequence

from definitions.calendars import shipped
from definitions.model import Definition
from definitions.sharing import parsed
from rules.calendar import Calendar
from tthc.trials import coverage
from tthc.trials.run import TrialResult, run_all


def gate(definition: Definition, calendar: Calendar | None = None) -> Sequence[str]:
    """The failing examples as sentences; empty lets the definition through. `calendar`: the shipped one unless given."""
    results = run_all(definition, calendar or shipped())
    return [sentence for result in results for sentence in result.sentences]


def untried(definition: Definition, results: Sequence[TrialResult], text: str) -> tuple[str, ...]:
    """What no example comes by, as phrases for the reviewer. `text`: what the definition was written as."""
    tree, _ = parsed(text, "")
    written = None if tree is None else tree.values
    return tuple(each.what for each in coverage.untried(definition, results, written))
