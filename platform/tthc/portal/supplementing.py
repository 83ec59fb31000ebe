"""What a supplement request asks for, as pages and papers: only that is shown and only that is sent. Pure."""

from dataclasses import replace

from definitions.model import Definition, Paper
from forms.model import Field, Page
from tthc.dossiers.state import SupplementRequest


def asked_papers(definition: Definition, request: SupplementRequest) -> tuple[Paper, ...]:
    """Those named; all that can be handed in where what is missing was only said in words."""
    if not request.items:
        return tuple(p for p in definition.attachments if p.kind == "paper" and not p.form_generated)
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
