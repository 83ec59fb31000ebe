"""A small province for tests of the whole road: two communes, one person for each function, one citizen."""

from datetime import datetime
from pathlib import Path

from applications import application
from flask import Flask
from visitor import Visitor

from tthc.accounts.model import Account
from tthc.accounts.service import Registration
from tthc.agencies.data import shipped as shipped_agencies

COMMUNE = "phuong-to-hieu"
OTHER = "phuong-chieng-coi"
PASSWORD = "thu nghiem 2026 Son La"
PDF = (
    b"%PDF-1.4\n"
    b"1 0 obj\n"
    b"<</Type/Catalog/Pages 2 0 R>>\n"
    b"endobj\n"
    b"2 0 obj\n"
    b"<</Type/Pages/Kids[3 0 R]/Count 1>>\n"
    b"endobj\n"
    b"3 0 obj\n"
    b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>>>\n"
    b"endobj\n"
    b"xref\n"
    b"0 4\n"
    b"0000000000 65535 f \n"
    b"0000000009 00000 n \n"
    b"0000000054 00000 n \n"
    b"0000000105 00000 n \n"
    b"trailer\n"
    b"<</Size 4/Root 1 0 R>>\n"
    b"startxref\n"
    b"184\n"
    b"%%EOF\n"
)
FUNCTIONS = {
    "motcua": ("tiep_nhan", "Lò Thị Hạnh"),
    "truongphong": ("lanh_dao_phong", "Cầm Văn Sơn"),
    "chuyenvien": ("tham_dinh", "Hoàng Thu Trang"),
    "chutich": ("phe_duyet", "Nguyễn Đức Minh"),
    "vanthu": ("van_thu", "Quàng Thị Pha"),
}


class Province:
    """The application with its people; `clock` stands still until moved."""

    def __init__(self, app: Flask, clock) -> None:
        self.app = app
        self.clock = clock
        self.services = app.extensions["tthc"]

    def visitor(self) -> Visitor:
        return Visitor(self.app.test_client())

    def staff(self, who: str) -> Visitor:
        """Somebody of the commune: `motcua`, `truongphong`, `chuyenvien`, `chutich`, `vanthu`; `@…` of the other."""
        visitor = self.visitor()
        visitor.sign_in(who, PASSWORD)
        return visitor

    def citizen(self, phone: str = "0912345678") -> Visitor:
        visitor = self.visitor()
        visitor.sign_in(phone, PASSWORD)
        return visitor

    def officer(self, login: str, name: str, *roles: str) -> Account:
        """Somebody with roles across agencies, who signs in with `PASSWORD`."""
        return self.services.accounts.create_staff(
            login=login,
            name=name,
            password=PASSWORD,
            now=self.clock.now(),
            roles=roles,
            must_change_password=False,
        )

    def sweep(self) -> None:
        """What beat and worker do in a running system."""
        self.services.timers.sweep(self.clock.now())
        self.services.outbox_worker.run_once()


def make_province(mongo_uri: str, database, clock, var: Path) -> Province:
    app = application(mongo_uri, database, clock, var)
    s = app.extensions["tthc"]
    s.agencies.add_missing(a for a in shipped_agencies() if a.id in {COMMUNE, OTHER})
    now: datetime = clock.now()
    for prefix, agency in (("", COMMUNE), ("khac-", OTHER)):
        for login, (function, name) in FUNCTIONS.items():
            s.accounts.create_staff(
                login=f"{prefix}{login}",
                name=name,
                password=PASSWORD,
                now=now,
                agency=agency,
                functions={agency: [function]},
                must_change_password=False,
            )
    for phone, name in (("0912345678", "Lò Thị Xuân"), ("0987654321", "Cầm Thị Mai")):
        s.accounts.register(
            Registration(
                kind="person",
                name=name,
                password=PASSWORD,
                phone=phone,
                email=f"{phone}@example.vn",
                citizen_number="014190001234",
                terms_version="2026-01",
            ),
            now,
        )
    return Province(app, clock)
