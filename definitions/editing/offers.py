"""What the texts of documents and the expectations of examples may name: the form's answers by page, and what is known of
a dossier. Pure.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from definitions.compiler.names import DOCUMENT_SCOPE
from definitions.editing.questions import inside, pages_of
from definitions.explain import SCOPE_LABELS
from rules.feel import FeelType

Inserts = Literal["slots", "names"]
Style = tuple[str, str]

_AROUND: Final[Mapping[str, str]] = {
    "dossier": "Hồ sơ",
    "applicant": "Người nộp hồ sơ",
    "agency": "Cơ quan giải quyết",
    "": "Khác",
}
_DAY: Final[tuple[Style, ...]] = (("long", "ngày … tháng … năm …"), ("words", "đọc thành lời"))
_NUMBER: Final[tuple[Style, ...]] = (("words", "bằng chữ"), ("plain", "không dấu chấm"))
_STYLES: Final[Mapping[str, tuple[Style, ...]]] = {
    "date": _DAY,
    "date and time": _DAY,
    "integer": _NUMBER,
    "decimal": _NUMBER,
    "money": _NUMBER,
    "number": _NUMBER,
    "computed": (("long", "nếu là ngày"), ("words", "bằng chữ")),
}
_SAID: Final = frozenset({"heading", "note", "file", "photo"})


@dataclass(frozen=True, slots=True)
class Offer:
    """`name`: dotted (`owner.full_name`); `styles`: how else it may be written, and what that looks like."""

    name: str
    label: str
    styles: tuple[Style, ...] = ()

    def written(self, style: str = "") -> str:
        """As a text holds it."""
        return f"{{{{ {self.name} | {style} }}}}" if style else f"{{{{ {self.name} }}}}"


@dataclass(frozen=True, slots=True)
class Group:
    """`title`: of the form's page, or what it is about."""

    title: str
    offers: tuple[Offer, ...]


def offers(data: Any, inserts: Inserts) -> tuple[Group, ...]:
    """By page of the form, in its order; for slots also the dossier, the applicant and the agency."""
    raw = data if isinstance(data, Mapping) else {}
    pages = (
        Group(page.title, tuple(_answers(page.fields, "", "", inserts == "slots"))) for page in pages_of(raw)
    )
    around = _around() if inserts == "slots" else ()
    return tuple(group for group in (*pages, *around) if group.offers)


def _answers(fields: Iterable[Mapping[str, Any]], name: str, label: str, slots: bool) -> Iterator[Offer]:
    for field in fields:
        kind = str(field.get("type"))
        if kind in _SAID or (slots and kind == "list"):
            continue
        here, called = f"{name}{field['id']}", f"{label}{field.get('label', field['id'])}"
        yield Offer(here, called, _STYLES.get(kind, ()) if slots else ())
        inner = inside(field) if kind != "list" else None
        if inner is not None and name.count(".") < 2:
            yield from _answers(inner, f"{here}.", f"{called}: ", slots)


def _around() -> Iterator[Group]:
    found: dict[str, list[Offer]] = {name: [] for name in _AROUND}
    for name, type_ in DOCUMENT_SCOPE.items():
        if type_.kind == "context":
            found[name] += [_fact(f"{name}.{part}", inner) for part, inner in type_.fields or ()]
        else:
            found[""].append(_fact(name, type_))
    yield from (Group(_AROUND[name], tuple(each)) for name, each in found.items())


def _fact(name: str, type_: FeelType) -> Offer:
    label = SCOPE_LABELS.get(name, name)
    return Offer(name, label[:1].upper() + label[1:], _STYLES.get(type_.kind, ()))
