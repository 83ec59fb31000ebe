"""Rules about meaning: what the schema cannot see. Codes are stable; `definitions.lint.register` describes each."""

from collections.abc import Mapping
from typing import Any

from definitions.lint.answers import lint_answers
from definitions.lint.children import lint_children
from definitions.lint.conditions import lint_conditions
from definitions.lint.documents import lint_documents
from definitions.lint.english import lint_english
from definitions.lint.events import lint_events
from definitions.lint.examples import lint_examples
from definitions.lint.fields import lint_fields
from definitions.lint.gaps import lint_gaps
from definitions.lint.ids import lint_ids
from definitions.lint.information import lint_information
from definitions.lint.law import lint_law
from definitions.lint.needs import lint_needs
from definitions.lint.papers import lint_papers
from definitions.lint.plain import lint_plain
from definitions.lint.privacy import lint_privacy
from definitions.lint.tables import lint_tables
from definitions.lint.time import lint_time
from definitions.lint.workflow import lint_workflow
from definitions.model import Definition
from definitions.problems import Report

__all__ = ["lint", "lint_ids"]


def lint(definition: Definition, raw: Mapping[str, Any], report: Report) -> None:
    """Every rule over a compiled definition but `lint_ids`, which needs the data only; `raw`: what it was compiled
    from.
    """
    lint_information(definition, raw, report)
    lint_law(definition, raw, report)
    lint_fields(definition, raw, report)
    lint_plain(raw, report)
    lint_answers(definition, report)
    lint_conditions(definition, report)
    lint_privacy(definition, report)
    lint_papers(definition, raw, report)
    lint_documents(definition, report)
    lint_workflow(definition.workflow, ("workflow",), report)
    lint_events(definition, report)
    lint_children(definition, report)
    lint_examples(definition, raw, report)
    lint_english(definition, report)
    if report.has_errors:
        return  # what follows runs the definition, which asks for its parts to be sound
    lint_needs(definition, report)
    lint_time(definition, report)
    lint_gaps(definition, report, lint_tables(definition, report))
