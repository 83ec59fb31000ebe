"""The review desk: queue, checklist, remarks, decisions, reminders (Đ9.1a, Đ9.3b, Đ21.4, Đ24.3)."""

import re
from dataclasses import replace
from datetime import datetime

import pytest
from markupsafe import escape
from review_walk import seen, tick_all

from definitions import checklist
from definitions.lifecycle import State
from tthc.clock import TZ
from tthc.notices.reading import Notes

CODE = "9.000001"
FEE = "fees.phi_lam_the"
FIELD = "form.pages.nguoi_doc.fields.reader_name"


@pytest.fixture
def registered(visit, written):
    officer = visit("soan")
    officer.get(written + "/")
    officer.post(written + "/dang-ky")
    return written


def version(services):
    return services.definitions.versions(CODE)[-1]


def inbox(services, accounts, who):
    return [note.subject for note in Notes(services.database).of([accounts[who].key])]


def remark(visitor, written, place, text):
    visitor.get(written + "/gop-y")
    return visitor.post(written + "/gop-y", place=place, text=text)


def edited(visitor, services, written, old, new, where="/sua"):
    """Change the text in the editor."""
    page = visitor.get(written + where).text
    base = re.search(r'name="base" value="([^"]+)"', page)[1]
    text = services.definitions.text(version(services))
    assert old in text
    return visitor.post(written + where, text=text.replace(old, new), base=base)


@pytest.mark.usefixtures("registered")
def test_d9_3b_both_sides_see_the_same_clock_in_the_queue(visit, clock):
    clock.advance(hours=4)
    for who in ("duyet", "soan"):
        page = visit(who).get("/quan-tri/tham-dinh/").text
        assert "Cấp thẻ bạn đọc thư viện xã" in page
        assert "còn 2 ngày 4 giờ 30 phút làm việc" in page
    for who in ("cahai", "quantri", "congbo"):
        assert visit(who).get("/quan-tri/tham-dinh/").status_code == 200
    mine = visit("cahai").get("/quan-tri/tham-dinh/?loc=cua-toi").text
    assert "Ông/bà chưa đăng ký hay thẩm định bản nào" in mine
    assert visit("motcua").get("/quan-tri/tham-dinh/").status_code == 403


@pytest.mark.usefixtures("registered")
def test_an_officer_sees_only_what_he_registered_himself(visit, services, accounts):
    services.definitions._procedures.update_one(  # another officer's
        {"_id": CODE}, {"$set": {"versions.0.author": accounts["cahai"].key}}
    )
    assert "Cấp thẻ bạn đọc" not in visit("soan").get("/quan-tri/tham-dinh/").text
    assert "Cấp thẻ bạn đọc" in visit("cahai").get("/quan-tri/tham-dinh/?loc=cua-toi").text


@pytest.mark.usefixtures("registered")
def test_d9_3b_both_sides_are_reminded_once_at_each_stage(visit, services, accounts, clock):
    sweep = lambda: services.reminders.sweep(clock.now())  # noqa: E731
    assert sweep() == 0
    for day, hour, stage in ((25, 15, "nửa thời gian"), (26, 17, "80 %"), (27, 9, "quá hạn thẩm định")):
        clock.set(datetime(2026, 11, day, hour, tzinfo=TZ))
        assert (sweep(), sweep()) == (1, 0)
        for who in ("soan", "duyet", "chiduyet"):
            assert stage in inbox(services, accounts, who)[0]
    assert inbox(services, accounts, "congbo") == []
    officer = visit("soan")
    home = officer.get("/quan-tri/").text
    assert "Thông báo chưa đọc" in home and "quá hạn thẩm định" in home
    page = officer.get(re.search(r"/thong-bao/[^\"]+", home)[0])
    assert "Danh sách thẩm định" in page.text
    queue = visit("duyet").get("/quan-tri/tham-dinh/").text
    assert "quá hạn" in queue and "1 bản" in queue


@pytest.mark.usefixtures("registered")
def test_a_reminder_whose_sweep_died_is_not_in_an_inbox_twice(services, accounts, clock):
    clock.set(datetime(2026, 11, 25, 15, tzinfo=TZ))
    services.reminders.sweep(clock.now())
    services.database["definition_reviews"].delete_many({})
    before = inbox(services, accounts, "duyet")
    services.reminders.sweep(clock.now())
    assert inbox(services, accounts, "duyet") == before


