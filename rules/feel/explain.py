"""Expressions in Vietnamese."""

# ruff: noqa: ARG001
from __future__ import annotations

from collections.abc import Mapping

from rules.feel.tree import Node


def explain_tests(node: Node, label: str, labels: Mapping[str, str]) -> str:
    return ""


def explain(node: Node, labels: Mapping[str, str]) -> str:
    return ""
