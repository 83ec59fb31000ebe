"""One untried thing, and those among the printed documents (C014).

A document is tried when an example says what it prints; one with a condition, when an example also did without it; a
block with a condition, when it was printed once and left out once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from definitions.documents.model import Document
from definitions.model import Definition
from definitions.reading.tree import Path
from tthc.trials.run import TrialResult


@dataclass(frozen=True, slots=True)
class Untried:
    """One thing no example comes by. `path`: where it stands in the definition; `what`: a phrase that names it."""

    path: Path
    code: str
    what: str


def documents(definition: Definition, results: Sequence[TrialResult]) -> Iterator[Untried]:
    dossiers = [result.documents for result in results if result.path]
    expected = {name for example in definition.examples for name in _named(example.expect)}
    for at, document in enumerate(definition.documents):
        path: Path = ("documents", at)
        made = [each for found in dossiers for each in found if each.document is document]
        if not made or document.id not in expected:
            yield Untried(path, "C014", f"văn bản “{document.name}” in ra gì")
            continue
        if document.when is not None and len(made) == len(dossiers):
            yield Untried((*path, "when"), "C014", f"lúc không dùng văn bản “{document.name}”")
        yield from _blocks(path, document, [{piece.place for piece in each.pieces} for each in made])


def _blocks(path: Path, document: Document, printed: Sequence[set[int]]) -> Iterator[Untried]:
    for place, block in enumerate(document.body):
        if block.when is None:
            continue
        here: Path = (*path, "body", place)
        told = f"đoạn {place + 1} của văn bản “{document.name}”"
        if not any(place in places for places in printed):
            yield Untried(here, "C014", told)
        elif all(place in places for places in printed):
            yield Untried((*here, "when"), "C014", f"lúc không in {told}")


def _named(expect: Mapping[str, object]) -> Iterator[str]:
    told = expect.get("printed")
    if isinstance(told, Mapping):
        yield from told