def test_d21_4_unticked_mandatory_items_keep_the_version_from_being_approved(visit, services, registered):
    reviewer = visit("duyet")
    page = reviewer.get(registered + "/tham-dinh").text
    assert "Theo Thông tư 32/2017/TT-BTTTT" in page and "mục máy đã kiểm tra, đạt" in page
    page = reviewer.post(registered + "/duyet", note="Tôi thấy ổn", **seen(reviewer, registered))
    assert page.status_code == 422
    assert "Người thẩm định chưa đánh dấu" in page.text and "Tôi thấy ổn" in page.text
    page = reviewer.post(registered + "/danh-dau", tick=["dung_van_ban", "mot_thu_tuc"])
    assert page.status_code == 422 and "văn bản đã đối chiếu" in page.text
    assert set(services.reviews.of(version(services)).ticks) == {"mot_thu_tuc"}
    tick_all(reviewer, registered)
    tick = services.reviews.of(version(services)).ticks["dung_van_ban"]
    assert (tick.by, tick.note) == (reviewer_key(services, "duyet"), "Đã đối chiếu QĐ 12/QĐ-UBND")
    page = reviewer.post(registered + "/duyet", **seen(reviewer, registered))
    assert "Đã duyệt" in page.text
    assert "muoi_hai_bo_phan" in {line.item for line in services.reviews.of(version(services)).settled}


def reviewer_key(services, login):
    return services.accounts.get(login).key


def test_only_a_reviewer_who_did_not_write_it_ticks(visit, registered):
    author = visit("soan")
    author.get(registered + "/tham-dinh")
    assert author.post(registered + "/danh-dau", tick=["mot_thu_tuc"]).status_code == 403


def test_d9_1a_remarks_are_pinned_answered_settled_and_kept(visit, services, registered, accounts):
    reviewer, officer = visit("duyet"), visit("soan")
    page = reviewer.get(f"{registered}/gop-y?o={FEE}.amount").text
    assert f'value="{FEE}" selected' in page
    page = remark(reviewer, registered, FEE, "")
    assert page.status_code == 422 and "viết góp ý" in page.text
    remark(reviewer, registered, FEE, "Mức phí <b>chưa đúng</b>.")
    page = remark(reviewer, registered, FIELD, "Ghi rõ họ, chữ đệm và tên.")
    assert "Mức phí &lt;b&gt;chưa đúng" in page.text and "Khoản thu “Phí làm thẻ”" in page.text
    assert remark(reviewer, registered, "khong.co", "x").status_code == 422
    first, _ = services.remarks.of(CODE, version(services).id)
    page = reviewer.post(registered + "/tra-lai", reasons="", **seen(reviewer, registered))
    assert "Đã trả lại người soạn" in page.text
    told = version(services).acts[-1].text
    assert "khoản thu “Phí làm thẻ”: Mức phí" in told and "“Họ và tên”" in told
    assert inbox(services, accounts, "soan")[0] == "Bản cấu hình được trả lại để chỉnh sửa"
    at = f"{registered}/gop-y/{first.id}"
    officer.get(registered + "/gop-y")
    assert "Đã gửi trả lời" in officer.post(at + "/tra-loi", text="Đã sửa theo nghị quyết.").text
    assert officer.post(at + "/giai-quyet").status_code == 422
    edited(officer, services, registered, "id: reader_name", "id: full_name")
    officer.post(registered + "/dang-ky")
    page = reviewer.get(registered + "/gop-y").text
    assert "Không còn trong bản hiện tại" in page and "Đã sửa theo nghị quyết." in page
    assert version(services).state is State.DRAFT  # its examples still name the old field
    reviewer.post(at + "/giai-quyet")
    (settled, still) = services.remarks.of(CODE, version(services).id)
    assert (settled.settled_by, still.open) == (reviewer_key(services, "duyet"), True)
    assert services.remarks.open_counts([version(services).id]) == {version(services).id: 1}


def test_d9_3b_approving_with_edits_shows_and_records_them_and_tells_the_author(
    visit, services, registered, accounts
):
    reviewer = visit("duyet")
    before = version(services)
    assert visit("soan").get(registered + "/sua-khi-duyet").status_code == 403
    page = edited(reviewer, services, registered, "summary: Ông/bà", "summary: Mỗi người", "/sua-khi-duyet")
    assert "Người thẩm định đã sửa nội dung" in page.text and "Tóm tắt: đổi từ" in page.text
    assert version(services) == before
    tick_all(reviewer, registered)
    stale = {"seen": before.hash}
    assert "đã thay đổi sau khi" in reviewer.post(registered + "/duyet", **stale).text
    page = reviewer.post(registered + "/duyet", note="Sửa câu chữ.", **seen(reviewer, registered))
    assert "Đã duyệt" in page.text
    approved = version(services)
    assert (approved.state, approved.acts[-1].kind) == (State.APPROVED, "approve_with_edits")
    assert approved.hash != before.hash == approved.acts[-2].hash
    assert "Sửa câu chữ.\nSửa: Tóm tắt: đổi từ" in approved.acts[-1].text
    assert "Mỗi người" in services.definitions.text(approved)
    assert inbox(services, accounts, "soan")[0] == "Bản cấu hình đã được duyệt, có sửa"
    assert "Duyệt có sửa" in reviewer.get(registered + "/").text


