"""What tests of the registry share: a decision on paper, a table entered under it, drafts, a slip, papers read back."""

import csv
import io
from datetime import date
from pathlib import Path

from pypdf import PdfReader

from definitions.shipped import shipped

ADMIN = "/quan-tri"
CODE = "9.000001"
NAME = "Cấp thẻ bạn đọc thư viện xã"
TEXT = (Path(__file__).parent / "admin" / "thu_muc.yaml").read_text(encoding="utf-8")
ONLINE = "2.000181"
DECISION = {"decision_number": "12/QĐ-UBND", "decision_issuer": "Chủ tịch Ủy ban nhân dân tỉnh Sơn La"}


def boxes(name, day):
    return {f"{name}.d": str(day.day), f"{name}.m": str(day.month), f"{name}.y": str(day.year)}


DAY = boxes("decision_day", date(2026, 11, 20))


def words(answer):
    assert answer.mimetype == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.data)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def sheet(answer):
    assert answer.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def enter(officer, *lines, act="write", start=date(2026, 11, 1), **more):
    form = {**DECISION, **DAY, **boxes("start", start), "table": "\n".join(lines), "act": act, **more}
    return officer.post(f"{ADMIN}/danh-muc/nhap-bang", **form)


def draft(services, clock, text=TEXT, code=CODE):
    by = services.accounts.get("soan").key
    return services.definitions.save_draft(code, text, by, clock.now()).version


def online_draft(services, clock):
    """A new version of a shipped service of level 3 or 4."""
    text = next(text for name, text in shipped() if name.startswith(ONLINE))
    return draft(services, clock, text + "\n# soạn lại\n", ONLINE)


def slip_of(officer, services):
    officer.post(f"{ADMIN}/phieu-dang-ky/them", **DECISION, **DAY, note="Đợt 1")
    slip = services.registry.store.slips()[0]
    return slip, f"{ADMIN}/phieu-dang-ky/{slip.id}"


def put(officer, place, version=None, **form):
    given = {} if version is None else {"version": f"{version.procedure}/{version.id}"}
    return officer.post(f"{place}/them-thu-tuc", **given, **form)
