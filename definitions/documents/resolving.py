"""A document that names a shared one becomes that one, with what this procedure says of it instead.

Done before anything is compiled, and kept so in the canonical data: a later change of a shared document never reaches a
published version.
"""

from collections.abc import Mapping
from typing import Any, Final

from definitions.problems import Report, did_you_mean
from definitions.reading.tree import Path

Raw = Mapping[str, Any]

OWN: Final = (
    "id",
    "name",
    "when",
    "at",
    "symbol",
    "addressee",
    "basis",
    "recipients",
    "signature",
    "sensitive",
    "source",
)
"""What a use may say for itself; title and body are the shared document's."""


def resolve_documents(data: Raw, shared: Mapping[str, Raw], report: Report) -> dict[str, Any]:
    """The definition with its documents in place; those that name an unknown one are told and left out."""
    if "documents" not in data:
        return dict(data)
    found = [_resolved(raw, ("documents", at), shared, report) for at, raw in enumerate(data["documents"])]
    return {**data, "documents": [raw for raw in found if raw is not None]}


def _resolved(raw: Raw, path: Path, shared: Mapping[str, Raw], report: Report) -> Raw | None:
    if "use" not in raw:
        return raw
    whole = shared.get(raw["use"])
    if whole is None:
        report.error(
            (*path, "use"),
            "T117",
            f"Không có văn bản dùng chung “{raw['use']}”.",
            did_you_mean(raw["use"], shared),
        )
        return None
    for key in raw:
        if key not in {"use", *OWN}:
            report.error(
                (*path, key),
                "S001",
                f"Đã dùng văn bản chung “{raw['use']}” thì không viết thêm khóa “{key}”.",
                "Bỏ khóa này, hoặc bỏ “use” và viết đủ văn bản tại chỗ.",
                on_key=True,
            )
    return {**whole, **{key: value for key, value in raw.items() if key in OWN}}
