"""Steps that several browser tests walk."""

import re

from people import COMMUNE, PASSWORD, PDF
from playwright.sync_api import expect
from screens import Person

DESK = f"/motcua/{COMMUNE}"


def begin(citizen: Person, code: str) -> None:
    citizen.page.goto(f"/thu-tuc/{code}")
    citizen.page.select_option("#f-agency", COMMUNE)
    citizen.press("Bắt đầu kê khai")


def type_all(person: Person, values: dict[str, str]) -> None:
    for name, value in values.items():
        box = person.page.locator(f'[name="{name}"]')
        if box.evaluate("box => box.localName") == "select":
            box.select_option(value)
        else:
            box.fill(value)


def go_on(person: Person, heading: str) -> None:
    person.page.locator(".actions").get_by_role("button", name="Tiếp tục").first.click()
    expect(person.page.get_by_role("heading", name=heading, level=1)).to_be_visible()


def hand_in(citizen: Person, prefix: str) -> str:
    expect(citizen.page.get_by_role("heading", name="Phí và cách nhận kết quả", level=1)).to_be_visible()
    citizen.look(f"{prefix}-phi")
    citizen.page.check("[name=receive_by][value=counter]")
    go_on(citizen, "Kiểm tra và nộp hồ sơ")
    citizen.look(f"{prefix}-kiem-tra")
    citizen.page.check("[name=declared]")
    citizen.press("Nộp hồ sơ")
    expect(citizen.page.get_by_role("heading", name="Đã nộp hồ sơ", level=1)).to_be_visible()
    citizen.look(f"{prefix}-da-nop")
    return citizen.page.locator(".big-code").first.inner_text()


def sit_down(person, login: str) -> Person:
    staff = person("desk")
    staff.sign_in(login, PASSWORD)
    return staff


def take_up(staff: Person, inbox: str, number: str) -> None:
    staff.page.goto(f"{DESK}/hop/{inbox}")
    staff.page.get_by_role("link", name=number).click()
    expect(staff.page.locator(".dossier-head")).to_contain_text(number)
    staff.whole()


def attach(staff: Person, action: str, name: str) -> None:
    staff.page.locator(f'form[action$="/{action}"] input[type=file]').set_input_files(
        {"name": name, "mimeType": "application/pdf", "buffer": PDF}
    )


def press_action(staff: Person, action: str) -> None:
    form = staff.page.locator(f'form[action$="/{action}"]')
    if not form.is_visible():
        staff.page.locator("details", has=form).locator("summary").click()
    with staff.page.expect_navigation():
        form.locator("button").first.click()


def code_on(staff: Person) -> str:
    """The dossier's code, wherever it stands on the page."""
    return re.search(r"\d{3}\.\d{2}\.\d{2}\.H52-\d{6}-\d{4}", staff.page.content())[0]


def issue_and_return(
    person, desk: Person, code: str, number: str = "01/KQ", name: str = "ket-qua.pdf"
) -> None:
    """The clerk issues the result under a number, the counter hands it over."""
    clerk = sit_down(person, "vanthu")
    take_up(clerk, "cho-toi", code)
    clerk.page.fill('form[action$="/chuyen_ket_qua"] [name=number]', number)
    attach(clerk, "chuyen_ket_qua", name)
    press_action(clerk, "chuyen_ket_qua")
    take_up(desk, "cho-tra-ket-qua", code)
    if desk.page.locator('form[action$="/thu-phi"]').count():
        press_action(desk, "thu-phi")
    for box in desk.page.locator("[name=originals]").all():
        box.check()
    press_action(desk, "tra_ket_qua")
    expect(desk.page.locator(".dossier-head")).to_contain_text("Đã trả kết quả")
