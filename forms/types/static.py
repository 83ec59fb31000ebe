"""What only speaks: headings and notes."""

from forms.model import Field
from forms.types.base import EMPTY, FieldType, Parser, Source
from rules.feel import FeelType, T


class Heading(FieldType):
    name = "heading"
    asks = False
    stores = False

    def feel_type(self, field: Field) -> FeelType:
        return T.NULL

    def parser(self, field: Field) -> Parser:
        return lambda _answer: EMPTY

    def collect(self, field: Field, source: Source, name: str) -> object:
        return None

    def display(self, field: Field, clean: object) -> str:
        return ""


class Note(Heading):
    name = "note"
