"""What a bundle is, and the one error that reading one raises."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

FORMAT: Final = "tthc-bundle/1"
MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "signature.json"
TEXTS: Final = "definitions"
RESOLVED: Final = "resolved"
SHARED: Final = ("blocks", "documents", "vocabularies", "workflows")
"""Folders of what definitions share, as in the product itself."""


class BundleError(ValueError):
    """A bundle, folder or key that cannot be taken: a sentence with what to do."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed: the fingerprint of the public key, and the name its owner gave it."""

    fingerprint: str
    name: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One definition of a bundle, as it was where it was taken from.

    `version`, `state`: empty where it comes from a file; `hash`: of its content, empty while it cannot be compiled;
    `start`, `end`: first and last day in force. `text`, `parts`: paths in the bundle of what its author wrote and of the
    shared files it uses; `resolved`: of its data with all that is shared in place, only where the shared files of its
    time are no longer those of the product.
    """

    procedure: str
    version: str
    hash: str
    state: str
    start: date | None
    end: date | None
    text: str
    parts: tuple[str, ...] = ()
    resolved: str = ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """`files`: (SHA-256, size) of every file but manifest and signature, by path."""

    product: str
    made_at: datetime
    made_by: str
    signer: Signer | None
    definitions: tuple[Entry, ...]
    files: Mapping[str, tuple[str, int]]


class Trust(StrEnum):
    """What the signature of a bundle is worth here."""

    TRUSTED = "trusted"
    UNKNOWN = "unknown"
    UNSIGNED = "unsigned"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle whose every byte was checked; whether its signer is believed is for `trust_of`."""

    manifest: Manifest
    files: Mapping[str, bytes]

    def text(self, path: str) -> str:
        return self.files[path].decode()


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
