"""Files that answer fields: from bytes to an answer, and where in the answers files are held. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from forms.attachments import UploadError, accept
from forms.file_kinds import FileKind
from forms.model import Answers, Field
from forms.pictures import shown_size
from forms.types import REGISTRY
from forms.types.files import MOST_FILES, MOST_MEGABYTES, File
from rules.i18n import gettext

ACTION: Final = "_files"
"""Name of the buttons at file fields; their values are `scan:add` and `scan:remove:SHA256`."""


def take(field: Field, data: bytes, claimed_name: str, claimed_type: str) -> dict[str, Any]:
    """The answer for one file, judged by its content and by what the field asks for. Raises `UploadError`."""
    kind = _kind(field)
    accepted = accept(
        data,
        claimed_name,
        claimed_type,
        kinds=kind.accepted(field),
        max_bytes=(field.max_size or MOST_MEGABYTES) * 1024 * 1024,
    )
    file: dict[str, Any] = {
        "sha256": accepted.sha256,
        "size": accepted.size,
        "kind": str(accepted.kind),
        "name": accepted.name,
    }
    if accepted.kind is not FileKind.PDF and (size := shown_size(data)):
        file["width"], file["height"] = size
    problem = kind.problem(field, file)
    if problem:
        raise UploadError(problem)
    return file


def added(field: Field, held: object, file: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What the field holds with one file more; where it holds one, the new one takes its place. The same content is held
    once. Raises `UploadError` where no more fit.
    """
    files = [other for other in _files(held) if other.get("sha256") != file["sha256"]]
    if _one(field):
        return [file]
    if len(files) >= MOST_FILES:
        told = gettext("Ở đây nhận nhiều nhất {most} tệp; gộp các trang vào một tệp PDF rồi tải lên.")
        raise UploadError(told.format(most=MOST_FILES))
    return [*files, file]


def removed(held: object, sha256: str) -> list[Mapping[str, Any]]:
    return [file for file in _files(held) if file.get("sha256") != sha256]


def _one(field: Field) -> bool:
    return field.max is None or field.max.text.strip() == "1"


def file_fields(fields: Iterable[Field], answers: Answers, prefix: str = "") -> Iterator[tuple[str, Field]]:
    """Every place for files with its path, those in the rows there are too."""
    for field in fields:
        if isinstance(REGISTRY[field.type], File):
            yield prefix + field.id, field
        elif field.item:
            inner = answers.get(field.id)
            if isinstance(inner, Mapping):
                yield from file_fields(field.item, inner, f"{prefix}{field.id}.")
            for at, row in enumerate(inner if isinstance(inner, (list, tuple)) else ()):
                if isinstance(row, Mapping):
                    yield from file_fields(field.item, row, f"{prefix}{field.id}.{at}.")


def held_at(answers: Answers, path: str) -> object:
    found: object = answers
    for part in path.split("."):
        if isinstance(found, Mapping):
            found = found.get(part)
        elif isinstance(found, (list, tuple)) and part.isdecimal() and int(part) < len(found):
            found = found[int(part)]
        else:
            return None
    return found


def with_held(answers: Answers, path: str, files: Sequence[Mapping[str, Any]]) -> dict[str, object]:
    """`answers` with the files at a path that `file_fields` gave."""
    name, _, rest = path.partition(".")
    if not rest:
        return {**answers, name: list(files)}
    rows = answers.get(name)
    if isinstance(rows, Mapping):
        return {**answers, name: with_held(rows, rest, files)}
    index, _, inner = rest.partition(".")
    assert isinstance(rows, (list, tuple))
    return {
        **answers,
        name: [with_held(row, inner, files) if at == int(index) else row for at, row in enumerate(rows)],
    }


def held_files(fields: Iterable[Field], answers: Answers) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every file in the answers with the path of its field."""
    for path, _field in file_fields(fields, answers):
        for file in _files(held_at(answers, path)):
            yield path, file


def has_files(fields: Iterable[Field]) -> bool:
    """Whether a page of these fields takes files."""
    return any(isinstance(REGISTRY[field.type], File) or has_files(field.item) for field in fields)


def _kind(field: Field) -> File:
    kind = REGISTRY[field.type]
    assert isinstance(kind, File)
    return kind


def _files(held: object) -> list[Mapping[str, Any]]:
    return [file for file in held if isinstance(file, Mapping)] if isinstance(held, (list, tuple)) else []
