"""Dossiers that nobody can act on and the log of what was sent, on a desk and on a telephone."""

import pytest
from browser_walk import DESK, sit_down
from people import Province
from playwright.sync_api import expect
from walk import licence_at_the_examiner

from tthc.dossiers.codec import to_bson
from tthc.dossiers.values import replace

pytestmark = [pytest.mark.browser, pytest.mark.database]


def given_up(s, dossier):
    """Its text messages were refused until the system gave up."""
    outbox = [
        replace(e, state="dead", attempts=8, error="Cổng tin nhắn trả lời mã 403")
        if e.channel == "sms"
        else e
        for e in dossier.outbox
    ]
    change = {"outbox": to_bson(tuple(outbox)), "outbox_dead": True}
    s.repository.collection.update_one({"_id": dossier.id}, {"$set": change})


@pytest.mark.branch("ket")
def test_d10_2b_a_head_sees_what_is_stuck_and_reception_sends_again(person, province: Province):
    s = province.services
    number = licence_at_the_examiner(province)
    (row,) = s.database["dossiers"].find({}, {"_id": 1})
    s.accounts.lock(s.accounts.by_login("chuyenvien").key, "Nghỉ việc")
    given_up(s, s.repository.get(row["_id"]))
    s.sticking.sweep(province.clock.now())
    province.clock.advance(minutes=20)
    s.sticking.sweep(province.clock.now())
    province.sweep()
    head = sit_down(person, "chutich")
    head.page.goto(f"{DESK}/hop/tat-ca")
    head.page.locator(".sidebar").get_by_role("link", name="Hồ sơ kẹt").click()
    expect(head.page.locator("tbody tr")).to_have_count(2)
    expect(head.page.locator("tbody")).to_contain_text("tài khoản này nay bị khóa")
    head.look_twice("ho-so-ket")
    head.page.locator("tbody").get_by_role("link", name=number).first.click()
    head.page.get_by_role("link", name="Thông báo đã gửi").click()
    expect(head.page.locator("tbody")).to_contain_text("Cổng tin nhắn trả lời mã 403")
    head.look_twice("thong-bao-cua-ho-so")
    head.page.get_by_label("Lý do gửi lại").first.fill("Cổng tin nhắn đã chạy lại")
    head.press("Gửi lại")
    expect(head.page.locator("tbody")).to_contain_text("Chờ gửi")
