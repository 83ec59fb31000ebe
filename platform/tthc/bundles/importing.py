"""What comes in becomes drafts: the account first, then one new version each, and where each came from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from definitions.bundle import reading
from definitions.bundle.account import Here, Source, Told, account, of_bundle
from definitions.bundle.keys import PublicKey, trust_of
from definitions.bundle.model import BundleError, Signer, Trust
from definitions.lifecycle import LifecycleError, State, Version, in_force
from definitions.store import DefinitionStore, UnknownDefinitionError

LIVE: Final = frozenset({State.DRAFT, State.REGISTERED, State.RETURNED, State.APPROVED, State.PUBLISHED})
"""A text that one of these says already is not imported again; one that is past may come back as a draft."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A source with what its signature is worth here; `trust` is None for plain files, which have none."""

    source: Source
    trust: Trust | None = None
    signer: Signer | None = None

    @property
    def doubtful(self) -> bool:
        """Whether somebody must say that they take it nevertheless."""
        return self.trust in {Trust.UNKNOWN, Trust.UNSIGNED}

    @property
    def said(self) -> str:
        """What the signature is worth, in a sentence."""
        who = f"“{self.signer.name}” (dấu khóa {self.signer.fingerprint})" if self.signer else ""
        match self.trust:
            case Trust.TRUSTED:
                return f"Gói do {who} ký; khóa này được tin ở đây."
            case Trust.UNKNOWN:
                return f"Gói do {who} ký, nhưng khóa này chưa được tin ở đây: chưa biết chắc ai đã gửi."
            case Trust.UNSIGNED:
                return (
                    "Gói không có chữ ký: không biết ai đã gửi và nội dung có bị thay trên đường hay không."
                )
            case Trust.REVOKED:
                return f"Gói do {who} ký bằng khóa đã bị thu hồi."
            case None:
                return "Tệp không kèm chữ ký."


def arrived(data: bytes, name: str, known: Mapping[str, PublicKey]) -> Arrived:
    """A bundle from its bytes. Raises BundleError, also for one signed by a revoked key."""
    bundle = reading.read(data)
    signer = bundle.manifest.signer
    trust = trust_of(signer.fingerprint if signer else None, known)
    found = Arrived(of_bundle(bundle, name), trust, signer)
    if trust is Trust.REVOKED:
        raise BundleError(f"{found.said} Xin nơi gửi ký lại bằng khóa mới.")
    return found


def told(store: DefinitionStore, found: Arrived, today: date) -> tuple[Told, ...]:
    """The account against what is in the store."""
    return account(
        found.source,
        {each.procedure: _here(store, each.procedure, today) for each in found.source.definitions},
    )


def take(
    store: DefinitionStore, found: Arrived, accounts: Iterable[Told], by: str, at: datetime
) -> tuple[tuple[Told, Version], ...]:
    """New drafts of all that the account says would be imported. Raises BundleError naming the first that failed; those
    before it stay, and are found identical when it is done again.
    """
    done = []
    for each in accounts:
        if not each.imports:
            continue
        try:
            saved = store.save_draft(each.procedure, each.text, by, at, note=provenance(found, each))
        except LifecycleError as error:
            raise BundleError(f"{each.procedure}: {error.message}") from None
        done.append((each, saved.version))
    return tuple(done)


def provenance(found: Arrived, each: Told) -> str:
    """Where a draft came from: kept with it for as long as it is."""
    said = [f"Nhập từ tệp “{found.source.name}”. {found.said}"]
    if found.doubtful:
        said.append("Người nhập đã xác nhận vẫn nhập.")
    entry = each.incoming.entry if each.incoming else None
    if entry is not None:
        version = f"phiên bản {entry.version}" if entry.version else "từ tệp"
        said.append(f"Bản gốc: {version}, mã băm {entry.hash or 'chưa có (còn lỗi)'}.")
    if each.settled is not None and each.settled.rewritten:
        said.append(f"Viết thẳng phần dùng chung khác với ở đây: {', '.join(each.settled.rewritten)}.")
    return " ".join(said)


def _here(store: DefinitionStore, code: str, today: date) -> Here:
    versions = store.versions(code)
    if not versions:
        return Here()
    current = in_force(versions, today)
    other = current or versions[-1]
    label = "bản đang có hiệu lực" if current else f"bản mới nhất ở đây ({other.state.label})"
    texts = tuple(store.text(each) for each in versions if each.state in LIVE)
    return Here(texts, _canonical(store, other), label)


def _canonical(store: DefinitionStore, version: Version) -> str:
    if not version.hash:
        return ""
    try:
        return store.canonical(version.hash)
    except UnknownDefinitionError:
        return ""
