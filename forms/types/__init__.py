"""The field types: `REGISTRY[field.type]`."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from forms.types.accounts import AccountHolder, AccountNumber
from forms.types.base import EMPTY, FieldType, Parsed, Parser, Source
from forms.types.choices import Choice, Declaration, MultiChoice, YesNo
from forms.types.computed import Computed
from forms.types.contacts import Email, Phone
from forms.types.dates import Date, Month, Time
from forms.types.files import File, Photo
from forms.types.groups import Group
from forms.types.identity import CitizenNumber, TaxNumber
from forms.types.lists import List
from forms.types.numbers import DecimalNumber, Integer, Money
from forms.types.static import Heading, Note
from forms.types.texts import Text, TextArea

__all__ = ["EMPTY", "REGISTRY", "FieldType", "Parsed", "Parser", "Source"]


def _registry() -> dict[str, FieldType]:
    types: dict[str, FieldType] = {}
    members: tuple[FieldType, ...] = (
        Text(), TextArea(), Integer(), DecimalNumber(), Money(), Date(), Month(), Time(),
        YesNo(), Choice(), MultiChoice(), List(types), Group(types), CitizenNumber(), TaxNumber(), Phone(), Email(),
        AccountNumber(), AccountHolder(), File(), Photo(),
        Computed(), Heading(), Note(), Declaration(),
    )  # fmt: skip
    types.update({member.name: member for member in members})
    return types


REGISTRY: Final[Mapping[str, FieldType]] = MappingProxyType(_registry())
