"""What a person or an organisation received and handed in, all dossiers together: their own store of papers, which the
form draws from when a paper is asked for again (law.md 2.1, “kho dữ liệu điện tử của tổ chức, cá nhân”).
"""

from dataclasses import dataclass

from flask import Blueprint, render_template, request

from definitions.model import Definition
from tthc.accounts.session import current_account
from tthc.dossiers.state import Document, Dossier, FileRef
from tthc.portal.own_rows import own_rows
from tthc.privacy.consents import REUSE
from tthc.privacy.own_files import own_files
from tthc.services import services
from tthc.web.access import access
from tthc.web.speaking import shown_definition

blueprint = Blueprint("own_papers", __name__)
AT_ONCE = 10
"""Dossiers a page."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Of one dossier. `results`: as on its own page, once it has ended; `papers`: (name of the paper, whether the form
    offers it again, file).
    """

    dossier: Dossier
    results: tuple[tuple[Document, FileRef], ...]
    papers: tuple[tuple[str, bool, FileRef], ...]


@blueprint.get("/giay-to-cua-toi")
@access("citizen")
def index() -> str:
    s = services()
    found = own_rows(AT_ONCE)
    kept = [
        _kept(dossier, shown_definition(s.definitions.by_hash(dossier.definition)))
        for row in found.rows
        if (dossier := s.repository.get(row.id)) is not None
    ]
    return render_template(
        "portal/own_papers.html",
        kept=[one for one in kept if one.results or one.papers],
        following=found.after,
        first=not request.args.get("sau"),
        reuse=s.consents.allows(current_account().key, REUSE),
    )


def _kept(dossier: Dossier, definition: Definition) -> Kept:
    asked = {paper.id: paper for paper in definition.attachments}
    results = tuple(
        (one, one.file)
        for one in dossier.documents
        if one.kind == "result" and one.file is not None and dossier.closed
    )
    papers = []
    for which, file in own_files(dossier, definition):
        paper = asked.get(which)
        again = paper is not None and bool(paper.reuse) and dossier.accepted_at is not None
        papers.append((paper.name if paper else "", again, file))
    return Kept(dossier, results, tuple(papers))
