"""The editors of tables and conditions, driven by the keyboard alone."""

import pytest
from browser_walk import sit_down
from people import Province
from playwright.sync_api import Page, Route, expect
from screens import Person

pytestmark = [pytest.mark.browser, pytest.mark.database]

EDITOR = 75_000
TABLES = "inputs: [applicant_kind, fee_area]"


@pytest.fixture
def writer(province: Province, person) -> Person:
    province.officer("kiemsoat", "Lường Thị Mai", "kiem_soat")
    sat = sit_down(person, "kiemsoat")
    sat.scales.limit = EDITOR  # an officer's desk, once a day; what citizens open stays far below
    return sat


@pytest.fixture
def place(province: Province) -> str:
    store = province.services.definitions
    versions = (version for code in store.procedures() for version in store.versions(code))
    found = next(version for version in versions if TABLES in store.text(version))
    return f"/quan-tri/ban-cau-hinh/{found.procedure}/{found.id}/bang-va-dieu-kien"


def tab_to(page: Page, element: str) -> None:
    """By the tabulator key, as somebody without a mouse gets there."""
    for _ in range(150):
        if page.evaluate("document.activeElement.id") == element:
            return
        page.keyboard.press("Tab")
    raise AssertionError(element)


def at(page: Page) -> str:
    return page.evaluate("document.activeElement.id")


def test_a_table_is_edited_like_a_spreadsheet(writer: Person, place: str):
    page, keys = writer.page, writer.page.keyboard
    writer.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{place}?cho=fees.0.amount")
    proof = page.locator("#proof")
    expect(proof).to_contain_text("Đã chứng minh")
    writer.look_twice("bang-phi")

    tab_to(page, "f-d.0.1")
    keys.press("Control+A")
    keys.type("khac")
    expect(page.locator("#feel-list [role=option]").first).to_contain_text("Xã và các khu vực khác")
    writer.look("ban-bang-goi-y", picture=True)
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(page.locator("#f-d\\.0\\.1")).to_have_value('"khac"')
    keys.press("Enter")
    assert at(page) == "f-d.1.1"
    expect(proof).to_contain_text("Nộp ngày 1/7/2025, Doanh nghiệp, hợp tác xã, Phường")
    expect(proof).to_contain_text("Dòng thừa")
    expect(page.locator("tr.marked")).to_have_count(1)
    writer.look_twice("bang-phi-ho")
    keys.press("Control+Z")
    expect(page.locator("#f-d\\.0\\.1")).to_have_value('"thanh_pho"')
    expect(proof).to_contain_text("Đã chứng minh")

    copied = '"doanh_nghiep"\t"thanh_pho"\t700000\tMức mới\t01/01/2028\n"doanh_nghiep"\t"xa"\tx +'
    page.evaluate("text => navigator.clipboard.writeText(text)", copied)
    for _ in range(6):
        keys.press("ArrowDown")
    assert at(page) == "f-d.7.1"
    keys.press("Shift+Tab")
    keys.press("Control+V")
    expect(page.locator("tbody tr")).to_have_count(9)
    expect(page.locator("#f-d\\.7\\.start")).to_have_value("01/01/2028")
    expect(page.locator("#e-d\\.8\\.1")).to_contain_text("không có lựa chọn “xa”")
    expect(page.locator("#e-d\\.8\\.amount")).to_be_visible()
    writer.look_twice("bang-phi-loi")
    keys.press("Control+Z")
    expect(page.locator("tbody tr")).to_have_count(8)
    expect(proof).to_contain_text("Đã chứng minh")
    keys.press("Enter")
    expect(page.locator("tbody tr")).to_have_count(9)
    expect(page.locator("#f-d\\.8\\.0")).to_be_focused()


def test_a_condition_is_put_together_and_typed(writer: Person, place: str):
    page, keys = writer.page, writer.page.keyboard
    page.goto(f"{place}?cho=cases.0.when")
    said = page.locator(".condition output")
    expect(said).to_contain_text("với tư cách nào?” là Doanh nghiệp, hợp tác xã")
    tab_to(page, "b-d:add")
    keys.press("Enter")
    expect(page.locator("#f-d\\.1\\.path")).to_be_focused()
    keys.press("k")  # the first that begins with it
    expect(page.locator("#f-d\\.1\\.path")).to_have_value("channel")
    keys.press("Tab")
    expect(page.locator("#f-d\\.1\\.comparison\\.choice")).to_be_visible()
    tab_to(page, "f-d.1.comparison.choice")
    keys.press("ArrowDown")
    tab_to(page, "f-d.1.value.channel")
    keys.press("ArrowDown")
    keys.press("Tab")
    expect(said).to_have_text(
        "“Ông/bà đề nghị cấp phép với tư cách nào?” là Doanh nghiệp, hợp tác xã và “Kênh nộp hồ sơ” không là nộp trực tuyến"
    )
    tab_to(page, "b-d:group")
    keys.press("Enter")
    expect(page.locator("#f-d\\.2\\.0\\.path")).to_be_focused()
    writer.look_twice("dieu-kien-dong")
    tab_to(page, "b-d:remove:2")
    keys.press("Enter")
    expect(page.locator(".bracket")).to_have_count(0)
    tab_to(page, "b-d:way")
    keys.press("Enter")
    box = page.locator("#f-d\\.feel")
    expect(box).to_have_value('applicant_kind = "doanh_nghiep" and channel != "online"')
    for _ in range(60):
        if at(page) == "f-d.feel":
            break
        keys.press("Shift+Tab")
    keys.press("Control+End")
    keys.type(" and cap cua")
    keys.press("Escape")
    expect(page.locator("#f-d\\.feel-error")).to_be_visible()
    for _ in range(7):
        keys.press("Backspace")
    keys.type("capcua")
    expect(page.locator("#feel-list [role=option]").first).to_contain_text("agency.level")
    writer.look("ban-dieu-kien-feel", picture=True)
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(box).to_have_value('applicant_kind = "doanh_nghiep" and channel != "online" and agency.level')
    keys.type(' = "xa"')
    keys.press("Escape")
    expect(page.locator("#f-d\\.feel-error")).to_be_hidden()
    expect(said).to_contain_text("“Cấp của cơ quan” là cấp xã")
    writer.look_twice("dieu-kien-feel")


def test_what_was_typed_before_the_script_came_is_checked_when_it_comes(writer: Person, place: str):
    page = writer.page
    waiting: list[Route] = []
    page.route("**/feel.js*", lambda route: waiting.append(route))  # noqa: PLW0108 - a builtin is not taken
    page.goto(f"{place}?cho=cases.0.when")  # rows need no script for typing
    with page.expect_request("**/feel.js*"):
        page.locator("[id='b-d:way']").click()
    box = page.locator("#f-d\\.feel")
    box.fill(f"{box.input_value()} and cap cua")
    expect(page.locator("#f-d\\.feel-error")).to_be_hidden()
    waiting[-1].continue_()
    expect(page.locator("#f-d\\.feel-error")).to_be_visible()
