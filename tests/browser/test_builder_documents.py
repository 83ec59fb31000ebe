"""A document is written by keyboard with the picker and seen as it prints; an example is corrected. Nobody types YAML."""

import re

import pytest
from browser_walk import sit_down
from people import Province
from playwright.sync_api import expect

from definitions.editing import at, path_of
from definitions.reading import read
from definitions.shipped import shipped

pytestmark = [pytest.mark.browser, pytest.mark.database]

PROCEDURE = "2.000181"
WEIGHT = 120_000


def test_a_document_is_written_and_an_example_corrected(province: Province, person):
    store, now = province.services.definitions, province.clock.now()
    account = province.officer("mai", "Cán bộ mai", "kiem_soat")
    text = dict(shipped())[f"{PROCEDURE}.yaml"]
    version = store.save_draft(PROCEDURE, text, account.key, now).version.id

    def value(place):
        data = read(store.text(store.version(PROCEDURE, version))).data
        return at(data, path_of(data, place))

    writer = sit_down(person, "mai")
    writer.scales.limit = WEIGHT
    page = writer.page
    body = f"documents.{value('documents')[0]['id']}.body"
    count = len(value(body))
    here = f"/quan-tri/ban-cau-hinh/{PROCEDURE}/{version}/soan"

    # a paragraph is added, its gap chosen by its label, where the cursor is
    page.goto(f"{here}?o={body}")
    page.get_by_label("Thêm đoạn của văn bản").fill("Điện thoại liên hệ: ")
    page.keyboard.press("Enter")
    expect(page.locator("#b-title")).to_have_text(re.compile("Điện thoại liên hệ:"))
    box = page.get_by_label("Chữ", exact=True)
    expect(box.locator("..").locator("[data-insert]")).to_be_visible()  # the picker is there
    box.press("End")
    page.keyboard.type(" ")
    page.keyboard.press("Control+ ")
    expect(page.get_by_label("Tìm theo tên gọi")).to_be_focused()
    page.keyboard.type("dien thoai")
    page.keyboard.press("Enter")
    expect(box).to_be_focused()
    expect(box).to_have_value("Điện thoại liên hệ: {{ business_phone }}")
    page.keyboard.type(".")
    page.keyboard.press("Tab")
    expect(page.locator("#b-effect .here")).to_have_text("Điện thoại liên hệ: 0912 345 678.")
    assert value(body)[count] == "Điện thoại liên hệ: {{ business_phone }}."
    page.locator("#b-picker summary").click()
    writer.look_twice("soan-doan-van-ban")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Xem bản PDF").click()
    printed = page.request.get(
        opened.value.url or page.get_by_role("link", name="Xem bản PDF").get_attribute("href")
    )
    assert printed.body().startswith(b"%PDF")
    opened.value.close()

    # an error in the template is told at its place
    box.fill("Gửi {{ khong_co_truong_nay }}.")
    page.keyboard.press("Tab")
    expect(page.locator("#b-work .note-error")).to_contain_text("khong_co_truong_nay")
    page.locator("#b-undo button").click()
    expect(box).to_have_value("Điện thoại liên hệ: {{ business_phone }}.")

    # an example is corrected: an answer, what is expected of it
    page.goto(f"{here}?o=examples.0.answers")
    page.get_by_label("Điện thoại").fill("0987654321")
    page.get_by_label("Điện thoại").press("Tab")
    expect(page.locator("[data-saved]")).to_contain_text("Sửa “Câu trả lời”")
    page.goto(f"{here}?o=examples.0.expect")
    assert value("examples.0.answers.business_phone") == "0987654321"
    fee = page.get_by_label("Phí thẩm định cấp giấy phép").first
    fee.fill("150.000")
    fee.press("Tab")
    expect(page.locator("[data-saved]")).to_contain_text("Sửa “Kết quả mong đợi”")
    expect(page.locator("#b-examples")).to_contain_text("ví dụ chưa đạt")
    (amount,) = value("examples.0.expect.fees").values()
    assert amount == 150_000
    writer.look_twice("soan-ket-qua-mong-doi")
