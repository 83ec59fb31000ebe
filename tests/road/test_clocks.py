"""The whole application: a dossier that nobody can act on, and the log of what was sent about one."""

import pytest
from people import COMMUNE, PASSWORD, Province
from walk import licence_at_the_examiner

from tthc.agencies.data import shipped
from tthc.dossiers.outbox import Outbox

pytestmark = pytest.mark.database


def the_dossier(province):
    (row,) = province.services.database["dossiers"].find({}, {"_id": 1})
    return province.services.repository.get(row["_id"])


def test_d23_1_a_stuck_dossier_alerts_both_sides_once_and_leaves_the_list_when_mended(province: Province):
    s, clock = province.services, province.clock
    number = licence_at_the_examiner(province)
    slug = s.agencies.get(COMMUNE).slug
    examiner = s.accounts.by_login("chuyenvien")
    boss = province.staff("chutich")
    place = f"/motcua/{slug}/ho-so-ket"
    assert s.sticking.sweep(clock.now()) == 0
    assert "Không có hồ sơ nào kẹt" in boss.get(place).text
    s.accounts.lock(examiner.key, "Nghỉ việc")
    assert s.sticking.sweep(clock.now()) == 0, "shown at once, told when it lasts"
    page = boss.get(place).text
    assert number in page
    assert "tài khoản này nay bị khóa" in page
    assert "Giao chức năng" not in page
    clock.advance(minutes=16)
    assert (s.sticking.sweep(clock.now()), s.sticking.sweep(clock.now())) == (1, 0)
    told = [e for e in the_dossier(province).outbox if e.template == "stuck"]
    assert [e.to for e in told] == [f"phe_duyet@{COMMUNE}"]
    province.sweep()
    assert f"Hồ sơ kẹt: {number}" in boss.get("/thong-bao").text
    assert "Hệ thống báo hồ sơ kẹt" in boss.get(f"/motcua/{slug}/ho-so/{the_dossier(province).id}").text
    s.accounts.unlock(examiner.key, "Đi làm lại")
    assert "Không có hồ sơ nào kẹt" in boss.get(place).text, "looked at anew, without waiting for the sweep"
    assert s.sticking.count(COMMUNE) == 0
    # the same trouble another time is another alert, to the applicant too where nobody is left
    s.accounts.lock(examiner.key, "Nghỉ việc")
    head = s.accounts.by_login("chutich")
    s.sticking.sweep(clock.now())
    clock.advance(minutes=20)
    s.accounts.lock(head.key, "Nghỉ việc")
    admin = province.officer("quantri", "Quản trị", "quan_tri")
    assert s.sticking.sweep(clock.now()) == 1
    told = [e.to for e in the_dossier(province).outbox if e.template == "stuck"]
    assert told == [f"phe_duyet@{COMMUNE}", admin.key], "nobody at the head: those who run the system"
    visitor = province.visitor()
    visitor.sign_in("quantri", PASSWORD)
    assert number in visitor.get("/quan-tri/ho-so-ket/").text
    s.agencies.add_missing(a for a in shipped() if a.level == "center")
    centre = next(a for a in s.agencies.all() if a.level == "center")
    s.accounts.create_staff(
        login="tthcc",
        name="Giám sát",
        password=PASSWORD,
        now=clock.now(),
        agency=centre.id,
        functions={centre.id: ["tiep_nhan"]},
        must_change_password=False,
    )
    watcher = province.staff("tthcc")
    page = watcher.get(f"/motcua/{centre.slug}/ho-so-ket").text
    assert number in page, "the centre watches over all agencies"
    assert s.agencies.get(COMMUNE).name in page
    other = province.staff("khac-chutich")
    elsewhere = s.agencies.get("phuong-chieng-coi").slug
    assert number not in other.get(f"/motcua/{elsewhere}/ho-so-ket").text
    assert other.get(place).status == 403


def test_d10_2b_what_was_sent_is_listed_covered_and_what_failed_is_sent_again_with_a_reason(
    province: Province,
):
    s, clock = province.services, province.clock
    licence_at_the_examiner(province)
    dossier = the_dossier(province)
    slug = s.agencies.get(COMMUNE).slug
    place = f"/motcua/{slug}/ho-so/{dossier.id}/thong-bao"
    outbox = Outbox(s.repository)
    sms = next(e for e in dossier.outbox if e.channel == "sms" and e.template == "accepted")
    while (claim := outbox.claim(clock.now(), "w", dossier.id)) is not None:
        if claim.entry.id == sms.id:
            outbox.fail(dossier.id, sms.id, "w", clock.now(), "từ chối 0912345678")
            clock.advance(hours=5)
        else:
            outbox.done(dossier.id, claim.entry.id, "w", clock.now())
    desk = province.staff("motcua")
    page = desk.get(f"/motcua/{slug}/ho-so/{dossier.id}")
    assert place in page.links
    page = desk.get(place)
    assert "Không gửi được, đã thôi thử" in page.text
    assert "Đã tiếp nhận" in page.text
    assert "0912345678" not in page.html
    assert "Tin nhắn" in page.text
    refused = desk.submit(page, "/gui-lai", {"entry": sms.id, "reason": " "})
    assert refused.status == 422
    assert "Ghi lý do gửi lại" in refused.text
    assert state(province, sms.id) == "dead"
    done = desk.submit(page, "/gui-lai", {"entry": sms.id, "reason": "Đã sửa số điện thoại"})
    assert "Đã xếp lại để gửi lần nữa" in done.text
    assert state(province, sms.id) == "pending"
    act = s.acts.find(target=dossier.id).rows[0]
    assert (act.what, act.reason, act.after["entries"]) == (
        "outbox.retried",
        "Đã sửa số điện thoại",
        [sms.id],
    )
    twice = desk.submit(page, "/gui-lai", {"entry": sms.id, "reason": "Bấm lần hai"})
    assert "không phải gửi lại" in twice.text
    assert len(s.acts.find(target=dossier.id).rows) == 1
    province.sweep()
    assert state(province, sms.id) == "done"
    stranger = province.staff("khac-motcua")
    other = s.agencies.get("phuong-chieng-coi").slug
    assert stranger.get(f"/motcua/{other}/ho-so/{dossier.id}/thong-bao").status == 404


def state(province, entry_id):
    return next(e.state for e in the_dossier(province).outbox if e.id == entry_id)
