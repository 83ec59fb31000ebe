"""Answers picked from what is offered: yes or no, one of several, some of several, a box to tick.

A group of boxes posts an empty hidden value of its name before them, so that “none ticked” differs from “not on the
posted page”.
"""

from typing import Final

from forms.model import Field
from forms.types.base import (
    EMPTY,
    WRONG_KIND,
    FieldType,
    Parsed,
    Parser,
    Source,
    demanded,
    in_sentence,
    wrong,
)
from rules.feel import FeelType, T
from rules.i18n import gettext, noted

PICK_AGAIN: Final = noted("Chọn lại trong các mục đã cho")
_NOTHING: Final = Parsed([], [], None, empty=True)
_TRUE: Final = frozenset({"true", "yes", "on", "1", "có", "co"})  # vi: as people type it
_FALSE: Final = frozenset({"false", "no", "off", "0", "không", "khong"})  # vi: as people type it


def _truth(answer: object) -> bool | None:
    """What the words say; `None` if they say neither."""
    if isinstance(answer, bool):
        return answer
    if not isinstance(answer, str) or len(answer) > 20:
        return None
    word = answer.strip().casefold()
    return True if word in _TRUE else False if word in _FALSE else None


class YesNo(FieldType):
    name = "yes_no"
    demand = noted("Chọn Có hoặc Không: {what}")

    def feel_type(self, field: Field) -> FeelType:
        return T.BOOLEAN

    def parser(self, field: Field) -> Parser:
        return _parse_yes_no

    def display(self, field: Field, clean: object) -> str:
        return (gettext("Có") if clean else gettext("Không")) if isinstance(clean, bool) else ""

    def missing(self, field: Field) -> str:
        return gettext(self.demand).format(what=in_sentence(field.label))


def _parse_yes_no(answer: object) -> Parsed:
    if answer is None or answer == "":
        return EMPTY
    value = _truth(answer)
    return wrong(noted("Chọn Có hoặc Không")) if value is None else Parsed(value, value)


class Declaration(FieldType):
    """A statement the person makes by ticking its one box (`field.text`, or the label); it must be ticked."""

    name = "declaration"

    def feel_type(self, field: Field) -> FeelType:
        return T.BOOLEAN

    def parser(self, field: Field) -> Parser:
        return _parse_declaration

    def collect(self, field: Field, source: Source, name: str) -> object:
        values = source.get(name)
        return values[-1] if values else None

    def display(self, field: Field, clean: object) -> str:
        return gettext("Đã cam đoan") if clean is True else ""

    def missing(self, field: Field) -> str:
        return gettext("Đọc và đánh dấu vào ô cam đoan để tiếp tục")


def _parse_declaration(answer: object) -> Parsed:
    if answer is None or answer == "":
        return EMPTY
    value = _truth(answer)
    if value is None:
        return wrong(noted("Đánh dấu vào ô cam đoan để tiếp tục"))
    return Parsed(value, value) if value else EMPTY


class Choice(FieldType):
    """One option's value."""

    name = "choice"
    demand = noted("Chọn {what}")

    def feel_type(self, field: Field) -> FeelType:
        return T.STRING

    def parser(self, field: Field) -> Parser:
        answers = {option.value: Parsed(option.value, option.value) for option in field.options}

        def parse(answer: object) -> Parsed:
            if answer is None or answer == "":
                return EMPTY
            if not isinstance(answer, str):
                return wrong(PICK_AGAIN)
            return answers.get(answer) or answers.get(answer.strip()) or wrong(PICK_AGAIN)

        return parse

    def display(self, field: Field, clean: object) -> str:
        return next((option.label for option in field.options if option.value == clean), "")


class MultiChoice(FieldType):
    """Values of the options ticked, in the order they are offered."""

    name = "multi_choice"
    demand = noted("Chọn {what}")

    def feel_type(self, field: Field) -> FeelType:
        return T.list_of(T.STRING)

    def parser(self, field: Field) -> Parser:
        order = {option.value: place for place, option in enumerate(field.options)}

        def parse(answer: object) -> Parsed:
            if answer is None or answer == "":
                return _NOTHING
            if isinstance(answer, str):
                answer = [answer]
            if not isinstance(answer, (list, tuple)):
                return wrong(WRONG_KIND)
            if len(answer) > 2 * len(order) + 1:
                return wrong(PICK_AGAIN)
            picked = {value for value in answer if isinstance(value, str) and value}
            if not picked <= order.keys() or not all(isinstance(value, str) for value in answer):
                return wrong(PICK_AGAIN)
            if not picked:
                return _NOTHING
            values = sorted(picked, key=order.__getitem__)
            return Parsed(values, list(values))

        return parse

    def collect(self, field: Field, source: Source, name: str) -> object:
        values = source.get(name)
        return None if values is None else [value for value in values if value]

    def display(self, field: Field, clean: object) -> str:
        if not isinstance(clean, list):
            return ""
        return "; ".join(option.label for option in field.options if option.value in clean)

    def missing(self, field: Field) -> str:
        return demanded(noted("Chọn {what} (ít nhất một mục)"), field.label)
