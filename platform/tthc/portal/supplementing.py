"""What a supplement request asks for, as pages and papers: only that is shown and only that is sent. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from definitions.model import Definition, Paper
from forms.model import Field, Page
from tthc.dossiers.state import FeeState, SupplementItem, SupplementRequest


def asked_papers(definition: Definition, request: SupplementRequest) -> tuple[Paper, ...]:
    targets = {item.target for item in request.items}
    return tuple(paper for paper in definition.attachments if paper.id in targets)


def asked_pages(definition: Definition, request: SupplementRequest) -> tuple[Page, ...]:
    """The pages of the form, each with the fields asked about alone."""
    targets = {item.target.split(".", 1)[0] for item in request.items}
    found: list[Page] = []
    for page in definition.whole_form.pages:
        fields: tuple[Field, ...] = tuple(field for field in page.fields if field.id in targets)
        if fields:
            found.append(replace(page, fields=fields))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that was asked about, with what the official wrote of it: a field, or a fee."""

    items: tuple[SupplementItem, ...]
    field: Field | None = None
    fee: FeeState | None = None


def about(request: SupplementRequest, target: str) -> tuple[SupplementItem, ...]:
    """What the official wrote of a paper, of a field (or a part of it), or of a fee."""
    return tuple(i for i in request.items if i.target == target or i.target.startswith(f"{target}."))


def asked_fields(definition: Definition, request: SupplementRequest) -> tuple[Asked, ...]:
    """The fields asked about, each with the reasons, in the order of the form."""
    fields = (field for page in asked_pages(definition, request) for field in page.fields)
    return tuple(Asked(about(request, field.id), field=field) for field in fields)


def asked_fees(request: SupplementRequest, fees: Sequence[FeeState]) -> tuple[Asked, ...]:
    return tuple(Asked(found, fee=fee) for fee in fees if (found := about(request, fee.id)))
