"""A procedure changes while somebody is filling in its form: what counts is the version of the day of handing in."""

from datetime import date, timedelta

import pytest
from people import Province
from walk import TOBACCO_FORM, TOBACCO_QUESTIONS, begin, fill, upload_all

from definitions.shipped import shipped

pytestmark = pytest.mark.database

CODE = "2.000181"
NEW_NAME = "Giấy phép bán lẻ sản phẩm thuốc lá (bản mới)"


@pytest.fixture
def filled(province: Province):
    """`(the citizen, the page before the last button)`, the form filled in under the first version."""
    citizen = province.citizen()
    page = fill(citizen, begin(citizen, CODE), TOBACCO_QUESTIONS | TOBACCO_FORM)
    page = citizen.submit(upload_all(citizen, page), "/giay-to")
    return citizen, citizen.submit(page, "/nhan-ket-qua", {"receive_by": "counter"})


def change(province: Province) -> str:
    """A new version in force from today; its hash."""
    store = province.services.definitions
    name, text = next((n, t) for n, t in shipped() if f'"{CODE}"' in t or f"procedure: {CODE}" in t)
    old = store.published(CODE, province.clock.now().date())
    fresh = text.replace(old.name, NEW_NAME, 1)
    assert store.seed([(name, fresh)], province.clock.now()) == (CODE,)
    return store.published(CODE, province.clock.now().date()).hash


def test_a_newer_version_is_shown_before_anything_is_handed_in(province: Province, filled):
    citizen, page = filled
    province.clock.advance(days=1)
    new = change(province)
    told = citizen.submit(page, "/kiem-tra", {"declared": "yes"})
    assert told.status == 422 and "vừa có bản mới" in told.text
    assert province.services.database["dossiers"].count_documents({}) == 0
    done = citizen.submit(told, "/kiem-tra", {"declared": "yes"})
    assert done.status == 200 and "Đã nộp hồ sơ" in done.text, done.text
    found = province.services.repository.get(done.url.rsplit("/", 1)[1].partition("?")[0])
    assert (found.definition, found.procedure_name) == (new, NEW_NAME)
    assert found.answers["business_name"] == TOBACCO_FORM["business_name"]
    assert found.papers


def test_an_abolished_procedure_takes_no_more_dossiers(province: Province, filled):
    citizen, page = filled
    store = province.services.definitions
    version = store.versions(CODE)[-1]
    today: date = province.clock.now().date()
    store.abolish(CODE, version.id, "kiemsoat", province.clock.now(), last_day=today, decision="01/QĐ-UBND")
    province.clock.advance(days=1)
    told = citizen.submit(page, "/kiem-tra", {"declared": "yes"})
    assert told.status == 422 and "không còn nhận hồ sơ mới" in told.text
    assert province.services.database["dossiers"].count_documents({}) == 0


def test_at_the_desk_too_the_version_of_the_day_counts(province: Province):
    desk = province.staff("motcua")
    at = "/motcua/phuong-to-hieu/tiep-nhan"
    page = desk.submit(desk.get(at), "/them-moi", {"procedure": CODE})
    province.clock.set(province.clock.now() + timedelta(days=1))
    new = change(province)
    told = desk.submit(page, page.url.rsplit("/", 1)[1], {"_action": "accept"})
    assert told.status == 409 and "vừa có bản mới" in told.text
    kept = province.services.database["applications"].find_one({})
    assert kept["definition"] == new
