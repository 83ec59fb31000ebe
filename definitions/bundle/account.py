"""What importing would do, definition by definition, said before anything is done."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from definitions.bundle.model import Bundle, Entry
from definitions.bundle.parts import Parts, parts_of, shipped_parts
from definitions.bundle.settling import Settled, settle
from definitions.bundle.texts import name_in, procedure_in
from definitions.diff import Change, compare


class Outcome(StrEnum):
    NEW_PROCEDURE = "new_procedure"
    NEW_VERSION = "new_version"
    IDENTICAL = "identical"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS: Final[Mapping[Outcome, str]] = {
    Outcome.NEW_PROCEDURE: "thủ tục mới",
    Outcome.NEW_VERSION: "phiên bản mới",
    Outcome.IDENTICAL: "đã có, giống hệt",
    Outcome.REFUSED: "không nhập",
}


@dataclass(frozen=True, slots=True)
class Incoming:
    """A definition that came in. `entry`: what its bundle's manifest says of it, none for a plain file."""

    procedure: str
    text: str
    where: str
    entry: Entry | None = None
    canonical: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """What came in: the definitions, and the shared files beside them."""

    name: str
    definitions: tuple[Incoming, ...]
    parts: Parts
    refused: tuple["Told", ...] = ()


@dataclass(frozen=True, slots=True)
class Here:
    """What is here of one procedure. `texts`: of versions being worked on or in force; `canonical`: of the version that a
    new one is held against, empty where there is none that can be read.
    """

    texts: tuple[str, ...] = ()
    canonical: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What would become of one definition. `text`: what would be kept."""

    procedure: str
    name: str
    outcome: Outcome
    sentences: tuple[str, ...]
    changes: tuple[Change, ...] = ()
    settled: Settled | None = None
    incoming: Incoming | None = field(default=None, repr=False)

    @property
    def imports(self) -> bool:
        return self.outcome in {Outcome.NEW_PROCEDURE, Outcome.NEW_VERSION}

    @property
    def text(self) -> str:
        return "" if self.settled is None else self.settled.text


def of_bundle(bundle: Bundle, name: str) -> Source:
    shared = {
        path: bundle.text(path) for path in bundle.files if not path.startswith(("definitions/", "resolved/"))
    }
    found = tuple(
        Incoming(
            entry.procedure,
            bundle.text(entry.text),
            f"{name}:{entry.text}",
            entry,
            bundle.text(entry.resolved) if entry.resolved else "",
        )
        for entry in bundle.manifest.definitions
    )
    return Source(name, found, parts_of(shared))


def of_texts(name: str, texts: Mapping[str, str], shared: Mapping[str, str]) -> Source:
    """From files that stand alone or in a folder; `texts`, `shared`: by path."""
    found: list[Incoming] = []
    refused: list[Told] = []
    codes: dict[str, str] = {}
    for path, text in texts.items():
        code = procedure_in(text)
        if code is None:
            why = f'{path}: không đọc được mã thủ tục; ghi ở đầu tệp một dòng như: procedure: "mã thủ tục".'
            refused.append(Told("", path, Outcome.REFUSED, (why,)))
        elif code in codes:
            why = f"{path}: tệp {codes[code]} cũng là của thủ tục {code}; bỏ bớt một tệp."
            refused.append(Told(code, path, Outcome.REFUSED, (why,)))
        else:
            codes[code] = path
            found.append(Incoming(code, text, path))
    return Source(name, tuple(found), parts_of(shared), tuple(refused))


def account(source: Source, here: Mapping[str, Here]) -> tuple[Told, ...]:
    """What would become of each definition; `here`: by procedure code."""
    told = [_told(each, source.parts, here.get(each.procedure, Here())) for each in source.definitions]
    return tuple(sorted((*told, *source.refused), key=lambda each: each.procedure))


def _told(incoming: Incoming, there: Parts, here: Here) -> Told:
    entry = incoming.entry
    name = name_in(incoming.text)
    if entry is not None and procedure_in(incoming.text) not in {None, incoming.procedure}:
        why = (
            f"tệp ghi mã {procedure_in(incoming.text)}, bản kê của gói ghi {incoming.procedure}; xin lại gói."
        )
        return Told(incoming.procedure, name, Outcome.REFUSED, (f"Không nhập vì {why}",), (), None, incoming)
    told = "" if entry is None else entry.hash
    settled = settle(incoming.text, shipped_parts(), there, told=told, canonical=incoming.canonical)
    shared = tuple(_shared_sentences(settled))
    if settled.refusal:
        return Told(
            incoming.procedure,
            name,
            Outcome.REFUSED,
            (*shared, f"Không nhập vì {settled.refusal}"),
            (),
            settled,
            incoming,
        )
    if settled.text in here.texts:
        return Told(incoming.procedure, name, Outcome.IDENTICAL, shared, (), settled, incoming)
    changes = _changes(here.canonical, settled.canonical)
    if not here.texts and not here.label:
        return Told(incoming.procedure, name, Outcome.NEW_PROCEDURE, shared, (), settled, incoming)
    if changes:
        said: tuple[str, ...] = (f"So với {here.label}:",)
    elif here.canonical and settled.canonical:
        said = (f"Nội dung như {here.label}; chỉ khác chú thích hoặc cách trình bày.",)
    else:
        said = ("Chưa so sánh được vì một trong hai bản còn lỗi.",)
    return Told(incoming.procedure, name, Outcome.NEW_VERSION, (*shared, *said), changes, settled, incoming)


def _shared_sentences(settled: Settled) -> Iterable[str]:
    for each in settled.shared:
        yield " ".join((each.sentence, *each.changes))
    if settled.rewritten:
        keys = ", ".join(f"“{key}”" for key in settled.rewritten)
        yield (
            f"Hệ thống chỉ giữ một bản của mỗi phần dùng chung, nên các phần {keys} được viết thẳng vào bản nháp đúng "
            "như nơi gửi; mã băm nội dung không đổi, chú thích trong các phần đó không giữ được."
        )


def _changes(before: str, after: str) -> tuple[Change, ...]:
    if not before or not after:
        return ()
    return compare(json.loads(before), json.loads(after))


def lines(told: Told) -> Sequence[str]:
    """One definition's account, for people."""
    head = f"{told.procedure or told.name}: {told.outcome.label}"
    if told.procedure and told.name:
        head += f" — {told.name}"
    return [head, *(f"  {each}" for each in told.sentences), *(f"  - {c.sentence}" for c in told.changes)]


def data(told: Told) -> Mapping[str, Any]:
    """The same for programs."""
    settled = told.settled
    return {
        "procedure": told.procedure,
        "name": told.name,
        "outcome": str(told.outcome),
        "hash": "" if settled is None else settled.hash,
        "sentences": list(told.sentences),
        "changes": [
            {"type": c.type, "part": c.part, "id": c.id, "key": c.key, "sentence": c.sentence}
            for c in told.changes
        ],
        "shared": [
            {"path": each.path, "sentence": each.sentence, "changes": list(each.changes)}
            for each in (settled.shared if settled else ())
        ],
        "rewritten": list(settled.rewritten) if settled else [],
    }
