"""Definitions → the bytes of a bundle. The same definitions, instant and key give the same bytes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from definitions.bundle import manifest as listing
from definitions.bundle.archive import pack
from definitions.bundle.keys import SigningKey
from definitions.bundle.model import (
    MANIFEST,
    RESOLVED,
    SIGNATURE,
    TEXTS,
    Entry,
    Manifest,
    Signer,
    sha256,
)
from definitions.bundle.parts import Parts, parts_used
from definitions.bundle.reading import payload, signature_json
from definitions.bundle.texts import meaning_of, tree_of


@dataclass(frozen=True, slots=True)
class Item:
    """A definition to be handed on. `text`: as its author wrote it; `canonical`: its data with all that is shared in
    place, as it was kept, empty where there is none; the others as in `Entry`.
    """

    procedure: str
    text: str
    hash: str = ""
    canonical: str = ""
    version: str = ""
    state: str = ""
    start: date | None = None
    end: date | None = None


def from_text(procedure: str, text: str, parts: Parts) -> Item:
    """A definition that stands in a file."""
    found = meaning_of(text, parts)
    return Item(procedure, text, "" if found is None else found[1])


def write(
    items: Iterable[Item],
    parts: Parts,
    *,
    product: str,
    made_at: datetime,
    made_by: str,
    key: SigningKey | None = None,
) -> bytes:
    """`parts`: the shared files that the texts are read with."""
    files: dict[str, bytes] = {}
    entries = [_add(item, parts, files) for item in sorted(items, key=lambda item: item.procedure)]
    manifest = Manifest(
        product=product,
        made_at=made_at.replace(microsecond=0),
        made_by=made_by,
        signer=None if key is None else Signer(key.public.fingerprint, key.public.name),
        definitions=tuple(entries),
        files={path: (sha256(content), len(content)) for path, content in files.items()},
    )
    listed = listing.encode(manifest)
    public = None if key is None else key.public
    signature = b"" if key is None else key.sign(payload(listed))
    return pack({**files, MANIFEST: listed, SIGNATURE: signature_json(listed, public, signature)})


def _add(item: Item, parts: Parts, files: dict[str, bytes]) -> Entry:
    """The definition's files put among the others, and what the manifest says of it."""
    path = f"{TEXTS}/{item.procedure}.yaml"
    files[path] = item.text.encode()
    resolved = ""
    used: tuple[str, ...] = ()
    found = meaning_of(item.text, parts)
    if item.canonical and (found is None or found[1] != item.hash):
        # the shared files have changed since: what they were for this version is only in what was kept
        resolved = f"{RESOLVED}/{item.procedure}.json"
        files[resolved] = item.canonical.encode()
    else:
        used = parts_used(tree_of(item.text), parts)
        files.update({each: parts.texts[each].encode() for each in used})
    return Entry(
        item.procedure,
        item.version,
        item.hash,
        item.state,
        item.start,
        item.end,
        path,
        used,
        resolved,
    )
