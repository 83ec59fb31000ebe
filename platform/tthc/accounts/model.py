"""An account as the rest of the platform sees it: a value, without its password."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from definitions.functions import FUNCTIONS as OF_STEPS
from definitions.workflow_words import capital
from forms.types.identity import citizen_facts
from rules.workflow.model import APPLICANT, EXTERNAL
from tthc.accounts.deputies import Deputy
from tthc.accounts.proof import Proof
from tthc.dossiers.context import Actor
from tthc.dossiers.state import Applicant, Level

Kind = Literal["person", "organisation", "staff"]

# Functions are held per agency; workflows name them, people hold them (design §5).
FUNCTIONS: Mapping[str, str] = {
    name: capital(called) for name, called in OF_STEPS.items() if name not in {APPLICANT, EXTERNAL}
}

OVERSEER = "giam_sat"

# Roles reach across agencies.
ROLES: Mapping[str, str] = {
    "kiem_soat": "Cán bộ kiểm soát thủ tục hành chính",
    "tham_dinh_cau_hinh": "Cán bộ thẩm định bản cấu hình",
    "cong_bo_ky_thuat": "Người công bố kỹ thuật",
    "quan_tri": "Quản trị hệ thống",
    "quan_tri_co_quan": "Quản trị của cơ quan (đề nghị cấp tài khoản)",
    OVERSEER: "Giám sát của Trung tâm Phục vụ hành chính công (xem mọi cơ quan, không xử lý)",
}

# what a stolen password alone must not open
DECIDING_FUNCTIONS: frozenset[str] = frozenset({"phe_duyet"})
DECIDING_ROLES: frozenset[str] = frozenset({"tham_dinh_cau_hinh", "cong_bo_ky_thuat", "quan_tri"})

TERMS_VERSION = "2026-01"


def with_deputies(
    own: Mapping[str, frozenset[str]], deputies: tuple[Deputy, ...]
) -> Mapping[str, frozenset[str]]:
    """What an account may do in each agency, in its own right or in another's place."""
    held = dict(own)
    for one in deputies:
        held[one.agency] = held.get(one.agency, frozenset()) | one.functions
    return held


@dataclass(frozen=True, slots=True)
class Account:
    """`kind` is "person" or "organisation" for those who hand in dossiers, "staff" for those who handle them.

    `functions` maps an agency's id to the functions held there; more than one agency only by an explicit grant
    (Đ2.7). `agency` is where a member of staff belongs, `workplace` at whose counter they sit where that is another one:
    it opens nothing. `deputies`: in whose place they act today; those functions are among `functions`. `stamp` changes with the
    password and ends every session begun before. `second_factor`: a one-time code is asked for beside the password.
    `confirmed`: the telephone numbers and addresses that were proven by a code; `proof`: who confirmed whose account this
    is, and on what; `has_password`: false where one signs in through a provider alone.
    """

    key: str
    kind: Kind
    name: str
    login: str
    stamp: str = ""
    phone: str = ""
    email: str = ""
    citizen_number: str = ""
    tax_number: str = ""
    birth_date: date | None = None
    representative: str = ""
    address: str = ""
    agency: str | None = None
    unit: str | None = None
    functions: Mapping[str, frozenset[str]] = field(default_factory=dict)
    deputies: tuple[Deputy, ...] = ()
    workplace: str | None = None
    roles: frozenset[str] = frozenset()
    active: bool = True
    must_change_password: bool = False
    terms_version: str = ""
    second_factor: bool = False
    confirmed: frozenset[str] = frozenset()
    proof: Proof | None = None
    has_password: bool = True

    @property
    def staff(self) -> bool:
        return self.kind == "staff"

    @property
    def decides(self) -> bool:
        """Whether this account approves dossiers or definitions, publishes, or gives others the right to."""
        held = {name for names in self.functions.values() for name in names}
        return self.staff and bool(held & DECIDING_FUNCTIONS or self.roles & DECIDING_ROLES)

    def functions_at(self, agency: str | None) -> frozenset[str]:
        """What this account may do in that agency: nothing, unless it works there or was granted something there.

        A closed account keeps its grants on record, but none of them is in force.
        """
        in_force = self.staff and self.active
        return self.functions.get(agency, frozenset()) if agency and in_force else frozenset()

    def works_at(self, agency: str) -> bool:
        return self.staff and self.active and (self.agency == agency or bool(self.functions_at(agency)))

    def actor(self, agency: str | None = None) -> Actor:
        """Who the kernel sees acting; staff act in one agency at a time, their own unless said otherwise."""
        if not self.staff:
            return Actor(self.key, self.name, "citizen")
        where = agency or self.agency
        return Actor(
            self.key,
            self.name,
            "staff",
            where,
            self.functions_at(where),
            self.unit,
            stands_in=tuple(one.stands_in() for one in self.deputies if self.active and one.agency == where),
            oversees=self.active and OVERSEER in self.roles,
        )

    def applicant(self) -> Applicant:
        """Who hands in a dossier with this account."""
        return Applicant(
            kind="organisation" if self.kind == "organisation" else "person",
            name=self.name,
            citizen_number=self.citizen_number,
            tax_number=self.tax_number,
            phone=self.phone,
            email=self.email,
            address=self.address,
            identity=self.level,
        )

    @property
    def level(self) -> Level:
        """How sure it is whose account this is: `verified` at the counter or by a provider; `contact` by a code; or not."""
        if self.proof is not None:
            return "verified"
        return "contact" if self.confirmed else ""

    def profile_values(self) -> dict[str, object]:
        """What fills a form's fields that name an attribute of the profile; only what is known."""
        facts = citizen_facts(self.citizen_number)
        organisation = self.kind == "organisation"
        known: dict[str, object] = {
            "full_name": self.representative if organisation else self.name,
            "organisation_name": self.name if organisation else "",
            "citizen_number": self.citizen_number,
            "tax_number": self.tax_number,
            "birth_date": self.birth_date.isoformat() if self.birth_date else "",
            "sex": facts.sex if facts else "",
            "phone": self.phone,
            "email": self.email,
            "address": self.address,
        }
        return {name: value for name, value in known.items() if value}

    def titles(self) -> tuple[str, ...]:
        """What the account is for, in Vietnamese, for pages about it."""
        if self.kind != "staff":
            return ("Tổ chức",) if self.kind == "organisation" else ("Cá nhân",)
        held = {name for names in self.functions.values() for name in names}
        return tuple(
            label
            for known in (FUNCTIONS, ROLES)
            for name, label in known.items()
            if name in held | self.roles
        )