def test_a_reviewers_edit_that_breaks_the_definition_is_not_approved(visit, services, registered):
    reviewer = visit("duyet")
    page = edited(reviewer, services, registered, "service_level: 2", "service_level: 9", "/sua-khi-duyet")
    assert "Bản sửa còn" in page.text
    page = reviewer.post(registered + "/duyet", **seen(reviewer, registered))
    assert page.status_code == 422
    page = reviewer.post(registered + "/bo-ban-sua")
    assert "Đã bỏ bản sửa" in page.text and "Người thẩm định đã sửa" not in page.text


def test_d24_3_the_technical_publisher_publishes_only_what_was_approved(visit, registered):
    today = {"start.d": "23", "start.m": "11", "start.y": "2026"}
    reviewer, publisher = visit("chiduyet"), visit("congbo")
    publisher.get(registered + "/")
    assert publisher.post(registered + "/duyet", seen="x").status_code == 403
    assert "chỉ công bố được khi đã duyệt" in publisher.post(registered + "/cong-bo", **today).text
    tick_all(reviewer, registered)
    reviewer.post(registered + "/duyet", **seen(reviewer, registered))
    assert reviewer.post(registered + "/cong-bo", **today).status_code == 403
    assert "Cấp thẻ bạn đọc" in publisher.get("/quan-tri/").text
    assert "Đã công bố" in publisher.post(registered + "/cong-bo", **today).text
    last = {"last_day.d": "30", "last_day.m": "11", "last_day.y": "2026", "decision": "QĐ 99"}
    assert reviewer.post(registered + "/bai-bo", **last).status_code == 403
    assert "Đã bãi bỏ" in publisher.post(registered + "/bai-bo", **last).text


def abolished(visit, services, registered, clock):
    """The first version, published and abolished, three days later."""
    reviewer = visit("duyet")
    tick_all(reviewer, registered)
    reviewer.post(registered + "/duyet", **seen(reviewer, registered))
    reviewer.post(registered + "/cong-bo", **{"start.d": "23", "start.m": "11", "start.y": "2026"})
    last = {"last_day.d": "24", "last_day.m": "11", "last_day.y": "2026", "decision": "QĐ 99"}
    reviewer.post(registered + "/bai-bo", **last)
    clock.advance(days=3)
    return version(services)


FROM_28 = {"start.d": "28", "start.m": "11", "start.y": "2026"}


def test_d24_3_an_earlier_content_comes_back_with_a_reason(visit, services, registered, clock, accounts):
    first = abolished(visit, services, registered, clock)
    asker, reviewer = visit("soan"), visit("chiduyet")
    assert registered + "/khoi-phuc" in asker.get(registered + "/").text
    assert "Gửi thẩm định bản khôi phục" in asker.get(registered + "/khoi-phuc").text
    page = asker.post(registered + "/khoi-phuc", reason=" ", **FROM_28)
    assert page.status_code == 422 and "ghi rõ lý do" in page.text and 'value="28"' in page.text
    page = asker.post(registered + "/khoi-phuc", reason="Bị thu hồi.", **{**FROM_28, "start.d": "20"})
    assert page.status_code == 422 and "Không khôi phục lùi ngày" in page.text and "Bị thu hồi." in page.text
    page = asker.post(registered + "/khoi-phuc", reason="Quyết định bãi bỏ bị thu hồi.", **FROM_28)
    assert "Đã gửi bản khôi phục tới bàn thẩm định" in page.text
    again = version(services)
    assert (again.state, again.text, again.restores) == (State.REGISTERED, first.text, first.id)
    assert again.id != first.id and f"{again.due:%d/%m/%Y}" == "01/12/2026"
    place = f"/quan-tri/ban-cau-hinh/{CODE}/{again.id}"
    assert "Khôi phục bản cũ" in reviewer.get("/quan-tri/tham-dinh/").text
    assert inbox(services, accounts, "chiduyet")[0] == "Có bản khôi phục chờ thẩm định"
    page = reviewer.get(place + "/tham-dinh").text
    assert "Khôi phục bản 1" in page and "Quyết định bãi bỏ bị thu hồi." in page and "28/11/2026" in page
    assert place + "/so-sanh" in page
    tick_all(reviewer, place)
    assert "Đã duyệt" in reviewer.post(place + "/duyet", **seen(reviewer, place)).text
    publisher = visit("congbo")
    assert 'value="28"' in publisher.get(place + "/").text
    page = publisher.post(place + "/cong-bo", **FROM_28)
    assert "Đã công bố" in page.text
    history = [(act.kind, act.by) for act in version(services).acts]
    assert history == [
        ("roll_back", accounts["soan"].key),
        ("register", accounts["soan"].key),
        ("approve", accounts["chiduyet"].key),
        ("publish", accounts["congbo"].key),
    ]
    clock.advance(days=2)
    assert services.definitions.published(CODE, clock.now().date()).hash == first.hash


