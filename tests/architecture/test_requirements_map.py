"""The map from clauses to tests is generated, and up to date."""

import importlib.util
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_map_of_requirements_is_up_to_date():
    spec = importlib.util.spec_from_file_location(
        "requirements_map", ROOT / "scripts" / "requirements_map.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.clauses("test_d10_2a_words") == ["Đ10.2a"]
    assert module.clauses("test_d8_1_words_and") == ["Đ8.1"]
    written = (ROOT / "docs" / "requirements.md").read_text(encoding="utf-8")
    assert written == module.page(), "run: .venv/bin/python scripts/requirements_map.py"
