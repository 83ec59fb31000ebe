"""Fields that answer while one types or chooses: files go up, amounts are read aloud, columns are added."""

import io

import pytest
from browser_walk import begin as begin_on
from browser_walk import go_on
from made_up import CODE, publish, with_fields
from people import COMMUNE, PASSWORD, PDF, Province
from pictures import png
from playwright.sync_api import Route, expect
from screens import PARTS
from walk import begin, hand_in, open_dossier, reference, upload_all

pytestmark = [pytest.mark.browser, pytest.mark.database]

FIELDS = """
- {id: portrait, type: photo, label: Ảnh thẻ, help: Ảnh chụp thẳng, required: true, aspect: "3:4", min_width: 300, capture: user}
- {id: scans, type: file, label: Giấy giới thiệu, help: Nếu có, max: 3}
- {id: deposit, type: money, label: Tiền đặt cọc, help: Nếu có, in_words: true}
- id: people
  type: list
  label: Người cùng mượn
  item_label: Người
  help: Nếu có
  item:
    - {id: name, type: text, label: Họ và tên, help: Ghi đủ, required: true}
    - {id: loans, type: integer, label: Số sách, help: Ghi số, unit: quyển, total: sum}
"""
FILE = "{sha256: " + "0" * 64 + ", size: 9, kind: png, name: a.png, width: 300, height: 400}"
ANSWERS = f"portrait: [{FILE}], scans: [{FILE}], deposit: 1000, people: [{{name: Lò Văn An, loans: 2}}]"


@pytest.mark.parametrize("screen", ["phone", "desk"])
def test_files_amounts_and_totals_answer_in_place(province: Province, person, screen):
    publish(province, with_fields(FIELDS, ANSWERS))
    someone = person(screen)
    someone.sign_in("0912345678", PASSWORD)
    page = someone.page
    page.goto(f"/thu-tuc/{CODE}")
    page.locator("select[name=agency], input[name=agency]").first.wait_for(state="attached")
    if page.locator("select[name=agency]").count():
        page.select_option("[name=agency]", COMMUNE)
    else:
        page.check(f"[name=agency][value={COMMUNE}]")
    page.locator("form[action$='/nop'] button").last.click()
    page.wait_for_url("**/trang/**")
    page.fill("[name=books]", "2")

    wrong = {"name": "ngang.png", "mimeType": "image/png", "buffer": png(800, 600)}
    page.set_input_files("[name=portrait][type=file]", files=[wrong])
    expect(page.locator("#f-portrait-error")).to_contain_text("Xoay ảnh lại cho đúng khổ 3 × 4")
    right = {"name": "chan-dung.png", "mimeType": "image/png", "buffer": png(300, 400)}
    page.set_input_files("[name=portrait][type=file]", files=[right])
    picture = page.locator("#w-portrait img.preview")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 300
    expect(page.locator("#f-portrait-error")).to_have_count(0)
    expect(page.locator("#f-portrait-state")).to_have_text("Đã tải tệp lên.")
    assert page.input_value("[name=books]") == "2"

    page.locator("[name=deposit]").press_sequentially("1005000")
    expect(page.locator("[name=deposit]")).to_have_value("1.005.000")
    page.locator("[name=deposit]").blur()
    words = page.locator("#f-deposit-words")
    expect(words).to_have_text("Bằng chữ: Một triệu không trăm linh năm nghìn đồng")

    page.fill("[name='people.0.name']", "Lò Văn An")
    page.fill("[name='people.0.loans']", "5")
    page.get_by_role("button", name="Thêm người").click()
    page.fill("[name='people.1.name']", "Lò Thị Bình")
    page.fill("[name='people.1.loans']", "7")
    page.locator("[name='people.1.loans']").blur()
    expect(page.locator("#f-people-totals")).to_have_text("Tổng số sách: 12 quyển")
    someone.look(f"field-types-{screen}")

    page.get_by_role("button", name="Xóa chan-dung.png").click()
    expect(picture).to_have_count(0)
    page.get_by_role("button", name="Tiếp tục").last.click()
    expect(page.locator("#error-summary")).to_contain_text("Tải lên ảnh thẻ")


GUESTS = """
- id: guests
  type: list
  label: Khách cùng đi
  item_label: Khách
  help: Nếu có
  item:
    - {id: name, type: text, label: Họ và tên, help: Ghi đủ, required: true}
    - {id: paper, type: file, label: Giấy tờ tùy thân, help: Nếu có}
"""


