"""The pages about the rules of the checks are generated and up to date."""

import importlib.util
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SPEC = importlib.util.spec_from_file_location("lint_docs", ROOT / "scripts" / "lint_docs.py")
DOCS = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(DOCS)


def test_every_page_is_up_to_date_and_none_is_left_over():
    written = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "lint").glob("*.md")}
    made = DOCS.pages()
    assert set(written) == set(made), "run: .venv/bin/python scripts/lint_docs.py"
    assert [name for name in made if written[name] != made[name]] == [], (
        "run: .venv/bin/python scripts/lint_docs.py"
    )
