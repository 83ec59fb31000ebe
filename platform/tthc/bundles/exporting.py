"""Which versions go out, and what a bundle says of each."""

from collections.abc import Sequence
from datetime import date, datetime
from importlib.metadata import version as installed

from definitions.bundle.keys import SigningKey
from definitions.bundle.model import BundleError
from definitions.bundle.parts import shipped_parts
from definitions.bundle.writing import Item, write
from definitions.lifecycle import State, Version, in_force
from definitions.store import DefinitionStore


def chosen(
    store: DefinitionStore, codes: Sequence[str], today: date, state: State | None = None
) -> tuple[Version, ...]:
    """Of each procedure the version in force today, else the newest; with a state, among those in it. Raises BundleError.

    `codes`: empty is all procedures that have such a version.
    """
    found = []
    for code in codes or store.procedures():
        versions = [each for each in store.versions(code) if state is None or each.state is state]
        if versions:
            found.append(in_force(versions, today) or versions[-1])
        elif codes:
            what = f" ở trạng thái {state.label}" if state else ""
            raise BundleError(f"Không có bản nào của thủ tục {code}{what}; xem lại mã thủ tục.")
    if not found:
        raise BundleError("Không có bản cấu hình nào để xuất.")
    return tuple(found)


def one(store: DefinitionStore, code: str, version_id: str) -> Version:
    """A version by its id or the beginning of it. Raises BundleError."""
    matching = [each for each in store.versions(code) if each.id.startswith(version_id)]
    if len(matching) != 1:
        raise BundleError(f"Thủ tục {code} không có đúng một phiên bản mang mã “{version_id}”.")
    return matching[0]


def item(store: DefinitionStore, version: Version) -> Item:
    return Item(
        procedure=version.procedure,
        text=store.text(version),
        hash=version.hash,
        canonical=store.canonical(version.hash) if version.hash else "",
        version=version.id,
        state=str(version.state),
        start=version.start,
        end=version.end if version.end != date.min else None,
    )


def bundle(items: Sequence[Item], made_at: datetime, made_by: str, key: SigningKey | None) -> bytes:
    """The bundle of versions of this system."""
    return write(items, shipped_parts(), product=product(), made_at=made_at, made_by=made_by, key=key)


def product() -> str:
    """The product's own version."""
    return installed("tthc")
