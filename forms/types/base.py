"""What every field type answers for: its FEEL type, how HTML names it, how it is read, kept and shown.

A type reads the same answer in three spellings: as a person typed it, as an API or a file says it in JSON, and as
this product stored it (`clean`). Reading a clean value gives that clean value again.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from forms.model import Field
from rules.feel import FeelType
from rules.i18n import gettext, noted

Source = Mapping[str, Sequence[str]]


class Parsed(NamedTuple):
    """One answer read: the FEEL value, the JSON value to store, and what is wrong with it (a sentence saying what to
    do). `empty`: nothing was answered; then value and clean are `None` (`[]` for several-valued types).
    """

    value: object
    clean: object
    error: str | None = None
    empty: bool = False


Parser = Callable[[object], Parsed]

EMPTY: Final = Parsed(None, None, None, empty=True)
COVERED: Final = noted("Đã che")
WRONG_KIND: Final = noted("Nhập lại phần này: nội dung gửi lên không đọc được")


def wrong(message: str) -> Parsed:
    """`message`: a sentence noted for the catalogue, or one said already."""
    return Parsed(None, None, gettext(message))


class FieldType(ABC):
    """One member of `forms.types.REGISTRY`; stateless.

    `asks`: the person answers it. `stores`: it has a value (a computed field does, a heading does not). `demand` asks for
    a missing answer, `{what}` being its label. `help_text`, `example`: what a field of the type says where its
    definition gives neither.
    """

    name: str
    asks: bool = True
    stores: bool = True
    demand: str = noted("Nhập {what}")
    help_text: str = ""
    example: str = ""

    @abstractmethod
    def feel_type(self, field: Field) -> FeelType:
        """Type of the field's value in expressions (each may also be null)."""

    @abstractmethod
    def parser(self, field: Field) -> Parser:
        """A reader of answers with everything that depends on the field alone worked out beforehand."""

    @abstractmethod
    def display(self, field: Field, clean: object) -> str:
        """A clean value as its reader expects it; empty text for nothing."""

    def mask(self, field: Field, clean: object) -> str:
        """What somebody may see of a sensitive value who may know that it is there, not what it is; empty text for
        nothing. Types keep of it what tells two people apart without giving them away.
        """
        return gettext(COVERED) if clean not in (None, "", []) else ""

    def parse(self, field: Field, answer: object) -> Parsed:
        return self.parser(field)(answer)

    def collect(self, field: Field, source: Source, name: str) -> object:
        """The raw answer posted under `name`; `None` when the posted page did not have the field."""
        values = source.get(name)
        return values[0] if values else None

    def missing(self, field: Field) -> str:
        """What to do about a required field that is empty."""
        return demanded(self.demand, field.label)


def demanded(demand: str, label: str) -> str:
    """`demand` with the field's `label` as its `{what}`; a label that asks by itself is repeated as it stands."""
    if label.rstrip().endswith("?"):
        return gettext("Trả lời câu hỏi “{what}”").format(what=label)
    return gettext(demand).format(what=in_sentence(label))


def cover(text: str, first: int = 3, last: int = 3) -> str:
    """`014090001234` → `014******234`; a text of which little would be covered is covered whole."""
    hidden = len(text) - first - last
    return f"{text[:first]}{'*' * hidden}{text[-last:]}" if hidden > 2 else "*" * len(text)


def in_sentence(label: str) -> str:
    """A label inside a sentence: `Họ và tên` → `họ và tên`; `UBND xã` and `Nhà A2` keep what is not a plain capital."""
    first = label.split(" ", 1)[0]
    return label[:1].lower() + label[1:] if first[1:].islower() or len(first) == 1 else label
