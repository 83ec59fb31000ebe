"""Where in a dossier its stored files are. Pure."""

from collections.abc import Iterator, Mapping

from definitions.model import Definition
from forms.uploads import file_fields, held_files
from rules.i18n import noted
from tthc.dossiers.blocked import BlockedPlace
from tthc.dossiers.state import ISSUED, Dossier

_NAMES = {
    "draft": noted("Dự thảo"),
    "result": noted("Kết quả"),
    "notice": noted("Thông báo"),
    "apology": noted("Thư xin lỗi"),
    "extension": noted("Phiếu đề nghị gia hạn"),
    "attachment": noted("Văn bản kèm theo"),
    "minutes": noted("Biên bản"),
}


def stored_files(dossier: Dossier) -> list[str]:
    """The SHA-256 of every file that a dossier refers to, each once; needs no definition."""
    found = {file.sha256 for paper in dossier.papers for file in paper.files}
    found |= {document.file.sha256 for document in dossier.documents if document.file is not None}
    found |= {file.sha256 for each in dossier.verifications for file in each.minutes}
    return sorted(found | set(_answered(dossier.answers)))


def places_of(dossier: Dossier, definition: Definition, sha256: str) -> tuple[BlockedPlace, ...]:
    """Each place of a dossier that refers to this content, papers first."""
    known = {paper.id: paper for paper in definition.attachments}
    found = [
        BlockedPlace(
            "paper",
            paper.paper_id,
            known[paper.paper_id].name if paper.paper_id in known else paper.paper_id,
            sensitive=paper.paper_id in known and known[paper.paper_id].sensitive,
        )
        for paper in dossier.papers
        if any(file.sha256 == sha256 for file in paper.files)
    ]
    answers = dossier.answers or {}
    fields = dict(file_fields(definition.fields, answers))
    found += [
        BlockedPlace("field", path, fields[path].label, sensitive=bool(fields[path].sensitive))
        for path, file in held_files(definition.fields, answers)
        if file.get("sha256") == sha256
    ]
    found += [
        BlockedPlace("document", one.id, _NAMES[one.kind], own=one.by == dossier.owner)
        for one in dossier.documents
        if one.file is not None and one.file.sha256 == sha256
    ]
    return tuple(found)


def file_name(dossier: Dossier, definition: Definition, sha256: str) -> str:
    """What the file is called where it is met first."""
    files = [file for paper in dossier.papers for file in paper.files]
    files += [one.file for one in dossier.documents if one.file is not None]
    named = {file.sha256: file.name for file in reversed(files)}
    if sha256 in named:
        return named[sha256]
    held = held_files(definition.fields, dossier.answers or {})
    return next((str(file["name"]) for _path, file in held if file.get("sha256") == sha256), "")


def seen_by_applicant(dossier: Dossier, places: tuple[BlockedPlace, ...]) -> bool:
    """Whether the applicant sent the file, or may have fetched it here."""
    issued = {one.id for one in dossier.documents if one.kind in ISSUED} if dossier.closed else set()
    return any(place.own or place.target in issued for place in places)


def _answered(value: object) -> Iterator[str]:
    """Files among answers, known by their shape."""
    if isinstance(value, Mapping):
        sha256 = value.get("sha256")
        if isinstance(sha256, str) and len(sha256) == 64:
            yield sha256
        for inner in value.values():
            yield from _answered(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _answered(inner)
