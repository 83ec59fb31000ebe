"""The guide and the reference: what they show is true of the language as it is."""

import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from definitions.outline import root
from definitions.shape import schema
from scripts.language_reference import TARGET, page

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "mot-thu-tuc-trong-30-phut.md"
ENGLISH = GUIDE.with_name("a-procedure-in-30-minutes.md")


def test_the_reference_is_up_to_date():
    assert TARGET.read_text(encoding="utf-8") == page(), "run: .venv/bin/python scripts/language_reference.py"


def test_the_reference_names_every_key_of_a_definition():
    text = page()
    for key in root().keys:
        assert f"`{key}`" in text
    for nested in ("on_timeout", "replaced_by", "cancel_rest", "promised", "required_parts"):
        assert f"`{nested}`" in text


@pytest.mark.parametrize("page", [GUIDE, ENGLISH], ids=["vi", "en"])
def test_links_of_the_guide_lead_somewhere(page):
    links = re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8"))
    assert links
    for link in links:
        assert (page.parent / link).exists(), link


def blocks(page):
    return re.findall(r"```yaml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


def test_the_guide_in_english_shows_the_same_definition():
    assert blocks(GUIDE)
    assert blocks(ENGLISH) == blocks(GUIDE)


@pytest.mark.parametrize("name", ["step", "child"])
def test_the_steps_shown_in_the_reference_have_the_languages_shape(name):
    (told,) = schema()["$defs"][name]["examples"]
    (step,) = YAML(typ="safe").load(told)
    shape = Draft202012Validator({"$ref": "#/$defs/step", "$defs": schema()["$defs"]})
    assert list(shape.iter_errors(step)) == []
    endings = (
        {step["child"]["on_returned"], step["child"]["on_declined"]}
        if "child" in step
        else {step["on_timeout"]}
    )
    assert endings <= {action["id"] for action in step["actions"]}
    assert told in TARGET.read_text(encoding="utf-8")
