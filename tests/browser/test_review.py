"""A review as both sides live it: returned with two remarks, mended, settled, approved, published (Đ9.1a, Đ9.3b)."""

from datetime import date, datetime
from pathlib import Path

import pytest
from browser_walk import sit_down
from people import Province
from playwright.sync_api import expect
from screens import Person

from definitions.lifecycle import State
from tthc.clock import TZ

pytestmark = [pytest.mark.browser, pytest.mark.database]

TEXT = (Path(__file__).parents[1] / "admin" / "thu_muc.yaml").read_text(encoding="utf-8")
CODE = "9.000001"
QUEUE = "/quan-tri/tham-dinh/"
OFFICERS = {
    "kiemsoat": (("kiem_soat",), "Lường Thị Mai"),
    "thamdinh": (("tham_dinh_cau_hinh", "cong_bo_ky_thuat"), "Vì Văn Thuận"),
}


@pytest.fixture
def officer(province: Province, person):
    def sit(login: str) -> Person:
        roles, name = OFFICERS[login]
        province.officer(login, name, *roles)
        return sit_down(person, login)

    return sit


def remark(someone: Person, place: str, about: str, text: str) -> None:
    someone.page.goto(f"{place}/gop-y?o={about}")
    someone.page.fill("#f-text", text)
    someone.press("Gửi góp ý")
    expect(someone.page.locator("#toasts")).to_contain_text("Đã gửi góp ý")


def decide(someone: Person, act: str) -> None:
    """Open the act by its button, then confirm it."""
    someone.page.locator(".acts summary", has_text=act).first.click()
    someone.page.get_by_role("button", name=f"Xác nhận {act.lower()}").click()


def test_d9_3b_a_definition_is_returned_with_remarks_mended_approved_and_published(officer, province):
    store = province.services.definitions
    writer, reviewer = officer("kiemsoat"), officer("thamdinh")
    author = province.services.accounts.by_login("kiemsoat").key
    drafted = store.save_draft(CODE, TEXT, author, province.clock.now()).version
    place = f"/quan-tri/ban-cau-hinh/{CODE}/{drafted.id}"
    writer.page.goto(place)
    writer.press("Đăng ký thẩm định")

    province.clock.set(datetime(2026, 11, 25, 15, tzinfo=TZ))
    assert province.services.reminders.sweep(province.clock.now()) == 1
    reviewer.page.goto("/quan-tri/")
    reviewer.look_twice("tham-dinh-viec")
    reviewer.page.goto(QUEUE)
    reviewer.look_twice("tham-dinh-hang-cho")
    reviewer.page.locator("th a.name").click()
    reviewer.look_twice("tham-dinh-mo")
    remark(reviewer, place, "fees.phi_lam_the.amount", "Nghị quyết 12 thu 15.000 đồng.")
    remark(reviewer, place, "form.pages.nguoi_doc.fields.reader_name", "Ghi rõ họ, chữ đệm và tên.")
    reviewer.page.goto(f"{place}/tham-dinh")
    decide(reviewer, "Trả lại")
    expect(reviewer.page.locator("#toasts")).to_contain_text("Đã trả lại")

    page = writer.page
    page.goto("/quan-tri/")
    page.get_by_role("link", name="Bản cấu hình được trả lại để chỉnh sửa").click()
    page.goto(f"{place}/gop-y")
    page.locator(".remark summary", has_text="Trả lời").first.click()
    writer.look_twice("tham-dinh-gop-y")
    page.locator(".remark textarea").first.fill("Đã sửa thành 15.000 đồng.")
    page.get_by_role("button", name="Gửi trả lời").first.click()
    page.goto(f"{place}/sua")
    mended = TEXT.replace("20000", "15000").replace("label: Họ và tên", 'label: "Họ, chữ đệm, tên"')
    page.fill("#f-text", mended)
    writer.press("Lưu bản nháp")
    expect(page.get_by_role("button", name="Đăng ký thẩm định")).to_be_enabled()
    writer.press("Đăng ký thẩm định")

    page = reviewer.page
    page.goto(f"{place}/gop-y")
    for left in (1, 0):
        page.get_by_role("button", name="Đã giải quyết").first.click()
        expect(page.get_by_role("button", name="Đã giải quyết")).to_have_count(left)
    reviewer.look_twice("tham-dinh-da-giai-quyet")
    page.goto(f"{place}/tham-dinh")
    decide(reviewer, "Duyệt")
    expect(page.get_by_role("alert")).to_contain_text("Người thẩm định chưa đánh dấu")
    reviewer.whole()
    for box in page.locator("[name=tick]").all():
        box.check()
    for note in page.locator("[name^='note.']").all():
        note.fill("Đã đối chiếu Nghị quyết 12")
    reviewer.look_twice("tham-dinh-danh-sach")
    reviewer.press("Lưu danh sách")
    expect(page.locator("#toasts")).to_contain_text("Đã lưu danh sách")
    decide(reviewer, "Duyệt")
    expect(page.locator("#toasts")).to_contain_text("Đã duyệt")
    reviewer.look_twice("tham-dinh-da-duyet")
    decide(reviewer, "Công bố từ ngày")
    expect(page.locator("#toasts")).to_contain_text("Đã công bố")
    reviewer.look_twice("tham-dinh-qua-trinh")
    assert store.versions(CODE)[-1].state is State.PUBLISHED

    # a second version has taken its place, and the first is asked for again
    now = province.clock.now()
    other = store.save_draft(CODE, mended.replace("15000", "25000"), author, now).version
    calendar = province.services.calendar("")
    store.register(CODE, other.id, author, now, calendar)
    store.approve(CODE, other.id, "nguoi-khac", now)
    store.publish(CODE, other.id, "nguoi-khac", now, start=date(2026, 11, 26))
    province.clock.set(datetime(2026, 11, 27, 9, tzinfo=TZ))
    page = writer.page
    page.goto(place)
    page.get_by_role("link", name="Khôi phục bản này").click()
    writer.press("Gửi thẩm định bản khôi phục")
    expect(page.get_by_role("alert")).to_contain_text("ghi rõ lý do khôi phục")
    writer.look_twice("khoi-phuc-de-nghi")
    page.get_by_label("Lý do khôi phục").fill("Nghị quyết 15 tăng phí đã bị đình chỉ.")
    writer.press("Gửi thẩm định bản khôi phục")
    expect(page.locator("#toasts")).to_contain_text("tới bàn thẩm định")
    expect(page.locator("main")).to_contain_text("Khôi phục bản 1")
    writer.look_twice("khoi-phuc-cho-tham-dinh")
    assert store.versions(CODE)[-1].restores == drafted.id
    reviewer.page.goto(QUEUE)
    expect(reviewer.page.get_by_text("Khôi phục bản cũ")).to_be_visible()
    reviewer.look_twice("khoi-phuc-hang-cho")
    reviewer.page.goto(place)
    reviewer.look_twice("khoi-phuc-cac-ban")
