"""What keeps a definition from being registered: its own examples that do not come out as they say."""

from collections.abc import Iterator, Sequence

from definitions.calendars import shipped
from definitions.model import Definition
from rules.calendar import Calendar
from tthc.trials.run import TrialResult, run_all


def gate(definition: Definition, calendar: Calendar | None = None) -> Sequence[str]:
    """The failing examples as sentences; empty lets the definition through. `calendar`: the shipped one unless given."""
    results = run_all(definition, calendar or shipped())
    return [sentence for result in results for sentence in result.sentences]


def untried(definition: Definition, results: Sequence[TrialResult]) -> tuple[str, ...]:
    """What no example comes by: cases, fees, papers and ways of the workflow, as phrases for the reviewer."""
    return tuple(_untried(definition, results))


def _untried(definition: Definition, results: Sequence[TrialResult]) -> Iterator[str]:
    cases = {result.observed.case for result in results}
    fees = {fee for result in results for fee in result.observed.fees}
    papers = {paper for result in results for paper in result.observed.papers}
    for case in definition.cases:
        if case.id not in cases:
            yield f"trường hợp “{case.label}”"
    for fee in definition.fees:
        if fee.id not in fees:
            yield f"khoản thu “{fee.label}”"
    for paper in definition.attachments:
        if paper.component and paper.id not in papers:
            yield f"giấy tờ “{paper.name}”"
    taken = {way for result in results for way in result.taken}
    for step in definition.workflow.steps:
        for action in step.actions:
            if (step.id, action.id) not in taken:
                yield f"thao tác “{action.label}” ở bước “{step.name}”"
