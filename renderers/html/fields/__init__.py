"""One drawing per field type (`forms.types.REGISTRY`), compiled once per field and path."""

from collections.abc import Mapping
from typing import Final

from renderers.html.fields.base import Compile, Draw, Moment
from renderers.html.fields.boxes import compile_date, compile_month
from renderers.html.fields.choices import (
    compile_choice,
    compile_declaration,
    compile_multi_choice,
    compile_yes_no,
)
from renderers.html.fields.files import compile_files
from renderers.html.fields.inputs import INPUTS, compile_textarea
from renderers.html.fields.still import compile_computed, compile_heading, compile_note

__all__ = ["COMPILERS", "Compile", "Draw", "Moment"]

# `list` is added by `renderers.html.fields.rows`, which draws fields inside fields.
COMPILERS: Final[Mapping[str, Compile]] = {
    **INPUTS,
    "textarea": compile_textarea,
    "date": compile_date,
    "month": compile_month,
    "choice": compile_choice,
    "multi_choice": compile_multi_choice,
    "yes_no": compile_yes_no,
    "declaration": compile_declaration,
    "file": compile_files,
    "photo": compile_files,
    "computed": compile_computed,
    "heading": compile_heading,
    "note": compile_note,
}
