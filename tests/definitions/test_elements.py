import json

import pytest

from definitions.elements import Element, element_of, elements
from definitions.loader import load
from definitions.shipped import shipped


@pytest.fixture(scope="module", params=[text for _, text in shipped()[:3]], ids=[n for n, _ in shipped()[:3]])
def raw(request):
    return json.loads(load(request.param, "x.yaml").canonical)


def test_every_place_is_there_once_and_named(raw):
    found = elements(raw)
    places = [element.place for element in found]
    assert len(places) == len(set(places))
    assert all(element.label and "None" not in element.label for element in found)
    for page in raw["form"]["pages"]:
        for field in page["fields"]:
            assert f"form.pages.{page['id']}.fields.{field['id']}" in places
    for key in ("attachments", "fees", "cases", "documents"):
        for each in raw.get(key, ()):
            assert f"{key}.{each['id']}" in places
    for step in raw["workflow"]["steps"]:
        assert f"workflow.steps.{step['id']}" in places


def test_a_place_below_an_element_is_that_element():
    found = (Element("fees", "Phí, lệ phí"), Element("fees.phi", "khoản thu “Phí”"))
    assert element_of(found, "fees.phi.amount") == found[1]
    assert element_of(found, "fees.khac") == found[0]
    assert element_of(found, "cases.x") is None
    assert element_of(found, "") is None
