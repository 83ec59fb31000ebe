"""Everything the site holds about one person, for that person: as plain data, and as a zip to take along."""

import json
import tempfile
import zipfile
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from typing import IO, Any, Final

from pymongo import DESCENDING

from definitions.model import Definition
from renderers.environment import environment
from renderers.html.summary import render_summary
from renderers.pdf.engine import pdf
from renderers.text import day
from rules.calendar import TZ
from rules.i18n import in_vietnamese
from tthc.accounts.model import Account
from tthc.audit.words import SIGN_INS, reading
from tthc.dossiers.codec import to_json
from tthc.dossiers.state import Dossier, FileRef
from tthc.dossiers.status import LABELS
from tthc.privacy.consents import purposes
from tthc.privacy.own_files import MOST_BYTES, Packed, Packing, own_files
from tthc.services import Services
from tthc.web.story import applicant_story

MOST: Final = 1_000  # of each kind; nobody has handed in as many
PAGE: Final = 100


def dossiers_of(s: Services, account: str) -> list[Dossier]:
    """A person's dossiers, the newest first."""
    found: list[Dossier] = []
    after: str | None = None
    while True:
        page = s.lists.owned(account, after=after, limit=PAGE)
        found += [one for row in page.rows if (one := s.repository.get(row.id)) is not None]
        after = page.after
        if after is None or len(found) >= MOST:
            return found


def kept_until(definition: Definition, dossier: Dossier) -> tuple[date | None, str]:
    """`(the last day on which it is kept, by which law)`; no day where it is kept for ever or nothing is said."""
    if definition.retention is None:
        return None, ""
    ended = (dossier.ended_at or dossier.updated_at).astimezone(TZ).date()
    free = definition.retention.ends(ended)
    return free and free - timedelta(days=1), definition.retention.source.text


def collect(s: Services, account: Account, now: datetime, packing: Packing) -> dict[str, Any]:
    """Plain data, ready for JSON. What officials wrote for one another is not in it; who read what is. Files go into
    `packing`.
    """
    proof = account.proof
    dossiers = dossiers_of(s, account.key)
    return {
        "lap_luc": now.isoformat(),
        "tai_khoan": {
            "loai": "Tổ chức" if account.kind == "organisation" else "Cá nhân",
            "ten": account.name,
            "so_dinh_danh": account.citizen_number,
            "ma_so_thue": account.tax_number,
            "nguoi_dai_dien": account.representative,
            "ngay_sinh": account.birth_date.isoformat() if account.birth_date else "",
            "noi_cu_tru": account.address,
            "dien_thoai": account.phone,
            "thu_dien_tu": account.email,
            "da_xac_nhan": {one: at.isoformat() for one, at in s.accounts.confirmed_at(account.key).items()},
            "xac_thuc": None
            if proof is None
            else {
                "luc": proof.at.isoformat(),
                "bang": proof.document_name,
                "so": proof.number,
                "nguoi_doi_chieu": proof.by_name,
                "co_quan": proof.agency,
            },
        },
        "dong_y": [
            {
                "muc_dich": one.purpose,
                "ten_muc_dich": purposes()[one.purpose].title,
                "dong_y": one.given,
                "ban": one.version,
                "sha256": one.sha256,
                "ngon_ngu": one.language,
                "sha256_ban_da_doc": one.shown,
                "luc": one.at.isoformat(),
            }
            for one in s.consents.of(account.key)
        ],
        "tai_khoan_dinh_danh": [
            {"noi": one.provider, "luc": one.at.isoformat()} for one in s.links.of(account.key)
        ],
        "dang_nhap": [
            {
                "luc": one.at.isoformat(),
                "ket_qua": SIGN_INS.get(one.result, one.result),
                "dia_chi": one.address,
            }
            for one in s.accounts.sign_ins(account.key, MOST)
        ],
        "ho_so": [_dossier(s, one, packing) for one in dossiers],
        "ho_so_dang_khai": [
            {
                "thu_tuc": one.procedure,
                "luu_luc": one.saved_at.isoformat() if one.saved_at else "",
                "da_khai": to_json(one.answers),
            }
            for one in s.applications.open_of(account.key, MOST)
        ],
        "thong_bao": [
            {"luc": row["at"].astimezone(TZ).isoformat(), "tieu_de": row["subject"], "noi_dung": row["body"]}
            for row in s.database["inbox"].find({"to": account.key}).sort("at", DESCENDING).limit(MOST)
        ],
        "phan_anh": [
            {
                "ma": one.id,
                "luc": one.received_at.astimezone(TZ).isoformat(),
                "co_quan": s.agencies.facts(one.agency).name,
                "tieu_de": one.subject,
                "noi_dung": one.text,
                "tra_loi": one.answer,
            }
            for one in s.feedback.of_account(account.key, MOST)
        ],
        "yeu_cau_ve_du_lieu": [
            {"luc": one.at.isoformat(), "viec": one.kind} for one in s.privacy.of(account.key)
        ],
    }


