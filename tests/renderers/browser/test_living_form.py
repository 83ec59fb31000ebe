"""The form with its scripts: answered in place, saved, restored; and the same form without any script."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture
def page(app, address, browser):
    app.renew()
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    said = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{address}/to-khai", wait_until="networkidle")
    yield page
    assert said == []
    context.close()


def test_a_change_shows_and_computes_without_moving_the_focus_or_losing_what_is_typed(page):
    page.get_by_label("Họ tên").fill("Lò Thị Nguyệt")
    page.get_by_label("Có", exact=True).check()
    expect(page.get_by_label("Nộp thay ai")).to_be_visible()
    assert page.evaluate("document.activeElement.value") == "true"
    page.get_by_label("Số trang").fill("5")
    page.get_by_label("Nộp thay ai").focus()
    expect(page.locator("#f-fee")).to_have_text("10.000 đồng")
    page.keyboard.type("Cầm Văn Dũng")
    assert page.evaluate("document.activeElement.id") == "f-who"
    page.get_by_label("Không", exact=True).check()
    expect(page.get_by_label("Nộp thay ai")).to_have_count(0)
    assert page.get_by_label("Họ tên").input_value() == "Lò Thị Nguyệt"


def test_errors_are_told_only_where_one_has_been(page):
    page.get_by_label("Số trang").fill("mấy")
    page.get_by_label("Họ tên").focus()
    expect(page.locator("#f-pages-error")).to_be_visible()
    assert page.get_by_label("Số trang").get_attribute("aria-invalid") == "true"
    assert page.locator("#f-name-error").count() == 0
    assert page.get_by_label("Số trang").input_value() == "mấy"


def test_parts_of_a_group_come_and_are_told_of_in_place(page):
    home = page.get_by_role("group", name="Nơi cư trú (không bắt buộc)")
    expect(home.get_by_label("Trưởng bản")).to_have_count(0)
    home.get_by_label("Thôn, bản").fill("Bản Cọ")
    home.get_by_label("Xã, phường").focus()
    expect(home.get_by_label("Trưởng bản")).to_be_visible()
    page.get_by_label("Họ tên").fill("Lò Thị Nguyệt")
    page.get_by_label("Số trang").focus()
    expect(page.locator("[id='f-home.commune-error']")).to_be_visible()
    expect(page.locator("[id='f-home.leader-error']")).to_have_count(0)
    assert home.get_by_label("Thôn, bản").input_value() == "Bản Cọ"


def test_rows_are_added_moved_and_removed_in_place(page):
    page.get_by_label("Tên giấy tờ").fill("Một")
    page.get_by_role("button", name="+ Thêm giấy tờ").click()
    expect(page.get_by_label("Tên giấy tờ")).to_have_count(2)
    expect(page.locator("[id='h-docs.1']")).to_be_focused()
    page.get_by_label("Tên giấy tờ").nth(1).fill("Hai")
    page.get_by_role("button", name="Lên giấy tờ 2").click()
    expect(page.get_by_label("Tên giấy tờ").nth(0)).to_have_value("Hai")
    expect(page.get_by_label("Tên giấy tờ").nth(1)).to_have_value("Một")
    page.get_by_role("button", name="Xóa giấy tờ 1").click()
    expect(page.get_by_label("Tên giấy tờ")).to_have_count(1)
    expect(page.get_by_label("Tên giấy tờ")).to_have_value("Một")


def test_what_is_typed_is_saved_and_said(page, app):
    page.get_by_label("Họ tên").press_sequentially("Nguyệt")
    expect(page.locator("[data-saved]")).to_have_text("Đã lưu lúc 14:32")
    assert app.stored["answers"]["name"] == "Nguyệt"


def test_what_could_not_be_saved_is_told_kept_and_put_back(page, app):
    app.stored["down"] = True
    page.get_by_label("Họ tên").press_sequentially("Nguyệt")
    expect(page.locator("[data-saved]")).to_have_text("Chưa lưu được lúc này.")
    app.stored["down"] = False
    page.reload(wait_until="networkidle")
    expect(page.get_by_label("Họ tên")).to_have_value("Nguyệt")
    expect(page.locator("[data-saved]")).to_have_text("Đã lưu lúc 14:32")


@pytest.mark.parametrize(
    ("act", "name", "value"),
    [
        (lambda page: page.get_by_label("Họ tên").fill("Lò Văn An"), "name", "Lò Văn An"),
        (lambda page: page.get_by_label("Có", exact=True).check(), "other", "true"),
    ],
    ids=["typed", "chosen"],
)
def test_what_was_said_before_the_script_came_is_saved_when_it_comes(page, app, act, name, value):
    waiting = []
    page.route("**/live.*", lambda _route: None)  # it would save too, were it there
    page.route("**/autosave.*", lambda route: waiting.append(route))  # noqa: PLW0108 - a builtin is not taken
    with page.expect_request("**/autosave.*"):
        page.reload()
    act(page)
    waiting.pop().continue_()
    expect(page.locator("[data-saved]")).to_have_text("Đã lưu lúc 14:32")
    assert app.stored["answers"][name] == value


def test_a_file_goes_up_is_refused_in_words_and_removed(page):
    chooser = page.locator("#f-dkkd")
    chooser.set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"})
    expect(page.locator("[data-files] .hash")).to_have_text("SHA-256 " + "ab" * 32)
    page.get_by_role("button", name="Xóa a.pdf").click()
    expect(page.locator("[data-files] li")).to_have_count(0)
    chooser.set_input_files({"name": "a.exe", "mimeType": "text/plain", "buffer": b"MZ"})
    expect(page.locator("[data-files] .error")).to_have_text("Tệp này không phải PDF.")
    expect(page.get_by_role("button", name="Gửi lại a.exe")).to_be_visible()


def test_everything_works_without_script(app, address, browser):
    app.renew()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/to-khai")
    page.get_by_label("Tên giấy tờ").fill("Một")
    page.get_by_role("button", name="+ Thêm giấy tờ").click()
    assert page.get_by_label("Tên giấy tờ").count() == 2
    assert page.get_by_label("Tên giấy tờ").nth(0).input_value() == "Một"
    page.get_by_label("Họ tên").press("Enter")
    assert "_rows" not in app.stored["posts"][-1]
    context.close()


def test_a_button_that_is_being_pressed_is_not_replaced_when_something_before_it_goes(page):
    """A node that is another one when the mouse button comes up hears no click."""
    same = page.evaluate(
        """async () => {
          const { morph } = await import(document.querySelector('script[type=module]').src.replace(/main.js.*/, 'morph.js'));
          const make = (html) => new DOMParser().parseFromString(`<div>${html}</div>`, 'text/html').body.firstChild;
          const from = make('<p>Lỗi</p><button value="docs:up:1">Lên</button><button value="docs:remove:1">Xóa</button>');
          const before = [...from.querySelectorAll('button')];
          morph(from, make('<button value="docs:up:1">Lên</button><button value="docs:remove:1">Xóa</button>'));
          return from.children.length === 2 && before.every((button, at) => from.children[at] === button);
        }"""
    )
    assert same
