"""Whether the certificate of a signature was revoked: by the lists and answers that the file carries, or that lie here.

Nothing is fetched: an authority's list of revoked certificates (CRL) or its answers (OCSP) come with the file, or are put
into a folder of this installation by whoever runs it. Without either, the word is that nobody looked.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

from asn1crypto import pem
from asn1crypto.crl import CertificateList
from asn1crypto.ocsp import OCSPResponse
from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.dss import DocumentSecurityStore
from pyhanko.sign.validation.errors import NoDSSFoundError, ValidationInfoReadingError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathError, RevokedError, ValidationError

log = logging.getLogger(__name__)

Standing = Literal["unchecked", "good", "revoked", "revoked_later"]
LISTS: Final = (".crl", ".pem")
ANSWERS: Final = (".ors", ".ocsp")


@dataclass(frozen=True, slots=True)
class Revocation:
    """What was found of one certificate. `unchecked`: there is no list or answer that fits the time of signing; `revoked`:
    it was no longer valid when it signed; `revoked_later`: it became so after, at `at`. `carried`: by what the file carries,
    else by the lists of this installation.
    """

    standing: Standing = "unchecked"
    at: datetime | None = None
    carried: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """Lists of revoked certificates and authorities' answers, as they were issued; each is signed by its authority."""

    crls: tuple[CertificateList, ...] = field(default=())
    answers: tuple[OCSPResponse, ...] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.crls or self.answers)


def carried_by(reader: PdfFileReader, embedded: EmbeddedPdfSignature) -> Evidence:
    """What came with the file: its document security store (PAdES B-LT), or the signature's own archive (Adobe)."""
    crls: list[CertificateList] = []
    answers: list[OCSPResponse] = []
    try:
        store = DocumentSecurityStore.read_dss(reader).as_validation_context({"trust_roots": []})
        crls += store.crls
        answers += store.ocsps
    except (NoDSSFoundError, ValidationInfoReadingError):
        log.debug("no document security store")
    for attribute in embedded.signer_info["signed_attrs"]:
        if attribute["type"].native == "adobe_revocation_info_archival":
            for told in attribute["values"]:
                crls += list(told["crl"] or ())
                answers += list(told["ocsp"] or ())
    return Evidence(tuple(crls), tuple(answers))


def kept_in(folder: Path | None) -> Evidence:
    """The lists and answers that the operator put there; what cannot be read is left out and logged."""
    if folder is None or not folder.is_dir():
        return Evidence()
    crls: list[CertificateList] = []
    answers: list[OCSPResponse] = []
    for path in sorted(folder.iterdir()):
        if path.suffix not in LISTS + ANSWERS:
            continue
        try:
            found = _read(path, path.stat().st_mtime_ns)
        except (OSError, ValueError, TypeError):
            log.warning("the list of revoked certificates %s cannot be read", path.name, exc_info=True)
            continue
        crls += [each for each in found if isinstance(each, CertificateList)]
        answers += [each for each in found if isinstance(each, OCSPResponse)]
    return Evidence(tuple(crls), tuple(answers))


@lru_cache(maxsize=64)
def _read(path: Path, changed: int) -> tuple[CertificateList | OCSPResponse, ...]:
    """Read once while the file stays as it is, that is as long as `changed` (nanoseconds) is the same."""
    log.debug("reading %s of %d", path.name, changed)
    data = path.read_bytes()
    if path.suffix in ANSWERS:
        answer = OCSPResponse.load(data, strict=True)
        answer["response_status"].native  # noqa: B018 — raises where this is something else
        return (answer,)
    parts = [told for _, _, told in pem.unarmor(data, multiple=True)] if pem.detect(data) else [data]
    lists = [CertificateList.load(each, strict=True) for each in parts]
    for each in lists:
        each["tbs_cert_list"]["this_update"].native  # noqa: B018 — as above
    return tuple(lists)


async def looked_up(
    embedded: EmbeddedPdfSignature,
    roots: Sequence[Certificate],
    at: datetime | None,
    evidences: tuple[Evidence, Evidence],
    now: datetime | None,
) -> Revocation:
    """Of a certificate that leads to one of `roots` and signed at `at`. `evidences`: what lies here, what the file carries;
    `now`: to see what became of it since.
    """
    if at is None:
        return Revocation()
    for evidence, own in zip(evidences, (False, True), strict=True):
        if not evidence:
            continue
        # what is known today first: a later list says more than an earlier one
        for moment in (now, at):
            found = await _standing(embedded, roots, moment, at, evidence) if moment is not None else None
            if found is not None:
                return Revocation(found.standing, found.at, own)
    return Revocation()


async def _standing(
    embedded: EmbeddedPdfSignature,
    roots: Sequence[Certificate],
    moment: datetime,
    at: datetime,
    evidence: Evidence,
) -> Revocation | None:
    """As it was known at `moment`; None where the evidence says nothing about that time."""
    context = ValidationContext(
        trust_roots=list(roots),
        other_certs=list(embedded.other_embedded_certs),
        allow_fetching=False,
        moment=moment,
        crls=list(evidence.crls),
        ocsps=list(evidence.answers),
        revocation_mode="require",
        # a list that came out after the signature tells of it too
        retroactive_revinfo=True,
    )
    try:
        await CertificateValidator(embedded.signer_cert, validation_context=context).async_validate_path()
    except RevokedError as error:
        gone = error.revocation_dt
        return Revocation("revoked" if gone <= at else "revoked_later", gone)
    except (ValidationError, PathError):
        return None
    return Revocation("good")
