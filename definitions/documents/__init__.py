"""Printed documents: what a definition says of them, which apply to a dossier, and what they then say.

`*.yaml` beside this file are the shared ones, each named by its `id`, taken into a definition by `use`.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from definitions.problems import Report
from definitions.shape import check_shape
from definitions.sharing import Found, by_id, parsed


@cache
def shared() -> Mapping[str, Mapping[str, Any]]:
    """Shared documents as raw data, by id."""
    return by_id("documents", load_document)


def load_document(text: str, filename: str) -> Found:
    """One shared document as raw data, or None, and what is wrong with it. It reads no field of any form."""
    from definitions.compiler.documents import DocumentCompiler

    tree, problems = parsed(text, filename)
    if tree is None:
        return None, problems
    report = Report(filename, tree)
    data: Any = tree.data
    if not isinstance(data, dict) or "use" in data:
        report.error((), "S002", "Văn bản dùng chung phải viết đủ.", "Bỏ “use” và viết nội dung văn bản.")
    elif check_shape(data, report, "document"):
        DocumentCompiler((), {}, report).document(data, ())
    return (None if report.has_errors else data), report.problems
