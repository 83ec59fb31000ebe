"""The forms in force on a day (`documents/sets.yaml`): number, title and symbol are law, so they are data."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from ruamel.yaml import YAML

from renderers.environment import TEMPLATES

FILE: Final = TEMPLATES / "documents" / "sets.yaml"


@dataclass(frozen=True, slots=True)
class DocumentForm:
    """`symbol` follows the number of a letter (`05/HDHS`)."""

    kind: str
    number: str
    title: str
    symbol: str
    legal_basis: str

    @property
    def label(self) -> str:
        """`Mẫu số 01 – Thông tư số …`, in the corner of the paper; nothing for a paper without a form."""
        return f"Mẫu số {self.number} – {self.legal_basis}" if self.number else ""


@dataclass(frozen=True, slots=True)
class FormSet:
    legal_basis: str
    start: date
    end: date | None
    forms: dict[str, DocumentForm]


@cache
def form_sets() -> tuple[FormSet, ...]:
    """All sets, oldest first."""
    found = YAML(typ="safe").load(FILE.read_text(encoding="utf-8"))
    return tuple(
        FormSet(
            legal_basis=one["legal_basis"],
            start=one["from"],
            end=one["to"],
            forms={
                kind: DocumentForm(
                    kind, form["number"], form["title"], form.get("symbol", ""), one["legal_basis"]
                )
                for kind, form in one["forms"].items()
            },
        )
        for one in found
    )


def document_form(kind: str, on: date) -> DocumentForm:
    """The form of that kind on the day.

    Raises:
        LookupError: no set in force on the day has it.
    """
    for one in form_sets():
        if one.start <= on and (one.end is None or on <= one.end) and kind in one.forms:
            return one.forms[kind]
    raise LookupError(f"Ngày {on:%d/%m/%Y} chưa có mẫu “{kind}” nào có hiệu lực trong sets.yaml.")
