"""From a posted page to raw answers."""

from collections.abc import Iterable

from forms.model import Field
from forms.types import REGISTRY, Source


def collect(fields: Iterable[Field], source: Source) -> dict[str, object]:
    """Raw answers by field id, for the fields the posted page had.

    HTML names: `field`, `field.d`, `field.m`, `field.y`, `group.part`; `list.0.field` with `list.count`. A group of boxes posts an
    empty hidden value of its name, so that “none ticked” is told from “not there”; a row may post `list.0._row`, the
    index it had when the page was made (see `forms.answers.merge`).
    """
    answers = {}
    for field in fields:
        answer = REGISTRY[field.type].collect(field, source, field.id)
        if answer is not None:
            answers[field.id] = answer
    return answers
