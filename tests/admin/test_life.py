"""The life of a definition from the first draft to its end, as people live it (Đ9.2, Đ9.3, Đ24.3)."""

import io
from datetime import date
from pathlib import Path

from review_walk import seen, tick_all

from admin import texts
from definitions.lifecycle import State

CODE = "9.000001"
TEXT = (Path(__file__).parent / "thu_muc.yaml").read_text(encoding="utf-8")
NAME = "Cấp thẻ bạn đọc thư viện xã"


def version(services):
    return services.definitions.versions(CODE)[-1]


def register(visit, written):
    officer = visit("soan")
    officer.get(written + "/")
    return officer.post(written + "/dang-ky")


def approve(visit, written):
    reviewer = visit("duyet")
    tick_all(reviewer, written)
    return reviewer, reviewer.post(written + "/duyet", note="Đúng quy định.", **seen(reviewer, written))


def test_a_procedure_goes_live_from_yaml_alone(visit, services, written, clock):
    assert visit().get(f"/thu-tuc/{CODE}").status_code == 404
    page = register(visit, written)
    assert "Đã đăng ký thẩm định" in page.text
    assert f"{version(services).due:%d/%m/%Y %H:%M}" == "27/11/2026 08:00"
    clock.advance(hours=1)
    reviewer, page = approve(visit, written)
    assert "Đã duyệt" in page.text
    page = reviewer.post(
        written + "/cong-bo", **{"start.d": "23", "start.m": "11", "start.y": "2026", "note": "QĐ 12/QĐ-UBND"}
    )
    assert "Đã công bố" in page.text
    assert NAME in visit().get("/thu-tuc").text
    assert "Phí làm thẻ" in visit().get(f"/thu-tuc/{CODE}").text


def test_d9_3b_whoever_wrote_a_definition_does_not_review_it(visit, services, written):
    both = visit("cahai")
    both.get(written + "/sua")
    base = version(services).text
    changed = services.definitions.text(version(services)).replace("mượn sách tại", "mượn và đọc sách tại")
    both.post(written + "/sua", text=changed, base=base)
    assert register(visit, written).status_code == 200
    page = both.get(written + "/")
    assert "không tự thẩm định" in page.text
    assert 'action="' + written + '/duyet"' not in page.text
    page = both.post(written + "/duyet", seen=version(services).hash)
    assert page.status_code == 422
    assert "Người đã soạn bản cấu hình không được tự thẩm định" in page.text
    assert version(services).state is State.REGISTERED


def test_a_version_changed_since_it_was_read_is_not_approved(visit, services, written):
    register(visit, written)
    reviewer = visit("duyet")
    assert seen(reviewer, written) == {"seen": version(services).hash}
    page = reviewer.post(written + "/duyet", seen="0" * 64)
    assert page.status_code == 422 and "đã thay đổi sau khi ông/bà mở trang" in page.text
    assert version(services).state is State.REGISTERED
    tick_all(reviewer, written)
    assert "Đã duyệt" in reviewer.post(written + "/duyet", **seen(reviewer, written)).text


def test_a_returned_definition_says_why_and_can_be_mended(visit, services, written):
    register(visit, written)
    reviewer = visit("duyet")
    reviewer.get(written + "/")
    page = reviewer.post(written + "/tra-lai", reasons="  ", **seen(reviewer, written))
    assert page.status_code == 422
    assert "Ông/bà ghi rõ lý do trả lại" in page.text
    reviewer.post(written + "/tra-lai", reasons="Mức phí chưa đúng nghị quyết.", **seen(reviewer, written))
    assert version(services).state is State.RETURNED
    officer = visit("soan")
    assert NAME in officer.get("/quan-tri/").text
    assert "Mức phí chưa đúng nghị quyết." in officer.get(written + "/").text
    officer.get(written + "/sua")
    stored = services.definitions.text(version(services))
    officer.post(written + "/sua", text=stored.replace('"20000"', '"15000"'), base=version(services).text)
    assert version(services).state is State.DRAFT
    page = officer.post(written + "/dang-ky")
    assert page.status_code == 422
    assert "mong đợi 20.000, thực tế 15.000" in page.text
    assert version(services).state is State.DRAFT


def test_nothing_is_published_before_it_is_approved_or_for_a_day_that_is_over(visit, services, written):
    register(visit, written)
    reviewer = visit("duyet")
    reviewer.get(written + "/")
    today = {"start.d": "23", "start.m": "11", "start.y": "2026"}
    page = reviewer.post(written + "/cong-bo", **today)
    assert "chỉ công bố được khi đã duyệt" in page.text
    tick_all(reviewer, written)
    reviewer.post(written + "/duyet", **seen(reviewer, written))
    page = reviewer.post(written + "/cong-bo", **{**today, "start.d": "20", "note": "QĐ 12"})
    assert "Không công bố lùi ngày" in page.text
    assert 'value="QĐ 12"' in page.text
    page = reviewer.post(written + "/cong-bo", **{**today, "start.d": "31"})
    assert "tháng 11 năm 2026 có các ngày từ 1 đến 30" in page.text
    assert services.definitions.published(CODE, date(2026, 11, 23)) is None


