"""Who signs, and what a provider of signatures must be able to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from asn1crypto.x509 import Certificate

PartyKind = Literal["person", "agency"]
Mechanism = Literal["sha256_ecdsa", "sha256_rsa"]


class SigningError(Exception):
    """Nothing was signed. The message is a Vietnamese sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Party:
    """`id`: of the account or of the agency; `organisation`: where a person signs, empty for an agency."""

    kind: PartyKind
    id: str
    name: str
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Chain:
    """The certificate of whoever signs, and those that lead from it to a root."""

    leaf: Certificate
    issuers: Sequence[Certificate] = ()


class Signer(Protocol):
    """A provider of signatures. Only digests travel to it: it never sees a paper.

    `test`: what it signs has no legal value; `mechanism`: how `sign_digest` signs.
    """

    @property
    def test(self) -> bool: ...

    @property
    def mechanism(self) -> Mechanism: ...

    def chain(self, party: Party) -> Chain:
        """Raises `SigningError` where the party has no certificate, or the provider does not answer."""
        ...

    def sign_digest(self, party: Party, digest: bytes) -> bytes:
        """The raw signature over a SHA-256 digest. Raises `SigningError`."""
        ...

    def roots(self) -> Sequence[Certificate]:
        """The authorities that this provider's certificates lead to."""
        ...

    def ready(self) -> bool:
        """Whether it can sign now."""
        ...
