"""What expressions may read besides the fields, and their types."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from forms.model import Field
from forms.names import feel_names
from forms.types import REGISTRY
from rules.feel import FeelType, T

QUESTION_SCOPE: Final[Mapping[str, FeelType]] = MappingProxyType(
    {
        "channel": T.STRING,
        "agency": T.context(
            {"id": T.STRING, "name": T.STRING, "level": T.STRING, "area": T.STRING, "identifier": T.STRING}
        ),
        "submitted_at": T.DATE_TIME,
        "applicant": T.context({"kind": T.STRING, "name": T.STRING}),
    }
)
"""What questions and the conditions of cases read: which case it is cannot depend on which case it is."""

SCOPE: Final[Mapping[str, FeelType]] = MappingProxyType({**QUESTION_SCOPE, "case": T.STRING})
SCOPE_NAMES: Final = frozenset(SCOPE)


def names_of(fields: Iterable[Field], scope: Mapping[str, FeelType]) -> dict[str, FeelType]:
    """Names of fields over those of the scope; fields of an unknown type are left out (told elsewhere)."""
    return {**scope, **feel_names(field for field in fields if field.type in REGISTRY)}
