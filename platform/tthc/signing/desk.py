"""Signing as the rest of the platform asks for it: stored file in, signed and stored file out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from asn1crypto import pem
from asn1crypto.x509 import Certificate
from pyhanko.sign.timestamps import TimeStamper

from tthc.dossiers.files import FileDamagedError, FileMissingError, Files
from tthc.dossiers.state import FileRef, Signed
from tthc.settings import Signing
from tthc.signing import paper, places
from tthc.signing.local import KEYS, LocalSigner
from tthc.signing.model import Party, Signer, SigningError
from tthc.signing.places import Sheet
from tthc.signing.revocation import kept_in
from tthc.signing.timestamps import HttpTimeStamper
from tthc.signing.verify import Seen, verify

_SIGNED = "-da-ky"
NOT_SET_UP = (
    "Hệ thống chưa nối với dịch vụ ký số nên chưa ký được ở đây; báo quản trị hệ thống. Trong khi chờ, đính kèm tệp .pdf"
    " đã ký số; bước nào không buộc ký số thì bỏ chọn ký số rồi làm tiếp."
)


@dataclass(frozen=True)
class SigningDesk:
    """`signer`: None where nobody can sign here; signed files are still checked. `raised`: see `places`; `revocation`: the
    folder with the authorities' lists of revoked certificates.
    """

    files: Files
    signer: Signer | None = None
    timestamper: TimeStamper | None = None
    roots_file: Path | None = None
    revocation: Path | None = None

    @property
    def can_sign(self) -> bool:
        return self.signer is not None

    def sign_draft(
        self, draft: FileRef, person: Party, at: datetime, *, raised: float = 0.0
    ) -> tuple[FileRef, Signed]:
        """The draft as signed by whoever approves it. Raises `SigningError`."""
        data = paper.sign_as_leader(
            self.files.read(draft.sha256),
            person,
            self._signer(),
            at=at,
            raised=raised,
            timestamper=self.timestamper,
        )
        return self._kept(data, f"{draft.name.removesuffix('.pdf')}{_SIGNED}.pdf", at, person)

    def issue(
        self, source: FileRef, agency: Party, by: Party, at: datetime, *, number: str, day: date, place: str
    ) -> tuple[FileRef, Signed]:
        """The result with number, day and the agency's signature; `by`: whose desk it was set at. Raises `SigningError`."""
        data = paper.issue(
            self.files.read(source.sha256),
            agency,
            self._signer(),
            number=number,
            day=day,
            place=place,
            at=at,
            timestamper=self.timestamper,
        )
        stored, _ = self._kept(data, source.name.replace(_SIGNED, ""), at, by)
        return stored, Signed(agency.kind, agency.name, agency.organisation, at)

    def sheet(self, file: FileRef) -> Sheet | None:
        """What is known of it; None where it is no PDF that opens and has a page (Đ14.2), or is not there unharmed: pages
        that offer it say so where it is read.
        """
        try:
            return places.read(self.files.read(file.sha256))
        except (FileMissingError, FileDamagedError):
            return None

    def look(self, data: bytes, now: datetime | None = None) -> Seen:
        """What a file's signatures say; `now`: to see whether a certificate was revoked since."""
        test = self.signer.roots() if self.signer is not None and self.signer.test else ()
        real = self.signer.roots() if self.signer is not None and not self.signer.test else ()
        return verify(data, [*self._roots, *real], test, kept_in(self.revocation), now)

    def ready(self) -> bool:
        return self.signer is not None and self.signer.ready()

    @cached_property
    def _roots(self) -> Sequence[Certificate]:
        if self.roots_file is None:
            return ()
        return [
            Certificate.load(data) for _, _, data in pem.unarmor(self.roots_file.read_bytes(), multiple=True)
        ]

    def _signer(self) -> Signer:
        if self.signer is None:
            raise SigningError(NOT_SET_UP)
        return self.signer

    def _kept(self, data: bytes, name: str, at: datetime, by: Party) -> tuple[FileRef, Signed]:
        stored = self.files.put(data, name=name, kind="pdf", now=at, by=by.id)
        return stored, Signed(by.kind, by.name, by.organisation, at)


def desk(settings: Signing, var: Path, files: Files) -> SigningDesk:
    """As the operator set it up; keys of the test authority lie in `var/ky-so`."""
    return SigningDesk(
        files,
        LocalSigner(var / KEYS) if settings.test else None,
        HttpTimeStamper(settings.tsa) if settings.tsa else None,
        settings.roots,
        settings.revocation,
    )
