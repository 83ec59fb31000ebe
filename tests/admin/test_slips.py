"""Registration slips as officers and reviewers work with them (Đ5.3, Đ9.3a)."""

from datetime import date

import pytest
from registered import (
    ADMIN,
    CODE,
    DAY,
    DECISION,
    NAME,
    ONLINE,
    TEXT,
    boxes,
    draft,
    enter,
    online_draft,
    put,
    slip_of,
    words,
)

from definitions.lifecycle import LifecycleError, State


def test_d9_3a_a_slip_registers_all_its_versions_or_none(officer, reviewer, services, clock):
    good, online = draft(services, clock), online_draft(services, clock)
    slip, place = slip_of(officer, services)
    level = services.definitions.by_hash(online.hash).service_level
    assert put(officer, place, online, level="2").status_code == 200
    assert put(officer, place, good, level="2").status_code == 200
    assert put(officer, place, code="9.000002", level="1").status_code == 200
    page = officer.post(f"{place}/gui")
    assert page.status_code == 422
    assert f"Phiếu đăng ký mức độ 2 nhưng bản cấu hình ghi mức độ {level}" in page.text
    assert services.definitions.version(CODE, good.id).state is State.DRAFT
    assert services.registry.store.slip(slip.id).draft
    put(officer, place, online, level=str(level))
    page = officer.post(f"{place}/gui")
    assert "Đã gửi phiếu" in page.text
    assert page.text.count("Chờ thẩm định") == 2 and "Đã ghi nhận" in page.text
    sent = services.definitions.version(CODE, good.id)
    assert sent.state is State.REGISTERED
    assert f"{sent.due:%d/%m/%Y %H:%M}" == "27/11/2026 08:00"
    assert "Chờ thẩm định" in reviewer.get(place).text
    assert put(officer, place, code="9.000003", level="1").status_code == 422
    clock.advance(hours=1)
    by = services.accounts.get("duyet").key
    services.definitions.send_back(CODE, good.id, by, clock.now(), "Sai phí.")
    services.definitions.approve(ONLINE, online.id, by, clock.now())
    page = reviewer.get(place).text
    assert "Trả lại" in page and "Đạt" in page
    said = words(reviewer.client.get(f"{place}/phieu.pdf"))
    for told in ("PHIẾU ĐĂNG KÝ", "12/QĐ-UBND ngày 20/11/2026", CODE, ONLINE, "Trả lại", "Đợt 1"):
        assert told in said


def test_d9_3a_level_3_without_a_definition_is_refused(officer, services):
    slip, place = slip_of(officer, services)
    page = put(officer, place, code="9.000002", level="3")
    assert page.status_code == 422
    assert "phải kèm bản cấu hình có biểu mẫu và quy trình" in page.text
    assert 'value="9.000002"' in page.text
    assert services.registry.store.slip(slip.id).rows == ()
    assert officer.post(f"{place}/gui").status_code == 422


def test_a_version_that_fails_its_own_gate_is_told_at_its_row(officer, services, clock):
    bad = draft(services, clock, TEXT.replace('"20000"', '"15000"'))
    _, place = slip_of(officer, services)
    put(officer, place, bad, level="2")
    page = officer.post(f"{place}/gui")
    assert page.status_code == 422
    assert "mong đợi 20.000, thực tế 15.000" in page.text
    officer.post(f"{place}/bo-thu-tuc", code=CODE)
    assert "Chưa có thủ tục nào" in officer.get(place).text


def test_a_row_that_fails_on_the_way_is_told_and_can_be_sent_again(officer, services, clock, monkeypatch):
    good, online = draft(services, clock), online_draft(services, clock)
    level = services.definitions.by_hash(online.hash).service_level
    slip, place = slip_of(officer, services)
    put(officer, place, good, level="2")
    put(officer, place, online, level=str(level))
    register = type(services.definitions).register

    def busy(store, procedure, *rest, **more):
        if procedure == ONLINE:
            raise LifecycleError("Nhiều người đang cùng sửa thủ tục này.")
        return register(store, procedure, *rest, **more)

    with monkeypatch.context() as patched:
        patched.setattr(type(services.definitions), "register", busy)
        page = officer.post(f"{place}/gui")
    assert "còn 1 thủ tục chưa gửi được" in page.text
    assert "Nhiều người đang cùng sửa" in page.text and "Gửi lại những thủ tục còn thiếu" in page.text
    assert services.definitions.version(CODE, good.id).state is State.REGISTERED
    page = officer.post(f"{place}/gui")
    assert "Đã gửi phiếu." in page.text
    assert services.registry.store.slip(slip.id).unsent == ()
    assert services.definitions.version(ONLINE, online.id).state is State.REGISTERED


def test_a_slip_made_twice_is_one(officer, services):
    slip_of(officer, services)
    slip_of(officer, services)
    assert len(services.registry.store.slips()) == 1


