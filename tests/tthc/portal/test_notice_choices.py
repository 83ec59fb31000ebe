"""Which notices come beside the portal's inbox: what the law demands is named and stays (Đ10.2b, Đ26.4)."""

import pytest

from tthc.dossiers.notices_plan import STAFF_TEMPLATES, TEMPLATES
from tthc.notices.forwarding import Forwarding
from tthc.notices.log import deliveries
from tthc.notices.preferences import KINDS, Preferences, choosable


def test_d10_2b_every_notice_to_an_applicant_is_of_one_kind():
    of_kinds = [template for kind in KINDS for template in kind.templates]
    assert len(of_kinds) == len(set(of_kinds))
    assert set(of_kinds) == TEMPLATES - STAFF_TEMPLATES


def test_d10_2b_what_the_law_demands_is_not_among_what_may_be_switched_off():
    demanded = {
        "accepted",
        "supplement_requested",
        "refused",
        "apologised",
        "extended",
        "result_ready",
        "declined",
    }
    for kind in KINDS:
        assert bool(kind.rule) or not kind.templates & demanded
        assert kind.rule == "" or f"{kind.id}:sms" not in choosable()


@pytest.mark.database
def test_d10_2b_what_was_switched_off_is_not_sent_and_what_the_law_demands_is(province, kernel):
    citizen = province.citizen()
    page = citizen.get("/thong-bao/tuy-chon")
    for told in ("không tắt được", "Hồ sơ được tiếp nhận, hẹn ngày trả", "Đ10.2b"):
        assert told in page.text
    assert "tiep_nhan:email" not in page.html
    on = sorted(choosable() - {"da_nop:email", "da_nop:sms"})
    saved = citizen.submit(page, "/tuy-chon", {"on": [*on, "tiep_nhan:email", "la:lung"]})
    assert "Đã lưu lựa chọn" in saved.text
    account = province.services.accounts.by_login("0912345678").key
    assert Preferences(province.services.database).off(account) == {"da_nop:email", "da_nop:sms"}

    dossier = kernel.accept(1)
    province.sweep()
    seen = {(d.notice, d.channel): d.state for d in deliveries(province.services.repository.get(dossier.id))}
    left = "Không gửi: người nộp đã tắt kênh này"
    assert {seen["Đã nộp hồ sơ", c] for c in ("Thư điện tử", "Tin nhắn")} == {left}
    assert seen["Đã nộp hồ sơ", "Hộp thư trên cổng"] == "Đã gửi"
    assert {state for (notice, _), state in seen.items() if notice == "Đã tiếp nhận"} == {"Đã gửi"}
    assert province.services.database["mailbox"].count_documents({"template": "submitted"}) == 0

    inbox = citizen.get("/thong-bao")
    assert "2 thông báo chưa đọc" in inbox.text and '<span class="count">2</span>' in inbox.html
    read = citizen.submit(inbox, "/da-doc")
    assert "Không có thông báo chưa đọc" in read.text and 'class="count"' not in read.html
    assert province.staff("motcua").get("/thong-bao/tuy-chon").status == 403


@pytest.mark.database
def test_d10_2b_a_choice_is_the_owners_alone_and_can_be_taken_back(province, kernel):
    kept, s = Preferences(province.services.database), province.services
    mine, other = (s.accounts.by_login(login).key for login in ("0912345678", "0987654321"))
    dossier = kernel.hand_in(1)
    kept.choose(other, [], s.clock.now())
    assert not kept.unwanted(dossier.id, "submitted", "email")
    kept.choose(mine, [], s.clock.now())
    assert kept.unwanted(dossier.id, "submitted", "email")
    assert not kept.unwanted(dossier.id, "submitted", "portal")
    assert not kept.unwanted(dossier.id, "accepted", "email")
    kept.choose(mine, choosable(), s.clock.now())
    assert not kept.unwanted(dossier.id, "submitted", "email")

    # a number that was let go is somebody else's soon: what is sent from now on goes to the one that took its place
    told = s.database["mailbox"]
    s.accounts.confirm_contact(mine, "0966000222", s.clock.now())
    province.sweep()
    sent = sorted((row["channel"], row["to"]) for row in told.find({"template": "submitted"}))
    assert sent == [("email", "hoa@example.vn"), ("sms", "0966000222")]  # what was never the account's stays
    me, moved = s.accounts.get(mine), Forwarding(s.database)
    s.accounts.update_profile(mine, name=me.name, phone="", email=me.email)
    assert moved.now(dossier.id, "sms", "0912345678") == moved.now(dossier.id, "sms", "0966000222") == ""
    assert moved.now(dossier.id, "portal", mine) == mine
