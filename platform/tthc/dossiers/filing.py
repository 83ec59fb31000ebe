"""Files given with a command become documents of the dossier."""

from tthc.dossiers import events as ev
from tthc.dossiers.deciding import Deciding
from tthc.dossiers.state import Document, DocumentKind, FileRef


def document_id(deciding: Deciding) -> str:
    return f"d{len(deciding.dossier.documents) + 1}"


def add_files(deciding: Deciding, kind: DocumentKind, files: tuple[FileRef, ...], note: str) -> None:
    for file in files:
        by = deciding.context.actor.id
        document = Document(document_id(deciding), kind, deciding.now, by, file, note=note.strip())
        deciding.happen(ev.DocumentAdded(document))
