import re
from datetime import date

from definitions.model import OfferedBy
from tthc.agencies.data import former_communes, shipped
from tthc.agencies.documents import IDENTIFIER
from tthc.agencies.model import Agency, Contacts, Level, active, missing_contacts, offering, successors

OLD = date(2025, 6, 30)
NEW = date(2025, 7, 1)


def by_id(agency_id):
    return next(a for a in shipped() if a.id == agency_id)


def test_ids_slugs_and_identifiers_are_unique_and_well_formed():
    agencies = shipped()
    assert len({a.id for a in agencies}) == len(agencies)
    assert len({a.slug for a in agencies}) == len(agencies)
    assert len({a.identifier for a in agencies}) == len(agencies)
    assert all(re.match(IDENTIFIER, a.identifier) for a in agencies)


def test_twelve_districts_until_june_2025_and_seventy_five_communes_after():
    assert len(offering(OfferedBy(level="huyen"), shipped(), OLD)) == 12
    assert offering(OfferedBy(level="huyen"), shipped(), NEW) == ()
    communes = offering(OfferedBy(level="xa"), shipped(), NEW)
    assert len(communes) == 75
    assert offering(OfferedBy(level="xa"), shipped(), OLD) == ()
    assert sum(a.area == "thanh_pho" for a in communes) == 8
    assert all(re.fullmatch(r"\d{5}", a.code) for a in communes)


def test_moc_chau_was_a_district_until_january_2025_then_a_town():
    names = {a.id for a in active(shipped(), date(2025, 1, 31))}
    assert "huyen-moc-chau" in names
    assert "thi-xa-moc-chau" not in names
    names = {a.id for a in active(shipped(), date(2025, 2, 1))}
    assert "huyen-moc-chau" not in names
    assert "thi-xa-moc-chau" in names


def test_a_listed_agency_that_ended_is_left_out_and_nobody_steps_in():
    listed = OfferedBy(agencies=("so-thong-tin-va-truyen-thong", "so-cong-thuong"))
    assert [a.id for a in offering(listed, shipped(), date(2025, 2, 28))] == [
        "so-cong-thuong",
        "so-thong-tin-va-truyen-thong",
    ]
    assert [a.id for a in offering(listed, shipped(), NEW)] == ["so-cong-thuong"]


def test_every_successor_exists_on_its_day_and_divided_work_is_never_certain():
    for agency in shipped():
        for successor in agency.successors:
            assert by_id(successor.agency).exists(successor.on)
        if len(agency.successors) > 1:
            assert not any(s.certain for s in agency.successors)


def test_a_closed_district_names_all_who_may_answer():
    heirs = successors(by_id("huyen-mai-son"), shipped(), NEW)
    assert "mai-son" in " ".join(a.id for a in heirs)
    assert len(heirs) > 1
    assert successors(by_id("huyen-mai-son"), shipped(), OLD) == ()


def test_old_communes_point_at_new_units_and_divided_ones_at_several():
    ids = {a.id for a in offering(OfferedBy(level="xa"), shipped(), NEW)}
    assert all(set(c.now) <= ids for c in former_communes())
    divided = next(c for c in former_communes() if c.name == "Phường Thảo Nguyên")
    assert len(divided.now) == 2
    assert next(c for c in former_communes() if c.name == "Xã Suối Tọ").unverified


def test_no_contact_is_invented_and_what_lacks_is_named():
    assert all(a.contacts == Contacts() for a in shipped())
    assert missing_contacts(by_id("phuong-to-hieu")) == ("địa chỉ", "thư điện tử", "đường dây nóng")


def test_facts_prefer_the_hotline():
    agency = Agency(
        id="a",
        slug="a",
        name="A",
        level=Level.XA,
        area="huyen",
        identifier="H52",
        contacts=Contacts(address="1", phone="2", hotline="3"),
    )
    assert agency.facts().phone == "3"
    assert agency.facts().level == "xa"
