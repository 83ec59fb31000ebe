"""Steps of the road that several tests walk."""

import io
import re
from typing import NamedTuple

from people import COMMUNE, PDF, Province
from visitor import Page, Visitor

DESK = f"/motcua/{COMMUNE}"


def pdf(name: str = "giay-to.pdf"):
    return (io.BytesIO(PDF), name)


def begin(citizen: Visitor, code: str) -> Page:
    page = citizen.submit(citizen.get(f"/thu-tuc/{code}"), f"/thu-tuc/{code}/nop", {"agency": COMMUNE})
    assert page.status == 200, page.text
    return page


def upload_all(citizen: Visitor, page: Page) -> Page:
    for form in [f for f in page.forms if "/giay-to/" in f.action and not f.action.endswith("/xoa")]:
        page = citizen.submit(page, form.action, {"file": pdf()})
        assert page.status == 200, page.text
    return page


def hand_in(citizen: Visitor, page: Page, receive_by: str = "counter") -> Page:
    assert page.url.endswith("/nhan-ket-qua"), (page.url, page.text)
    page = citizen.submit(page, "/nhan-ket-qua", {"receive_by": receive_by})
    assert page.url.endswith("/kiem-tra"), page.text
    refused = citizen.submit(page, "/kiem-tra")
    assert refused.status == 422 and "cam đoan" in refused.text
    page = citizen.submit(page, "/kiem-tra", {"declared": "yes"})
    assert page.status == 200 and "Đã nộp hồ sơ" in page.text, page.text
    return page


def reference(page: Page) -> str:
    return re.search(r"HS-\w{4}-\w{4}", page.text)[0]


def open_dossier(staff: Visitor, inbox: str, number: str) -> Page:
    page = staff.get(f"/motcua/{COMMUNE}/hop/{inbox}")
    assert number in page.text, page.text
    link = re.search(rf'href="([^"]+)">{re.escape(number)}</a>', page.html)[1]
    return staff.get(link)


def code_on(page: Page) -> str:
    return re.search(r"\d{3}\.\d{2}\.\d{2}\.H52-\d{6}-\d{4}", page.text)[0]


TOBACCO_QUESTIONS = {"applicant_kind": "ho_kinh_doanh", "fee_area": "thanh_pho"}
TOBACCO_FORM = {
    "business_name": "Hộ kinh doanh Lò Thị Xuân",
    "registration_number": "14A8001234",
    "registration_date.d": "5",
    "registration_date.m": "3",
    "registration_date.y": "2024",
    "registration_office": "UBND thành phố Sơn La",
    "head_office": "Số 12, tổ 3, phường Tô Hiệu, tỉnh Sơn La",
    "business_phone": "0912345678",
    "business_email": "xuan@example.vn",
    "representative.full_name": "Lò Thị Xuân",
    "representative.citizen_number": "014190001234",
    "shops.0.shop_address": "Số 12, đường Chu Văn Thịnh",
    "shops.0.shop_area": "12,5",
    "suppliers.0.supplier_name": "Công ty Thuốc lá Thăng Long",
    "suppliers.0.supplier_paper": "15/2026/HĐNT ngày 02/11/2026",
}


def fill(visitor: Visitor, page: Page, values: dict[str, str]) -> Page:
    """Answer every form page with what belongs on it until the papers or the receiving page comes."""
    for _ in range(12):
        if "/trang/" not in page.url:
            return page
        names = set(re.findall(r'name="([^"]+)"', page.html))
        page = visitor.submit(
            page, page.url.rsplit("/", 1)[1], {k: v for k, v in values.items() if k in names}
        )
        assert page.status == 200, page.text
    raise AssertionError(f"the form does not end: {page.url}")


class Accepted(NamedTuple):
    """A dossier that the counter accepted: its code, the applicant's page of it, and the applicant."""

    code: str
    mine: str
    citizen: Visitor


def accepted(province: Province, procedure: str, answers: dict[str, str], checked: list[str]) -> Accepted:
    """Handed in online with a file for each paper, paid for where that comes first, and accepted."""
    citizen, desk = province.citizen(), province.staff("motcua")
    page = fill(citizen, begin(citizen, procedure), answers)
    page = hand_in(citizen, citizen.submit(upload_all(citizen, page), "/giay-to"))
    mine = page.url
    page = open_dossier(desk, "truc-tuyen", reference(page))
    if page.has_form("/thu-phi"):
        page = desk.submit(page, "/thu-phi", {"method": "transfer", "receipt": "BL-001"})
    return Accepted(code_on(desk.submit(page, "/tiep-nhan", {"checked": checked})), mine, citizen)


def licence(province: Province) -> str:
    """A tobacco licence, accepted: its code."""
    checked = ["dang_ky_kinh_doanh", "van_ban_gioi_thieu", "don_de_nghi"]
    return accepted(province, "2.000181", TOBACCO_QUESTIONS | TOBACCO_FORM, checked).code


def licence_at_the_examiner(province: Province) -> str:
    """The same, given to the examiner, who is to draft it: its code."""
    code, head = licence(province), province.staff("truongphong")
    page = open_dossier(head, "cho-toi", code)
    chosen = re.search(r'<option value="(\w+)">Hoàng Thu Trang', page.html)[1]
    assert head.submit(page, "/giao_viec", {"assignee": chosen}).status == 200
    return code


def copies_at_the_counter(desk: Visitor) -> Page:
    """Certified copies, which the counter solves at once: typed in and saved, with the money still to be taken."""
    page = desk.submit(desk.get(f"{DESK}/tiep-nhan?q=ban sao"), "/them-moi", {"procedure": "2.000815"})
    typed = {
        "documents.0.name": "Bằng tốt nghiệp",
        "documents.0.pages": "5",
        "documents.0.copies": "3",
        "documents.count": "1",
        "requester_name": "Lò Thị Xuân",
        "issued_abroad": "false",
        "applicant.name": "Lò Thị Xuân",
        "applicant.phone": "0912345678",
        "checked": "ban_chinh",
    }
    page = desk.submit(page, page.url, typed | {"_action": "save"})
    assert "21.000 đồng" in page.text, page.text
    return page