def _dossier(s: Services, found: Dossier, packing: Packing) -> dict[str, Any]:
    definition = s.definitions.by_hash(found.definition)
    until, law = kept_until(definition, found)
    return {
        "ma": found.code or found.reference,
        "thu_tuc": found.procedure,
        "ten_thu_tuc": found.procedure_name,
        "co_quan": s.agencies.facts(found.agency).name,
        "tinh_trang": LABELS[found.status],
        "nop_luc": found.submitted_at.isoformat(),
        "nguoi_nop": to_json(found.applicant),
        "da_khai": to_json(found.answers or {}),
        "giay_to": [
            _file(s, found, what, file, packing.put(found.code or found.reference, file))
            for what, file in own_files(found, definition)
        ],
        "phi": [
            {"ten": fee.label, "so_tien": fee.amount, "da_nop": fee.paid_at is not None} for fee in found.fees
        ],
        "dien_bien": [
            {"luc": line.at.isoformat() if line.at else "", "viec": line.title, "noi_dung": line.text}
            for line in applicant_story(found, s.calendar(found.agency))
        ],
        "nguoi_xem": _readings(s, found.id),
        "luu_den": until.isoformat() if until else ("vĩnh viễn" if law else ""),
        "can_cu_luu": law,
    }


def _file(s: Services, found: Dossier, what: str, file: FileRef, packed: Packed) -> dict[str, Any]:
    """Which file, and where: in the archive, or else why not and at which address it can be had."""
    return {
        "giay_to": what,
        "tep": file.name,
        "kich_thuoc": file.size,
        "sha256": file.sha256,
        "trong_goi": packed.name,
        "khong_kem": packed.why,
        "tai_o": f"{s.settings.base_url}/ho-so/{found.id}" if packed.later else "",
    }


def _readings(s: Services, dossier: str) -> list[Mapping[str, str]]:
    """Which agency's people opened it, when and what; the official's name is the agency's to give."""
    return [
        {
            "luc": row["at"].astimezone(TZ).isoformat(),
            "co_quan": s.agencies.facts(row["agency"]).name if row.get("agency") else "",
            "viec": reading(row["what"].partition(":")[0]),
        }
        for row in s.reads.of(dossier, MOST)
    ]


def _day(text: str) -> str:
    """`02/01/1990` of `1990-01-02`; other words as they are."""
    return day(date.fromisoformat(text)) if text[:1].isdigit() else text


@in_vietnamese()  # a paper, as it is printed for anybody
def bundle(s: Services, account: Account, now: datetime, most: int = MOST_BYTES) -> IO[bytes]:
    """`du-lieu.json` for machines, `du-lieu.pdf` to be read and the files that were handed in, as many as `most` octets
    hold, in one zip: an open file of no name that is gone when it is closed.
    """
    with ExitStack() as undone:
        out = undone.enter_context(tempfile.TemporaryFile(dir=s.settings.var))  # /tmp may be memory
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            told = collect(s, account, now, Packing(archive, s.files, most))
            archive.writestr("du-lieu.json", json.dumps(told, ensure_ascii=False, indent=1))
            archive.writestr("du-lieu.pdf", _to_read(s, account, told, now))
        out.seek(0)
        undone.pop_all()
        return out


def _to_read(s: Services, account: Account, told: Mapping[str, Any], now: datetime) -> bytes:
    """The same as a .pdf, with the forms as they were filled in."""
    forms = {
        one.code or one.reference: render_summary(
            s.definitions.by_hash(one.definition).whole_form, one.answers or {}, level=4
        )
        for one in dossiers_of(s, account.key)
    }
    page = (
        environment()
        .get_template("documents/own_data.html")
        .render(told=told, forms=forms, now=now, read_at=datetime.fromisoformat, read_day=_day)
    )
    return pdf(page)
