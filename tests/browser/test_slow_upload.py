"""Đ10.1b, Đ26.2 on a telephone over 400 kbit/s and 400 ms: a connection cut in the middle of an upload, a page reloaded in the
middle of another, photographs joined, a double click at the end.
"""

import hashlib
import io
import re

import pytest
from browser_walk import begin, go_on, type_all
from made_up import CODE, publish, with_fields
from people import PASSWORD, PDF, Province
from PIL import Image, ImageDraw
from playwright.sync_api import Route, expect

pytestmark = [pytest.mark.browser, pytest.mark.database]

FIELD = "- {id: scans, type: file, label: Giấy giới thiệu, help: Nếu có, max: 3}"
ANSWER = "scans: [{sha256: " + "0" * 64 + ", size: 9, kind: pdf, name: a.pdf}]"
BIG = PDF.replace(b"%%EOF", b"% " + b"y" * 600_000 + b"\n%%EOF")


def photo(number: int) -> dict[str, object]:
    picture = Image.new("RGB", (900, 1200), "white")
    draw = ImageDraw.Draw(picture)
    for line in range(40, 1150, 30):
        draw.text((40, line), f"Trang {number}: Cong hoa xa hoi chu nghia Viet Nam. " * 3, fill="black")
    made = io.BytesIO()
    picture.save(made, "JPEG", quality=60)
    return {"name": f"trang-{number}.jpg", "mimeType": "image/jpeg", "buffer": made.getvalue()}


def test_d10_1b_d26_2_an_upload_survives_a_cut_line_and_a_reload(person, province: Province):
    publish(province, with_fields(FIELD, ANSWER))
    phone = person("phone")
    phone.sign_in("0912345678", PASSWORD)
    page = phone.page
    begin(phone, CODE)
    type_all(phone, {"books": "4"})
    phone.on_a_slow_line()
    # a file that answers a question of the form
    letter = phone.send_through_a_cut("#w-scans", "gioi-thieu.pdf", PDF)
    held = page.locator("#w-scans .files li")
    expect(held).to_have_count(1)
    expect(held).to_contain_text(hashlib.sha256(letter).hexdigest())
    expect(page.locator("[name=books]")).to_have_value("4")
    phone.look("dien-thoai-tep-tra-loi")
    go_on(phone, "Giấy tờ kèm theo")
    (application,) = province.services.database["applications"].find({})
    assert [(file["name"], file["size"]) for file in application["answers"]["scans"]] == [
        ("gioi-thieu.pdf", len(letter))
    ]
    assert province.services.database["transfer_parts"].count_documents({}) == 0
    phone.look("dien-thoai-giay-to")
    place = page.locator("#paper-anh_the")
    box, bar = place.locator("input[type=file]"), place.locator("progress")

    def arrived() -> int:
        row = province.services.database["transfers"].find_one({"done": {}, "paper": "anh_the"})
        return row["offset"] if row else 0

    # the line is cut once a part is up, and comes back
    box.set_input_files({"name": "giay-chung-nhan.pdf", "mimeType": "application/pdf", "buffer": BIG})
    expect(bar).to_be_visible()
    page.wait_for_function(
        "() => document.querySelector('#paper-anh_the progress')?.value > 35", timeout=60_000
    )
    phone.on_a_slow_line(cut=True)
    expect(place.get_by_role("status")).to_contain_text("Mất kết nối", timeout=60_000)
    before = arrived()
    assert 0 < before < len(BIG), "a part of it is there"
    phone.picture("dien-thoai-mat-mang")
    phone.on_a_slow_line()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(place.locator(".hash")).to_be_visible(timeout=60_000)
    phone.said.clear()  # the console told of the cut itself
    expect(place).to_contain_text("giay-chung-nhan.pdf")
    place.get_by_role("button", name=re.compile("^Xóa")).click()
    expect(place.locator(".hash")).to_have_count(0)

    # paused, reloaded in the middle, and gone on with by itself
    other = BIG.replace(b"yy", b"zz")
    box.set_input_files({"name": "ban-khac.pdf", "mimeType": "application/pdf", "buffer": other})
    page.wait_for_function(
        "() => document.querySelector('#paper-anh_the progress')?.value > 35", timeout=60_000
    )
    place.get_by_role("button", name=re.compile("^Tạm dừng")).click()
    expect(place).to_contain_text("Đã tạm dừng")
    phone.picture("dien-thoai-tam-dung")
    assert 0 < arrived() < len(other)
    page.reload()
    expect(place.locator(".hash")).to_be_visible(timeout=60_000)
    expect(place.locator("[data-broken]")).to_have_count(0)
    phone.look("dien-thoai-giay-to-da-len")
    place.get_by_role("button", name=re.compile("^Xóa")).click()
    expect(place.locator(".hash")).to_have_count(0)

    # two photographs in parts, turned and joined
    place.get_by_role("link", name=re.compile("^Nhiều trang")).click()
    section = page.locator("[data-upload]")
    section.locator("input[type=file]").set_input_files([photo(1), photo(2)])
    expect(section.locator(".hash")).to_have_count(2, timeout=60_000)
    section.get_by_role("link", name="Xem và sắp xếp các trang").click()
    page.reload()
    expect(page.locator(".sheets > li")).to_have_count(2)
    page.get_by_role("button", name="Xoay phải trang 2").click()
    expect(page.locator(".sheets img").nth(1)).to_be_visible()
    phone.look("dien-thoai-ghep-anh")
    page.get_by_role("button", name="Ghép 2 trang thành một tệp PDF").click()
    expect(place.locator(".files li")).to_have_count(1)
    expect(place).to_contain_text(".pdf")

    go_on(phone, "Phí và cách nhận kết quả")
    page.check("[name=receive_by][value=counter]")
    go_on(phone, "Kiểm tra và nộp hồ sơ")
    phone.look("dien-thoai-xem-lai")
    page.check("[name=declared]")
    page.get_by_role("button", name="Nộp hồ sơ").dblclick()
    expect(page.get_by_role("heading", name="Đã nộp hồ sơ", level=1)).to_be_visible(timeout=60_000)
    expect(page.get_by_role("heading", name="Việc tiếp theo")).to_be_visible()
    phone.look("dien-thoai-nop-xong")
    assert province.services.repository.collection.count_documents({}) == 1
    assert all(weight < 60_000 for weight in phone.scales.weights.values()) and len(phone.scales.weights) > 6

    phone.on_a_slow_line()
    page.goto(f"/thu-tuc/{CODE}")
    page.select_option("#f-agency", "phuong-to-hieu")
    page.check("[name=behalf]")
    phone.press("Bắt đầu kê khai")
    expect(page.get_by_role("heading", name="Ông/bà nộp thay ai?", level=1)).to_be_visible()
    phone.look("dien-thoai-nop-thay")
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.locator("#error-summary")).to_be_visible()
    phone.look("dien-thoai-nop-thay-thieu")