def test_two_people_changing_one_slip_do_not_lose_a_row(officer, services):
    slip, place = slip_of(officer, services)
    put(officer, place, code="9.000002", level="2")
    with pytest.raises(ValueError, match="vừa được người khác sửa"):
        services.registry.store.save_slip(slip)
    assert len(services.registry.store.slip(slip.id).rows) == 1


def test_d9_3a_a_slip_begins_with_what_the_decision_entered(officer, services, clock):
    good = draft(services, clock)
    enter(officer, f"{CODE}\t{NAME}\tThư viện\txã", "9.000002\tĐổi thẻ\tThư viện\txã")
    (batch,) = services.registry.store.batches()
    assert 'value="12/QĐ-UBND"' in officer.get(f"{ADMIN}/phieu-dang-ky/them?quyet_dinh={batch.id}").text
    page = officer.post(f"{ADMIN}/phieu-dang-ky/them", quyet_dinh=batch.id, **DECISION, **DAY)
    assert NAME in page.text and "Đổi thẻ" in page.text
    rows = services.registry.store.slips()[0].rows
    assert [(row.code, row.level, row.version) for row in rows] == [(CODE, 2, good.id), ("9.000002", 2, "")]


def test_d5_3_levels_3_and_4_need_the_consent_where_the_installation_asks_for_it(
    visit, officer, services, clock, monkeypatch
):
    monkeypatch.setattr(services.registry, "consent_wanted", True)
    online = online_draft(services, clock)
    level = str(services.definitions.by_hash(online.hash).service_level)
    version = f"{ADMIN}/ban-cau-hinh/{ONLINE}/{online.id}"
    page = officer.post(version + "/dang-ky")
    assert page.status_code == 422 and "văn bản chấp thuận" in page.text
    _, place = slip_of(officer, services)
    put(officer, place, online, level=level)
    page = officer.post(f"{place}/gui")
    assert page.status_code == 422 and "Thiếu số, ngày văn bản chấp thuận" in page.text
    page = put(officer, place, online, level=level, consent_number="55/UBND-KSTT")
    assert page.status_code == 422 and "Ngày văn bản chấp thuận" in page.text
    put(
        officer,
        place,
        online,
        level=level,
        consent_number="55/UBND-KSTT",
        **boxes("consent_day", date(2026, 11, 2)),
    )
    assert "Đã gửi phiếu" in officer.post(f"{place}/gui").text
    assert "55/UBND-KSTT, 02/11/2026" in visit("duyet").get(version + "/").text


def test_d5_3_nothing_of_level_3_is_published_without_the_consent(services, clock, reviewer, monkeypatch):
    online = online_draft(services, clock)
    writer, by = services.accounts.get("soan").key, services.accounts.get("duyet").key
    services.definitions.register(ONLINE, online.id, writer, clock.now(), services.calendar(""))
    services.definitions.approve(ONLINE, online.id, by, clock.now())
    monkeypatch.setattr(services.registry, "consent_wanted", True)
    place = f"{ADMIN}/ban-cau-hinh/{ONLINE}/{online.id}"
    page = reviewer.post(place + "/cong-bo", **boxes("start", date(2026, 11, 23)))
    assert page.status_code == 422 and "Đ5.3" in page.text
    monkeypatch.setattr(services.registry, "consent_wanted", False)
    assert "Đã công bố" in reviewer.post(place + "/cong-bo", **boxes("start", date(2026, 11, 23))).text


def test_d5_3_a_text_that_is_brought_back_unchanged_keeps_its_consent(officer, services, clock, monkeypatch):
    monkeypatch.setattr(services.registry, "consent_wanted", True)
    store, by, now = services.definitions, services.accounts.get("duyet").key, clock.now()
    online = online_draft(services, clock)
    level = str(store.by_hash(online.hash).service_level)
    _, slip = slip_of(officer, services)
    consent = {"consent_number": "55/UBND-KSTT", **boxes("consent_day", date(2026, 11, 2))}
    put(officer, slip, online, level=level, **consent)
    assert "Đã gửi phiếu" in officer.post(f"{slip}/gui").text
    store.approve(ONLINE, online.id, by, now)
    services.registry.require_consent(store.versions(ONLINE), online.id)
    store.publish(ONLINE, online.id, by, now, start=now.date())
    store.abolish(ONLINE, online.id, by, now, last_day=now.date(), decision="QĐ 3")
    clock.advance(days=1)
    place = f"{ADMIN}/ban-cau-hinh/{ONLINE}/{online.id}"
    start = boxes("start", clock.now().date())
    page = officer.post(f"{place}/khoi-phuc", reason="Quyết định bãi bỏ bị thu hồi.", **start)
    assert "Đã gửi bản khôi phục" in page.text, page.text
    again = store.versions(ONLINE)[-1]
    assert again.restores == online.id
    store.approve(ONLINE, again.id, by, clock.now())
    services.registry.require_consent(store.versions(ONLINE), again.id)
    # what was only drafted anew has no consent of its own
    other = online_draft(services, clock)
    with pytest.raises(LifecycleError, match="chấp thuận"):
        services.registry.require_consent(store.versions(ONLINE), other.id)
