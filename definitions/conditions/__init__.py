"""Conditions as people put them together: rows of field, comparison and value, and the FEEL that says the same.

`subjects`: what can be asked about at a place; `reading`: FEEL → rows, where it has that shape; `writing`: rows → FEEL;
`words`: what the comparisons are called, and a condition as a sentence; `posting`: rows ↔ a posted form. Pure.
"""

from definitions.conditions.model import (
    ALWAYS,
    NEVER,
    Always,
    Comparison,
    Condition,
    Group,
    Never,
    Row,
    Rows,
    Value,
    rows,
)
from definitions.conditions.reading import rows_of
from definitions.conditions.subjects import Subject, subjects
from definitions.conditions.words import offered, sentence
from definitions.conditions.writing import feel_of

__all__ = [
    "ALWAYS",
    "NEVER",
    "Always",
    "Comparison",
    "Condition",
    "Group",
    "Never",
    "Row",
    "Rows",
    "Subject",
    "Value",
    "feel_of",
    "offered",
    "rows",
    "rows_of",
    "sentence",
    "subjects",
]
