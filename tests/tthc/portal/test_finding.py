"""Filters, counts and names that are much alike, over the shipped procedures; no database."""

from dataclasses import replace
from datetime import date

import pytest

from definitions.model import OfferedBy
from definitions.shipped import loaded, shipped
from tthc.agencies.data import shipped as shipped_agencies
from tthc.agencies.model import active
from tthc.portal.finding import PARAMETERS, Filters, Place, facets, narrowed, read
from tthc.portal.likeness import alike, confusable
from tthc.registry.sectors import sector_id

DEFINITIONS = [loaded(text, name).definition for name, text in shipped()]
BY_CODE = {definition.procedure: definition for definition in DEFINITIONS}
TODAY = date(2026, 11, 23)
PLACE = Place(active(shipped_agencies(), TODAY), TODAY)


def test_d7_2a_a_filters_count_is_what_is_shown_when_it_is_chosen():
    filters = Filters(kind="organisation")
    shown = facets(DEFINITIONS, filters, PLACE)
    assert {facet.name for facet in shown} == set(PARAMETERS)
    counted = 0
    for facet in shown:
        for choice in facet.choices:
            chosen = replace(filters, **{facet.name: choice.value})
            assert len(narrowed(DEFINITIONS, chosen, PLACE)) == choice.count > 0, (facet.name, choice)
            counted += 1
    assert counted > 90


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        (Filters(sector="ho-tich"), lambda d: sector_id(d.sector) == "ho-tich"),
        (Filters(level="4"), lambda d: d.service_level == 4),
        (Filters(event="birth"), lambda d: "birth" in d.life_events),
        (Filters(place="tinh"), lambda d: d.offered_by.level == "tinh"),
        (Filters(agency="phuong-to-hieu"), lambda d: d.offered_by.level == "xa"),
        (Filters(sector="khong-co"), lambda _d: False),
        (Filters(), lambda _d: True),
    ],
)
def test_d7_2a_a_filter_lets_through_what_it_says(filters, wanted):
    assert list(narrowed(DEFINITIONS, filters, PLACE)) == [d for d in DEFINITIONS if wanted(d)]


def test_a_filter_that_is_chosen_stays_to_be_taken_back_though_nothing_is_left():
    filters = Filters(sector="ho-tich", event="vehicle")
    shown = {facet.name: facet.chosen for facet in facets(DEFINITIONS, filters, PLACE)}
    assert shown["sector"] is not None and shown["sector"].count == 0


def test_d7_1_levels_are_those_of_the_day():
    commune = next(a for a in shipped_agencies() if a.level == "xa")
    old = replace(commune, id="xa-cu", slug="xacu", valid_from=None, valid_to=date(2025, 6, 30))
    agencies = (*shipped_agencies(), old)
    before, after = (Place(active(agencies, day), day) for day in (date(2025, 6, 30), date(2025, 7, 1)))
    everywhere = [
        replace(d, offered_by=OfferedBy(level=level))
        for d, level in zip(DEFINITIONS, ("tinh", "huyen", "xa"), strict=False)
    ]
    levels = [
        {
            choice.value
            for facet in facets(everywhere, Filters(), place)
            if facet.name == "place"
            for choice in facet.choices
        }
        for place in (before, after)
    ]
    assert levels == [{"tinh", "huyen", "xa"}, {"tinh", "xa"}]


def test_addresses_are_read_and_what_is_no_choice_finds_nothing():
    assert read({"linh-vuc": "ho-tich", "la": "1"}) == Filters(sector="ho-tich")
    assert len(read({"linh-vuc": "x" * 500}).sector) == 80


def test_procedures_of_like_names_are_told_apart_by_what_differs():
    born, copied = BY_CODE["1.001193"], BY_CODE["2.000635"]
    found = confusable(born, DEFINITIONS, TODAY)
    assert [each.other.procedure for each in found] == [copied.procedure]
    differs = {what: (mine, theirs) for what, mine, theirs in found[0].differences}
    assert differs["Nhận được"] == ("Giấy khai sinh", "Bản sao trích lục hộ tịch")
    assert "Nơi làm" not in differs  # at the commune both
    assert confusable(BY_CODE["1.002809"], DEFINITIONS, TODAY) == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Thông báo tổ chức lễ hội cấp xã", "Thông báo tổ chức lễ hội cấp huyện", True),
        ("Cấp Giấy phép bán lẻ rượu", "Cấp Giấy phép bán lẻ sản phẩm thuốc lá", True),
        ("Đăng ký kết hôn", "Đăng ký khai sinh", False),
        ("Cấp giấy phép xây dựng", "Cấp giấy phép lái xe", False),
    ],
)
def test_likeness_looks_at_telling_words(one, other, same):
    assert alike(one, other) is alike(other, one) is same
