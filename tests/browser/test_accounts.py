"""An account opened, let in again, confirmed and taken along, on a telephone; and the counter that confirms it."""

import re
from dataclasses import replace

import pytest
from oidc_provider import environment, provider
from people import COMMUNE, PASSWORD, Province
from playwright.sync_api import expect

from tthc.oidc.client import Client
from tthc.oidc.configured import providers_from
from tthc.oidc.http import Http

pytestmark = [pytest.mark.browser, pytest.mark.database]


@pytest.fixture
def vneid(province: Province, base: str, clock):
    with provider(clock) as made:
        found = providers_from(environment(made.issuer), production=False)
        s = province.services
        province.services = province.app.extensions["tthc"] = replace(
            s,
            settings=replace(s.settings, providers=found, base_url=base),
            providers={one.id: Client(one, Http(production=False)) for one in found},
        )
        yield made


def read_code(province: Province, page) -> str:
    """The code as somebody reads it who tries things: the letter stays on the page."""
    province.sweep()
    page.reload()
    return re.search(r"\b\d{6}\b", page.locator("details.why").inner_text())[0]


@pytest.mark.usefixtures("vneid")
def test_d10_1a_d10_1c_an_account_on_a_telephone(person, province: Province):
    someone = person("phone")
    page = someone.page
    page.goto("/dang-ky")
    page.fill("[name=name]", "Quàng Thị Ban")
    page.fill("[name=phone]", "0977 000 111")
    page.fill("[name=password]", "nương ngô tháng bảy")
    page.check("[name=terms]")
    someone.look("dt-dang-ky")
    someone.press("Tiếp tục, nhận mã")
    page.fill("[name=code]", "000000")
    someone.press("Mở tài khoản")
    expect(page.locator("#error-summary")).to_contain_text("còn 4 lần thử")
    someone.look("dt-ma-sai")
    page.fill("[name=code]", read_code(province, page))
    someone.press("Mở tài khoản")
    expect(page.get_by_text("Đã xác nhận nơi liên lạc")).to_be_visible()
    someone.look("dt-tai-khoan")
    page.goto("/tai-khoan/du-lieu")
    page.get_by_text("Tôi muốn xóa tài khoản", exact=True).click()
    page.locator("form[action$='/xoa']").get_by_role("button").click()
    expect(page.locator("#error-summary")).to_be_visible()
    someone.look("dt-du-lieu-cua-toi")

    other = person("phone")
    page = other.page
    page.goto("/quen-mat-khau")
    other.look("dt-quen-mat-khau")
    page.fill("[name=login]", "0977000111")
    other.press("Gửi mã")
    code = read_code(province, page)
    page.fill("[name=code]", code)
    page.fill("[name=password]", "ngắn")
    other.press("Đặt mật khẩu mới")
    expect(page.locator("#error-summary")).to_be_visible()
    other.look("dt-dat-lai-mat-khau")
    page.fill("[name=code]", code)
    page.fill("[name=password]", "một câu khác hẳn")
    other.press("Đặt mật khẩu mới")
    other.look("dt-dang-nhap")
    page.get_by_role("link", name="Đăng nhập qua VNeID (thử)").click()
    expect(page.get_by_role("heading", name="Lần đầu đăng nhập qua VNeID (thử)")).to_be_visible()
    other.press("Mở tài khoản mới")
    expect(page.locator("#error-summary")).to_contain_text("điều khoản")
    other.look("dt-lan-dau-vneid")
    page.fill("[name=login]", "0977000111")
    page.fill("[name=password]", "một câu khác hẳn")
    other.press("Nối với tài khoản này")
    page.goto("/tai-khoan")
    expect(page.get_by_text("Đã xác thực danh tính").first).to_be_visible()
    other.look("dt-tai-khoan-da-xac-thuc")
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="Đăng xuất").first.click()
    expect(page.get_by_role("link", name="Đăng xuất cả VNeID (thử)")).to_be_visible()
    other.look("dt-da-dang-xuat")

    desk = person("desk")
    desk.sign_in("motcua", PASSWORD)
    page = desk.page
    page.goto(f"/motcua/{COMMUNE}/xac-nhan-danh-tinh")
    page.fill("[name=login]", "0912345678")
    desk.press("Tìm tài khoản")
    desk.press("Xác nhận danh tính")
    expect(page.locator("#error-summary")).to_be_visible()
    desk.look_twice("xac-nhan-danh-tinh")
