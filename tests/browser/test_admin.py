"""The administration in a browser: each of its pages is weighed and looked at, at a desk and on a telephone."""

from pathlib import Path

import pytest
from browser_walk import sit_down
from people import Province
from playwright.sync_api import expect
from screens import Person

pytestmark = [pytest.mark.browser, pytest.mark.database]

TEXT = (Path(__file__).parents[1] / "admin" / "thu_muc.yaml").read_text(encoding="utf-8")
LONGEST = "1.001193"
ADMIN = "/quan-tri"
PLACE = f"{ADMIN}/ban-cau-hinh"
PARTS = ("trang-thu-tuc", "bieu-mau", "quy-trinh", "noi-dung", "so-sanh", "gop-y", "tham-dinh")
OFFICERS = {
    "kiemsoat": ("kiem_soat", "Lường Thị Mai"),
    "thamdinh": ("tham_dinh_cau_hinh", "Vì Văn Thuận"),
    "quantri": ("quan_tri", "Đinh Quang Huy"),
}


@pytest.fixture
def officer(province: Province, person):
    def sit(login: str) -> Person:
        role, name = OFFICERS[login]
        province.officer(login, name, role)
        return sit_down(person, login)

    return sit


SYSTEM = {
    "co-quan/them": "them-co-quan",
    "co-quan/phuong-to-hieu/": "mot-co-quan",
    "co-quan/phuong-to-hieu/sua": "sua-co-quan",
    "co-quan/phuong-to-hieu/ke-thua": "ke-thua",
    "co-quan/phuong-to-hieu/ho-so": "chia-ho-so",
    "tai-khoan/them": "them-can-bo",
    "lich/": "lich",
    "lich/nam/2026/": "lich-nam",
    "lich/nam/2027/sua": "sua-lich",
    "lich/gio": "gio-lam-viec",
    "so/": "so",
    "so/them": "mo-so",
    "mau-thong-bao/": "mau-thong-bao",
    "mau-thong-bao/supplement_requested/": "sua-mau",
    "nhat-ky/": "nhat-ky",
    "nhat-ky/?loai=dang-nhap": "nhat-ky-dang-nhap",
    "tinh-trang/": "tinh-trang",
    "viec-nen/": "viec-nen",
}


def look_at_parts(someone: Person, place: str, name: str) -> None:
    for part in PARTS:
        someone.page.goto(f"{place}/{part}")
        someone.look_twice(f"quan-tri-{name}-{part}")


def test_a_definition_is_written_registered_and_looked_through(officer):
    writer = officer("kiemsoat")
    page = writer.page
    page.goto(f"{ADMIN}/")
    writer.look_twice("quan-tri-viec")
    page.goto(f"{PLACE}/them")
    writer.press("Lưu bản nháp")
    expect(page.get_by_role("alert")).to_contain_text("Chưa lưu được")
    writer.look_twice("quan-tri-them-loi")
    page.fill("#f-text", TEXT.replace("copies", "copis").replace("sum(", "smu(") + "\nlạ: 1\n")
    writer.press("Lưu bản nháp")
    expect(page.get_by_role("heading", name="Sửa bản cấu hình")).to_be_visible()
    writer.look_twice("quan-tri-sua-loi")
    page.fill("#f-text", TEXT)
    writer.press("Lưu bản nháp")
    expect(page.get_by_role("button", name="Đăng ký thẩm định")).to_be_enabled()
    place = page.url.rstrip("/")
    writer.look_twice("quan-tri-ban-nhap")
    page.goto(f"{place}/sua")
    writer.look_twice("quan-tri-sua")
    page.goto(place)
    writer.press("Đăng ký thẩm định")
    expect(page.locator("#toasts")).to_contain_text("Đã đăng ký thẩm định")

    reviewer = officer("thamdinh")
    reviewer.page.goto(f"{ADMIN}/")
    reviewer.look_twice("quan-tri-hang-cho")
    look_at_parts(reviewer, place, "moi")


def test_the_longest_definition_can_be_read_and_rewritten(officer, province: Province):
    (shipped,) = province.services.definitions.versions(LONGEST)
    writer = officer("kiemsoat")
    writer.page.goto(f"{PLACE}/")
    writer.look_twice("quan-tri-danh-sach")
    place = f"{PLACE}/{LONGEST}/{shipped.id}"
    writer.page.goto(place)
    writer.look_twice("quan-tri-dai")
    look_at_parts(writer, place, "dai")
    writer.page.goto(f"{PLACE}/them?tu={LONGEST}/{shipped.id}")
    expect(writer.page.locator("#f-text")).to_have_value(province.services.definitions.text(shipped))
    writer.look_twice("quan-tri-soan-lai")


def test_accounts_agencies_and_letters_are_listed(officer, province: Province):
    admin = officer("quantri")
    page = admin.page
    page.goto(f"{ADMIN}/")
    admin.look_twice("quan-tri-he-thong")
    page.goto(f"{ADMIN}/tai-khoan/")
    admin.look_twice("quan-tri-tai-khoan")
    page.fill("#login", "0912345678")
    admin.press("Tra cứu")
    expect(page.locator("main")).to_contain_text("091****678")
    admin.look_twice("quan-tri-nguoi-dan")
    page.goto(f"{ADMIN}/co-quan/")
    admin.look_twice("quan-tri-co-quan")
    for path, name in SYSTEM.items():
        page.goto(f"{ADMIN}/{path}")
        admin.look_twice(f"quan-tri-{name}")
    page.goto(f"{ADMIN}/thu-da-gui/")
    admin.look_twice("quan-tri-chua-co-thu")
    for number in range(60):
        province.services.database["mailbox"].insert_one(
            {
                "to": "xuan.lo@example.vn" if number % 2 else "0912345678",
                "subject": "Đã tiếp nhận hồ sơ 2.000181" if number % 2 else "",
                "body": "Hồ sơ đã được tiếp nhận.\nHẹn trả kết quả lúc 09:00 ngày 07/12/2026 (thứ Hai). " * 4,
                "channel": "email" if number % 2 else "sms",
                "at": province.clock.now(),
            }
        )
    page.reload()
    admin.look_twice("quan-tri-thu")
    page.goto(f"{PLACE}/{LONGEST}/khong-co/")
    admin.look_twice("quan-tri-khong-co")
