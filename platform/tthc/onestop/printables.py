"""What can be printed of a dossier, for the row “In” of its page: a button for each paper that its history called for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask import url_for

from renderers.pdf.sets import document_form
from tthc.agencies.model import Agency
from tthc.dossiers.state import Dossier
from tthc.web.issued import Issued, issued

_ROUTES: Final[Mapping[str, tuple[str, str]]] = {
    "receipt": ("receipt", "Giấy tiếp nhận"),
    "control": ("control_sheet", "Phiếu kiểm soát"),
    "supplement": ("supplement_sheet", "Phiếu yêu cầu bổ sung"),
    "refusal": ("refusal_sheet", "Phiếu từ chối"),
    "apology": ("apology_sheet", "Phiếu xin lỗi"),
    "extension": ("extension_sheet", "Phiếu đề nghị gia hạn"),
    "stop": ("stop_sheet", "Thông báo dừng giải quyết"),
    "rating": ("rating_sheet", "Phiếu đánh giá"),
}


@dataclass(frozen=True, slots=True)
class Printable:
    """`title`: number and name of the form, as law calls it on its day."""

    label: str
    url: str
    title: str


def printables(agency: Agency, found: Dossier) -> Sequence[Printable]:
    """Oldest first; several papers of a kind are counted."""
    papers = issued(found)
    many = {paper.kind for paper in papers if paper.nth > 1}
    return [_printable(agency, found, paper, counted=paper.kind in many) for paper in papers]


def _printable(agency: Agency, found: Dossier, paper: Issued, *, counted: bool) -> Printable:
    route, label = _ROUTES[paper.kind]
    which = paper.nth if counted else None
    url = url_for(f"workspace.{route}", slug=agency.slug, dossier_id=found.id, lan=which)
    form = document_form(paper.kind, paper.day)
    title = f"{form.title} ({form.label})" if form.label else form.title
    return Printable(f"{label} lần {paper.nth}" if counted else label, url, title)