def test_d9_3b_whoever_asks_for_an_earlier_content_cannot_approve_it(visit, services, registered, clock):
    abolished(visit, services, registered, clock)
    asker = visit("duyet")
    asker.get(registered + "/khoi-phuc")
    asker.post(registered + "/khoi-phuc", reason="Bị thu hồi.", **FROM_28)
    place = f"/quan-tri/ban-cau-hinh/{CODE}/{version(services).id}"
    page = asker.get(place + "/tham-dinh").text
    assert "không tự thẩm định" in page and f'action="{place}/duyet"' not in page
    page = asker.post(place + "/duyet", seen=version(services).hash)
    assert page.status_code == 422 and "không được tự thẩm định" in page.text
    page = asker.post(place + "/cong-bo", **FROM_28)
    assert page.status_code == 422 and version(services).state is State.REGISTERED


def test_only_what_has_ended_is_brought_back_and_not_by_a_publisher(visit, registered):
    assert "Chỉ khôi phục được" in visit("soan").get(registered + "/khoi-phuc").text
    publisher = visit("congbo")
    publisher.get(registered + "/")
    assert publisher.get(registered + "/khoi-phuc").status_code == 403
    assert publisher.post(registered + "/khoi-phuc", reason="x", **FROM_28).status_code == 403


def test_d9_3b_the_checklist_of_an_approval_stays_as_it_was(visit, services, registered, monkeypatch):
    reviewer = visit("chiduyet")
    tick_all(reviewer, registered)
    before = reviewer.get(registered + "/tham-dinh").text
    assert "Danh sách thẩm định lúc duyệt" not in before
    reviewer.post(registered + "/duyet", **seen(reviewer, registered))
    kept = services.reviews.of(version(services)).settled
    assert {line.state for line in kept} >= {"machine", "ticked"}
    changed = tuple(
        replace(item, text=f"Mục mới: {item.text}", always="", lint=(), fact="", sound=False)
        for item in checklist.items()
    )
    monkeypatch.setattr(checklist, "items", lambda: changed)
    page = visit("congbo").get(registered + "/tham-dinh").text
    shown = page[page.index('id="danh-sach"') :]
    assert "Danh sách thẩm định lúc duyệt" in shown and "Mục mới:" not in page
    assert f"{services.accounts.get('chiduyet').name} duyệt lúc" in shown
    assert "Đã đối chiếu QĐ 12/QĐ-UBND" in shown and "mục máy đã kiểm tra, đạt" in shown
    for line in kept:
        assert str(escape(line.text)) in shown and str(escape(line.why)) in shown
    assert "#danh-sach" in visit("congbo").get(registered + "/").text


def test_d9_3b_the_page_marks_what_changed_where_the_citizen_reads_it(visit, services, registered, clock):
    reviewer = visit("duyet")
    tick_all(reviewer, registered)
    reviewer.post(registered + "/duyet", **seen(reviewer, registered))
    reviewer.post(registered + "/cong-bo", **{"start.d": "23", "start.m": "11", "start.y": "2026"})
    text = services.definitions.text(version(services)).replace("20000", "15000")
    services.definitions.save_draft(CODE, text, "soan", clock.now())
    place = f"/quan-tri/ban-cau-hinh/{CODE}/{version(services).id}"
    page = reviewer.get(place + "/tham-dinh").text
    fee = page[page.index('id="phi"') :]
    assert fee.index("Có thay đổi") < fee.index("</summary>")
    assert "đổi từ “20000” thành “15000”" in fee[: fee.index("</details>")]
    assert '3. Thành phần, số lượng hồ sơ <span class="muted">không đổi' in page
    assert "Ví dụ kiểm thử" in page and "Tác động" in page
