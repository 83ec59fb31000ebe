"""The page on field types is generated, up to date, and speaks of every type; its examples compile and are refused as
it says.
"""

import importlib.util
from pathlib import Path

import pytest

from forms.autofill import autofill, valid
from forms.types import REGISTRY

ROOT = Path(__file__).resolve().parents[2]
SPEC = importlib.util.spec_from_file_location("field_types", ROOT / "scripts" / "field_types.py")
PAGE = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(PAGE)
TOLD = PAGE.described()


def test_the_page_is_up_to_date():
    written = (ROOT / "docs" / "field-types.md").read_text(encoding="utf-8")
    assert written == PAGE.page(), "run: .venv/bin/python scripts/field_types.py"


def test_every_type_is_told():
    assert set(TOLD) == set(REGISTRY)


@pytest.mark.parametrize("name", TOLD)
def test_its_example_compiles_and_is_guided(name):
    field, report = PAGE.compiled(TOLD[name]["field"])
    assert not report.has_errors, report.problems
    assert field.type == name
    kind = REGISTRY[name]
    assert field.help or field.example or field.text or not kind.asks or kind.name == "declaration"
    assert not autofill(field) or valid(autofill(field))


@pytest.mark.parametrize("name", [name for name, told in TOLD.items() if told.get("wrong")])
def test_what_is_wrong_is_refused_in_words(name):
    field, _ = PAGE.compiled(TOLD[name]["field"])
    for answer in TOLD[name]["wrong"]:
        message = REGISTRY[name].parse(field, answer).error
        assert message, answer
        assert message[0].isupper() and not message.endswith(".")


@pytest.mark.parametrize("name", [name for name, told in TOLD.items() if "kept" in told])
def test_what_is_kept_reads_back_shows_itself_and_is_covered(name):
    field, _ = PAGE.compiled(TOLD[name]["field"])
    kind, kept = REGISTRY[name], TOLD[name]["kept"]
    if kind.asks and name not in {"list", "group"}:
        assert kind.parse(field, kept).clean == kept
    shown = kind.display(field, kept)
    assert shown
    assert kind.mask(field, kept) != shown
