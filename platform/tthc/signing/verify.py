"""What a signed file says: who signed, when, whether anything was changed since, who vouches for the signer, and whether the
signer's certificate was revoked.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
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

from rules.i18n import gettext
from tthc.signing.revocation import Evidence, Revocation, carried_by, looked_up
from tthc.signing.waiting import waited

log = logging.getLogger(__name__)

_NONE: Final = Evidence()
_HARMLESS: Final = frozenset(
    {ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING}
)


@dataclass(frozen=True, slots=True)
class SignatureSeen:
    """One signature of a file. `at`: as the signer's clock said, or as an authority vouches (`stamped`); `unchanged`: what
    was signed is as it was; `grew`: later additions that signing allows (number, day, another signature); `trusted`: the
    certificate leads to an authority known here; `authority`: who vouches; `test`: an authority without legal value;
    `revocation`: whether the certificate was revoked, and whether anybody could look.
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
    revocation: Revocation = field(default_factory=Revocation)

    @property
    def good(self) -> bool:
        return self.unchanged and self.trusted and not self.in_doubt

    @property
    def in_doubt(self) -> bool:
        """The certificate was revoked before it signed, or after by no other word than the signer's clock."""
        if self.revocation.standing == "revoked_later":
            return not self.stamped
        return self.revocation.standing == "revoked"


@dataclass(frozen=True, slots=True)
class Seen:
    """All signatures of a file, the first signed first. `broken`: it is no PDF that can be read."""

    signatures: tuple[SignatureSeen, ...] = ()
    broken: bool = False

    @property
    def verdict(self) -> str:
        """One plain sentence on the whole."""
        if self.broken:
            return gettext("Tệp này không đọc được như một tệp PDF, nên không kiểm tra được chữ ký.")
        if not self.signatures:
            return gettext("Tệp này không có chữ ký số nào.")
        if any(not each.unchanged for each in self.signatures):
            return gettext("Tệp đã bị thay đổi sau khi ký. Không dùng tệp này; đề nghị cơ quan cấp lại.")
        if any(not each.trusted for each in self.signatures):
            return gettext(
                "Nội dung còn nguyên, nhưng chưa xác nhận được người ký: nơi cấp chứng thư không có trong danh sách tin cậy."
            )
        if any(each.revocation.standing == "revoked" for each in self.signatures):
            return gettext(
                "Chứng thư của người ký đã bị thu hồi trước khi ký. Không dùng tệp này; đề nghị cơ quan cấp lại."
            )
        if any(each.in_doubt for each in self.signatures):
            return gettext(
                "Chứng thư của người ký đã bị thu hồi, và thời điểm ký do nơi ký tự ghi nên không chắc đã ký trước khi bị thu hồi;"
                " đề nghị cơ quan xác nhận."
            )
        said = [gettext("Chữ ký hợp lệ, tệp còn nguyên như lúc ký.")]
        if any(each.test for each in self.signatures):
            said.append(gettext("Đây là chữ ký thử nghiệm, không có giá trị pháp lý."))
        if any(each.revocation.standing == "unchecked" for each in self.signatures):
            said.append(
                gettext("Chưa kiểm tra thu hồi: ở đây không có danh sách thu hồi của nơi cấp chứng thư.")
            )
        return " ".join(said)

    @property
    def good(self) -> bool:
        return bool(self.signatures) and not self.broken and all(each.good for each in self.signatures)


def verify(
    data: bytes,
    roots: Sequence[Certificate],
    test_roots: Sequence[Certificate] = (),
    kept: Evidence = _NONE,
    now: datetime | None = None,
) -> Seen:
    """`test_roots`: authorities that vouch for demonstrations and tests only; `kept`: lists of revoked certificates that lie
    here, beside those that the file carries; `now`: to see whether one was revoked since. Nothing is fetched.
    """
    try:
        reader = PdfFileReader(BytesIO(data), strict=False)
        embedded = tuple(reader.embedded_regular_signatures)
        seen = _all(reader, embedded, _Known(tuple(roots), tuple(test_roots), kept, now))
        return Seen(tuple(waited(seen)))
    except (PdfError, ValueErrorWithMessage, ValueError, KeyError, TypeError, AttributeError, IndexError):
        # files from outside break in more ways than a library names; none of them is a signature
        log.info("a file could not be read for its signatures", exc_info=True)
        return Seen(broken=True)


@dataclass(frozen=True, slots=True)
class _Known:
    """What signatures are looked at with; see `verify`."""

    roots: tuple[Certificate, ...]
    test: tuple[Certificate, ...]
    kept: Evidence
    now: datetime | None


async def _all(
    reader: PdfFileReader, embedded: Sequence[EmbeddedPdfSignature], known: _Known
) -> list[SignatureSeen]:
    return [await _one(reader, each, known) for each in embedded]


async def _one(reader: PdfFileReader, embedded: EmbeddedPdfSignature, known: _Known) -> SignatureSeen:
    roots, test = known.roots, known.test
    subject = embedded.signer_cert.subject.native
    at = embedded.self_reported_timestamp
    context = ValidationContext(
        trust_roots=[*roots, *test],
        allow_fetching=False,
        moment=at,
        # whether it was revoked is looked at apart, so that the two can be told apart
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
    signed_at = token.timestamp if token is not None and stamped else at
    revocation = Revocation()
    if status.trusted:
        evidences = (known.kept, carried_by(reader, embedded))
        revocation = await looked_up(embedded, [*roots, *test], signed_at, evidences, known.now)
    return SignatureSeen(
        _text(subject, "common_name"),
        _text(subject, "organization_name"),
        signed_at,
        stamped=stamped,
        unchanged=bool(status.intact and status.valid and kept),
        grew=not whole,
        trusted=bool(status.trusted),
        authority=_text(embedded.signer_cert.issuer.native, "common_name"),
        test=root is not None and any(root.sha256 == each.sha256 for each in test),
        revocation=revocation,
    )


def _text(names: dict[str, object], key: str) -> str:
    found = names.get(key, "")
    return ", ".join(map(str, found)) if isinstance(found, list) else str(found)
