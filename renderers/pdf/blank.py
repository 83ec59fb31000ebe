"""A definition's form to be filled in by hand, from the very fields that are asked online (Đ26.1)."""

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from definitions.model import Definition
from forms.model import Field
from renderers.environment import environment
from renderers.html.procedure import Spoken
from renderers.pdf.engine import pdf
from rules.i18n import in_vietnamese

MOST_COLUMNS: Final = 5
"""Of a list with more to each row, the rows are drawn one below another."""
_ROWS: Final = 4
_UNASKED: Final = frozenset({"computed", "file", "photo", "declaration"})


@dataclass(frozen=True, slots=True)
class Blank:
    """One place to write in. `kind`: line, lines, date, number, boxes, table, group, heading, note; `condition`: when it
    is to be filled in, empty for always; `options`: of boxes; `parts`: of a group, or the columns of a table.
    """

    kind: str
    label: str
    condition: str = ""
    help: str = ""
    options: tuple[str, ...] = ()
    parts: tuple["Blank", ...] = ()
    many: bool = False


def blank_form(definition: Definition, updated: datetime | None) -> bytes:
    return pdf(blank_html(definition, updated))


@in_vietnamese()
def blank_html(definition: Definition, updated: datetime | None) -> str:
    """The paper before it becomes PDF. `updated`: when the version was published."""
    labels = Spoken(definition)
    labels["submitted_at"] = "lúc nộp"
    pages = [(page.title, tuple(_blanks(page.fields, labels))) for page in definition.whole_form.pages]
    return (
        environment()
        .get_template("documents/blank.html")
        .render(
            {
                "definition": definition,
                "pages": [(title, blanks) for title, blanks in pages if blanks],
                "papers": [
                    paper for paper in definition.attachments if paper.component and not paper.form_generated
                ],
                "updated": updated,
                "rows": range(_ROWS),
            }
        )
    )


def _within(fields: Sequence[Field], labels: Spoken) -> Spoken:
    """The labels as the parts of a group or row read them: its own parts by their names first."""
    inner = copy(labels)
    inner.answers = {
        **labels.answers,
        **{part.label: {o.value: o.label for o in part.options} for part in fields},
    }
    inner.update({part.id: part.label for part in fields})
    return inner


def _blanks(fields: Sequence[Field], labels: Spoken) -> Iterator[Blank]:
    for field in fields:
        if field.type in _UNASKED:
            continue
        yield _blank(field, labels)


def _blank(field: Field, labels: Spoken) -> Blank:
    condition = labels.told(field.visible.explain(labels)) if field.visible is not None else ""

    def made(kind: str, **more: object) -> Blank:
        return Blank(kind, field.label, condition, field.help, **more)  # type: ignore[arg-type]

    match field.type:
        case "heading":
            return made("heading")
        case "note":
            return Blank("note", field.label or field.text, condition)
        case "date" | "month" | "time":
            return made(field.type)
        case "yes_no":
            return made("boxes", options=("Có", "Không"))
        case "choice" | "multi_choice":
            if len(field.options) > 12 or not field.options:
                return made("line")  # a long list is written, not ticked
            return made(
                "boxes", options=tuple(option.label for option in field.options), many=field.type != "choice"
            )
        case "textarea":
            return made("lines")
        case "list":
            parts = tuple(_blanks(field.item, _within(field.item, labels)))
            simple = len(parts) <= MOST_COLUMNS and all(
                part.kind in {"line", "date", "month"} for part in parts
            )
            return made("table" if simple else "rows", parts=parts)
        case "group" if field.line:
            return made("lines")  # what a paper writes in one line: an address
        case "group":
            return made("group", parts=tuple(_blanks(field.item, _within(field.item, labels))))
        case _:
            return made("line")
