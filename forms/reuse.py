"""What somebody answered in an earlier dossier of theirs, to be taken again: only into fields still empty, and only when
they ask for it. Pure.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from forms.model import Answers, Field
from forms.types import REGISTRY

# A statement is made anew each time; a file may be out of date and is looked at before it is sent.
_NEVER: Final = frozenset({"declaration", "file", "photo"})


def reuse(
    fields: Iterable[Field], answers: Answers, earlier: Answers, *, across: bool = False
) -> dict[str, object]:
    """`answers` with what `earlier` (clean answers) says to fields not answered yet.

    `across`: the earlier dossier is of another procedure, where only what both definitions remember means the same. An
    earlier answer that the field would refuse today is left.
    """
    filled = dict(answers)
    for field in fields:
        kind = REGISTRY[field.type]
        known = earlier.get(field.id)
        if not kind.asks or field.type in _NEVER or field.remember is False or known in (None, "", [], {}):
            continue
        if field.sensitive and not field.remember:
            continue
        found = _within(field, filled.get(field.id), known, across=across and not field.remember)
        if found is not None:
            filled[field.id] = found
    return filled


def _within(field: Field, answer: object, known: object, *, across: bool) -> object:
    """The answer to take, `None` for none."""
    if field.type == "group":
        parts = answer if isinstance(answer, Mapping) else {}
        again = reuse(field.item, parts, known if isinstance(known, Mapping) else {}, across=across)
        return again if again != parts else None
    if across or not _empty(field, answer):
        return None
    if field.type == "list":
        rows = (
            [reuse(field.item, {}, row) for row in known if isinstance(row, Mapping)]
            if isinstance(known, list)
            else []
        )
        return [row for row in rows if row] or None
    read = REGISTRY[field.type].parse(field, known)
    return read.clean if read.error is None and not read.empty else None


def _empty(field: Field, answer: object) -> bool:
    """Whether nothing was answered; of a list, whether no row was begun."""
    if field.type == "list" and isinstance(answer, (list, tuple)):
        return all(
            all(_empty(item, row.get(item.id)) for item in field.item)
            for row in answer
            if isinstance(row, Mapping)
        )
    if field.type == "group" and isinstance(answer, Mapping):
        return all(_empty(item, answer.get(item.id)) for item in field.item)
    return REGISTRY[field.type].parse(field, answer).empty


def remembered(fields: Iterable[Field], answers: Answers, now: Iterable[Field]) -> dict[str, object]:
    """Of another procedure's answers those to fields that both it and `now` remember, of one type."""
    wanted = {field.id: field.type for field in now if field.remember}
    return {
        field.id: answers[field.id]
        for field in fields
        if field.remember and wanted.get(field.id) == field.type and field.id in answers
    }
