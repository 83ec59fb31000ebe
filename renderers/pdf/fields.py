"""What the templates of the forms may read, with its Vietnamese words (`documents/fields.yaml`)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from ruamel.yaml import YAML

from renderers.environment import TEMPLATES
from renderers.pdf import data

FILE: Final = TEMPLATES / "documents" / "fields.yaml"
COMMON: Final = "common"
LIST: Final = "danh sách "
KINDS: Final[Mapping[str, type]] = {
    "receipt": data.ReceiptData,
    "supplement": data.SupplementData,
    "refusal": data.RefusalData,
    "apology": data.ApologyData,
    "extension": data.ExtensionData,
    "stop": data.StopData,
    "control": data.ControlData,
    "register": data.RegisterData,
    "rating": data.RatingData,
}
"""Each kind of form and the class of what it says."""


@dataclass(frozen=True, slots=True)
class FieldWords:
    """`path`: as a template writes it, `papers[].name` inside a list; `type`: a word people know."""

    path: str
    words: str
    type: str


@cache
def catalogue() -> Mapping[str, Mapping[str, tuple[str, str]]]:
    """Class → field → (type, words)."""
    found = YAML(typ="safe").load(FILE.read_text(encoding="utf-8"))
    return {
        name: {str(field): (told[0], told[1]) for field, told in fields.items()}
        for name, fields in found.items()
    }


def may_read(class_name: str, field: str) -> bool:
    return field in catalogue().get(class_name, {})


def roots(kind: str) -> frozenset[str]:
    """The names that a template of the kind finds."""
    return frozenset({*catalogue()[COMMON], *catalogue()[KINDS[kind].__name__]})


def fields_of(kind: str) -> tuple[FieldWords, ...]:
    """Everything that a template of the kind may read, its own before what every form has."""
    return (*_under("", KINDS[kind].__name__), *_under("", COMMON))


def _under(prefix: str, name: str) -> Iterator[FieldWords]:
    for field, (kind, words) in catalogue()[name].items():
        inner = kind.removeprefix(LIST)
        many = kind != inner
        leads = inner in catalogue()
        path = f"{prefix}{field}"
        yield FieldWords(path, words, "danh sách" if many and leads else "nhóm" if leads else kind)
        if leads:
            yield from _under(f"{path}[]." if many else f"{path}.", inner)
