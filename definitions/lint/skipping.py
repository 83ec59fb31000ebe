"""Steps that are passed over whenever a row of the deadline applies: they cost no dossier of that row any time."""

from definitions.lint.truth import Answers, contexts
from definitions.model import Definition


def skipped_with(definition: Definition, at: int) -> frozenset[str]:
    """Ids of the steps whose `skip_when` is true of everything that the deadline's row number `at` is the first to take;
    a step of which that cannot be told is not among them.
    """
    answers = Answers.of(definition)
    rows = [row.when for row in definition.deadlines[: at + 1]]
    if any(row is None for row in rows[:-1]):
        return frozenset()
    *earlier, own = rows
    found: set[str] = set()
    for step in definition.workflow.steps:
        if step.skip_when is None:
            continue
        read = [each for each in (*earlier, own, step.skip_when) if each is not None]
        tried = contexts(answers, read)
        taken = [
            context
            for context in tried or ()
            if not any(row is not None and row.evaluate(context) is True for row in earlier)
            and (own is None or own.evaluate(context) is True)
        ]
        if taken and all(step.skip_when.evaluate(context) is True for context in taken):
            found.add(step.id)
    return frozenset(found)
