"""A citizen follows dossiers on a small telephone, and somebody in the hall of a one-stop shop asks the kiosk."""

import re

import pytest
from people import PASSWORD
from playwright.sync_api import expect
from small_desk import Kernel, a_file

from tthc.dossiers import commands as cmd
from tthc.dossiers.state import SupplementItem

pytestmark = [pytest.mark.database, pytest.mark.browser]

SMALL = {"width": 320, "height": 640}


def test_d26_3_d16_1c_followed_on_a_small_telephone_and_asked_at_the_kiosk(person, province):
    kernel = Kernel(province)
    under_way = kernel.examined(1)
    asked = kernel.do(
        "motcua",
        kernel.hand_in(2),
        cmd.RequestSupplement(
            (
                SupplementItem("hop_dong", "Trang 2 chụp mờ, không đọc được số hợp đồng và ngày ký"),
                SupplementItem("shop_name", "Tên khác với giấy đăng ký kinh doanh đã nộp"),
            ),
            note="Ông/bà chụp lại ở nơi đủ sáng.",
        ),
    )
    third = kernel.examined(3)
    waiting = kernel.do("chuyenvien", third, cmd.Act(third.tasks[0].id, "trinh", files=(a_file("du_thao"),)))
    citizen = person("phone")
    page = citizen.page
    page.set_viewport_size(SMALL)
    citizen.sign_in("0912345678", PASSWORD)
    page.goto("/ho-so")
    citizen.look("nho-ho-so-cua-toi")
    page.goto(f"/ho-so/{waiting.id}")
    citizen.look("nho-xac-nhan-du-thao")
    page.goto(f"/ho-so/{under_way.id}")
    page.get_by_text("Vì sao có ngày hẹn này?").click()
    expect(page.get_by_text("ngày thứ 5")).to_be_visible()
    citizen.look("nho-dang-giai-quyet")
    page.goto("/ho-so")
    page.get_by_role("link", name=re.compile("Bổ sung hồ sơ")).click()
    citizen.look("nho-bo-sung")
    page.fill("[name=shop_name]", "")
    page.fill("[name=note]", "Tôi đã sửa")
    citizen.press("Gửi phần bổ sung")
    expect(page.get_by_role("alert").first).to_be_visible()
    expect(page.locator("[name=note]")).to_have_value("Tôi đã sửa")
    citizen.look("nho-bo-sung-chua-duoc")
    province.sweep()
    page.goto("/thong-bao")
    citizen.look("nho-thong-bao")
    page.get_by_role("link", name="Chọn cách nhận thông báo").click()
    citizen.look("nho-chon-thong-bao")

    anybody = person("phone")
    page = anybody.page
    page.set_viewport_size(SMALL)
    page.goto(f"/tra-cuu?ma={under_way.code}")
    anybody.look("nho-tra-cuu-ma")
    page.fill("[name=so]", under_way.reference)
    anybody.press("Xem tình trạng")
    expect(page.locator(".timeline")).to_be_visible()
    anybody.look("nho-tra-cuu-day-du")
    page.goto("/hop-thu-thu/tin-nhan")
    page.fill("[name=phone]", "0912345678")
    page.fill("[name=text]", f"tchs {under_way.code}")
    anybody.press("Gửi tin")
    expect(page.get_by_text(f"{under_way.code}: dang giai quyet")).to_be_visible()
    anybody.look("nho-tin-nhan")

    hall = person("desk")
    page = hall.page
    page.goto("/tra-cuu/tai-quay")
    hall.look("quay-kiosk", picture=True)
    page.keyboard.type(f"{hall.base}/tra-cuu?ma={under_way.code}&so={under_way.reference}")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Màn hình tự xóa sau")).to_be_visible()
    hall.look("quay-kiosk-tra-loi")
    page.get_by_role("link", name="Xong, xóa màn hình").click()
    expect(page.locator("[name=ma]")).to_be_focused()
    expect(page.locator("main")).not_to_contain_text(under_way.code)
    page.keyboard.type("HS-2222-3333")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    hall.look_twice("quay-kiosk-khong-thay")
    assert asked.reference not in page.content()
