"""What event rules leave on the officials' pages, looked at on a desk and on a telephone."""

import pytest
from browser_walk import DESK, sit_down, take_up
from people import Province
from playwright.sync_api import expect
from ruled import LABEL, received, send_back, watch

pytestmark = [pytest.mark.browser, pytest.mark.database]


def test_an_alert_and_a_unit_are_seen_at_once(person, province: Province):
    code, _, _ = received(province)
    send_back(province, code, times=2)
    watch(province)
    head = sit_down(person, "truongphong")
    head.page.goto(f"{DESK}/hop/tat-ca")
    expect(head.page.locator("tbody .badge.warn").first).to_contain_text(LABEL)
    head.look_twice("quy-tac-hop-viec")
    take_up(head, "tat-ca", code)
    expect(head.page.locator(".callout.warn").last).to_contain_text(LABEL)
    head.look_twice("quy-tac-ho-so")