def test_a_row_is_moved_with_the_file_that_was_still_on_its_way(province: Province, person):
    file = "{sha256: " + "0" * 64 + ", size: 9, kind: pdf, name: a.pdf}"
    publish(province, with_fields(GUESTS, f"guests: [{{name: Lò Văn An, paper: [{file}]}}]"))
    someone = person("phone")
    someone.sign_in("0912345678", PASSWORD)
    page = someone.page
    begin_on(someone, CODE)
    page.fill("[name=books]", "2")
    page.fill("[name='guests.0.name']", "Lò Văn An")
    line_is_cut = True

    def pass_on(route: Route) -> None:
        if line_is_cut:
            route.abort("internetdisconnected")
        else:
            route.continue_()

    page.route(PARTS, pass_on)
    chooser = page.locator("[name='guests.0.paper'][type=file]")
    chooser.set_input_files({"name": "giay-cua-an.pdf", "mimeType": "application/pdf", "buffer": PDF})
    expect(page.locator("[id='w-guests.0.paper']").get_by_text("Mất kết nối")).to_be_visible()
    page.get_by_role("button", name="Thêm khách").click()  # puts no file elsewhere: need not wait
    page.fill("[name='guests.1.name']", "Lò Thị Bình")
    page.get_by_role("button", name="Xuống khách 1").click()
    told = page.get_by_role("alert").filter(has_text="Tệp chưa lên hết")
    expect(told).to_be_in_viewport()
    expect(page.locator("[name='guests.0.name']")).to_have_value("Lò Văn An")
    someone.picture("dien-thoai-dong-cho-tep")
    line_is_cut = False
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("[name='guests.0.name']")).to_have_value("Lò Thị Bình")
    expect(page.locator("[id='w-guests.1.paper'] .files li")).to_have_count(1)
    expect(page.locator("[id='w-guests.0.paper'] .files li")).to_have_count(0)
    expect(told).to_have_count(0)
    go_on(someone, "Giấy tờ kèm theo")
    (application,) = province.services.database["applications"].find({})
    first, second = application["answers"]["guests"]
    assert (first["name"], first.get("paper", [])) == ("Lò Thị Bình", [])
    assert (second["name"], [one["name"] for one in second["paper"]]) == ("Lò Văn An", ["giay-cua-an.pdf"])
    someone.said.clear()  # the console told of the cut itself


SENSITIVE = "- {id: secret_number, type: citizen_number, label: Số định danh, help: Nếu có, sensitive: true}"


def test_what_was_declared_is_covered_at_the_desk_and_offered_again_to_its_owner(province: Province, person):
    publish(province, with_fields(f"{FIELDS}{SENSITIVE}", f'{ANSWERS}, secret_number: "014190001234"'))
    citizen = province.citizen()
    typed = {
        "books": "2",
        "people.0.name": "Lò Văn An",
        "people.0.loans": "2",
        "secret_number": "014190001234",
    }
    page = begin(citizen, CODE)
    face = (io.BytesIO(png(300, 400)), "chan-dung.png")
    page = citizen.submit(page, page.url.rsplit("/", 1)[1], {**typed, "portrait": face})
    page = hand_in(citizen, citizen.submit(upload_all(citizen, page), "/giay-to"))
    key = page.url.rsplit("/", 1)[1]

    desk = person("desk")
    desk.sign_in("motcua", PASSWORD)
    desk.page.goto(f"/motcua/{COMMUNE}/ho-so/{key}")
    content = desk.page.locator("section[aria-labelledby=content]")
    expect(content).to_contain_text("014******234")
    expect(content.locator("img.preview")).to_be_visible()
    desk.look_twice("du-lieu-che")
    desk.press("Hiện dữ liệu được che")
    expect(content).to_contain_text("014190001234")
    assert "014190001234" not in desk.page.url

    at_desk = province.staff("motcua")
    assert (
        at_desk.submit(
            open_dossier(at_desk, "truc-tuyen", reference(page)), "/tiep-nhan", {"checked": ["anh_the"]}
        ).status
        == 200
    )
    someone = person("phone")
    someone.sign_in("0912345678", PASSWORD)
    again = begin(citizen, CODE).url
    someone.page.goto(again)
    expect(someone.page.locator("main")).to_contain_text("Dùng lại thông tin đã khai")
    someone.look("lay-lai")
    someone.press("Lấy lại thông tin đã khai")
    expect(someone.page.locator("[name='people.0.name']")).to_have_value("Lò Văn An")
    expect(someone.page.locator("[name=secret_number]")).to_have_value("")
