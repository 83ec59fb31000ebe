"""A definition cut down to the questions that decide something: for trying many sample dossiers quickly.

Money, time, papers and the case follow from the values of a few fields; whether a dossier is valid follows from all.
A field is kept where something outside the form reads it, or where a kept one's value depends on it, as the plan of
a form has it (`forms.plan`). What is found with the cut definition is found with the whole one.
"""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Final

from definitions.amounts import AmountTable
from definitions.model import Definition
from forms.model import Form
from forms.plan import value_sources
from rules.feel import Expression

# what an assessment works out beside the form
_DECIDED: Final = ("cases", "attachments", "fees", "deadlines")


def decisive(definition: Definition) -> Definition:
    """The same cases, papers, fees, deadlines and workflow over fewer fields."""
    kept = _kept(definition)
    return replace(
        definition,
        questions=tuple(field for field in definition.questions if field.id in kept),
        form=_cut(definition.form, kept),
        whole_form=_cut(definition.whole_form, kept),
    )


def _cut(form: Form, kept: frozenset[str]) -> Form:
    pages = (
        replace(page, fields=tuple(field for field in page.fields if field.id in kept)) for page in form.pages
    )
    return replace(form, pages=tuple(page for page in pages if page.fields))


def _kept(definition: Definition) -> frozenset[str]:
    needs: Mapping[str, frozenset[str]] = {
        field.id: value_sources(field) | (page.visible.sources if page.visible else frozenset())
        for page in definition.whole_form.pages
        for field in page.fields
    }
    found: set[str] = set()
    waiting = [name for part in _DECIDED for name in names_read(getattr(definition, part))]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(needs.get(name, ()))
    return frozenset(found)


def names_read(part: object) -> Iterator[str]:
    """Top-level names that the expressions anywhere in a part of a definition read."""
    if isinstance(part, (Expression, AmountTable)):
        yield from part.sources
    elif isinstance(part, (tuple, list)):
        for each in part:
            yield from names_read(each)
    elif is_dataclass(part) and not isinstance(part, type):
        for field in fields(part):
            yield from names_read(getattr(part, field.name))
