"""A tree to Python closures, once."""

from __future__ import annotations

from rules.feel.compiler import calls, collections, operators
from rules.feel.compiler.builder import Builder, Code, Frame, Scope

__all__ = ["Builder", "Code", "Frame", "Scope", "calls", "collections", "operators"]