def test_d24_3_an_abolished_procedure_takes_no_more_dossiers_after_its_last_day(visit, written, clock):
    register(visit, written)
    reviewer, _ = approve(visit, written)
    reviewer.post(written + "/cong-bo", **{"start.d": "23", "start.m": "11", "start.y": "2026"})
    last = {"last_day.d": "30", "last_day.m": "11", "last_day.y": "2026"}
    page = reviewer.post(written + "/bai-bo", **last, decision="")
    assert "ghi số, ngày quyết định bãi bỏ" in page.text
    page = reviewer.post(written + "/bai-bo", **last, decision="QĐ 99/QĐ-UBND")
    assert "Đã bãi bỏ" in page.text
    assert visit().get(f"/thu-tuc/{CODE}").status_code == 200
    clock.advance(days=8)
    gone = visit().get(f"/thu-tuc/{CODE}")
    assert gone.status_code == 410 and "Thủ tục này đã bãi bỏ" in gone.text


def test_broken_yaml_is_told_by_line_and_kept_as_typed(visit, services):
    officer = visit("soan")
    officer.get("/quan-tri/ban-cau-hinh/them")
    broken = 'procedure: "9.000002"\nname: Thử\n  sector: [a\n'
    page = officer.post("/quan-tri/ban-cau-hinh/them", text=broken)
    assert "dòng 3" in page.text
    assert "sector: [a" in page.text
    saved = services.definitions.versions("9.000002")
    assert [one.state for one in saved] == [State.DRAFT]
    place = f"/quan-tri/ban-cau-hinh/9.000002/{saved[0].id}"
    page = officer.post(place + "/dang-ky")
    assert page.status_code == 422
    assert "9.000002.yaml:3:" in page.text
    assert services.definitions.published("9.000002", date(2026, 11, 23)) is None


def test_a_text_without_a_code_is_shown_again_and_not_saved(visit, services):
    officer = visit("soan")
    officer.get("/quan-tri/ban-cau-hinh/them")
    before = services.definitions.procedures()
    page = officer.post("/quan-tri/ban-cau-hinh/them", text="name: Chữ tôi đã gõ <b>\n")
    assert page.status_code == 422
    assert "Chưa thấy mã thủ tục" in page.text
    assert "Chữ tôi đã gõ &lt;b&gt;" in page.text
    assert services.definitions.procedures() == before


def test_a_file_is_taken_and_a_press_too_many_makes_no_second_draft(visit, services):
    officer = visit("soan")
    officer.get("/quan-tri/ban-cau-hinh/them")
    text = TEXT.replace(CODE, "9.000003")
    for _ in range(2):
        sent = (io.BytesIO(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()), "the.yaml")
        page = officer.client.post(
            "/quan-tri/ban-cau-hinh/them",
            data={"csrf_token": officer.token, "text": "", "file": sent},
            follow_redirects=True,
        )
        assert "2/2 đạt" in page.text
    assert len(services.definitions.versions("9.000003")) == 1


def test_files_that_are_no_text_or_too_long_are_refused(visit, monkeypatch):
    monkeypatch.setattr(texts, "MAX_BYTES", 1_000)
    officer = visit("soan")
    officer.get("/quan-tri/ban-cau-hinh/them")
    for data, words in ((b"\xff\xfe\x00", "không phải văn bản UTF-8"), (b"a" * 1_001, "quá 1 MB")):
        page = officer.client.post(
            "/quan-tri/ban-cau-hinh/them",
            data={"csrf_token": officer.token, "text": "đã gõ", "file": (io.BytesIO(data), "x.yaml")},
        )
        assert page.status_code == 422
        assert words in page.text
        assert "đã gõ" in page.text


def test_two_people_do_not_overwrite_each_other_unseen(visit, services, written):
    officer = visit("soan")
    officer.get(written + "/sua")
    stale = version(services).text
    stored = services.definitions.text(version(services))
    officer.post(written + "/sua", text=stored.replace("20000", "15000"), base=stale)
    page = officer.post(written + "/sua", text=stored.replace("20000", "10000"), base=stale)
    assert page.status_code == 422
    assert "vừa được sửa ở nơi khác" in page.text
    assert "10000" in page.text
    assert "15000" in services.definitions.text(version(services))


def test_what_is_under_review_is_not_edited(visit, services, written):
    register(visit, written)
    officer = visit("soan")
    assert "Đã đăng ký, chờ thẩm định" in officer.get(written + "/sua").text
    page = officer.post(
        written + "/sua",
        text=services.definitions.text(version(services)) + "\n",
        base=version(services).text,
    )
    assert page.status_code == 422
    assert "Không sửa được phiên bản" in page.text
