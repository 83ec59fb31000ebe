"""Two officers at one draft, a laptop that was closed, a line that drops, a browser that ended: nothing typed is lost,
nothing is done by half or twice.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from browser_walk import sit_down
from officer import Officer
from people import PASSWORD, Province
from playwright.sync_api import Page, Route, expect
from screens import Person

from definitions.editing import at, path_of
from definitions.reading import read
from definitions.shipped import shipped

pytestmark = [pytest.mark.browser, pytest.mark.database]

PROCEDURE = "2.000181"
WEIGHT = 120_000  # two officers' desks, opened several times
FIELDS = "form.pages.thuong_nhan.fields"
NAME = f"{FIELDS}.business_name"
PAGE = "form.pages.thuong_nhan"
ENDED = "Phiên đăng nhập đã kết thúc"
LOST = "Mất kết nối"
SAVED = re.compile("Đã lưu lúc|Đã gửi những thay đổi")
PATIENCE = 30_000  # ms: several people share the machine


class Draft:
    """A draft, the officers at it, and what its text says."""

    def __init__(self, province: Province, person) -> None:
        self.province, self.person = province, person
        self.store, self.clock = province.services.definitions, province.clock
        text, self.version = dict(shipped())[f"{PROCEDURE}.yaml"], ""
        self.keys: dict[str, str] = {}
        for login in ("mai", "lan"):
            account = province.officer(login, f"Cán bộ {login}", "kiem_soat")
            self.keys[login] = account.key
            if not self.version:
                saved = self.store.save_draft(PROCEDURE, text, account.key, self.clock.now())
                self.version = saved.version.id

    def url(self, place: str) -> str:
        return f"/quan-tri/ban-cau-hinh/{PROCEDURE}/{self.version}/soan?o={place}"

    def sit(self, login: str, place: str = NAME) -> Person:
        someone = sit_down(self.person, login)
        someone.scales.limit = WEIGHT
        someone.page.goto(self.url(place))
        return someone

    def end_session(self, login: str) -> None:
        """On the server, as after ten hours or by an administrator; the browser's cookie is then worth nothing."""
        self.province.services.accounts.place(self.keys[login], None, None, ("kiem_soat",))

    def value(self, place: str):
        data = read(self.store.text(self.store.version(PROCEDURE, self.version))).data
        return at(data, path_of(data, place))

    def ids(self) -> list[str]:
        return [field["id"] for field in self.value(FIELDS)]


@pytest.fixture
def draft(province: Province, person) -> Draft:
    return Draft(province, person)


def write(page: Page, key: str, text: str) -> None:
    page.locator(f"#c-{key}").fill(text)
    page.keyboard.press("Tab")


def saved(page: Page) -> None:
    expect(page.locator("[data-saved]")).to_contain_text(SAVED, timeout=PATIENCE)
    page.wait_for_function("() => !Object.keys(localStorage).length")


@contextmanager
def nobody_hears(page: Page, address: str) -> Iterator[None]:
    """The server does what is sent there, its answer is lost. Not unrouted: the page may be sending again just then."""
    lost = True

    def swallow(route: Route) -> None:
        if not lost:
            route.fallback()
            return
        route.fetch()
        route.abort()

    page.route(address, swallow)
    yield
    lost = False


def hears_nothing(page: Page) -> None:
    """Of what others do, until `hears`: so that the page's own refresh decides nothing."""
    page.route("**/soan/nhip*", lambda route: route.fulfill(status=404))


def hears(page: Page) -> None:
    page.unroute("**/soan/nhip*")
    come_back(page)


def come_back(page: Page) -> None:
    """The laptop is opened, or the page comes to the front again."""
    page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")


def sign_in_again(someone: Person, login: str) -> None:
    """In another tab of the same browser."""
    tab = someone.context.new_page()
    tab.goto("/dang-nhap")
    tab.fill("[name=login]", login)
    tab.fill("[name=password]", PASSWORD)
    tab.locator("main form").get_by_role("button", name="Đăng nhập").click()
    expect(tab).not_to_have_url("/dang-nhap")
    tab.close()


