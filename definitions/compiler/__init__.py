"""Checked data → `Definition`: every expression compiled with the names it may read."""

from definitions.compiler.definition import compile_definition
from definitions.compiler.names import SCOPE, SCOPE_NAMES
from definitions.compiler.workflow import compile_workflow

__all__ = ["SCOPE", "SCOPE_NAMES", "compile_definition", "compile_workflow"]
