"""Silence that stands for an answer, and a result that the applicant takes on the portal: five people in turn."""

import pytest
from asking_walk import ASKING
from at_work import CITIZEN, at_work, send
from browser_walk import attach, press_action, take_up
from made_up import CODE, TEXT, publish
from people import COMMUNE, OTHER, PDF, Province
from playwright.sync_api import expect
from result_walk import LEVEL_FOUR, SIGNED

from tthc.dossiers import commands as cmd
from tthc.dossiers.state import Applicant, PaperFiles

pytestmark = [pytest.mark.browser, pytest.mark.database]

CONFIRMED = """    - id: xac_nhan
      name: Bạn đọc xác nhận bản dự thảo
      actor: nguoi_nop
      phase: waiting_applicant
      duration: {amount: 1, unit: working_hour}
      on_timeout: dong_y
      actions:
        - {id: dong_y, label: Đồng ý, to: phe_duyet, primary: true}
        - {id: sua, label: Đề nghị sửa, to: tong_hop, needs: [reason]}
"""
ASKED = ASKING.partition("    - id: phat_hanh\n")[0].replace(
    "{id: chuyen, label: Chuyển văn thư, to: phat_hanh, primary: true}",
    "{id: chuyen, label: Gửi bạn đọc xem, to: xac_nhan, needs: [draft], primary: true}",
)
APPROVED = "    - id: phe_duyet\n" + SIGNED.partition("    - id: phe_duyet\n")[2].replace(
    "to: tham_tra", "to: tong_hop"
)


def accepted(province: Province):
    """An electronic card handed in, paid for and accepted."""
    text = TEXT
    for old, new in {**LEVEL_FOUR, "workflow: xa-xac-nhan\n": ASKED + CONFIRMED + APPROVED}.items():
        text = text.replace(old, new)
    publish(province, text)
    s, now = province.services, province.clock.now()
    definition, owner = s.definitions.published(CODE, now.date()), s.accounts.by_login(CITIZEN)
    photo = s.files.put(PDF, name="anh.pdf", kind="pdf", now=now, by=owner.key)
    who = Applicant("person", owner.name, phone=CITIZEN)
    answers = {"reader_name": "Lò Thị Xuân", "books": "3"}
    papers = (PaperFiles("anh_the", (photo,)),)
    command = cmd.Submit("1" * 32, COMMUNE, who, answers, papers, "online", declared=True)
    found = s.dossiers.start(definition, command, owner.actor(), "nop")
    counter = s.accounts.by_login("motcua").actor(COMMUNE)
    s.dossiers.execute(found.id, cmd.RecordPayment(("le_phi_the",), "transfer"), counter, "thu")
    return s.dossiers.execute(found.id, cmd.Accept(("anh_the",)), counter, "nhan")


@pytest.mark.branch("im-lang-dong-y", "lay-y-kien", "nhan-truc-tuyen", "ky-so")
def test_d10_4b_d13_3c_those_who_are_silent_agree_and_the_result_is_taken_on_a_telephone(
    person, province: Province
):
    card = accepted(province)
    examiner, leader, clerk = (at_work(person, province, who) for who in ("chuyenvien", "chutich", "vanthu"))
    there, citizen = at_work(person, province, "khac-chuyenvien"), at_work(person, province, CITIZEN, "phone")
    take_up(examiner, "cho-toi", card.code)
    for typed, agency in (("chieng coi", "phường Chiềng Cơi"), ("to hieu", "phường Tô Hiệu")):
        examiner.page.get_by_label("Tìm cơ quan").fill(typed)
        examiner.page.get_by_label(agency).check()
    examiner.page.get_by_label("Nội dung lấy ý kiến").fill("Bạn đọc còn nợ sách không?")
    press_action(examiner, "hoi")
    there.page.goto(f"/motcua/{OTHER}/hop/cho-toi")
    there.page.get_by_role("link", name=card.code).click()
    there.page.fill('form[action$="/dong_y"] [name=reason]', "Không nợ quyển nào")
    press_action(there, "dong_y")
    province.clock.advance(hours=6)
    province.sweep()
    examiner.page.reload()
    asked = examiner.page.locator("section", has=examiner.page.locator("#consultation"))
    expect(asked).to_contain_text("Không nợ quyển nào")
    expect(asked).to_contain_text("Không trả lời: Hết hạn không trả lời")
    expect(examiner.page.get_by_label("Ý kiến của cơ quan ông/bà")).to_have_count(0)  # nobody asks the asker
    attach(examiner, "chuyen", "the.pdf")
    examiner.look("im-lang-co-quan")
    press_action(examiner, "chuyen")

    citizen.page.goto(f"/ho-so/{card.id}")
    expect(citizen.page.locator("main")).to_contain_text("hệ thống coi như ông/bà đồng ý")
    citizen.look("im-lang-nguoi-nop")
    province.clock.advance(days=2)
    province.sweep()
    take_up(leader, "cho-toi", card.code)
    expect(leader.page.locator("#history + .timeline")).to_contain_text("Quá hạn không có ý kiến")
    press_action(leader, "duyet")
    take_up(clerk, "cho-toi", card.code)
    clerk.page.fill('form[action$="/chuyen_ket_qua"] [name=number]', "17/GP-UBND")
    press_action(clerk, "chuyen_ket_qua")
    expect(clerk.page.locator("#toasts")).to_contain_text("Đã ghi nhận")
    citizen.page.reload()
    send(citizen, "Nhận kết quả")
    expect(citizen.page.get_by_role("link", name="Kiểm tra chữ ký", exact=True)).to_be_visible()
    citizen.look("nhan-truc-tuyen")