def test_two_officers_see_each_other_keep_both_and_choose_where_they_clash(draft):
    mai, lan = draft.sit("mai"), draft.sit("lan")
    come_back(mai.page)
    expect(mai.page.locator("[data-people]")).to_have_text(
        "Cán bộ lan đang mở đúng phần này", timeout=PATIENCE
    )
    expect(lan.page.locator("[data-people]")).to_have_text(
        "Cán bộ mai đang mở đúng phần này", timeout=PATIENCE
    )

    # different controls at once: both stay
    hears_nothing(lan.page)
    write(mai.page, "label", "Tên thương nhân (mai)")
    saved(mai.page)
    expect(lan.page.locator("#c-label")).not_to_have_value("Tên thương nhân (mai)")
    write(lan.page, "help", "Ghi theo giấy đăng ký (lan).")
    saved(lan.page)
    assert draft.value(NAME)["label"] == "Tên thương nhân (mai)"
    assert draft.value(NAME)["help"] == "Ghi theo giấy đăng ký (lan)."
    expect(lan.page.locator("#c-label")).to_have_value("Tên thương nhân (mai)", timeout=PATIENCE)
    hears(lan.page)

    # the same control: the second, who has not heard of it yet, is told, sees both, and chooses
    expect(mai.page.locator("#c-help")).to_have_value("Ghi theo giấy đăng ký (lan).", timeout=PATIENCE)
    hears_nothing(mai.page)
    write(lan.page, "label", "Tên của lan")
    saved(lan.page)
    write(mai.page, "label", "Tên của mai")
    told = "Cán bộ lan: Người khác vừa sửa đúng chỗ này"
    expect(mai.page.get_by_role("alert")).to_contain_text(told, timeout=PATIENCE)
    expect(mai.page.locator("#c-label")).to_have_value("Tên của mai", timeout=PATIENCE)
    expect(mai.page.locator(".theirs")).to_have_text("Đang lưu, của người khác: Tên của lan")
    assert draft.value(NAME)["label"] == "Tên của lan"
    hears(mai.page)  # nothing is drawn over it while it waits
    expect(mai.page.locator("#c-label")).to_have_value("Tên của mai", timeout=PATIENCE)
    mai.look_twice("hai-nguoi-cung-sua")
    mai.page.get_by_role("button", name="Lưu chữ của tôi").click()
    saved(mai.page)
    expect(mai.page.get_by_role("alert")).to_have_count(0)
    assert draft.value(NAME)["label"] == "Tên của mai"


def test_a_laptop_closed_past_the_end_of_the_session_brings_in_what_was_typed(draft):
    mai, lan = draft.sit("mai"), draft.sit("lan")
    draft.clock.advance(hours=11)
    draft.end_session("mai")
    write(lan.page, "help", "Ghi theo giấy đăng ký (lan).")
    saved(lan.page)
    write(mai.page, "label", "Gõ khi máy vừa mở")
    expect(mai.page.locator("[data-saved]")).to_contain_text(ENDED, timeout=PATIENCE)
    assert "máy vừa mở" in json.dumps(mai.page.evaluate("() => ({...localStorage})"), ensure_ascii=False)
    sign_in_again(mai, "mai")
    come_back(mai.page)
    saved(mai.page)
    assert draft.value(NAME)["label"] == "Gõ khi máy vừa mở"
    assert draft.value(NAME)["help"] == "Ghi theo giấy đăng ký (lan)."

    # the same, where the other officer wrote in the same place: told, not lost
    draft.end_session("mai")
    write(mai.page, "label", "Lần sau của mai")
    expect(mai.page.locator("[data-saved]")).to_contain_text(ENDED, timeout=PATIENCE)
    come_back(lan.page)
    expect(lan.page.locator("#c-label")).to_have_value("Gõ khi máy vừa mở", timeout=PATIENCE)
    write(lan.page, "label", "Lần sau của lan")
    saved(lan.page)
    sign_in_again(mai, "mai")
    come_back(mai.page)
    expect(mai.page.locator(".theirs")).to_contain_text("Lần sau của lan", timeout=PATIENCE)
    expect(mai.page.locator("#c-label")).to_have_value("Lần sau của mai", timeout=PATIENCE)
    mai.page.on("dialog", lambda dialog: dialog.accept())  # leaving asks first
    mai.page.get_by_role("link", name="Lấy nội dung đang lưu").click()
    expect(mai.page.locator("#c-label")).to_have_value("Lần sau của lan", timeout=PATIENCE)
    assert draft.value(NAME)["label"] == "Lần sau của lan"


def test_somebody_else_signed_in_on_the_same_computer_sends_nothing_of_mine(draft):
    mai = draft.sit("mai")
    draft.end_session("mai")
    write(mai.page, "label", "Chữ của mai")
    expect(mai.page.locator("[data-saved]")).to_contain_text(ENDED, timeout=PATIENCE)
    sign_in_again(mai, "lan")
    come_back(mai.page)
    expect(mai.page.locator("[data-saved]")).to_contain_text("bằng tài khoản khác", timeout=PATIENCE)
    assert draft.value(NAME)["label"] != "Chữ của mai"
    draft.end_session("lan")
    sign_in_again(mai, "mai")
    come_back(mai.page)
    saved(mai.page)
    assert draft.value(NAME)["label"] == "Chữ của mai"


def drag(source, target) -> None:
    """By hand: a browser tells what is dragged over only after a second movement."""
    source.hover()
    source.page.mouse.down()
    target.hover()
    target.hover(position={"x": 20, "y": 10})
    source.page.mouse.up()


def add(page: Page, name: str) -> None:
    page.get_by_label("Thêm trường thông tin").fill(name)
    page.keyboard.press("Enter")


