"""The longest shipped forms resumed with the fullest answers of their examples: no page of them is too heavy or breaks.

The answers go in beside the pages, so that this holds for whatever the catalogue comes to ask.
"""

from dataclasses import replace
from decimal import Decimal

import pytest
from people import COMMUNE, PASSWORD, Province
from playwright.sync_api import expect

from definitions.shipped import loaded, shipped

pytestmark = [pytest.mark.browser, pytest.mark.database]
LOOKED_AT = 3


def weight_of(text: str, name: str) -> int:
    return len(loaded(text, name).canonical)


CODES = [
    name.removesuffix(".yaml")
    for name, text in sorted(shipped(), key=lambda entry: weight_of(entry[1], entry[0]), reverse=True)[
        :LOOKED_AT
    ]
]


def as_typed(answer: object) -> object:
    """Answers of an example as a page posts them: a number with its comma."""
    if isinstance(answer, Decimal):
        return str(answer).replace(".", ",")
    if isinstance(answer, dict):
        return {key: as_typed(value) for key, value in answer.items()}
    return [as_typed(row) for row in answer] if isinstance(answer, (list, tuple)) else answer


def begun(province: Province, code: str, login: str) -> str:
    """An application of `login`'s with the answers of the example that says most."""
    s = province.services
    now = province.clock.now()
    definition = s.definitions.published(code, now.date())
    fullest = max(definition.examples, key=lambda example: len(str(example.answers)))
    account = s.accounts.by_login(login)
    application = s.applications.start(
        owner=account.key,
        procedure=code,
        definition=definition.hash,
        agency=COMMUNE,
        answers={},
        now=now,
        applicant={"kind": "person"},
    )
    answered = replace(application, answers=as_typed(dict(fullest.answers)))
    return s.applications.save(application, answered, now).id


@pytest.mark.parametrize("code", CODES)
def test_at_the_counter_with_every_part_opened(person, province: Province, code: str):
    key = begun(province, code, "motcua")
    desk = person("desk")
    desk.sign_in("motcua", PASSWORD)
    page = desk.page
    page.goto(f"/motcua/{COMMUNE}/tiep-nhan/them-moi/{key}")
    desk.look(f"ban-dien-san-{code}")
    closed = page.locator(".part-open")
    names = [button.get_attribute("value") for button in closed.all()]
    for name in names:
        page.locator(f".part-open[value='{name}']").click()
        expect(page.locator(f"section#part-{name} [id^='w-']").first).to_be_visible()
        desk.look(f"ban-dien-san-{code}-{name}")
    if names:  # what was in the part that closed first is still there
        page.locator(".part-open").first.click()
        expect(page.locator("[name=_opened]")).to_have_count(1)


@pytest.mark.parametrize("code", CODES)
def test_on_a_telephone_page_by_page(person, province: Province, code: str):
    key = begun(province, code, "0912345678")
    citizen = person("phone")
    citizen.sign_in("0912345678", PASSWORD)
    page = citizen.page
    page.goto(f"/nop-ho-so/{key}")
    steps = page.locator("form[data-autosave]")
    for _ in range(12):
        citizen.look(f"dien-thoai-dien-san-{code}-{page.url.rsplit('/', 1)[1]}")
        if not steps.count():
            break
        page.locator(".actions").get_by_role("button", name="Tiếp tục").first.click()
        expect(page.locator("#error-summary")).to_have_count(0)
    else:
        pytest.fail("the form never ends")
