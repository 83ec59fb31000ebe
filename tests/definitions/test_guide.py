"""The guide and the reference: what they show is true of the language as it is."""

import re
from pathlib import Path

from definitions.outline import root
from scripts.language_reference import TARGET, page

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "mot-thu-tuc-trong-30-phut.md"


def test_the_reference_is_up_to_date():
    assert TARGET.read_text(encoding="utf-8") == page(), "run: .venv/bin/python scripts/language_reference.py"


def test_the_reference_names_every_key_of_a_definition():
    text = page()
    for key in root().keys:
        assert f"`{key}`" in text
    for nested in ("on_timeout", "replaced_by", "cancel_rest", "promised", "required_parts"):
        assert f"`{nested}`" in text


def test_links_of_the_guide_lead_somewhere():
    for link in re.findall(r"\]\(([^)#]+)\)", GUIDE.read_text(encoding="utf-8")):
        assert (GUIDE.parent / link).exists(), link
