"""What comes with the sending of a slip: drafts are over, reviewers are told; and its head, written anew until then."""

from datetime import date

from registered import ADMIN, CODE, DAY, DECISION, NAME, boxes, draft, put, slip_of

from definitions.lifecycle import State
from tthc.drafting.journal import Change


def journal(services, version, clock):
    """A draft that was changed once in the builder."""
    known = services.definitions.text(version)
    change = Change(0, "soan", clock.now(), version.text, version.text, "Sửa", "")
    services.drafting.journal.add(version.id, change)
    assert services.drafting.journal.last(version.id, "soan", undone=False) is not None
    return known


def test_a_version_registered_by_a_slip_ends_its_drafting(officer, services, clock):
    version = draft(services, clock)
    text = journal(services, version, clock)
    _, place = slip_of(officer, services)
    put(officer, place, version, level="2")
    assert "Đã gửi phiếu" in officer.post(f"{place}/gui").text
    sent = services.definitions.version(CODE, version.id)
    assert sent.state is State.REGISTERED
    assert services.drafting.journal.last(version.id, "soan", undone=False) is None
    assert services.definitions.text(sent) == text


def test_d9_3a_the_notice_of_a_registration_stays_with_the_slip(
    officer, reviewer, services, clock, mongo_database
):
    version = draft(services, clock)
    slip, place = slip_of(officer, services)
    put(officer, place, version, level="2")
    put(officer, place, code="9.000002", level="1")
    assert "Thông báo đã gửi" not in officer.get(place).text
    page = officer.post(f"{place}/gui").text
    (told,) = services.registry.store.slip(slip.id).told
    assert told.title == "Phiếu đăng ký: 1 thủ tục chờ thẩm định"
    assert told.at == clock.now()
    assert NAME in told.body and "12/QĐ-UBND" in told.body
    reviewers = {services.accounts.get(who).key for who in ("duyet", "chiduyet", "cahai")}
    assert set(told.to) == reviewers
    for person in told.to:
        (row,) = mongo_database["inbox"].find({"to": person})
        assert (row["subject"], row["body"]) == (told.title, told.body)
        assert slip.id in row["link"]
    assert "Thông báo đã gửi" in page and told.title in page and "Cán bộ chiduyet" in page
    clock.advance(days=2)
    assert told.title in reviewer.get(place).text
    officer.post(f"{place}/gui")  # pressed again: nothing more is said
    assert len(services.registry.store.slip(slip.id).told) == 1
    assert mongo_database["inbox"].count_documents({"to": told.to[0]}) == 1


def test_the_head_of_a_slip_is_edited_until_it_is_handed_in(officer, services, clock):
    version = draft(services, clock)
    slip, place = slip_of(officer, services)
    form = officer.get(f"{place}/sua").text
    assert 'value="12/QĐ-UBND"' in form and "Đợt 1" in form
    fresh = {**DECISION, **DAY, "decision_number": "13/QĐ-UBND", **boxes("decision_day", date(2026, 11, 21))}
    page = officer.post(f"{place}/sua", **fresh, note="Đợt 2", rev=str(slip.rev))
    assert "Đã sửa thông tin của phiếu" in page.text and "13/QĐ-UBND" in page.text
    kept = services.registry.store.slip(slip.id)
    assert (kept.decision.number, kept.decision.day, kept.note) == (
        "13/QĐ-UBND",
        date(2026, 11, 21),
        "Đợt 2",
    )
    wrong = officer.post(f"{place}/sua", **{**fresh, "decision_number": ""}, note="Đợt 3", rev=str(kept.rev))
    assert wrong.status_code == 422 and "Ghi số quyết định" in wrong.text and "Đợt 3" in wrong.text
    put(officer, place, version, level="2")
    officer.post(f"{place}/gui")
    assert f"{place}/sua" not in officer.get(place).text
    late = officer.post(f"{place}/sua", **fresh, note="Đợt 4", rev=str(kept.rev))
    assert "Phiếu đã gửi nên không sửa được" in late.text
    assert services.registry.store.slip(slip.id).note == "Đợt 2"


def test_two_people_editing_one_head_do_not_overwrite_each_other(officer, visit, services):
    slip, place = slip_of(officer, services)
    other = visit("cahai")
    other.get(f"{place}/sua")
    officer.get(f"{place}/sua")
    officer.post(f"{place}/sua", **DECISION, **DAY, note="Của người thứ nhất", rev=str(slip.rev))
    page = other.post(f"{place}/sua", **DECISION, **DAY, note="Của người thứ hai", rev=str(slip.rev))
    assert page.status_code == 422
    assert (
        "vừa được người khác sửa" in page.text
        and "ghi chú: Của người thứ nhất" in page.text
        and "Của người thứ hai" in page.text
    )
    assert services.registry.store.slip(slip.id).note == "Của người thứ nhất"
    other.post(f"{place}/sua", **DECISION, **DAY, note="Của người thứ hai", rev=str(slip.rev + 1))
    assert services.registry.store.slip(slip.id).note == "Của người thứ hai"
    assert f"{ADMIN}/phieu-dang-ky" in place


def test_who_reviews_does_not_edit_a_slip(officer, reviewer, services):
    slip, place = slip_of(officer, services)
    assert reviewer.get(f"{place}/sua").status_code == 403
    assert services.registry.store.slip(slip.id).note == "Đợt 1"
