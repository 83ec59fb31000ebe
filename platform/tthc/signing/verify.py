"""What a signed file says: who signed, when, whether anything was changed since, and who vouches for the signer."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Final

from asn1crypto.x509 import Certificate
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.general import SigningError, ValueErrorWithMessage
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

log = logging.getLogger(__name__)

_HARMLESS: Final = frozenset(
    {ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING}
)


@dataclass(frozen=True, slots=True)
class SignatureSeen:
    """One signature of a file. `at`: as the signer's clock said, or as an authority vouches (`stamped`); `unchanged`: what
    was signed is as it was; `grew`: later additions that signing allows (number, day, another signature); `trusted`: the
    certificate leads to an authority known here; `authority`: who vouches; `test`: an authority without legal value.
    """

    name: str
    organisation: str
    at: datetime | None
    stamped: bool
    unchanged: bool
    grew: bool
    trusted: bool
    authority: str
    test: bool

    @property
    def good(self) -> bool:
        return self.unchanged and self.trusted


@dataclass(frozen=True, slots=True)
class Seen:
    """All signatures of a file, the first signed first. `broken`: it is no PDF that can be read."""

    signatures: tuple[SignatureSeen, ...] = ()
    broken: bool = False

    @property
    def verdict(self) -> str:
        """One plain sentence on the whole."""
        if self.broken:
            return "Tệp này không đọc được như một tệp PDF, nên không kiểm tra được chữ ký."
        if not self.signatures:
            return "Tệp này không có chữ ký số nào."
        if any(not each.unchanged for each in self.signatures):
            return "Tệp đã bị thay đổi sau khi ký. Không dùng tệp này; đề nghị cơ quan cấp lại."
        if any(not each.trusted for each in self.signatures):
            return "Nội dung còn nguyên, nhưng chưa xác nhận được người ký: nơi cấp chứng thư không có trong danh sách tin cậy."
        if any(each.test for each in self.signatures):
            return "Chữ ký hợp lệ, tệp còn nguyên như lúc ký. Đây là chữ ký thử nghiệm, không có giá trị pháp lý."
        return "Chữ ký hợp lệ, tệp còn nguyên như lúc ký."

    @property
    def good(self) -> bool:
        return bool(self.signatures) and not self.broken and all(each.good for each in self.signatures)


def verify(data: bytes, roots: Sequence[Certificate], test_roots: Sequence[Certificate] = ()) -> Seen:
    """`test_roots`: authorities that vouch for demonstrations and tests only. Nothing is fetched."""
    try:
        reader = PdfFileReader(BytesIO(data), strict=False)
        embedded = tuple(reader.embedded_regular_signatures)
        return Seen(tuple(asyncio.run(_all(embedded, tuple(roots), tuple(test_roots)))))
    except (PdfError, ValueErrorWithMessage, ValueError, KeyError, TypeError, AttributeError, IndexError):
        # files from outside break in more ways than a library names; none of them is a signature
        log.info("a file could not be read for its signatures", exc_info=True)
        return Seen(broken=True)


async def _all(
    embedded: Sequence[EmbeddedPdfSignature], roots: tuple[Certificate, ...], test: tuple[Certificate, ...]
) -> list[SignatureSeen]:
    return [await _one(each, roots, test) for each in embedded]


async def _one(
    embedded: EmbeddedPdfSignature, roots: tuple[Certificate, ...], test: tuple[Certificate, ...]
) -> SignatureSeen:
    subject = embedded.signer_cert.subject.native
    at = embedded.self_reported_timestamp
    context = ValidationContext(
        trust_roots=[*roots, *test],
        allow_fetching=False,
        moment=at,
        # the lists of revoked certificates are with the authorities, and nothing is fetched
        revocation_mode="soft-fail",
    )
    try:
        status = await async_validate_pdf_signature(embedded, context, ts_validation_context=context)
    except (SignatureValidationError, SigningError):
        return SignatureSeen(
            _text(subject, "common_name"),
            _text(subject, "organization_name"),
            at,
            stamped=False,
            unchanged=False,
            grew=False,
            trusted=False,
            authority=_text(embedded.signer_cert.issuer.native, "common_name"),
            test=False,
        )
    whole = status.coverage is SignatureCoverageLevel.ENTIRE_FILE
    since = status.modification_level
    kept = whole or (
        status.coverage is SignatureCoverageLevel.ENTIRE_REVISION and since is not None and since in _HARMLESS
    )
    path = status.validation_path
    root = path.trust_anchor.certificate if path is not None and status.trusted else None  # type: ignore[attr-defined]
    token = status.timestamp_validity
    stamped = token is not None and token.valid and token.trusted
    return SignatureSeen(
        _text(subject, "common_name"),
        _text(subject, "organization_name"),
        token.timestamp if token is not None and stamped else at,
        stamped=stamped,
        unchanged=bool(status.intact and status.valid and kept),
        grew=not whole,
        trusted=bool(status.trusted),
        authority=_text(embedded.signer_cert.issuer.native, "common_name"),
        test=root is not None and any(root.sha256 == each.sha256 for each in test),
    )


def _text(names: dict[str, object], key: str) -> str:
    found = names.get(key, "")
    return ", ".join(map(str, found)) if isinstance(found, list) else str(found)
