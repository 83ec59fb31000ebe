"""The gallery in a browser: accessible, in the dark too, and it fits a telephone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("query", "width"), [("", 360), ("?can-bo", 1280)])
def test_the_gallery_is_accessible_and_keeps_its_width(address, browser, scheme, query, width):
    context = browser.new_context(
        color_scheme=scheme,
        viewport={"width": width, "height": 800},
        bypass_csp=True,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(f"{address}/_parts{query}")
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_nothing_breaks_the_policy_and_the_dialogue_gives_the_focus_back(address, browser):
    page = browser.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(f"{address}/_parts")
    expect(page.locator("#error-summary")).to_be_focused()
    opener = page.locator("[data-open=tu-choi]")
    opener.focus()
    page.wait_for_load_state("networkidle")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog#tu-choi[open]")
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("#header-search")).to_be_focused()
    assert said == []
    page.close()


def test_rows_are_walked_by_key(address, browser):
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{address}/_parts?can-bo", wait_until="networkidle")
    page.locator("body").press("j")
    page.locator("body").press("j")
    assert page.locator("tr.at").count() == 1
    assert "0002" in page.locator("tr.at").inner_text()
    page.close()
