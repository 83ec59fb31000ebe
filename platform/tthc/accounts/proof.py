"""Who confirmed whose account this is, when, and on what (Đ10.1a): a fact about the account, never about a dossier. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from renderers.text import mask_number
from rules.calendar import TZ
from rules.i18n import gettext, noted

How = Literal["counter", "provider"]

DOCUMENTS: Final[Mapping[str, str]] = {
    "can_cuoc": noted("Thẻ căn cước (căn cước công dân)"),
    "can_cuoc_dien_tu": noted("Căn cước điện tử trên VNeID"),
    "ho_chieu": noted("Hộ chiếu"),
    "dang_ky_doanh_nghiep": noted("Giấy đăng ký doanh nghiệp, hợp tác xã, kèm căn cước của người đại diện"),
    "quyet_dinh_thanh_lap": noted("Quyết định thành lập, kèm căn cước của người đại diện"),
}
OF_ORGANISATIONS: Final = frozenset({"dang_ky_doanh_nghiep", "quyet_dinh_thanh_lap"})


@dataclass(frozen=True, slots=True)
class Proof:
    """`by`, `by_name`, `agency`: the official of the counter, empty where a provider confirmed it; `document`: a key of
    `DOCUMENTS`, or the provider's name; `number`: of the document, covered.
    """

    how: How
    at: datetime
    document: str
    number: str = ""
    by: str = ""
    by_name: str = ""
    agency: str = ""

    @property
    def document_name(self) -> str:
        return gettext(DOCUMENTS[self.document]) if self.document in DOCUMENTS else self.document


def identity_key(kind: str, citizen_number: str, tax_number: str) -> str:
    """Whose account it is: a person's by the citizen number, an organisation's by the tax number; empty without one."""
    number = tax_number if kind == "organisation" else citizen_number
    return f"{kind}:{number}" if number else ""


def proof_row(proof: Proof) -> dict[str, Any]:
    return {
        "how": proof.how,
        "at": proof.at,
        "document": proof.document,
        "number": mask_number(proof.number) if proof.number else "",
        "by": proof.by,
        "by_name": proof.by_name,
        "agency": proof.agency,
    }


def proof_from(row: Mapping[str, Any] | None) -> Proof | None:
    if not row:
        return None
    return Proof(**{**row, "at": row["at"].astimezone(TZ)})
