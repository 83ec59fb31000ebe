"""What is wrong with the answers of an example, each where it stands, with what was perhaps meant."""

from collections.abc import Iterator, Mapping, Sequence

from definitions.assess import Assessment
from definitions.examples import Mismatch
from definitions.model import Definition
from definitions.problems import did_you_mean
from forms.model import Field


def wrong_answers(
    definition: Definition, answers: Mapping[str, object], assessment: Assessment
) -> Iterator[Mismatch]:
    """Every error of the form by the path of its answer; `answers.`: the key of a mismatch is a place in the example."""
    for error in assessment.submission.errors:
        if error.severity == "error":
            meant = _meant(definition.fields, answers, error.path.split("."))
            told = f"Câu trả lời “{error.path}”: {error.told.rstrip('.')}."
            yield Mismatch(f"answers.{error.path}", None, None, f"{told} {meant}".rstrip())


def _meant(fields: Sequence[Field], answers: object, path: Sequence[str]) -> str:
    """Where the answer is to be one of a list and is none of it: the nearest one."""
    field = next((field for field in fields if field.id == path[0]), None)
    told = answers.get(path[0]) if isinstance(answers, Mapping) else None
    if field is None or told is None:
        return ""
    rest = path[1:]
    if rest and rest[0].isdecimal() and isinstance(told, (list, tuple)) and int(rest[0]) < len(told):
        told, rest = told[int(rest[0])], rest[1:]
    if rest:
        return _meant(field.item, told, rest)
    known = [option.value for option in field.options]
    if not known or not isinstance(told, str) or told in known:
        return ""
    return did_you_mean(told, known)
