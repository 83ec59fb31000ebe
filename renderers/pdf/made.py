"""A document that a definition holds, drawn in the style of NĐ 30/2020: number, day and signature are left to the hand
that issues it.
"""

from definitions.documents.composing import Composed
from renderers.environment import environment
from renderers.pdf.data import Office, Subject
from renderers.pdf.engine import pdf, qr
from renderers.pdf.sets import DocumentForm
from rules.i18n import in_vietnamese


def made_document(made: Composed, office: Office, subject: Subject) -> bytes:
    """The PDF of it."""
    return pdf(html(made, office, subject))


@in_vietnamese()
def html(made: Composed, office: Office, subject: Subject) -> str:
    """The paper before it becomes PDF."""
    return (
        environment()
        .get_template("documents/made.html")
        .render(
            made=made,
            office=office,
            subject=subject,
            number="",
            desk_head=False,
            qr=qr(subject.qr or f"{subject.code}|{subject.procedure}"),
            form=DocumentForm("made", "", made.document.name, made.document.symbol, ""),
        )
    )
