"""Who there is in the demonstration: invented people, at agencies that exist."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tthc.accounts.model import TERMS_VERSION, Kind
from tthc.accounts.service import Registration
from tthc.dossiers.context import ONE_STOP_HEAD


@dataclass(frozen=True, slots=True)
class Staff:
    login: str
    name: str
    agency: str
    unit: str | None = None
    functions: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citizen:
    """`login` is the phone; the rest fills forms."""

    kind: Kind
    name: str
    phone: str
    email: str
    citizen_number: str
    birth_date: date
    address: str
    tax_number: str = ""
    representative: str = ""

    def registration(self, password: str) -> Registration:
        return Registration(
            kind=self.kind,
            name=self.name,
            password=password,
            phone=self.phone,
            email=self.email,
            citizen_number=self.citizen_number,
            tax_number=self.tax_number,
            representative=self.representative,
            terms_version=TERMS_VERSION,
        )


# the centre of a commune is headed by one of its leaders (NĐ 118/2025)
ALSO: Mapping[str, tuple[str, ...]] = {"phe_duyet": (ONE_STOP_HEAD,)}


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune with one person a function. Contacts are of the reserved domain, the numbers are nobody's."""

    agency: str
    prefix: str
    address: str
    hotline: str
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def email(self) -> str:
        return f"motcua@{self.agency}.example"

    def staff(self) -> tuple[Staff, ...]:
        at = {
            "tiep_nhan": ("tiepnhan", "trung-tam-hanh-chinh-cong"),
            "tham_dinh": ("chuyenvien", "van-hoa-xa-hoi"),
            "lanh_dao_phong": ("truongphong", "van-hoa-xa-hoi"),
            "phe_duyet": ("lanhdao", None),
            "van_thu": ("vanthu", "van-phong"),
        }
        return tuple(
            Staff(
                f"{self.prefix}.{word}",
                self.names[function],
                self.agency,
                unit,
                (function, *ALSO.get(function, ())),
            )
            for function, (word, unit) in at.items()
        )


COMMUNES = (
    Commune(
        "phuong-to-hieu",
        "tohieu",
        "Phường Tô Hiệu, tỉnh Sơn La",
        "0212 000 0001",
        {
            "tiep_nhan": "Lò Thị Hoa",
            "tham_dinh": "Nguyễn Văn Bình",
            "lanh_dao_phong": "Cầm Thị Xuân",
            "phe_duyet": "Hà Văn Sơn",
            "van_thu": "Đinh Thị Thu",
        },
    ),
    Commune(
        "phuong-chieng-coi",
        "chiengcoi",
        "Phường Chiềng Cơi, tỉnh Sơn La",
        "0212 000 0002",
        {
            "tiep_nhan": "Tòng Thị Mai",
            "tham_dinh": "Lường Văn Hải",
            "lanh_dao_phong": "Trần Thị Ngọc",
            "phe_duyet": "Quàng Văn Dũng",
            "van_thu": "Vì Thị Lệ",
        },
    ),
    Commune(
        "xa-mai-son",
        "maison",
        "Xã Mai Sơn, tỉnh Sơn La",
        "0212 000 0003",
        {
            "tiep_nhan": "Hoàng Thị Yến",
            "tham_dinh": "Mùa A Chu",
            "lanh_dao_phong": "Lê Văn Thắng",
            "phe_duyet": "Cà Thị Bích",
            "van_thu": "Sồng Thị Dế",
        },
    ),
)

OTHERS = (
    Staff("tohieu.kiemsoat", "Phạm Thị Lan", "phuong-to-hieu", "van-phong", roles=("kiem_soat",)),
    Staff(
        "sokhcn.thamdinh",
        "Vũ Minh Đức",
        "so-khoa-hoc-va-cong-nghe",
        "chuyen-doi-so",
        roles=("tham_dinh_cau_hinh", "cong_bo_ky_thuat"),
    ),
    Staff(
        "sokhcn.congbo",
        "Lèo Thị Thanh",
        "so-khoa-hoc-va-cong-nghe",
        "chuyen-doi-so",
        roles=("cong_bo_ky_thuat",),
    ),
    Staff(
        "tthcc.tiepnhan",
        "Bùi Thị Hạnh",
        "trung-tam-phuc-vu-hanh-chinh-cong",
        "tiep-nhan-tra-ket-qua",
        ("tiep_nhan",),
    ),
    Staff("quantri", "Đỗ Văn Quân", "so-khoa-hoc-va-cong-nghe", "chuyen-doi-so", roles=("quan_tri",)),
)

STAFF = (*(person for commune in COMMUNES for person in commune.staff()), *OTHERS)

CITIZENS = (
    Citizen(
        "person",
        "Lò Thị Lan",
        "0900000001",
        "lan@dan.example",
        "014195001234",
        date(1995, 3, 8),
        "Tổ 5, phường Tô Hiệu, tỉnh Sơn La",
    ),
    Citizen(
        "person",
        "Quàng Văn Minh",
        "0900000002",
        "minh@dan.example",
        "014090004321",
        date(1990, 9, 2),
        "Bản Sẳng, phường Chiềng Cơi, tỉnh Sơn La",
    ),
    Citizen(
        "organisation",
        "Hợp tác xã Hoa Ban",
        "0900000003",
        "htx@hoaban.example",
        "014085007777",
        date(1985, 11, 20),
        "Tiểu khu 4, xã Mai Sơn, tỉnh Sơn La",
        tax_number="5599999917",
        representative="Hà Văn Tâm",
    ),
)
