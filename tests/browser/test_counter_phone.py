"""The counter on a screen of 360 points: an immediate result, photographs from a second telephone, the day's hand-over."""

import hashlib
import io
import re
from urllib.parse import urlsplit

import pytest
from browser_walk import DESK, type_all
from people import PASSWORD, PDF, Province
from PIL import Image
from playwright.sync_api import expect
from walk import TOBACCO_FORM, TOBACCO_QUESTIONS

from tthc.onestop.phone.desk_routes import address

pytestmark = [pytest.mark.browser, pytest.mark.database]

SCANNED = "ban_chinh"


def photo(name: str) -> dict[str, object]:
    made = io.BytesIO()
    Image.new("RGB", (300, 400), "navy").save(made, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": made.getvalue()}


def code_path(province: Province, entry: str) -> str:
    """Where the QR code of an entry screen leads."""
    s = province.services
    owner = s.accounts.by_login("motcua").key
    with province.app.test_request_context():
        link = s.phone_links.living(entry.rsplit("/", 1)[1], owner, s.clock.now())
        return urlsplit(address(link)).path


@pytest.mark.branch("giay-qr", "tra-ngay", "ban-giao")
def test_d12_1b_d12_1d_d12_3_the_counter_on_a_telephone(person, province: Province):
    counter = person("phone")
    counter.sign_in("motcua", PASSWORD)
    page = counter.page
    page.goto(f"{DESK}/tiep-nhan?q=sao y")
    counter.look("quay-dien-thoai-chon")
    page.get_by_role("button", name=re.compile("^Thêm mới")).first.click()
    type_all(
        counter,
        {
            "applicant.name": "Lò Thị Xuân",
            "applicant.phone": "0912345678",
            "documents.0.name": "Bằng tốt nghiệp",
            "documents.0.pages": "5",
            "documents.0.copies": "3",
        },
    )
    page.locator('[name="documents.0.copies"]').press("Tab")
    expect(page.locator(".fees")).to_contain_text("21.000 đồng")
    page.check("[name=checked][value=ban_chinh]")
    page.select_option("[name=method]", "cash")
    # a scan of the counter itself, on a line that breaks in the middle
    scanned = counter.send_through_a_cut(f"#paper-{SCANNED}", "ban-quet.pdf", PDF)
    lines = page.locator(f"#paper-{SCANNED} [data-files] li")
    expect(lines).to_have_count(1)
    expect(lines).to_contain_text(hashlib.sha256(scanned).hexdigest())
    kept = province.services.database["applications"].find_one({"_id": page.url.rsplit("/", 1)[1]})
    assert [file["size"] for file in kept["files"][SCANNED]] == [len(scanned)]
    counter.look("quay-dien-thoai-tra-ngay")
    counter.press("Tiếp nhận và trả kết quả")
    expect(page.locator(".dossier-head")).to_contain_text("Đã trả kết quả")
    counter.look("quay-dien-thoai-xong")
    assert page.request.get(f"{page.url.partition('?')[0]}/giay-tiep-nhan.pdf").status == 404, "no Mẫu 01"
    page.goto(f"{DESK}/hop/tat-ca")
    expect(page.locator("main table")).to_contain_text("Đã trả kết quả")  # and counted all the same

    page.goto(f"{DESK}/tiep-nhan?q=thuoc la")
    page.get_by_role("button", name=re.compile("^Thêm mới")).first.click()
    type_all(counter, {"applicant.name": "Lò Thị Xuân", "applicant.phone": "0912345678"})
    page.get_by_role("button", name="Chụp bằng điện thoại").click()
    expect(page.get_by_role("img", name=re.compile("Mã QR"))).to_be_visible()
    expect(page.locator('[name="applicant.name"]')).to_have_value("Lò Thị Xuân")
    page.get_by_text("Bưu chính, nộp thay, nộp hộ").click()
    page.locator("#phone").scroll_into_view_if_needed()
    counter.look("quay-dien-thoai-ma-qr", picture=True)
    entry = urlsplit(page.url).path

    camera = person("phone")
    camera.page.goto(code_path(province, entry))
    camera.look("chup-giay-to", picture=True)
    form = camera.page.locator('form[action$="/dang_ky_kinh_doanh"]')
    form.locator("input[type=file][multiple]").set_input_files([photo("trang-1.jpg"), photo("trang-2.jpg")])
    form.get_by_label("Gộp các ảnh thành một tệp PDF").check()
    form.get_by_role("button", name=re.compile("^Gửi")).click()
    expect(camera.page.locator("#paper-dang_ky_kinh_doanh")).to_contain_text("Đã gửi 1 tệp")
    camera.look("chup-da-gui")
    arrived = page.locator("#paper-dang_ky_kinh_doanh [data-files] li")
    expect(arrived).to_have_count(1, timeout=15_000)
    expect(arrived).to_contain_text(".pdf")
    expect(page.locator("[data-arrivals-state]")).to_have_text("Vừa nhận 1 tệp.")

    page.get_by_role("button", name="Chưa đúng, chưa đủ").click()
    expect(page.get_by_role("heading", name="Hướng dẫn bổ sung hoặc từ chối")).to_be_visible()
    counter.look("quay-dien-thoai-huong-dan")

    desk = province.staff("motcua")
    typed = desk.submit(desk.get(entry), entry, TOBACCO_QUESTIONS | TOBACCO_FORM | {"_action": "save"})
    papers = re.findall(r'name="checked" value="(\w+)"', typed.html)
    desk.submit(typed, entry, {"checked": papers, "method": "cash", "_action": "accept"})
    page.goto(f"{DESK}/ban-giao")
    expect(page.get_by_role("heading", name="Chờ bàn giao (1)")).to_be_visible()
    counter.look("quay-dien-thoai-ban-giao", picture=True)
    page.get_by_role("button", name="Đã bàn giao").click()
    expect(page.locator("#toasts")).to_contain_text("Đã bàn giao 1 hồ sơ.")
    counter.look("quay-dien-thoai-da-ban-giao")
    page.locator("#day ~ .scroll a").first.click()
    expect(page.locator("#custody + .summary")).to_contain_text("Phòng chuyên môn")
    page.locator("#custody").scroll_into_view_if_needed()
    counter.look("quay-dien-thoai-ban-giay", picture=True)
    camera.page.reload()
    expect(camera.page.locator("main")).to_contain_text("không còn dùng được")
