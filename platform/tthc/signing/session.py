"""One signature in three steps, as remote signing goes: prepare the paper, have the digest signed, complete the paper.

Between the steps nothing but the digest leaves this process, and nothing has to be kept open: a provider whose holder
confirms on a telephone may take its time.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from asn1crypto.algos import SignedDigestAlgorithm
from asn1crypto.cms import CMSAttributes
from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError as PdfSigningError
from pyhanko.sign.signers import ExternalSigner, PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_byterange import PreparedByteRangeDigest
from pyhanko.sign.signers.pdf_signer import PdfTBSDocument, PostSignInstructions
from pyhanko.sign.timestamps import TimeStamper, TimestampRequestError
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from tthc.signing.model import Chain, Mechanism, Party, Signer, SigningError
from tthc.signing.waiting import waited

UNFIT = "Tệp này không ký số được (tệp bị khóa hoặc bị hỏng); lưu lại thành PDF thường rồi ký."
_MD = "sha256"
_RESERVED = 32_768
"""Characters of hexadecimal for the signature: a chain of four certificates and a timestamp fit."""


@dataclass(frozen=True, slots=True)
class Where:
    """The place of a visible signature: page from 0, and (left, bottom, right, top) in points."""

    page: int
    box: tuple[float, float, float, float]

    @property
    def whole(self) -> tuple[int, int, int, int]:
        left, bottom, right, top = (round(side) for side in self.box)
        return left, bottom, right, top


@dataclass(frozen=True, slots=True)
class Prepared:
    """A paper that lacks its signature. `digest`: what the provider signs."""

    output: BytesIO
    ranges: PreparedByteRangeDigest
    attributes: CMSAttributes
    chain: Chain
    after: PostSignInstructions | None
    digest: bytes


def prepare(
    writer: IncrementalPdfFileWriter,
    party: Party,
    signer: Signer,
    *,
    field: str,
    where: Where | None,
    look: StaticStampStyle | None,
    at: datetime,
    reason: str,
) -> Prepared:
    """The paper with an empty place for the signature of `party`, in the field `field`, made where it is not there.

    Raises:
        SigningError: the provider has no certificate, or the paper cannot be signed.
    """
    chain = signer.chain(party)
    external = _external(signer.mechanism, chain.leaf, chain.issuers)
    metadata = PdfSignatureMetadata(
        field_name=field,
        md_algorithm=_MD,
        subfilter=SigSeedSubFilter.PADES,
        name=party.name,
        reason=reason,
        location=party.organisation or party.name,
    )
    spec = SigFieldSpec(field, on_page=where.page if where else 0, box=where.whole if where else None)
    try:
        session = PdfSigner(metadata, external, stamp_style=look, new_field_spec=spec).init_signing_session(
            writer
        )
        session.system_time = at
        tbs = session.prepare_tbs_document(None, bytes_reserved=_RESERVED)
        output = BytesIO()
        ranges, _ = tbs.digest_tbs_document(output=output)
        attributes = waited(external.signed_attrs(ranges.document_digest, _MD, use_pades=True))
    except (PdfError, PdfSigningError) as error:
        raise SigningError(UNFIT) from error
    digest = hashlib.sha256(attributes.dump()).digest()
    return Prepared(output, ranges, attributes, chain, tbs.post_sign_instructions, digest)


def complete(
    prepared: Prepared, signer: Signer, signature: bytes, timestamper: TimeStamper | None = None
) -> bytes:
    """The signed paper, PAdES B-B; with a timestamp of an authority, B-T.

    Raises:
        SigningError: the authority for timestamps does not answer.
    """
    chain = prepared.chain
    external = _external(signer.mechanism, chain.leaf, chain.issuers, signature)

    async def finished() -> None:
        signed = await external.async_sign_prescribed_attributes(
            _MD, signed_attrs=prepared.attributes, timestamper=timestamper
        )
        await PdfTBSDocument.async_finish_signing(
            prepared.output, prepared.ranges, signed, post_sign_instr=prepared.after
        )

    try:
        waited(finished())
    except (PdfError, PdfSigningError, TimestampRequestError) as error:
        raise SigningError(
            "Máy chủ cấp dấu thời gian không trả lời; chưa ký. Thử lại sau ít phút."
        ) from error
    return prepared.output.getvalue()


def _external(
    mechanism: Mechanism, leaf: Certificate, issuers: Sequence[Certificate], value: bytes | None = None
) -> ExternalSigner:
    return ExternalSigner(
        leaf,
        SimpleCertificateStore.from_certs(issuers),
        signature_value=value,
        signature_mechanism=SignedDigestAlgorithm({"algorithm": mechanism}),
    )
