"""What a form's fields are called in expressions, and their types."""

from collections.abc import Iterable, Mapping

from forms.model import Field
from forms.types import REGISTRY
from rules.feel import FeelType


def feel_names(fields: Iterable[Field]) -> Mapping[str, FeelType]:
    """Names for `rules.feel.compile`. A list is a list of contexts of its item fields, a group one such context; headings and notes have no
    value and so no name; a computed field not compiled yet is of any type.

    Inside a list's or group's item the names are those of the whole form and, over them, `feel_names(field.item)`.
    """
    return {
        field.id: REGISTRY[field.type].feel_type(field) for field in fields if REGISTRY[field.type].stores
    }
