"""Paying on a telephone, the line cut on the way to the bank and on the way back; then the desk that looks after what does
not fit.
"""

from dataclasses import replace

import pytest
from hashing import cheap_hasher
from pay_walk import OWED, payer
from people import PASSWORD, Province
from playwright.sync_api import expect

from tthc.services import EXTENSION, build

pytestmark = [pytest.mark.browser, pytest.mark.database]
DESK = "/motcua/phuong-to-hieu"


@pytest.fixture
def served(province: Province, base: str) -> Province:
    """The province as it is served here: its own bank sends payers back to this very address."""
    s = province.services
    made = build(replace(s.settings, base_url=base), s.database, province.clock, cheap_hasher())
    province.app.extensions[EXTENSION] = province.services = made
    return province


def test_d10_4b_d10_4c_paid_on_a_telephone_whatever_happens_to_the_line(person, served: Province):
    one = payer(served)
    two, three = one.another(), one.another()
    citizen = person("phone")
    citizen.sign_in("0912345678", PASSWORD)
    page = citizen.page
    citizen.on_a_slow_line()
    page.goto(f"/ho-so/{one.dossier_id}")
    page.get_by_role("link", name="Nộp trực tuyến").click()
    expect(page.get_by_role("heading", name="Nộp phí, lệ phí", level=1)).to_be_visible()
    citizen.look("nop-phi-chon")
    citizen.press("Tiếp tục")
    citizen.look("nop-phi-sang-ngan-hang")
    # the line breaks as the payer leaves for the bank: the page is there again, and leads there
    leaving = page.get_by_role("link", name="Sang trang ngân hàng")
    citizen.lose("**/ngan-hang", leaving, sent=False)
    page.goto(f"/ho-so/{one.dossier_id}/nop-phi/")
    page.get_by_role("link", name="100.000 đồng").first.click()
    leaving.click()
    citizen.look("nop-phi-ngan-hang-thu")
    page.get_by_label("Trả tiền, quay về trước, báo chậm một phút").check()
    # the bank takes the money, and the line breaks before it has sent the payer back
    done = page.get_by_role("button", name="Thực hiện")
    citizen.lose("**/_ngan-hang-thu/*", done, sent=True)
    page.goto(f"/ho-so/{one.dossier_id}/nop-phi/{one.last.id}")
    expect(page.get_by_role("link", name="Sang trang ngân hàng")).to_be_visible()
    one.sweep(minutes=2)
    page.reload()
    expect(page.get_by_role("heading", name="Đã nhận được tiền")).to_be_visible()
    citizen.look("nop-phi-da-nhan")
    assert [entry["amount"] for entry in one.recorded()] == [OWED]
    assert len(one.store.of_dossier(one.dossier_id)) == 1

    page.goto(f"/ho-so/{two.dossier_id}/nop-phi/")
    page.get_by_label("Chuyển khoản bằng mã QR").check()
    citizen.press("Tiếp tục")
    expect(page.get_by_role("img", name="Mã QR")).to_be_visible()
    citizen.look("nop-phi-ma-qr")
    page.get_by_role("link", name="Chuyển thử").click()
    page.get_by_label("Số tiền").fill(str(OWED // 2))
    citizen.press("Chuyển")
    page.goto(f"/ho-so/{two.dossier_id}/nop-phi/{two.last.id}")
    expect(page.get_by_role("heading", name="Số tiền đã nộp không khớp")).to_be_visible()
    citizen.look("nop-phi-khong-khop")

    three.pay("tra-hai")
    desk = person("desk")
    desk.sign_in("motcua", PASSWORD)
    desk.page.goto(f"{DESK}/thanh-toan?ngay=2026-11-23")
    statement = f"Ngày;Mã giao dịch;Số tiền;Nội dung\n23/11/2026;FT9;{OWED};tien dien\n"
    desk.page.get_by_label("Tệp sao kê (CSV)").set_input_files(
        {"name": "sao-ke.csv", "mimeType": "text/csv", "buffer": statement.encode()}
    )
    desk.press("Đối soát")
    expect(desk.page.get_by_role("heading", name="Có chỗ chưa khớp")).to_be_visible()
    desk.look_twice("thanh-toan-doi-soat")
    desk.page.goto(f"{DESK}/thanh-toan")
    desk.press("Đề nghị hoàn lại")
    expect(desk.page.locator("#toasts")).to_contain_text("Đã lập đề nghị hoàn tiền")
    leader = person("desk")
    leader.sign_in("chutich", PASSWORD)
    leader.page.goto(f"{DESK}/ho-so/{three.dossier_id}")
    leader.page.locator("#money-title").scroll_into_view_if_needed()
    leader.look("ban-hoan-tien-duyet", picture=True)
    leader.press("Duyệt hoàn")
    expect(leader.page.locator("main")).to_contain_text("Đã hoàn")
    leader.look_twice("ho-so-da-hoan")
    page.goto(f"/ho-so/{three.dossier_id}/nop-phi/{three.last.id}")
    expect(page.locator("main")).to_contain_text("Khoản thừa đã được hoàn lại")