def test_elements_added_while_the_line_is_down_come_whole_each_once(draft):
    mai = draft.sit("mai", PAGE)
    page, before = mai.page, draft.ids()
    page.context.set_offline(True)
    add(page, "Số một")
    expect(page.locator("[data-saved]")).to_contain_text(LOST, timeout=PATIENCE)
    add(page, "Số hai")
    page.wait_for_function("() => Object.values(localStorage).join('').includes('Số hai')")
    assert draft.ids() == before
    page.context.set_offline(False)
    come_back(page)
    page.wait_for_function("() => !Object.keys(localStorage).length")
    assert sorted(draft.ids()) == sorted([*before, "so_mot", "so_hai"])


def test_what_is_dragged_while_the_line_is_down_comes_once_and_in_order(draft):
    mai = draft.sit("mai", PAGE)
    page, before = mai.page, draft.ids()
    page.set_viewport_size({"width": 1280, "height": 1500})  # nothing scrolls while it is dragged
    first = page.locator(f"[data-item='{FIELDS}.{before[0]}']")
    page.context.set_offline(True)
    drag(page.locator("[data-palette] li", has_text="Ngày").first, first)
    expect(page.locator("[data-saved]")).to_contain_text(LOST, timeout=PATIENCE)
    drag(page.locator(f"[data-item='{FIELDS}.{before[2]}']"), first)
    page.wait_for_function("() => Object.values(localStorage).join('').includes('chuyen')")
    assert draft.ids() == before
    page.context.set_offline(False)
    come_back(page)
    page.wait_for_function("() => !Object.keys(localStorage).length")
    assert draft.ids() == ["ngay_moi", before[2], before[0], before[1], *before[3:]]


def test_a_table_typed_without_waiting_is_stored_whole(draft):
    mai = draft.sit("mai", PAGE)
    Officer(mai).add("trường thông tin", "Hình thức", kind="choice")
    page = mai.page
    rows = {"moi": "Cấp mới", "lai": "Cấp lại", "doi": "Cấp đổi"}
    for number, (value, words) in enumerate(rows.items(), 1):
        for label, text in (("Giá trị lưu", value), ("Chữ hiện ra", words)):
            page.get_by_label(f"{label}, dòng {number}", exact=True).fill(text, timeout=PATIENCE)
            page.keyboard.press("Tab")
    expect(page.locator(".unsaved")).to_have_count(0, timeout=PATIENCE)
    saved(page)
    options = draft.value(f"{FIELDS}.hinh_thuc")["options"]
    assert {each["value"]: each["label"] for each in options} == rows
    assert len(options) == 3
    expect(page.get_by_role("alert")).to_have_count(0)


def test_an_act_whose_answer_was_lost_is_not_done_twice(draft):
    mai = draft.sit("mai", PAGE)
    page, before = mai.page, draft.ids()

    def losing(what, act):
        """An act whose answer is lost, until the page has sent it again."""
        with nobody_hears(page, f"**/soan/{what}"):
            act()
            expect(page.locator("[data-saved]")).to_contain_text(LOST, timeout=PATIENCE)
        come_back(page)
        page.wait_for_function("() => !Object.keys(localStorage).length")

    losing("muc", lambda: add(page, "Số điện thoại"))
    assert sorted(draft.ids()) == sorted([*before, "so_dien_thoai"])
    page.goto(draft.url(f"{FIELDS}.so_dien_thoai"))
    losing("muc", lambda: page.get_by_role("button", name="Nhân đôi").click())
    assert len(draft.ids()) == len(before) + 2
    losing("hoan-tac", lambda: page.locator("#b-undo button").click())
    assert sorted(draft.ids()) == sorted([*before, "so_dien_thoai"])

    # typed on in the same control before it is known whether the first arrived
    page.goto(draft.url(NAME))
    with nobody_hears(page, "**/soan/luu"):
        write(page, "label", "Tên thứ nhất")
        expect(page.locator("[data-saved]")).to_contain_text(LOST, timeout=PATIENCE)
    write(page, "label", "Tên thứ hai")
    saved(page)
    assert draft.value(NAME)["label"] == "Tên thứ hai"
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_browser_that_was_closed_brings_in_what_it_had_not_sent(draft, browser, base):
    mai = draft.sit("mai")
    page = mai.page
    page.context.set_offline(True)
    write(page, "label", "Gõ rồi mất mạng")
    expect(page.locator("[data-saved]")).to_contain_text(LOST, timeout=PATIENCE)
    page.locator("#c-help").fill("Đang gõ dở thì tắt máy.")
    page.wait_for_function("() => Object.values(localStorage).join('').includes('tắt máy')")
    page.evaluate("() => window.dispatchEvent(new Event('pagehide'))")
    state = mai.context.storage_state()
    again = browser.new_context(
        storage_state=state, base_url=base, locale="vi-VN", bypass_csp=True, reduced_motion="reduce"
    )
    try:
        opened = again.new_page()
        opened.goto(draft.url(NAME))
        opened.wait_for_function("() => !Object.keys(localStorage).length")
        expect(opened.locator("#c-label")).to_have_value("Gõ rồi mất mạng", timeout=PATIENCE)
        assert draft.value(NAME)["label"] == "Gõ rồi mất mạng"
        assert draft.value(NAME)["help"] == "Đang gõ dở thì tắt máy."
    finally:
        again.close()
