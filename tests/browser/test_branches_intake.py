"""Intake with its exceptions as the counter meets them, on a telephone, applicant and head of the unit in turn."""

import re

import pytest
from at_work import CITIZEN, at_work, handed_in, send, told
from browser_walk import DESK, press_action, type_all
from people import PDF, Province
from playwright.sync_api import expect
from walk import TOBACCO_FORM, TOBACCO_QUESTIONS

from rules.calendar import TZ

pytestmark = [pytest.mark.browser, pytest.mark.database]


@pytest.mark.branch("truc-tuyen", "phi-truoc", "bo-sung-tiep-nhan", "tu-choi")
@pytest.mark.branch("phieu-huong-dan", "buu-chinh", "nop-ho", "sau-15-gio")
def test_d10_2a_d10_2c_d12_1a_d12_1c_d23_1_what_comes_in_is_asked_about_refused_or_received(
    person, province: Province
):
    first, second = handed_in(province, 1), handed_in(province, 2)
    province.clock.advance(hours=2)
    counter, citizen = (
        at_work(person, province, "motcua", "phone"),
        at_work(person, province, CITIZEN, "phone"),
    )
    page, mine = counter.page, citizen.page

    page.goto(f"{DESK}/hop/truc-tuyen")
    expect(page.locator("main table")).to_contain_text("còn 6 giờ trong 8 giờ làm việc")
    page.get_by_role("link", name=first.reference).click()
    boxes = page.locator('form[action$="/tiep-nhan"] [name=checked]')
    expect(boxes).to_have_count(3)  # the fourth paper need not come, and did not
    for box in boxes.all():
        box.check()
    press_action(counter, "tiep-nhan")
    told(counter, "Đ10.2c")
    expect(page.locator('form[action$="/tiep-nhan"] [name=checked]:checked')).to_have_count(3)
    press_action(counter, "goi-dien")
    told(counter, "Đ10.2c")
    page.get_by_label("Nội dung hướng dẫn").fill("Chụp lại trang có chữ ký; phí nộp tại quầy.")
    press_action(counter, "goi-dien")
    expect(page.locator("#toasts")).to_contain_text("Đã ghi lại cuộc gọi")
    press_action(counter, "bo-sung")
    told(counter, "Chọn ít nhất một giấy tờ")
    page.get_by_label(re.compile("^Giấy tờ: Văn bản giới thiệu")).fill("Thiếu trang có chữ ký")
    page.get_by_label(re.compile("^Mục khai: Địa chỉ trụ sở")).fill("Ghi rõ tổ, bản")
    counter.look("tiep-nhan-yeu-cau-bo-sung")
    press_action(counter, "bo-sung")

    mine.goto(f"/ho-so/{first.id}")
    mine.get_by_role("link", name="Bổ sung ngay").click()
    mine.locator("#f-van_ban_gioi_thieu").set_input_files(
        {"name": "hop-dong-du-trang.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    expect(mine.locator(".hash")).to_be_visible()  # the line that comes moves the button
    mine.get_by_label("Lời nhắn cho cán bộ").fill("Trụ sở ở tổ 3, tôi ghi như trên đăng ký.")
    send(citizen, "Gửi phần bổ sung")
    expect(mine.locator("#toasts")).to_contain_text("Đã gửi phần bổ sung")

    page.goto(f"{DESK}/hop/truc-tuyen")
    expect(page.locator("main table")).to_contain_text("còn 8 giờ trong 8 giờ làm việc")
    page.get_by_role("link", name=first.reference).click()
    expect(page.locator("#papers + .summary")).to_contain_text("hop-dong-du-trang.pdf")
    expect(page.locator("#history + .timeline")).to_contain_text("Trụ sở ở tổ 3, tôi ghi như trên đăng ký.")
    press_action(counter, "thu-phi")
    for box in boxes.all():
        box.check()
    press_action(counter, "tiep-nhan")
    expect(page.locator("#toasts")).to_contain_text("Đã tiếp nhận hồ sơ")

    page.goto(f"{DESK}/hop/truc-tuyen")
    page.get_by_role("link", name=second.reference).click()
    press_action(counter, "tu-choi")
    told(counter, "lý do")
    page.get_by_label("Lý do từ chối").fill("Điểm bán thuộc thẩm quyền của Ban quản lý khu công nghiệp.")
    press_action(counter, "tu-choi")
    mine.goto(f"/ho-so/{second.id}")
    expect(mine.locator(".callout")).to_contain_text("Lý do: Điểm bán thuộc thẩm quyền của Ban quản lý")
    citizen.look("tiep-nhan-bi-tu-choi")

    # after 15:00: what the post brought without a stamp on a paper, typed in by the counter for its owner
    province.clock.set(province.clock.now().astimezone(TZ).replace(hour=15, minute=30))
    page.goto(f"{DESK}/tiep-nhan?q=thuoc la")
    page.get_by_role("button", name=re.compile("^Thêm mới")).first.click()
    number = page.url.rsplit("/", 1)[1]
    who = {"name": "Lò Thị Xuân", "citizen_number": "014190001234", "phone": CITIZEN}
    type_all(counter, {f"applicant.{key}": value for key, value in who.items()})
    page.get_by_role("button", name="Chưa đúng, chưa đủ").click()
    page.get_by_role("button", name="Lập phiếu yêu cầu bổ sung").click()
    told(counter, "Đ12.1a")
    page.get_by_label(re.compile("^Giấy chứng nhận đăng ký")).fill("Bản sao không có dấu")
    page.get_by_role("button", name="Lập phiếu yêu cầu bổ sung").click()
    expect(page.locator("#slips + ul")).to_contain_text("Phiếu yêu cầu bổ sung: Lò Thị Xuân")
    # what is typed on the parts of the form other walks type
    desk = province.staff("motcua")
    desk.submit(
        desk.get(f"{DESK}/tiep-nhan/them-moi/{number}"),
        number,
        TOBACCO_QUESTIONS | TOBACCO_FORM | {"_action": "save"},
    )
    page.locator("h2", has_text="Đang nhập dở").locator("+ ul a").first.click()
    page.locator("summary", has_text="Bưu chính, nộp thay, nộp hộ").click()
    counter.whole()
    page.locator("[name='delivery.channel'][value=post]").check()
    page.locator("[name='delivery.assisted']").check()
    for box in page.locator("[name=checked]").all():
        box.check()
    page.select_option("#f-method", "cash")
    send(counter, "Tiếp nhận")
    told(counter, "số bưu gửi")
    page.get_by_label("Số bưu gửi").fill("EA123456789VN")
    counter.look("tiep-nhan-qua-buu-dien")
    send(counter, "Tiếp nhận")
    expect(page.locator("#delivered + p")).to_contain_text("Lò Thị Hạnh nộp hộ cho người nộp hồ sơ")
    expect(page.locator("#custody + .summary")).to_contain_text("chậm nhất 08:30 ngày 25/11/2026")
    code = page.locator(".dossier-head .strong").first.inner_text()
    mine.goto("/ho-so")
    expect(mine.locator("main")).to_contain_text(code)

    province.clock.set(province.clock.now().replace(day=25, hour=8, minute=0))
    page.goto(f"{DESK}/ban-giao")
    expect(page.locator("main table").first).not_to_contain_text("Bàn giao chậm")
    send(counter, "Đã bàn giao")
    head = at_work(person, province, "truongphong", "phone")
    head.page.goto(f"{DESK}/ban-giao")
    send(head, "Đã nhận")
    expect(head.page.locator("#toasts")).to_contain_text("Đã nhận 1 hồ sơ")
    head.page.get_by_role("link", name=code).first.click()
    expect(head.page.locator("#custody + .summary")).to_contain_text("Cầm Văn Sơn nhận lúc 08:00")
    head.look("ban-giao-da-nhan-dien-thoai")
