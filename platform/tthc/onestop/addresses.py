"""Addresses of lists, with what they are narrowed to."""

from typing import Any

from flask import url_for


def list_address(slug: str, inbox_id: str, **args: str | None) -> str:
    """`args`: of `tthc.onestop.filters`, and a page key; what is `None` is left out."""
    told: dict[str, Any] = dict(args)
    return url_for("workspace.inbox", slug=slug, inbox_id=inbox_id, **told)