def test_d10_1b_a_file_is_not_lost_where_the_script_that_sends_it_comes_late_or_never(
    person, province: Province
):
    publish(province, with_fields(FIELD, ANSWER))
    phone = person("phone")
    phone.sign_in("0912345678", PASSWORD)
    page = phone.page
    phone.scales.kept_away = frozenset({"parts.js"})
    under_way: list[Route] = []

    def late(route: Route) -> None:
        under_way.append(route)

    page.route("**/parts.*", late)
    begin(phone, CODE)
    type_all(phone, {"books": "4"})
    chosen = page.locator("#w-scans input[type=file]")
    chosen.set_input_files({"name": "gioi-thieu.pdf", "mimeType": "application/pdf", "buffer": PDF})
    assert chosen.evaluate("box => box.files.length") == 1, "it stays in its box"
    page.locator(".actions").get_by_role("button", name="Tiếp tục").first.click(no_wait_after=True)
    expect(page.get_by_role("heading", name="Giấy tờ kèm theo", level=1)).to_be_visible()
    (application,) = province.services.database["applications"].find({})
    assert [file["name"] for file in application["answers"]["scans"]] == ["gioi-thieu.pdf"]
    assert under_way, "the script was asked for and never came"

    # where it was refused the paper goes by the button that is there without script
    page.unroute("**/parts.*")
    page.route("**/parts.*", lambda route: route.abort("internetdisconnected"))
    page.goto(page.url)
    place = page.locator("#paper-anh_the")
    place.locator("input[type=file]").set_input_files(
        {"name": "anh.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    place.get_by_role("button", name="Tải lên").click()
    expect(place.locator(".hash")).to_be_visible()
    expect(place).to_contain_text("anh.pdf")
    phone.said.clear()  # the console told of the script that did not come
